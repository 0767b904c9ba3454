#!/bin/sh
# Which cycle this is, and what is true of one cycle or year alone.
. tests/support/func.sh
run 0 pdh init --no-input --name "Dana Reyes"

# What is issued on the day behind the end of a cycle begins its first cycle that day.
at 2023-03-14T09:30:00
run 0 pdh credential add us-wa-certificate --issued 2021-07-01 --as wa
has "1 Jul 2021 to 30 Jun 2026"
run 0 pdh credential add us-nc-license --issued 2021-07-01 --as nc
has "1 Jul 2021 to 30 Jun 2026"
run 0 pdh credential add us-tx-school-librarian --issued 2021-04-01 --fact "birth month=3" --as tx
has "1 Apr 2021 to 31 Mar 2026"
run 0 pdh credential add us-ny-ctle --issued 2021-07-01 --fact "birth month=7" --as ny
has "1 Jul 2021 to 30 Jun 2026"
run 0 pdh credential add us-nj-educator --issued 2022-09-01 --as nj
has "1 Sep 2022 to 30 Jun 2023"
for c in wa nc tx ny nj; do
	run 0 pdh credential rm $c --yes
done
ok "a first cycle begins on the day of issue, and a school year ends with it"

# The first cycle is what is left of one, and the second is the second: told at once, or by renewing.
at 2024-03-02T09:30:00
run 0 pdh credential add us-fl-pe --issued 2022-01-15 --as told
has "1 Mar 2023 to 28 Feb 2025, 18 h"
run 0 pdh credential add us-fl-rn --issued 2022-01-15 --fact "license month=4" --fact "license years=odd" --as rn
has "1 May 2023 to 30 Apr 2025"
run 0 pdh status rn --json
get '.credentials[0].required.amount' 24.0
run 0 pdh credential add us-ca-cpa --issued 2022-01-15 --fact "birth month=4" --fact "birth year=odd" \
	--fact status=active --fact audits=no --as cpa
run 0 pdh status cpa --json
get '.credentials[0].needs[] | select(.id == "technical") | .need.amount' 40.0
at 2022-03-02T09:30:00
run 0 pdh credential add us-fl-pe --issued 2022-01-15 --as pe
has "15 Jan 2022 to 28 Feb 2023, 2 h"
at 2023-03-02T09:30:00
run 0 pdh credential renew pe
run 0 pdh status pe --json
get '.credentials[0].required.amount' 18.0
run 0 pdh credential add us-ca-rn --issued 2022-10-15 --begins 2022-10-15 --expires 2023-04-30 --as nurse
run 0 pdh credential renew nurse --expires 2025-04-30
run 0 pdh status nurse --json
get '.credentials[0].required.amount' 30.0
ok "the second cycle of a license is the second, however short the first was"

# What is true of one cycle or school year is asked for again in the next, and lets nobody off there. What was told of a
# closed cycle stays true of it.
at 2026-03-14T09:30:00
run 0 pdh credential add us-ky-certificate --as ky --begins 2021-07-01 --expires 2026-06-30 --fact experience=3
run 0 pdh status ky --json
get '.credentials[0] | .state + " " + (.required // "none")' "exempt none"
run 0 pdh credential show ky
has "experience    3, to 30 Jun 2026"
lacks "teaching experience since"
at 2026-07-02T09:30:00
run 0 pdh credential renew ky
has "unanswered" "years of successful teaching experience"
run 0 pdh status ky --json
get '.credentials[0].exempt // "asked"' asked
run 0 pdh credential show ky --json
get '.credentials[0] | .cycles[1].required // "none"' none
run 0 pdh credential edit ky --fact experience=1
run 0 pdh credential show ky
has "experience    3, to 30 Jun 2026" "1, from 1 Jul 2026, to 30 Jun 2031"
lacks "teaching experience since"
run 0 pdh credential edit ky --fact experience=
run 0 pdh credential show ky
has "experience    3, to 30 Jun 2026" "teaching experience since"
lacks "1, from 1 Jul 2026"
run 0 pdh credential add us-nj-educator --as nj --fact "percent worked=50" --fact "reading teacher=no"
run 0 pdh status nj --json
get '.credentials[0].required.amount' 10.0
at 2027-07-01T09:30:00
run 0 pdh credential renew nj
run 0 pdh status nj --json
get '.credentials[0].required.amount' 20.0
run 0 pdh rules show us-nj-educator
run 0 pdh rules try us-ky-certificate --for ky --expires 2031-06-30
has "teaching experience since"
ok "an answer lives as long as the pack says"

