#!/bin/sh
# No line is wider than the terminal, and nothing that matters is lost: at 40, 80 and 120 columns; and words for bars.
. tests/support/func.sh
run 0 pdh init --no-input --name "Dana Reyes"
run 0 pdh credential add us-tx-school-librarian --as tx-lib --fact "birth month=8" --expires 2027-08-31 --opening 131.5h
run 0 pdh credential add --title "Fingerprint clearance of the district" --expires 2026-05-30 --as fp
run 0 pdh log 2.5h "Teaching with primary sources in the third grade" --date yesterday --topic literacy

for columns in 40 80 120; do
	for locale in C.UTF-8 C; do
		for verb in status list "explain tx-lib" "remind list" "rules list" "rules search librarian" history \
			"credential list" "status --bars no" report "report chart" "plan tx-lib" "show 2"; do
			# shellcheck disable=SC2086
			run 0 env COLUMNS=$columns LC_ALL=$locale pdh $verb --color=always
			plain=$(printf '%s\n' "$out" | sed 's/\x1b\[[0-9;]*m//g')
			# Commands to copy are never broken, and so may be wider.
			wide=$(printf '%s\n' "$plain" | grep -v 'pdh ' | LC_ALL=C.UTF-8 wc -L)
			[ "$wide" -le $columns ] || fail "$verb at $columns: $wide columns"
		done
		run 0 env COLUMNS=$columns LC_ALL=$locale pdh remind list
		has "30 May 2026" "due"
		run 0 env COLUMNS=$columns LC_ALL=$locale pdh rules search librarian
		title=$(pdh rules search librarian --json | jq -r '.packs[0].title' | cut -c1-30)
		has "us-tx-school-librarian" "$title"
	done
done
ok "every line fits, and days and titles are there at any width"

run 0 pdh status tx-lib
has "█"
run 0 pdh status tx-lib --bars no
lacks "█" "░" "┃"
has "67%, even pace"
PDH_BARS=no run 0 pdh status tx-lib
lacks "█"
PDH_BARS=no run 0 pdh status tx-lib --bars auto
has "█"
run 0 pdh report --bars no
lacks "█" "░"
run 0 pdh report chart --bars no
lacks "█"
run 2 pdh status --bars maybe
has "not auto or no"
ok "words stand in the place of bars"
