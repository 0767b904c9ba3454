#!/bin/sh
# What was planned, once its day is over.
. tests/support/func.sh
run 0 pdh init --no-input --name "Dana Reyes"
run 0 pdh credential add us-tx-school-librarian --as tx --expires 2027-08-31 --opening 131.5h
run 0 pdh log 6h "TLA annual" --date 2026-03-20 --planned
run 0 pdh status
lacks "was planned for"
run 5 pdh edit 2 --done
has "--done" "20 Mar 2026"
at 2026-03-21T09:30:00
run 0 pdh status
has "#2 TLA annual was planned for 20 Mar 2026" "pdh edit 2 --done"
run 2 pdh edit 2 --done --planned
has "--planned"
run 0 pdh log 2h "Webinar" --date 2026-03-20 --planned
run 0 pdh status --json
get '.notices | length' 1
run 0 pdh status
has "2 planned entries are of days that are over" "pdh list --planned"
run 0 pdh status tx --as-of 2026-04-01
lacks "planned entries"
run 0 pdh edit 2 --done
has "+6.0" "137.5"
run 0 pdh show 2 --json
get '.activities[0] | "\(.planned) \(.done_on)"' "false 2026-03-20"
run 0 pdh undo
run 0 pdh edit 2 --done --date 2026-03-19 --json
get '.activity | "\(.planned) \(.done_on)"' "false 2026-03-19"
run 0 pdh edit 2 --done
run 0 pdh edit 3 --done
run 0 pdh status --json
get '.notices | length' 0
ok "what was planned is pointed out once its day is over, and is done with one word"
