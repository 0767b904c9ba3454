#!/bin/sh
# Closed cycles: reached by what names them everywhere, and entered afterwards.
. tests/support/func.sh
run 0 pdh init --no-input --name "Dana Reyes"
run 0 pdh credential add --title "City archivist" --hours 10 --begins 2022-01-01 --expires 2023-12-31 --as city
run 0 pdh log 6h "Old maps" --date 2023-05-02
run 0 pdh log 5h "Paper" --date 2023-06-02
run 0 pdh credential renew city --expires 2025-12-31
run 0 pdh log 3h "Ink" --date 2024-03-01
run 0 pdh credential renew city --expires 2027-12-31
run 0 pdh log 2h "Glue" --date 2026-03-01

for cycle in 2022 2 2023-06-15 "15 jun 2023" 2022-01-01 2023-12-31; do
	run 0 pdh status city --cycle "$cycle" --json
	get '.as_of + " " + .credentials[0].counted.amount + " " + .credentials[0].state' "2023-12-31 11.0 done"
	run 0 pdh list --for city --cycle "$cycle" --json
	get '[.activities[] | .title + " " + .counts[0].counted.amount] | join(", ")' "Paper 5.0, Old maps 6.0"
	run 0 pdh explain city --cycle "$cycle" --json
	get '.credentials[0] | .cycle.from + " " + .counted.amount' "2022-01-01 11.0"
	run 0 pdh explain 1 city --cycle "$cycle" --json
	get '.credentials[0].counted.amount' 6.0
	run 0 pdh report transcript city --cycle "$cycle" --json
	get '[.entries[].activity.title] | join(", ")' "Old maps, Paper"
	run 0 pdh report audit city --cycle "$cycle" --json
	get '.cycle.from' 2022-01-01
	run 0 pdh report chart --for city --cycle "$cycle" --json
	get '.from + " " + .to + " " + .credit.amount' "2022-01-01 2023-12-31 11.0"
	run 0 pdh report --cycle "$cycle" --json
	get '.from + " " + .to + " " + ([.activities[].title] | join(","))' "2022-01-01 2023-12-31 Paper,Old maps"
done
run 0 pdh list --cycle 2024 --json
get '[.activities[].title] | join(",")' Ink
run 0 pdh list --unsubmitted city --cycle 2022 --json
get '.activities | length' 2
run 0 pdh status --cycle 0 --json
get '.credentials[0].counted.amount' 2.0
ok "a year, a day or a number of cycles back names a cycle, everywhere alike"

for verb in "status city" "list --for city" "explain city" "explain 1" "report" "report transcript city" \
	"report audit city" "report chart --for city"; do
	# shellcheck disable=SC2086
	run 3 pdh $verb --cycle 2021
	has "city has no such cycle" "its cycles began in 2022, 2024, 2026"
	# shellcheck disable=SC2086
	run 3 pdh $verb --cycle 2019-05-01
	# shellcheck disable=SC2086
	run 2 pdh $verb --cycle soonish
	has "soonish" "--cycle"
done
run 0 pdh credential add --title "Fire warden" --hours 3 --begins 2026-01-01 --expires 2026-12-31 --as fire
run 2 pdh list --cycle 2022
has "--for" "Whose cycle?"
run 2 pdh report chart --cycle 2022
has "--for" "Whose cycle?"
run 0 pdh status --cycle 2022 --json
get '[.credentials[].alias] | join(",")' city
run 3 pdh status fire --cycle 2022
run 0 pdh explain 1 --cycle 2022 --json
get '[.credentials[].alias] | join(",")' city
ok "what names none is told which there are; of several credentials those that have it"

# A cycle from before pdh kept the record, with what was required, what counted, and what the next one took over.
run 0 pdh credential cycle add city --begins 2020-01-01 --hours 20 --counted 24h --carried 3h
has "city: entered 1 Jan 2020 to" "closed" "24.0 h of 20.0 h" "3.0 h" "pdh undo"
run 0 pdh status city --cycle 2020 --json
get '.credentials[0] | .counted.amount + " of " + .required.amount + " to " + .cycle.to' "24.0 of 20.0 to 2021-12-31"
run 0 pdh status city --cycle 2022 --json
get '.credentials[0] | .counted.amount + " " + .cycle.carried.amount' "14.0 3.0"
run 0 pdh credential show city --json
get '[.credentials[0].cycles[] | .from + " " + (.closed_on // "open")] | join(", ")' \
	"2026-01-01 open, 2024-01-01 2026-03-14, 2022-01-01 2026-03-14, 2020-01-01 2021-12-31"
# What is logged there afterwards leaves what was said alone.
run 0 pdh log 2h "Found in a drawer" --date 2021-03-01 --only city
run 0 pdh status city --cycle 2022 --json
get '.credentials[0].cycle.carried.amount' 3.0
run 0 pdh undo
run 0 pdh undo
run 3 pdh status city --cycle 2020
run 0 pdh redo
run 0 pdh status city --cycle 2020 --json
get '.credentials[0].counted.amount' 24.0
# It goes with the record.
run 0 pdh export --output "$HOME/all.json"
before=$(pdh status city --cycle 2022 --json | jq -c '.credentials[0].counted')
run 0 pdh reset --yes "Dana Reyes"
run 0 pdh import "$HOME/all.json"
same "$(pdh status city --cycle 2022 --json | jq -c '.credentials[0].counted')" "$before" "what counted"
run 0 pdh log 2h "Found in a drawer" --date 2021-03-01 --only city
run 0 pdh status city --cycle 2022 --json
get '.credentials[0].cycle.carried.amount' 3.0
ok "an earlier cycle is entered as it stood, and stays as it was said"

# Entries of its days count; only the rest becomes a balance.
run 0 pdh log 4h "Fire drill" --date 2025-05-01 --only fire
run 0 pdh credential cycle add fire --begins 2025-01-01 --counted 5h
run 0 pdh list --for fire --cycle 2025 --json
get '[.activities[] | .credit.amount] | sort | join(" ")' "1.0 4.0"
run 0 pdh undo
run 0 pdh credential cycle add fire --begins 2025-01-01 --counted 2h
has "counts 4.0 h, more than the 2.0 h"
run 0 pdh undo
ok "what is logged in its days is not counted twice"

before=$(stored)
run 2 pdh credential cycle add fire
has "--begins" "When did that cycle begin?"
run 5 pdh credential cycle add fire --begins 2025-06-01 --expires 2026-02-01
has "overlaps the cycle of fire that ends"
run 5 pdh credential cycle add fire --begins 2026-02-01
has "--begins" "the first day is"
run 5 pdh credential cycle add fire --begins 2027-06-01 --expires 2028-01-01
has "which is earlier"
run 5 pdh credential cycle add fire --begins 2025-01-01 --counted 2h --carried 5h
has "--carried" "more was carried over than counted"
run 5 pdh credential cycle add fire --begins 2025-01-01 --counted 2ceu
run 3 pdh credential cycle add nobody
same "$(stored)" "$before" "what is stored"
run 0 pdh credential cycle add fire --begins 2025-01-01 --dry-run
same "$(stored)" "$before" "what is stored"
ok "what cannot be is refused, and nothing is changed"
