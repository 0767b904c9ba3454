#!/bin/sh
# Two cycles of one school librarian, who begins in Texas and moves to Pennsylvania, told in the order she lives it.
. tests/support/func.sh
packs=$HOME/.config/pdh/packs
mkdir -p "$packs"

# stands ALIAS COUNTED LOGGED STATE: what counts of what was logged; every hour of it is in one place, and status
# and explain tell the same.
stands() {
	run 0 pdh explain "$1" --json
	get '.credentials[0] | ([.sums[].credit.exact] | add) == .logged.exact' true
	get '.credentials[0] | "\(.counted.amount) of \(.logged.amount) \(.state)"' "$2 of $3 $4"
	run 0 pdh status "$1" --json
	get '.credentials[0] | "\(.counted.amount) of \(.logged.amount) \(.state)"' "$2 of $3 $4"
}

# ---- Texas, 2026 --------------------------------------------------------------------------------------

run 0 pdh init --no-input --name "Dana Reyes" --credential us-tx-school-librarian --as tx --expires 2027-08-31 \
	--opening 60h
run 0 pdh credential add clearance --as fp --title "Fingerprint clearance" --expires 2026-11-30
run 0 pdh log 6h "Makerspaces" --kind workshop --topic technology --date 2026-02-07
has "tx   +6.0   66.0 / 200 h"
run 0 pdh log 3sh "LIBR 5300" --kind "graduate credit" --topic content --date 2025-12-12 --approval approved
has "tx   +45.0   111.0 / 200 h"
stands tx 111.0 111.0 behind
ok "she begins with what she has, and a college course of three semester hours is 45 in Texas"

run 0 pdh log 38h "A shelf of books" --kind self-study --from 2025-06-01 --date 2025-08-01
run 0 pdh log 6h "MARC for schools" --kind "independent study" --date 2026-02-08
has "tx   +2.0   151.0 / 200 h   independent-study: its limit is reached"
run 0 pdh explain 5
has "2.0 of 6.0 h count" "cut        4.0 h: independent-study: at most 20 % of 200 h = 40.0 h a cycle" \
	"38.0 h used before it: #4 38.0 h"
stands tx 151.0 155.0 on-pace
ok "of what she reads alone a fifth counts, and explain names the entry that used the room"

run 0 pdh plan tx --json
get '.credentials[0] | "\(.remaining.amount) \(.needs[0].id) \(.limits[0].left.amount)"' "49.0 disabilities 0.0"
get '.fewest.amount + ": " + (.hours | map("\(.credit.amount) \(.topics | join("+"))") | join(", "))' \
	"41.0: 8.0 mental-health-first-aid, 1.0 disabilities, 32.0 "
run 0 pdh log 8h "Dyslexia institute" --kind workshop --topic dyslexia --date 2026-06-20 --planned
has "tx   +0.0   151.0 / 200 h   planned, not done yet"
at 2026-06-21T09:00:00
run 0 pdh edit 6 --no-planned
has "tx   +8.0   159.0 / 200 h"
run 0 pdh status tx --json
get '.credentials[0].needs[] | select(.id == "disabilities") | .state' met
at 2026-08-10T18:00:00
run 0 pdh log 8h "Mental health first aid" --kind workshop --topic mental-health-first-aid --delivery in-person
has "tx   +16.0   175.0 / 200 h"
stands tx 175.0 171.0 on-pace
ok "the plan says the least: first aid counts double; the missing topic is planned, and done"

expected=$(pdh status tx --as-of 2027-01-01 --json | jq '.credentials[0].pace.expected.exact')
run 0 pdh credential pause tx --from 2026-09-01 --until 2026-12-31 --why "parental leave"
at 2026-10-01T08:00:00
stands tx 175.0 171.0 paused
run 0 pdh status tx --as-of 2027-01-01 --json
get ".credentials[0].pace.expected.exact < $expected" true
get '.credentials[0].cycle.to' 2027-08-31
run 8 pdh status fp --check
at 2026-12-01T08:00:00
run 9 pdh status fp --check
run 0 pdh credential renew fp --expires 2031-11-30
run 0 pdh status fp --check
ok "a leave moves the pace and no date; a clearance runs out and is renewed"

