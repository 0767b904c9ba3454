#!/bin/sh
# No line is wider than the terminal, and nothing that matters is lost: at 40, 80 and 120 columns; and words for bars.
. tests/support/func.sh
run 0 pdh init --no-input --name "Dana Reyes"
run 0 pdh credential add us-tx-school-librarian --as tx-lib --fact "birth month=8" --expires 2027-08-31 --opening 131.5h
run 0 pdh credential add --title "Fingerprint clearance of the district" --expires 2026-05-30 --as fp
run 0 pdh log 2.5h "Teaching with primary sources in the third grade" --date yesterday --topic literacy

run 0 pdh log 6h "Mathe und Märchen: 数学の本" --date 2026-03-01 --topic literacy --provider "ESC Region 13" --role presenter
run 0 pdh log 3h "State conference" --date 2026-06-05 --planned
run 0 pdh credential item add tx-lib "Renewal fee" --kind fee --due 2027-08-31
run 0 pdh credential add us-il-pel-teacher --as il-pel --expires 2029-06-30 --number 12340093
run 0 pdh have add degree "Library science" --level master --place "University of North Texas" --on 2021-05-15
run 0 pdh have add exam "School Librarian" --code 150 --score 250 --on 2020-01-05
printf 'title,date,hours\nA reading circle about science fiction,2026-03-02,1\nSlip,2026-13-01,1\n' >"$HOME/hours.csv"
echo proof >"$HOME/certificate.txt"
run 0 pdh attach 2 "$HOME/certificate.txt"
root=$(pwd)
cat >"$HOME/screens" <<'SCREENS'
pdh status
pdh list
pdh show 2
pdh explain tx-lib
pdh explain 2
pdh plan tx-lib
pdh credential list
pdh credential show tx-lib
pdh credential renew tx-lib --dry-run
pdh rules list tx
pdh rules search librarian
pdh rules show us-tx-school-librarian
pdh remind list
pdh history
pdh report
pdh report chart
pdh list --date 2026-03 --sort most
pdh path us-tx-school-librarian
pdh path compare tx us-ct
pdh have
pdh evidence
pdh import hours.csv --dry-run --opening keep
SCREENS

# paint COLUMNS LOCALE COLOR: all screens, each below its command; of the history without who it was and what follows,
# of packs without their versions.
paint() (
	cd "$HOME"
	export COLUMNS="$1" LC_ALL="$2"
	while read -r command; do
		printf '$ %s\n' "$command"
		# shellcheck disable=SC2086 # they are words
		$command --color="$3" --no-pager 2>&1 </dev/null || printf '(exit status %d)\n' $?
		echo
	done <screens
)


# Commands to copy are never broken, and so may be wider.
fits() {
	wide=$(sed 's/\x1b\[[0-9;]*m//g' "$1" | grep -v 'pdh ' | LC_ALL=C.UTF-8 wc -L)
	[ "$wide" -le "$2" ] || fail "at $2 columns: $(sed 's/\x1b\[[0-9;]*m//g' "$1" | grep -v 'pdh ' | LC_ALL=C.UTF-8 awk -v most="$2" 'length($0) > most')"
}

for form in "40 C.UTF-8 never" "40 C never" "80 C.UTF-8 never" "80 C never" "80 C.UTF-8 always" "120 C.UTF-8 never" "120 C never"; do
	# shellcheck disable=SC2086 # they are words
	set -- $form
	name=main-$1
	[ "$2" != C ] || name=$name-ascii
	[ "$3" != always ] || name=$name-color
	paint "$@" >"$HOME/whole"
	fits "$HOME/whole" "$1"
	sed -E '/^OP +WHEN/s/ +WHO.*//; s/^( *[0-9]+  [A-Z][a-z]{2} .. [A-Z][a-z]{2} 09:30) .*/\1/; s/\b20[0-9]{2}\.[0-9]+/2026.N/g' "$HOME/whole" >"$HOME/$name.txt"
	[ "$2" != C ] || ! sed 's/Mathe.*//' "$HOME/$name.txt" | LC_ALL=C grep -q '[^ -~]' ||
		fail "$name is not ASCII: $(sed 's/Mathe.*//' "$HOME/$name.txt" | LC_ALL=C grep '[^ -~]' | head -3)"
	golden=$root/tests/golden/screens/$name.txt
	[ -z "${PDH_GOLDEN:-}" ] || cp "$HOME/$name.txt" "$golden"
	out=$(diff "$golden" "$HOME/$name.txt") || fail "$name is another; if it is meant to be: make golden"
done
for columns in 40 80 120; do
	out=$(cat "$HOME/main-$columns.txt")
	has "30 May 2026" "pdh evidence --missing --for il-pel" "pdh rules show us-tx-school-librarian" \
		'pdh plan tx-lib --add "6h workshop monthly"' "pdh credential add us-tx-school-librarian --pursuing"
done
ok "every line fits, and the screens are those that are kept"

run 0 pdh status tx-lib
has "█"
run 0 pdh status tx-lib --bars no
lacks "█" "░" "┃"
has "70%, even pace"
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
