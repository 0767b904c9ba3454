#!/bin/sh
# What is still to do, the least that does it, and what if.
. tests/support/func.sh

mkdir -p "$HOME/.config/pdh/packs"
cat >"$HOME/.config/pdh/packs/tx-demo.yaml" <<'YAML'
pack: tx-demo
version: 1
title: TX School Librarian
unit: clock hour
units: {hour: 60 min, semester hour: 15}
calendar: {length: 5 years}
kinds: {self-study: [independent study], presenting: [], mentoring: []}
topics: {school-library: [library], dyslexia: []}
rules:
  - {id: total, need: 200}
  - {id: related, need: 160, where: {topic: school-library}, title: related to the certificate}
  - {id: dyslexia, need: {activities: 1}, where: {topic: dyslexia}, title: dyslexia training}
  - {id: independent-study, limit: 20% of required, where: {kind: self-study}, title: independent study}
  - {id: presenting, limit: 10% of required, where: {kind: presenting}}
  - {id: mentoring, limit: 30% of required, where: {kind: mentoring}}
YAML
cat >"$HOME/.config/pdh/packs/il-demo.yaml" <<'YAML'
pack: il-demo
version: 1
title: IL Educator License
unit: clock hour
calendar: {length: 5 years}
topics: {library: [school-library], equity: []}
rules:
  - {id: total, need: 120}
  - {id: library, need: 50, where: {topic: library}, title: library topics}
  - {id: equity, need: 3, where: {topic: equity}, level: should}
YAML
run 0 pdh init --no-input --name "Dana Reyes" --credential tx-demo --as tx-lib --expires 2027-08-31
run 0 pdh credential add il-demo --as il-pel --expires 2029-06-30
run 0 pdh credential add clearance --as fp --title "Fingerprint clearance" --expires 2026-05-30
run 0 pdh log 110h "Years of library work" --topic school-library --date 2024-01-10
run 0 pdh log 16.5h "A conference" --topic school-library --date 2026-03-01
run 0 pdh log 45h "Alone" --kind "independent study" --date 2024-02-01 --only tx-lib
run 0 pdh log 6h "A talk" --kind presenting --date 2024-03-01 --only tx-lib
run 0 pdh credential item add tx-lib "Renewal fee" --kind fee --due 2027-08-01
stored >"$HOME/before"

# One credential: what must be, what may be anything, the room under its caps.
run 0 pdh plan tx-lib
has "TX School Librarian (tx-lib)" "33.5 h and 2 things more in 17.5 months, by 31 Aug 2027" \
	"needed  33.5 h  related to the certificate" "126.5 of 160" "dyslexia training" \
	"full     0.0 h  independent study: cap reached" "40.0 of 40" \
	"room    14.0 h  presenting left" "6.0 of 20" "60.0 h  mentoring" \
	"fee     Renewal fee, due 1 Aug 2027" "2.0 h a month gets you there" \
	'Try: pdh plan tx-lib --add "6h related monthly"' "Try"
lacks "Everything is met" "il-pel"
run 0 pdh plan tx-lib --json
get '.schema' pdh.plan/1
get '.credentials[0].needs | map(.id + " " + .short.amount + " " + .short.unit) | join(", ")' \
	"related 33.5 clock hour, dyslexia 1.0 activity"
get '.credentials[0].limits | map(.id + " " + .left.amount) | join(", ")' \
	"independent-study 0.0, presenting 14.0, mentoring 60.0"
get '.credentials[0] | .remaining.amount + " " + .free.amount + " " + .least.amount' "27.5 0.0 33.5"
ok "what one credential still needs"

# All together: an hour that serves two is one hour.
run 0 pdh plan --json
get '.fewest.amount + " " + .apart.amount' "103.5 137.0"
get '.hours | map(.credit.amount + " " + (.topics | join("+")) + ": " +
	(.serves | map(.alias + " " + (.needs | join("+"))) | join(", "))) | join("; ")' \
	"33.5 library: il-pel total+library, tx-lib total+related; 1.0 dyslexia: il-pel total, tx-lib total+dyslexia; 69.0 : il-pel total"
get '.hours | map(.by) | join(" ")' "2027-08-31 2027-08-31 2029-06-30"
run 0 pdh plan
has "The fewest hours that meet everything: 103.5 h" "(137.0 h if none" \
	"33.5 h  on library, for il-pel and tx-lib, by 31 Aug 2027" \
	"69.0 h  anything that counts, for il-pel, by 30 Jun 2029" \
	"No hours are asked for; due 30 May 2026, 77 days" "advised   3.0 h  equity"
same "$(stored)" "$(cat "$HOME/before")" "what is stored"
ok "the fewest hours over all credentials"