# ---- she moves, 2027 ----------------------------------------------------------------------------------

at 2027-01-10T09:00:00
before=$(stored)
run 0 pdh rules try us-il-pel-teacher --expires 2030-06-30 --fact situation=working --json
get '.credentials[0] | "\(.counted.amount) of \(.required.amount)"' "111.0 of 120.0"
run 0 pdh rules try us-ma-primary --expires 2028-08-31 --json
get '.credentials[0].needs[] | select(.id == "content") | "\(.have.amount) \(.have.unit)"' "67.5 PDP"
run 0 pdh rules try us-pa-act-48 --expires 2028-08-31 --json
get '.credentials[0] | "\(.counted.amount) of \(.required.amount)"' "156.0 of 180.0"
same "$(stored)" "$before" "the database after trying"
run 0 pdh credential add us-pa-act-48 --as pa --expires 2028-08-31
stands pa 156.0 156.0 on-pace
run 0 pdh explain 3 pa
has "3.0 sh count 90.0 h"
ok "other boards are tried first: the course is 67.5 points in Massachusetts, and 90 hours in Pennsylvania"

run 0 pdh credential add us-il-pel-teacher --as il --expires 2030-06-30 --fact situation=working
run 0 pdh credential edit il --fact situation=not-working --from 2027-07-01
run 0 pdh credential edit il --fact situation=working --from 2028-07-01
for day in "2027-06-30 120.0" "2027-07-01 null" "2028-07-01 120.0"; do
	run 0 pdh status il --as-of "${day% *}" --json
	get '.credentials[0].required.amount' "${day#* }"
done
ok "an old license in Illinois asks for nothing in the year in which she does not work"

run 0 pdh log 18h "Teaching teachers" --kind presenting --from 2026-10-01 --date 2026-10-05
run 0 pdh log 4h "A talk" --kind presenting --date 2027-01-09
has "pa   +4.0   178.0 / 180 h" "tx   +2.0   195.0 / 200 h"
run 0 pdh log 2h "A webinar, alone" --kind self-study --date 2027-01-08
has "pa   +2.0   180.0 / 180 h" "tx   +0.0   195.0 / 200 h"
run 0 pdh explain 9 --json
get '[.credentials[] | "\(.alias) \(.counted.amount) of \(.logged.amount)"] | join(", ")' \
	"il 4.0 of 4.0, pa 4.0 of 4.0, tx 2.0 of 4.0"
run 0 pdh log 6h "State conference" --kind conference --date 2027-01-07
stands tx 201.0 201.0 on-pace
run 0 pdh credential item done 1
stands tx 201.0 201.0 "done"
stands pa 186.0 186.0 "done"
ok "an hour counts whole in one state, and half or not at all in the other"

# ---- the first cycle ends, 2027 -----------------------------------------------------------------------

version=$(sed -n 's/^version: //p' schema/packs/us-tx-school-librarian.yaml)
sed 's/^version: .*/version: 2027.1/; s/limit: 20% of required/limit: 15% of required/' \
	schema/packs/us-tx-school-librarian.yaml >"$packs/us-tx-school-librarian.yaml"
run 0 pdh rules reload
run 0 pdh rules diff tx --json
get '[.rules[] | "\(.change) \(.id)"] | join(" ")' "changed independent-study"
get '.effects[0] | "\(.added.amount) \(.after.counted.amount)"' "-10.0 191.0"
at 2027-09-02T08:00:00
run 0 pdh credential renew tx
has "(201.0 h of 200.0 h)" "rules us-tx-school-librarian 2027.1 apply from now on"
at 2027-12-21T09:00:00
run 0 pdh log 40h "More books" --kind self-study --from 2027-09-02 --date 2027-12-20
has "tx   +30.0    30.0 / 200 h"
stands tx 30.0 40.0 on-pace
run 0 pdh edit 2 --hours 7h
has "the closed cycle of tx to 31 Aug 2027 counts 202.0 h of 200.0 h now" "pa   +1.0   227.0 / 180 h"
run 0 pdh explain tx --as-of 2027-08-31 --json
get '.credentials[0] | "\(.cycle.version) \(.counted.amount) of \(.logged.amount) \(.state)"' \
	"$version 202.0 of 202.0 done"
