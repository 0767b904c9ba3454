#!/bin/sh
# A day's work: log, list, show, edit, rm, undo, redo, history.
. tests/support/func.sh
dana

run 0 pdh log 2.5h "Teaching with primary sources" --date yesterday --topic literacy --provider AASL --kind workshop
has "#2  Fri 13 Mar 2026   2.5 h   Teaching with primary sources" "AASL" "literacy" "workshop" \
	"tx-lib   +2.5   134.0 / 200 h" "il-pel   +2.5" "Take it back: pdh undo"
ok "what was stored is said, and what it did to each credential"

run 6 pdh log 2.5h "teaching with Primary Sources" --date 2026-03-13
has "looks like #2" "--allow-similar"
run 0 pdh list --json
get '.activities | length' 2
run 0 pdh log 2.5h "Teaching with primary sources" --date 2026-03-13 --allow-similar
run 0 pdh undo
ok "nothing is doubled in silence"

# What is typed, and what it is read as.
while IFS='|' read -r typed date wanted; do
	run 0 pdh log "$typed" "Form $typed $date" --date "$date" --json --dry-run
	get '.activities[0] | "\(.credit.amount) \(.credit.unit) \(.done_on)"' "$wanted"
done <<TABLE
2h30|today|2.5 hour 2026-03-14
150m|mon|2.5 hour 2026-03-09
9:00-11:30|3 days ago|2.5 hour 2026-03-11
1.5ceu|14 mar|1.5 CEU 2026-03-14
3sh|15 mar|3.0 semester hour 2025-03-15
4|last fri|4.0 hour 2026-03-13
20m|2026-02-28|0.3333 hour 2026-02-28
TABLE
run 0 pdh list --json
get '.activities | length' 2
ok "credit and dates are read in words"

run 5 pdh log 1h "Too early" --date 2026-03-15
has "Sun 15 Mar 2026" "future" "--planned"
run 0 pdh log 6h "TLA annual conference" --date 2026-04-14 --planned
has "planned" "+0.0"
run 0 pdh status tx-lib --json
get '.credentials[0].counted.amount' 134.0
get '.credentials[0].planned.amount' 6.0
ok "the future is only planned, and counts for nothing"

run 0 pdh log 1h "Book study" --only tx-lib --duty --date mon
has "tx-lib   +1.0"
has "counts for tx-lib only"
run 0 pdh log 1h "Spelling bee" --not tx-lib --date mon
has "il-pel   +1.0"
has "not for tx-lib"
lacks "tx-lib   +0.0"
ok "credentials are left in and out"

run 0 pdh log --again 2 --date 2026-03-12
has "Thu 12 Mar 2026   2.5 h   Teaching with primary sources" "AASL" "literacy" "workshop"
ok "the same again"

printf 'Pages 3 to 9.\nBring the slides.\n' >"$HOME/note"
run 0 pdh log 1h "Notes" --note - --date tue <"$HOME/note"
run 0 pdh list Notes --json
get '.activities[0].note' "Pages 3 to 9.
Bring the slides."
run 0 pdh list "bring the" --json
get '.activities[0].title' Notes
ok "a note is read from standard input and found again"

# JSON lines: all or nothing.
before=$(stored)
printf '%s\n' '{"credit":"1h","title":"One","date":"2026-03-02"}' '{"credit":"1x","title":"Two"}' >"$HOME/lines"
run 2 pdh log - <"$HOME/lines"
has "line 2" credit
same "$(stored)" "$before" "the data after a line that cannot be read"
printf '%s\n' '{"credit":"1h","title":"One","date":"2026-03-02","topic":["a","b"]}' '' \
	'{"hours":2.25,"title":"Two","date":"2026-03-03","note":"n"}' >"$HOME/lines"
run 0 pdh log - --json <"$HOME/lines"
get '.schema' pdh.log/1
get '.activities | map(.title + " " + .credit.amount) | join(", ")' "One 1.0, Two 2.25"
run 6 pdh log - <"$HOME/lines"
has "line 1"
run 0 pdh undo
run 0 pdh list --since 2026-03-02 --until 2026-03-03 --json
get '.activities | length' 0
ok "lines are stored all together, and taken back together"

run 0 pdh list --date 2026-03 --topic literacy --json
get '.activities | map(.id) | join(" ")' "2 7"
run 0 pdh list --kind workshop --provider aa --json
get '.activities | length' 2
run 0 pdh list --planned --json
get '.activities[0].title' "TLA annual conference"
run 0 pdh ls --for il-pel --json
get '.activities[] | select(.title == "Book study") | .counts[] | select(.alias == "il-pel") | .counted.amount + ", " + .why' \
	"0.0, counts for tx-lib only"
run 0 pdh list --limit 2 --json
get '.next | type' string
run 3 pdh list nothing-like-it --fail-empty
run 0 pdh list nothing-like-it
ok "lists are narrowed"

before=$(pdh status --json)
run 0 pdh edit 2 --topic literacy,history --hours 2h
has "credit 2.5 h -> 2.0 h" "literacy" "-0.5" "pdh undo"
run 0 pdh undo
same "$(pdh status --json)" "$before" "status after undo of edit"
run 0 pdh redo
run 0 pdh show 2 --json
get '.activities[0] | .credit.amount + " " + (.topics | join(","))' "2.0 history,literacy"
run 0 pdh rm 2 7
has Removed "#2" "#7"
run 3 pdh show 2
run 0 pdh undo
run 0 pdh show 2 7
ok "corrections and removals are taken back"

run 0 pdh history --json
get '.changes[0].method' change.undo
op=$(printf '%s' "$out" | jq '[.changes[] | select(.method == "activity.add")][-1].op')
run 5 pdh undo "$op"
has "changed"
run 0 pdh history --limit 1
ok "an older change is undone only where nothing later stands on it"

run 0 pdh log 3h "Ethics and law" --date 2026-03-02 --topic law --split ethics=1h
run 0 pdh undo
run 0 pdh redo
run 0 pdh show 2 --json
ok "an activity that is split is taken back whole"