# What is asked for in each year is done year by year.
at 2026-07-14T09:30:00
run 0 pdh credential add isaca-cism --begins 2026-01-01 --expires 2028-12-31 --as cism
run 0 pdh log 60pt "A long conference" --date 2026-06-01 --only cism
run 0 pdh status cism
has "60.0 / 20 CPE     done this year" "to come: 20 CPE by 31 Dec 2027, 20 CPE by 31 Dec 2028" "60.0 to go"
run 0 pdh log 60pt "Another one" --date 2026-06-02 --only cism
run 0 pdh status cism --json
get '.credentials[0].state' on-pace
get '.credentials[0].needs[] | select(.id == "year") | .state' so-far
get '.credentials[0].needs[1].coming | map(.short.amount + " " + .to) | join(", ")' "20.0 2027-12-31, 20.0 2028-12-31"
run 0 pdh status cism --short
has "120.0/120 done this year"
run 0 pdh explain cism
has "met this year, open in one to come"
run 0 pdh plan cism
has "40.0 CPE" "by 31 Dec 2027" "by 31 Dec 2028" "1 Jan 2027 to 31 Dec 2027" "1 Jan 2028 to 31 Dec 2028"
lacks "is enough by" "Everything is met"
run 0 pdh plan cism --add "2h lecture monthly until 2027-12"
lacks "enough by itself"
at 2027-10-01T09:30:00
run 0 pdh log 5pt "A lecture" --date 2027-09-01 --only cism
at 2028-03-01T09:30:00
run 0 pdh log 2pt "A talk" --date 2028-02-01 --only cism
run 0 pdh status cism --json
get '[.credentials[0].needs[] | select(.id == "year") | .state + " " + .short.amount + " " + .to] | join(", ")' \
	"missed 15.0 2027-12-31, short 18.0 2028-12-31"
run 0 pdh status cism
has "15.0 missed" "of 1 Jan 2027 to 31 Dec 2027" "18.0 to go"
ok "each year of a cycle is told: missed, running and to come"

# A leave of a calendar year is twelve months of it.
at 2026-03-14T09:30:00
mkdir -p "$HOME/.config/pdh/packs"
cat >"$HOME/.config/pdh/packs/leave.yaml" <<'PACK'
pack: leave
version: 1
title: With leaves
unit: hour
calendar: {length: 5 years, end: 06-30}
rules:
  - {id: total, need: 60}
  - {id: months, adjust: {scale: months active of 60}}
PACK
run 0 pdh rules reload
run 0 pdh credential add leave --begins 2021-07-01 --expires 2026-06-30 --as leave
run 0 pdh credential pause leave --from 2023-01-01 --until 2023-12-31
run 0 pdh status leave --json
get '.credentials[0].required.amount' 48.0
run 0 pdh credential pause leave --from 2024-02-01 --until 2024-02-29
run 0 pdh status leave --json
get '.credentials[0].required.amount' 47.0
ok "leaves are counted in whole months"

# What fills a cycle in its days of grace fills it for good, be it hours, an activity or a topic.
cat >"$HOME/.config/pdh/packs/grace.yaml" <<'PACK'
pack: grace
version: 1
title: With grace
unit: hour
calendar: {length: 2 years, end: 06-30}
topics: [ethics, law, art]
rules:
  - {id: total, need: 20}
  - {id: ethics, need: any, where: {topic: ethics}}
  - {id: topics, need: {distinct topic: 3}}
  - {id: grace, duty: finish, due: period end, late: {until: period end + 3 months end of month, fill: previous}}
PACK
run 0 pdh rules reload
run 0 pdh credential add grace --begins 2024-07-01 --expires 2026-06-30 --as grace
run 0 pdh log 19h "Law" --topic law --date 2025-01-02 --only grace
at 2026-08-15T09:30:00
run 0 pdh log 4h "Law again" --topic law --date 2026-08-01 --only grace
run 0 pdh log 3h "Ethics" --topic ethics --date 2026-08-02 --only grace
run 0 pdh log 3h "Art" --topic art --date 2026-08-03 --only grace
run 0 pdh log 5h "More art" --topic art --date 2026-08-04 --only grace
run 0 pdh status grace --json
get '[.credentials[0].needs[] | .id + " " + .state] | join(", ")' "total met, ethics met, topics met"
run 0 pdh credential renew grace
has "7.0 h of the days of grace went to the closed cycle"
run 0 pdh status grace --as-of 2026-06-30 --json
get '[.credentials[0].needs[] | .id + " " + .state] | join(", ")' "total met, ethics met, topics met"
run 0 pdh status grace --json
get '.credentials[0] | .counted.amount + " " + (.needs[] | select(.id == "ethics") | .state)' "8.0 short"
run 0 pdh edit "$(pdh list --json | jq -s -r '[.[] | .. | objects | select(.title? == "More art")][0].id')" --date 2026-08-05
run 0 pdh status grace --as-of 2026-06-30 --json
get '[.credentials[0].needs[] | .id + " " + .state] | join(", ")' "total met, ethics met, topics met"
ok "what was done late fills needs of every kind, and stays"
