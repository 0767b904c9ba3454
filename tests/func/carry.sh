#!/bin/sh
# From one cycle to the next: carry-over, hours done late, hours that may serve one credential alone.
. tests/support/func.sh

packs=$HOME/.config/pdh/packs
mkdir -p "$packs"

pack() {
	cat >"$packs/$1.yaml"
}

pack carrying <<'PACK'
pack: carrying
version: 1
title: Carrying
authority: Board of Tests
unit: hour
calendar: {length: 2 years, end: 06-30}
topics: [ethics, law]
rules:
  - {id: total, need: 30}
  - {id: ethics, need: 3, where: {topic: ethics}}
  - {id: over, carry: {most: 10, earned: last 12 months, serves not: [ethics]}}
  - {id: finish, duty: finish, due: period end, late: {until: period end + 3 months, fee: USD 100, fill: previous}}
PACK

at 2026-06-01T09:00:00
run 0 pdh init --no-input --name Dana --credential carrying --as c --expires 2026-06-30
run 0 pdh log 28h "Long course" --date 2024-09-01
run 0 pdh log 12h "Late course" --date 2026-05-01 --topic law --split ethics=4h
run 0 pdh status c --json
get '.credentials[0] | "\(.counted.amount) \(.state)"' "40.0 done"

run 0 pdh credential renew c --dry-run
has "carried over: 9.0 h of the 10.0 h left over"
run 0 pdh status c --json
get '.credentials[0].cycle.to' 2026-06-30
run 0 pdh credential renew c
has "carried over: 9.0 h of the 10.0 h left over"
ok "what is left over is carried over, but for the hours that a need depends on"

at 2026-07-02T09:00:00
run 0 pdh status c --json
get '.credentials[0] | "\(.cycle.from) \(.counted.amount) \(.cycle.carried.amount) \(.logged.amount)"' "2026-07-01 9.0 9.0 0.0"
get '.credentials[0].needs[] | select(.id == "ethics") | .have.amount' 0.0
run 0 pdh status c
has "carried" "9.0 h"
ok "carried hours count in the next cycle, and not for ethics"

run 0 pdh undo
run 0 pdh status c --json
get '.credentials[0] | "\(.cycle.to) \(.counted.amount)"' "2026-06-30 40.0"
same "$(sqlite3 "$HOME/.local/share/pdh/pdh.db" 'SELECT count(*) FROM carried')" 0 "rows left"
run 0 pdh redo
run 0 pdh status c --json
get '.credentials[0].cycle.carried.amount' 9.0
ok "undo takes the renewal back, and redo brings it again"

# The next cycle is short, and what is done in the days of grace fills it first.
run 0 pdh log 18h "More" --date 2026-07-01 --topic ethics
at 2028-07-10T09:00:00
run 0 pdh log 5h "After the end" --date 2028-07-05
run 0 pdh status c --json
get '.credentials[0] | "\(.counted.amount) \(.state)"' "32.0 late"
run 0 pdh credential renew c
has "3.0 h of the days of grace went to the closed cycle"
run 0 pdh status c --json
get '.credentials[0] | "\(.cycle.from) \(.counted.amount)"' "2028-07-01 2.0"
run 0 pdh credential show c --json
get '.credentials[0].cycles[1] | "\(.to) \(.counted.amount)"' "2028-06-30 30.0"
ok "hours of the days of grace fill the old cycle, and only the rest the new one"

pack level-a <<'PACK'
pack: level-a
version: 1
title: Level A
authority: Board of Levels
share: {credentials: none}
rules: [{id: total, need: 20}]
PACK
sed 's/level-a/level-b/; s/Level A/Level B/' "$packs/level-a.yaml" >"$packs/level-b.yaml"
run 0 pdh credential add level-a --as la --expires 2029-12-31 --begins 2028-01-01
run 0 pdh credential add level-b --as lb --expires 2029-12-31 --begins 2028-01-01
run 0 pdh log 6h "For any level" --date 2028-07-09 --not c
has "la   +6.0" "lb   +0.0"
run 0 pdh log 4h "For level B" --date 2028-07-08 --only lb
has "lb   +4.0"
run 0 pdh status la lb --json
get '[.credentials[].counted.amount] | join(" ")' "11.0 4.0"
ok "an hour serves one credential alone where the board says so"

pack moving <<'PACK'
pack: moving
version: 1
title: Moving
unit: hour
facts: {deployed: {type: word, ask: Were you deployed?}, months worked: {type: number, ask: How many months did you work?}}
suspended: {until: 2028-12-31, by: period end, why: Suspended until the end of 2028, cite: board}
sources: {board: {title: The board, mark: confirmed}}
rules:
  - {id: total, need: 60, cite: board}
  - {id: service, adjust: {shift: 2 years}, when: {deployed: "yes"}, cite: board, title: Military service}
  - {id: part, adjust: {scale: months worked of 24, round: up}, cite: board}
PACK
run 0 pdh credential add moving --as m --expires 2028-12-31 --begins 2027-01-01
run 0 pdh status m
has SUSPENDED "Suspended until the end of 2028"
lacks "60 h"
run 0 pdh status m --json
get '.credentials[0] | "\(.state) \(.required)"' "suspended null"
run 0 pdh credential edit m --expires 2029-12-31 --begins 2028-01-01
run 0 pdh status m --json
get '.credentials[0] | "\(.required.amount) \(.suspended)"' "60.0 null"
ok "rules that are suspended ask for nothing, and say until when"

run 0 pdh credential edit m --fact "months worked=13"
run 0 pdh status m --json
get '.credentials[0].required.amount' 33.0
run 0 pdh credential edit m --fact deployed=yes
has "Military service moves the last day" 2031-12-31
ok "what is asked follows the months that were worked, and a service moves the end"

pack lapsing <<'PACK'
pack: lapsing
version: 1
title: Lapsing
unit: hour
rules:
  - {id: total, need: 20, when: {lapsed: "no"}}
  - {id: back, need: {per: month lapsed, is: 2, most: 24}, window: last 1 year to now, when: {lapsed: "yes"}}
PACK
run 0 pdh credential add lapsing --as l --expires 2028-02-29 --begins 2026-03-01
for day in "2028-02-29 20.0" "2028-03-31 null" "2028-04-01 2.0" "2029-12-31 24.0"; do
	run 0 pdh status l --as-of "${day% *}" --json
	get '.credentials[0].required.amount' "${day#* }"
done
ok "whoever lets it lapse owes something for each whole month since the end"
