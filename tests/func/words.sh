#!/bin/sh
# Words that no rules in use know, units that count nowhere, needs that are met: what the answer says of them.
. tests/support/func.sh
dana

value() { printf '%s' "$out" | jq -r "$1"; }

# Flag | what is typed | what is meant | the rule it matters to
while IFS='|' read -r flag typed meant rule; do
	run 0 pdh log 1h "About $typed" --date yesterday "--$flag" "$typed" --json
	note=$(value '.notes | join(" ")')
	id=$(value '.activities[0].id')
	case $note in
	*"\"$typed\" is in none of your rules; did you mean \"$meant\"?"*"$rule"*"pdh edit $id --$flag $meant") ;;
	*) fail "of $typed it is said: $note" ;;
	esac
	# What the note says to type is right, and there is nothing to say of it.
	run 0 pdh edit "$id" "--$flag" "$meant" --json
	get '[.notes[] | select(contains("did you mean"))] | length' 0
	run 0 pdh rm "$id"
done <<'TABLE'
kind|workshp|workshop|
kind|selfstudy|self-study|tx-lib/independent-study
kind|zoom|webinar|
delivery|zoom|live-online|
delivery|f2f|in-person|
role|presentor|presenter|tx-lib/presenting
topic|dyslexai|dyslexia|tx-lib/disabilities
TABLE

# A word that is near none is the person's own.
run 0 pdh log 1h "Beekeeping" --date yesterday --kind beekeeping --topic bees --json
get '.notes | length' 0

# Several at once have one note for a word.
printf '%s\n' '{"title":"One","credit":"1h","kind":"workshp","date":"2026-03-02"}' \
	'{"title":"Two","credit":"1h","kind":"workshp","date":"2026-03-03"}' >"$HOME/two.jsonl"
run 0 pdh log - --json <"$HOME/two.jsonl"
get '.notes | length' 1
has 'pdh edit NUMBER --kind workshop'
run 0 pdh undo

# So has a file.
printf 'Date,Title,Hours,Kind\n2026-03-02,One,1,workshp\n2026-03-03,Two,1,workshp\n' >"$HOME/two.csv"
run 0 pdh import "$HOME/two.csv" --opening keep --json --map kind=Kind --map credit=Hours
get '[.notes[] | select(contains("workshp"))] | length' 1
run 0 pdh undo

# A unit that counts nowhere is stored, and told.
run 0 pdh log 1d "A day of it" --date yesterday --json
get '.notes[0] | startswith("your rules do not count 1.0 d; they count hour, ")' true
run 0 pdh log 15 "PDU by the sponsor" --date yesterday --json
get '.notes | length' 0

# The topic of a need in the title, and the need that is met.
run 0 pdh log 6h "Dyslexia intervention workshop" --date yesterday --json
id=$(value '.activities[0].id')
get '.notes[0]' "tx-lib still needs disabilities, and the title mentions it. If it was about that: pdh edit $id --topic dyslexia"
run 0 pdh edit "$id" --topic dyslexia --json
get '.notes[0]' 'tx-lib/disabilities: met'

# A credential by a slip of its name, of its pack's, or by its beginning.
for name in tx-libary tx tx-l us-tx-school-libraria; do
	run 3 pdh status "$name"
	has 'did you mean "tx-lib"?'
done
run 3 pdh log 1h x --only ill-pel
has 'did you mean "il-pel"?'

# Which number is the month is told by the name of the locale, which need not be there.
run 0 env LC_ALL=en_US.UTF-8 pdh log 2 hrs. "By the locale" --date 3/4/2026 --json
get '.activities[0] | .done_on + " " + .credit.amount' '2026-03-04 2.0'
run 2 env LC_ALL=en_GB.UTF-8 pdh log 1h "By the locale" --date 3/4/2026
run 0 env LC_ALL= LC_TIME= LANG=en_US.UTF-8 pdh list --in 3/4/2026 --json
get '.activities | length' 1

# The amount may stand behind the title.
run 0 pdh log "Amount behind it" 9-11:30, 1-3pm --date yesterday --json
get '.activities[0] | .title + " " + .credit.amount' 'Amount behind it 4.5'