# The plan is enough when it is done.
run 0 pdh plan --json
printf '%s' "$out" | jq -c '.hours[] | {title: "Planned", credit, topics}' >"$HOME/lines"
run 0 pdh log - --allow-similar <"$HOME/lines"
run 0 pdh plan
has "Everything is met" "1 thing in 17.5 months" "No hours are asked for"
lacks "  needed " "The fewest hours"
run 0 pdh plan --json
get '.credentials | map(.met | tostring) | join(" ")' "true true true"
run 0 pdh undo
stored >"$HOME/before"
ok "done, everything is met"

# What if leaves no trace, and no topic either.
run 0 pdh plan --add "12h related 2026-07, 6h mentor-training 2026-10"
has "Fri 31 Jul 2026" "Sat 31 Oct 2026" "NOW" "WITH IT" "27.5 to go becomes 9.5" "on time" \
	'"mentor-training" is not a pack' "Nothing was saved" "still needs: related to the certificate"
run 0 pdh plan --add "6h conferance, 2h 'A book, twice' library in-person weekly until 2026-04"
has '"conferance" is not a pack' '"conference"?' "A book, twice (in-person" "Sat 21 Mar 2026 and 5 times"
run 0 pdh plan tx-lib --add "6h related monthly" --add "1h dyslexia tomorrow" --json
get '.added | length' 18
get '.added[0] | .title + " " + .done_on + " " + .topics[0] + " " + (.planned | tostring) + " " + (.id | tostring)' \
	"dyslexia 2026-03-15 dyslexia true null"
get '.outlooks[0] | .now.counted.amount + " " + .with.counted.amount + " " + .added.amount' "172.5 275.5 103.0"
get '.outlooks[0] | .enough_on + " " + .with.done_on + " " + (.with.on_time | tostring)' "2026-09-14 2026-06-14 true"
get '.outlooks[0].with | (.met | tostring) + " " + (.needs | length | tostring)' "true 0"
run 0 pdh plan tx-lib --add "30h presenting 14 jul"
has "14.0 of 30.0 h count: presenting"
run 0 pdh plan il-pel --add "2h library 2029-07"
has "outside the cycle"
same "$(stored)" "$(cat "$HOME/before")" "what is stored after what-ifs"
run 0 pdh list --topic dyslexia --json
get '.activities | length' 0
ok "what if"

# Kept as planned entries, one change.
run 0 pdh plan tx-lib --add "6h related monthly until 2026-06, 1h dyslexia" --save --dry-run
has "Nothing was stored"
same "$(stored)" "$(cat "$HOME/before")" "what is stored after a dry run"
run 0 pdh plan tx-lib --add "6h related monthly until 2026-06, 1h dyslexia" --save
has "4 entries" "Take it back: pdh undo"
run 0 pdh list --planned --json
get '.activities | map(.done_on + " " + .credit.amount + " " + .topics[0]) | join(", ")' \
	"2026-06-14 6.0 school-library, 2026-05-14 6.0 school-library, 2026-04-14 6.0 school-library, 2026-03-14 1.0 dyslexia"
run 0 pdh plan tx-lib
has "also    19.0 h planned already" "33.5 h"
run 6 pdh plan tx-lib --add "6h related 2026-04-14" --save
has "--add" "planned" "in quotes"
run 0 pdh history --limit 1
has "planned 4 entries"
run 0 pdh undo
run 0 pdh list --planned --json
get '.activities | length' 0
stored >"$HOME/before"
ok "planned for real, and taken back"

# Bad input says one thing, and changes nothing.
run 2 pdh plan --add 6
has "--add" "how much and not what"
run 2 pdh plan --add "x related"
has "--add" '"x" is not an amount of credit'
run 2 pdh plan --add ""
has "--add" "empty"
run 2 pdh plan --add "6h related 2026-13"
has '"2026-13" is not a date'
run 2 pdh plan --add "6h related 7/14x"
has '"7/14x" is neither a word nor a date'
run 2 pdh plan --add "6h related 7/4"
has '"7/4": 7 April or 4 July? write 2026-04-07 or 2026-07-04'
run 2 pdh plan --add "6h related monthly soon"
has '"soon" stands behind monthly'
run 2 pdh plan --add "6h related monthly until never"
has "needs a date behind until"
run 5 pdh plan --add "6h related 2026-01"
has "is in the past" "pdh log"
run 5 pdh plan fp --add "1h related weekly until 2045"
has "more than 500 times"
run 3 pdh plan nope
has '"nope"'
run 3 pdh plan txlib --add "6h related"
has "did you mean"
run 2 pdh plan --save
has "--save needs --add"
run 2 pdh plan --dry-run
has "--dry-run goes with --save"
run 2 pdh plan --add
has "--add needs a value"
same "$(stored)" "$(cat "$HOME/before")" "what is stored after bad input"
ok "bad input"
