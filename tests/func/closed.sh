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
has "--for" "whose cycle"
run 2 pdh report chart --cycle 2022
has "--for" "whose cycle"
run 0 pdh status --cycle 2022 --json
get '[.credentials[].alias] | join(",")' city
run 3 pdh status fire --cycle 2022
run 0 pdh explain 1 --cycle 2022 --json
get '[.credentials[].alias] | join(",")' city
ok "what names none is told which there are; of several credentials those that have it"