get '.credentials[0].limits[0] | "\(.limit.at_most.amount) \(.limit.cut.amount) \(.used_by | map(.id))"' "40.0 6.0 [4,5]"
run 0 pdh credential show tx --json
get '.credentials[0].cycles | map("\(.version) \(.counted.amount)") | join(", ")' "2027.1 30.0, $version 202.0"
ok "the next cycle takes the newer rules; the closed one keeps its own, and its record may still be corrected"

# ---- Pennsylvania, 2028 -------------------------------------------------------------------------------

at 2028-09-01T08:00:00
run 0 pdh credential renew pa --dry-run
has "carried over: 47.0 h of the 47.0 h left over"
run 0 pdh log 10h "Summer academy" --approval approved --date 2028-07-12
cat >"$packs/us-pa-act-48.yaml" <<'PACK'
pack: us-pa-act-48
extends: us-pa-act-48
version: 2028.1
sources: {district: {title: Our district, mark: confirmed}}
rules:
  - {id: completed, duty: finish, due: period end, cite: district, late: {until: period end + 3 months, fill: previous}}
PACK
run 0 pdh rules reload
run 0 pdh credential renew pa
has "(237.0 h of 180.0 h)" "carried over: 50.0 h of the 57.0 h left over"
stands pa 50.0 0.0 on-pace
run 0 pdh edit 13 --hours 2h
has "counts 229.0 h of 180.0 h" "49.0 h are carried over, 50.0 h before" "pa   -1.0    49.0 / 180 h"
stands pa 49.0 0.0 on-pace
ok "fifty hours of the last two years go on to the next cycle, and follow what is corrected"

at 2033-09-10T08:00:00
run 0 pdh log 100h "Years of workshops" --approval approved --from 2029-01-10 --date 2033-05-20
stands pa 149.0 100.0 late
run 9 pdh status pa --check
run 0 pdh log 40h "Institute" --approval approved --from 2033-09-02 --date 2033-09-09
run 0 pdh credential renew pa
has "31.0 h of the days of grace went to the closed cycle"
stands pa 9.0 40.0 on-pace
run 0 pdh explain pa --as-of 2033-08-31 --json
get '.credentials[0] | "\(.cycle.version) \(.counted.amount) of \(.logged.amount) \(.state)"' \
	"2028.1 180.0 of 100.0 done"
get '[.credentials[0].sums[] | select(.credit.exact < 0) | "\(.place) \(.credit.amount)"] | join(", ")' \
	"carried -49.0, late -31.0"
run 0 pdh explain pa --as-of 2028-08-31 --json
version=$(sed -n 's/^version: //p' schema/packs/us-pa-act-48.yaml)
get '.credentials[0] | "\(.cycle.version) \(.counted.amount) \(.state)"' "$version 229.0 done"
ok "days of grace fill what is short, and an audit sees each closed cycle under the rules it had"

before=$(pdh status --json)
run 0 pdh undo
stands pa 189.0 140.0 late
run 0 pdh redo
same "$(pdh status --json)" "$before" "status after undo and redo"
run 0 pdh history --limit 100 --json
get '[.changes[] | select(.undone_by == null) | .method | select(. == "credential.renew")] | length' 4
get '.changes[0:3] | map("\(.method) \(.undoes != null)") | join(", ")' \
	"change.redo true, change.undo true, credential.renew false"
run 0 pdh history --limit 100
has "logged #15 40.0 h Institute" "changed #13 credit" "Sat 14 Mar 2026" "(undone)" "renewed tx to 31 Aug 2032"
ok "the renewal is taken back and made again, and the history has it all"
