#!/bin/sh
# Status as people see it: the most urgent first, no alarm on the first days, and what to do next.
. tests/support/func.sh
run 0 pdh init --no-input --name "Dana Reyes"

# Day 20 of five years is no alarm, and the command that set a day says nothing of it.
typed() {
	printf '%s' "$1" >"$HOME/answers"
	shift
	"$python" tests/func/terminal.py 80 "$@" <"$HOME/answers"
}
run 0 typed '3
' pdh credential add us-tx-school-librarian --as tx --begins 2026-02-22 --expires 2031-02-21 --opening none
lacks "Reminder"
run 0 pdh status tx --json
get '.credentials[0].state' on-pace
run 0 pdh status tx --as-of 2026-08-23 --json
get '.credentials[0].state' on-pace
run 0 pdh status tx --as-of 2026-08-24 --json
get '.credentials[0].state' behind
run 0 pdh status tx
has "needs 3.4 h a month" "Next: pdh log 1h"
lacks "short on the day"
run 0 pdh log 18.5h "A week of courses" --date 2026-03-01
run 0 pdh status tx --as-of 2026-08-24 --json
get '.credentials[0] | .state + " " + .pace.difference.amount' "on-pace -1.5438"
run 0 pdh status tx --as-of 2026-10-01 --json
get '.credentials[0].state' behind
ok "behind is said where an activity does not make up for it"

run 0 pdh credential add us-wa-certificate --as wa --begins 2026-07-01 --expires 2031-06-30
run 0 pdh status wa
has "NOT BEGUN" "from 1 Jul 2026 to 30 Jun 2031"
run 0 pdh status wa --as-of 2026-07-01
lacks "NOT BEGUN"
run 0 pdh credential rm wa --yes
ok "a cycle that has not begun is told as such"

run 0 pdh credential add clearance --as zz --title "Fingerprints" --expires 2026-05-30
run 0 pdh credential add clearance --as yy --title "Tuberculosis test" --expires 2026-03-01
run 0 pdh status
case $out in
*"(yy)"*"(zz)"*"(tx)"*) ;;
*) fail "the order" ;;
esac
has "Next: pdh credential renew yy"
run 0 pdh status --json
get '.credentials | map(.alias) | join(" ")' "tx yy zz"
run 0 pdh credential retire yy
run 0 pdh credential item add zz "Fee" --due 2026-03-20
run 0 pdh status
has "Next: pdh credential item done"
run 0 pdh credential retire zz
run 0 pdh status
has "Next: pdh plan tx"
ok "the most urgent is first, and status ends with what helps most"
