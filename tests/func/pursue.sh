#!/bin/sh
# A license that is pursued: its steps are items with reminders, what is entered marks them, and its issue opens a cycle.
. tests/support/func.sh
dana

run 0 pdh path us-mo-certificate
has "Track it: pdh credential add us-mo-certificate --pursuing"
run 0 pdh credential add us-mo-certificate --pursuing --json
get '.credential | "\(.alias) \(.state) \(.jurisdiction)"' "mo-certificate pursued US-MO"
get '[.credential.items[].title] | length' 6
run 0 pdh status mo-certificate --json
get '.credentials[0] | "\(.state) \(.items | map(select(.done_on != null)) | length)"' "pursued 0"
run 0 pdh status mo-certificate
has PURSUED "0 of 6, pdh path mo-certificate"
run 0 pdh status --check --short mo-certificate
ok "its steps are items"

# What is entered marks them; an item that is done is a step that is met.
run 0 pdh have add clearance "FBI fingerprints" --on 2026-02-02 --expires 2026-06-30
run 0 pdh have add program "Library media specialist" --during 2023-08..2026-02
run 0 pdh status mo-certificate --json
get '.credentials[0].items | map(select(.done_on != null) | "\(.title | .[0:12]) \(.done_on) \(.expires)") | sort | join(", ")' \
	"FBI fingerpr 2026-02-02 2026-06-30, program with 2026-02-28 null"
run 0 pdh remind list --json
get '[.reminders[] | select(.credential == "mo-certificate")] | length > 0' true
item=$(pdh credential show mo-certificate --json | jq -r '.credential.items // .credentials[0].items | .[] | select(.kind == "exam") | .id')
run 0 pdh credential item done "$item"
run 0 pdh path mo-certificate --json
get '.paths[0].steps[] | select(.id == "exam") | "\(.state) \(.have)"' "met done"
get '.paths[0] | "\(.met) \(.missing)"' "3 3"
run 0 pdh undo
run 0 pdh path mo-certificate --json
get '.paths[0] | "\(.met) \(.missing)"' "2 4"
ok "what is entered marks them, and undo takes it back"

# It is no paper that another path could ask for.
run 0 pdh path us-mo-certificate --up --json
get '.paths[0].steps[] | select(.id == "initial") | .state' missing
run 0 pdh export -o "$HOME/all.json"
run 0 pdh reset --yes "Dana Reyes"
run 0 pdh import "$HOME/all.json"
run 0 pdh path mo-certificate --json
get '.paths[0] | "\(.pack) \(.path) \(.met)"' "us-mo-certificate first 2"
ok "it goes out and comes in"

run 5 pdh credential issue mo-certificate --on 2026-03-15
has "in the future"
run 5 pdh credential issue tx-lib
has "held already"
run 0 pdh credential issue mo-certificate --on 2026-03-14 --json
get '.credential | "\(.issued) \(.level) \(.cycle.from) \(.cycle.to) \(.cycle.pack)"' \
	"2026-03-14 initial 2026-03-14 2030-03-13 us-mo-certificate"
get '.credential.state == "pursued"' false
get '[.notes[] | select(startswith("not marked as done"))] | length' 4
run 0 pdh path us-mo-certificate --up --json
get '.paths[0].steps[] | select(.id == "initial") | .state' met
run 0 pdh undo
run 0 pdh status mo-certificate --json
get '.credentials[0].state' pursued
ok "its issue closes the path and opens the first cycle"

run 0 pdh credential add us-co-license --pursuing --path in-initial --as co
run 0 pdh credential issue co --on 2026-03-01 --json
get '.credential.items[] | select(.title == "approved test") | .due' 2027-03-01
get '.credential | "\(.level) \(.expires)"' "initial 2029-02-28"
ok "what is due after the issue has its day"

# Where the license is only added to another one, that is the way in.
run 0 pdh credential add us-az-certificate --pursuing --as az --json
get '.credential | "\(.title) \(.state) \([.items[].title] | length > 2)"' "AZ Library-Media Specialist endorsement pursued true"
run 0 pdh path az --json
get '.paths[0].path' add
ok "an endorsement is pursued where there is no other way in"

run 2 pdh credential add us-co-license --path in
run 2 pdh credential add --pursuing --title x
run 3 pdh credential add us-ca-rn --pursuing
run 3 pdh credential add us-co-license --pursuing --path nowhere
run 2 pdh credential add us-co-license --pursuing --opening 3h
ok "what does not fit is refused"
