#!/bin/sh
# What ends a level, such as an initial certificate, and what is asked for without hours.
. tests/support/func.sh
run 0 pdh init --no-input --name "Dana Reyes"

# Two years with a mentor are no hours: they are shown, planned for and reminded of, and hours never meet them.
at 2026-06-14T09:30:00
run 0 pdh credential add us-mo-certificate --as mo --fact certificate=initial --begins 2022-08-01 --expires 2026-07-31
run 0 pdh log 30h "A year of workshops" --kind workshop --date 2025-03-04
mentored='.items[] | select(.rule == "mentored") | "\(.act) \(.state) \(.done_on // "open")"'
run 0 pdh status mo
has "two years with a mentor, and evaluations"
run 8 pdh status mo --check --json
get ".credentials[0] | $mentored" "serve due-soon open"
get '.credentials[0].needs[0].state' met
run 0 pdh plan mo
has "two years with a mentor, and evaluations"
run 0 pdh plan mo --json
get ".credentials[0] | $mentored" "serve due-soon open"
run 0 pdh remind list --json
get '[.reminders[] | select(.title | contains("mentor"))] | length > 0' true
ok "a duty without hours is open when the hours are there"

# A level that has not ended goes on, and what ends it stays the same thing to be done.
at 2026-07-20T09:30:00
run 0 pdh rules show us-mo-certificate
has "levels" "then career"
run 0 pdh credential renew mo
has "opened 1" "Aug 2026 to 31 Jul 2030" "certificate stays initial; not done: Beginning Teacher Assistance; two"
run 0 pdh credential show mo --json
get '[.credentials[0].items[] | select(.rule == "mentored") | .due] | join(" ")' 2030-07-31
run 0 pdh undo
ok "without them an initial certificate stays one"

# Once all of it is done the next cycle begins with the next level, and is as long as that one's.
for rule in bta mentored; do
	run 0 pdh credential item done "$(pdh credential show mo --json |
		jq "[.credentials[0].items[] | select(.rule == \"$rule\")][0].id")"
done
run 0 pdh credential renew mo
has "Aug 2026 to 31 Jul 2027" "certificate: career from 1 Aug 2026 on, what ends initial is done"
run 0 pdh credential show mo --json
get '.credentials[0].facts | map(select(.name == "certificate") | "\(.value) \(.from // "always")") | join(", ")' \
	"initial always, career 2026-08-01"
run 0 pdh status mo --json
get '.credentials[0] | "\(.required.amount) \(.cycle.to) \(.needs[0].short.amount) \(.needs[0].coming | length)"' \
	"15.0 2027-07-31 15.0 0"
get '[.credentials[0].items[] | select(.state != "done")] | length' 0
run 0 pdh status mo --as-of 2026-07-10 --json
get '.credentials[0] | "\(.required.amount) \(.cycle.to)"' "30.0 2026-07-31"
run 0 pdh undo
run 0 pdh credential show mo --json
get '[.credentials[0].facts[] | select(.name == "certificate") | .value] | join(" ")' initial
ok "with them the next cycle is one of a career certificate, and undo takes that back"

# The person's word for the first day of the next cycle goes before, whatever is done.
run 0 pdh undo
run 0 pdh credential edit mo --fact certificate=career --from 2026-08-01
run 0 pdh credential renew mo
has "Aug 2026 to 31 Jul 2027"
lacks "not done" "what ends"
run 0 pdh status mo --json
get '.credentials[0].required.amount' 15.0
ok "a renewal opens the level that holds on the first day of the new cycle"

# What a pack says of levels is checked.
packs=$HOME/.config/pdh/packs
mkdir -p "$packs"
board() {
	cat <<PACK
pack: board
version: 1
title: Library board
sources: {code: {title: Library Code, mark: confirmed}}
facts:
  level: {type: choice, of: [one, two], ask: Which level?}
  seen: {type: choice, of: [one, two], ask: Which?, holds: year}
calendar: {length: 1 year}
rules:
  - {id: total, need: 5, cite: code}
  - {id: served, duty: serve, due: period end, cite: code}
  - {id: proof, duty: keep proof, due: period end, cite: code}
levels:
  - {$1}
PACK
}
refused() {
	board "$1" >"$packs/board.yaml"
	run 5 pdh rules check "$packs/board.yaml"
	has "$2"
}
refused "fact: rank, is: one, then: two, ends with: total" '"rank" is not known in facts'
refused "fact: seen, is: one, then: two, ends with: total" "a level is told by a choice that holds for ever"
refused "fact: level, is: three, then: two, ends with: total" "is: "
refused "fact: level, is: one, then: one, ends with: total" "a level is followed by another one"
refused "fact: level, is: one, then: two, ends with: []" "ends with names no rule"
refused "fact: level, is: one, then: two, ends with: [proof]" '"proof" is not known in needs and duties'
refused "fact: level, is: one, then: two, ends with: [sered]" 'did you mean "served"?'
board "fact: level, is: one, then: two, ends with: [total, served]" >"$packs/board.yaml"
run 0 pdh rules check "$packs/board.yaml"
ok "what ends a level is checked"
