#!/bin/sh
# Who begins half way: what was earned before pdh kept the record.
. tests/support/func.sh
run 0 pdh init --no-input --name "Dana Reyes"

# It lies in the past, on a day of its own.
run 0 pdh credential add us-tx-school-librarian --as tx --expires 2027-08-31 --opening "131.5h, dyslexia 6h"
has "131.5 h counted so far"
run 0 pdh list --json
get '.activities[0] | .done_on + " " + .kind + " " + (.split | join(","))' "2026-03-13 opening dyslexia=6.0 hour"
run 0 pdh status tx --json
get '.credentials[0].needs[] | select(.id != "total") | .state' met
run 0 pdh credential edit tx --opening 60h
has "counted 131.5"
run 0 pdh list --json
get '.activities | length' 1
run 0 pdh status tx --json
get '.credentials[0].counted.amount' 60.0
run 0 pdh undo
run 0 pdh status tx --json
get '.credentials[0].counted.amount' 131.5
run 0 pdh credential edit tx --opening none
run 0 pdh list --json
get '.activities | length' 0
ok "an opening balance is told by topic, and corrected"

# Where rules count years it is told year by year, and none of them is missed for ever.
run 0 pdh credential add isaca-cism --as cism --begins 2024-01-01 --expires 2026-12-31 \
	--opening "40h in 2024, 30h in 2025; 5h in 2026"
run 0 pdh list --json
get '[.activities[] | .done_on + " " + .credit.amount] | sort | join(", ")' \
	"2024-12-31 40.0, 2025-12-31 30.0, 2026-03-13 5.0"
run 0 pdh status cism --json
get '[.credentials[0].needs[] | select(.id == "year") | .state] | unique | join(" ")' short
run 0 pdh credential edit cism --opening "60h"
run 0 pdh status cism --json
get '[.credentials[0].needs[] | select(.id == "year") | .state] | unique | join(" ")' "met missed"
run 0 pdh undo

# Rows of a year take from the balance of that year alone: ten hours of the clock are twelve of 50 minutes.
printf 'Date,Title,Hours\n2024-06-01,A course,10\n' >"$HOME/rows.csv"
run 0 pdh import "$HOME/rows.csv" --opening reduce --yes
run 0 pdh list --json
get '[.activities[] | select(.kind == "opening") | .done_on + " " + .credit.amount] | sort | join(", ")' \
	"2024-12-31 28.0, 2025-12-31 30.0, 2026-03-13 5.0"
ok "each year has a balance of its own"

before=$(stored)
run 5 pdh credential edit cism --opening "20h in 2027"
has "--opening" "2027"
run 5 pdh credential edit cism --opening "20h, 3ceu"
run 2 pdh credential edit cism --opening "some hours"
has "60h, ethics 2h"
run 5 pdh credential edit cism --opening "2h, ethics 5h"
has "--opening"
run 5 pdh credential add us-tx-school-librarian --as later --begins 2027-09-01 --expires 2032-08-31 --opening 5h
has "has not begun"
same "$(stored)" "$before" "what is stored"
ok "what cannot be is refused, and changes nothing"

# ---- an import never leaves parts that are more than the whole
run 0 pdh daemon stop
rm -rf "$HOME/.local"
run 0 pdh init --no-input --name Dana --credential us-tx-school-librarian --as tx-lib --expires 2027-08-31 \
	--opening "10h, dyslexia 6h"
printf 'Date,Title,Hours\n2025-05-01,Nearly all,7h\n' >"$HOME/seven.csv"
printf 'Date,Title,Hours\n2025-05-01,A part,4h\n' >"$HOME/four.csv"
run 5 pdh import "$HOME/seven.csv" --opening reduce
has 'opening balance #1' 'would leave 3.0 h' 'dyslexia=6' 'pdh edit 1 --split'
run 5 pdh import "$HOME/seven.csv" --opening reduce -n
run 0 pdh list --all --json
get '.activities | length' 1
run 0 pdh import "$HOME/four.csv" --opening reduce
run 0 pdh undo
run 0 pdh import "$HOME/seven.csv" --opening keep
run 0 pdh undo
run 5 pdh edit 1 --hours 5h
has 'the parts are more than the whole'
run 0 pdh edit 1 --split dyslexia=2h
run 0 pdh import "$HOME/seven.csv" --opening reduce
run 0 pdh show 1 --json
get '.activities[0].credit.exact' 10800000
ok "an opening balance stays larger than its parts"
