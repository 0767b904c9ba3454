#!/bin/sh
# What is asked at a terminal: every default is taken, every mistake is asked again, and scripts are asked nothing.
. tests/support/func.sh

# typed COLUMNS ANSWERS COMMAND...: a person types those lines.
typed() {
	columns=$1
	printf "$2" >"$HOME/answers"
	shift 2
	"$python" tests/func/terminal.py "$columns" "$@" <"$HOME/answers"
}

run 0 pdh rules list --json
packs=$(printf '%s' "$out" | jq -r '.packs[].pack')

# Enter through every question of every pack. Only a last day that no rule computes has to be typed.
for pack in ${PDH_PACKS:-$packs}; do
	run 0 pdh rules show "$pack" --json
	asked=$(printf '%s' "$out" | jq -r '.packs[0] | (.questions | length) + (if .issue then 1 else 0 end)')
	enters=$(head -c "$asked" /dev/zero | tr '\0' '\n' | sed 's/$/\\n/' | tr -d '\n')
	status=0
	out=$(typed 80 "$enters" enter=2 pdh credential add "$pack" --as enter 2>&1) || status=$?
	if [ $status -ne 0 ]; then
		# It says what it wants, and Enter changes nothing.
		has "Last day of the cycle you are in."
		run 0 typed 80 "${enters}31 dec 2027\n" enter=5 pdh credential add "$pack" --as enter
	fi
	lacks "cannot be read" "must be more"
	run 0 pdh credential show enter --json
	get '.credentials[0] | .cycle.logged.exact // 0' 0
	run 0 pdh credential rm enter --yes
done
ok "every proposal of every pack is taken"

for none in 0 none 0h; do
	run 0 typed 80 "march\n31 mar 2028\n$none\n" pdh credential add us-tx-school-librarian --as zero
	lacks "more than zero"
	run 0 pdh credential rm zero --yes
done
ok "who has no hours yet says so in any way"

run 0 typed 80 "3\n\nsometime in may\n31 mar 2028\n12h\n" \
	pdh credential add us-tx-school-librarian --as tx
has "sometime in may" "31 Mar 2028" "12.0" "Hours you already have"
run 0 pdh credential rm tx --yes
run 0 typed 80 "nurs\n1\n\n30 apr 2027\n\n" pdh credential add
has "CA Nurse (RN)" "Its number, or other letters"
lacks "us-ca-rn  "
run 0 typed 80 "nowhere at all\nn\nMy badge\nmany\n3\n2y\n31 may 2027\n\n" pdh credential add
has "can be set up by hand" "My badge" "3 h"
run 0 typed 80 "a while\n1.5h\n\nWednesday PLC\n1 jan 2030\nyesterday\n" pdh log
has "#" "Fri 13 Mar 2026" "1.5 h" "Wednesday PLC"
ok "a mistake is asked again, and what was told before is kept"

# The name is the person's, and never the account's again.
run 0 typed 80 "Dana Reyes\nfl nurse\n1\napril\n4\nodd\nno\n\n\n\n" pdh init
run 0 typed 80 "\nny ctle\n1\n7\n2\nnone\n4\nno\n30 jun 2028\n\n" pdh init
has "Your name, for reports [Dana Reyes]"
run 0 pdh status --json
get .person "Dana Reyes"
ok "a second init keeps the name"

# Nobody is asked where nobody answers.
run 2 pdh log
has "pdh log"
lacks "How long"
run 2 pdh credential add
lacks "What do you hold"
run 2 pdh credential add us-wa-certificate --as wa
lacks "What is your certificate for"
out=$(typed 80 "" pdh log --no-input 2>&1) && fail "no error"
lacks "How long"
ok "scripts are asked nothing"

for columns in 40 80; do
	typed $columns "Dana Reyes\nlibr\ntx libr\n1\nMay\n31 may 2028\n12.5h\n" \
		pdh init --as screen >"$HOME/screen"
	typed $columns "both\nretired b\n\n30 jun 2028\n\n" \
		pdh credential add us-ks-license --as ks >>"$HOME/screen"
	run 0 pdh credential rm screen --yes
	run 0 pdh credential rm ks --yes
	sed 's/#[0-9]*/#1/g; s/ 20[0-9][0-9]\.[0-9]*$/ 2026.1/' "$HOME/screen" >"$HOME/screen.$columns"
	if [ -n "${PDH_GOLDEN:-}" ]; then
		cp "$HOME/screen.$columns" "tests/golden/screens/asking-$columns.txt"
	fi
	out=$(diff "tests/golden/screens/asking-$columns.txt" "$HOME/screen.$columns") || fail "asking at $columns columns"
done
ok "the questions at 40 and 80 columns"
