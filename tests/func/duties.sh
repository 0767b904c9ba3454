#!/bin/sh
# Dated acts that rules ask for: they become items, follow dates and facts, and come again.
. tests/support/func.sh
packs=$HOME/.config/pdh/packs
mkdir -p "$packs"
cat >"$packs/board.yaml" <<'PACK'
pack: board
version: 1
title: Library board
calendar: {length: 3 years}
sources:
  code: {title: Library Code 12.4, mark: confirmed}
facts:
  employment: {type: choice, of: [full-time, none], ask: How much do you work?}
  admitted: {type: date, ask: When were you admitted?}
rules:
  - {id: total, need: 60, cite: code, when: {employment: not none}}
  - {id: finish, duty: finish, due: period end, late: {until: period end + 3 months}, cite: code}
  - {id: renewal, duty: apply, title: Apply for renewal, open: period end - 3 months, due: period end - 1 month,
     late: {until: period end, fee: USD 50}, cite: code}
  - {id: fee, duty: pay, due: [period end - 1 month, fact admitted + 10 years], cite: code,
     when: {employment: full-time}}
  - {id: prints, duty: clear, title: Fingerprints, due: period end - 2 years, every: 5 years, cite: code}
  - {id: cpr, duty: course, title: CPR, due: period end, lasts: 2 years, level: should, cite: code}
  - {id: proof, duty: keep proof, due: period end + 5 years, cite: code}
PACK
items() {
	run 0 pdh credential show lib --json
	get '.credentials[0].items | map(select(.done_on == null) | "\(.rule) \(.due)") | join(", ")' "$1"
}
number() {
	pdh credential show lib --json | jq "[.credentials[0].items[] | select(.rule == \"$1\")][0].id"
}
run 0 pdh credential add board --as lib --expires 2028-06-30
has "apply      Apply for renewal, due 30 May 2028" "clear      Fingerprints" "undecided  pay: fee, due 30 May 2028" "it needs to know: employment" "unanswered"
lacks "finish: finish"
run 0 pdh credential show lib --json
get '.credentials[0].items[] | select(.act == "finish") | .title' "finish: finish"
run 0 pdh status lib
lacks "finish: finish"
items "prints 2026-06-30, renewal 2028-05-30, finish 2028-06-30, cpr 2028-06-30"
run 0 pdh credential show lib
has "by rule renewal, Library Code 12.4 (confirmed)" "not before" "30 Mar 2028" "late until 30 Jun 2028, for USD 50" \
	"keep proof until 30 Jun 2033" "undecided" "advised"
run 0 pdh credential show lib --json
get '.credentials[0].items[] | select(.rule == "prints") | "\(.kind) \(.every) \(.cite) \(.level)"' \
	"clearance 60 Library Code 12.4 must"
get '.credentials[0].cycle.keep_proof' 2033-06-30
ok "what the rules ask for are items, with their source"

before=$(pdh credential show lib --json)
run 0 pdh credential edit lib --fact employment=full-time --expires 2028-07-31
has "Apply for renewal, due 30 May 2028 " "pay: fee"
items "prints 2026-07-31, renewal 2028-06-30, fee 2028-06-30, finish 2028-07-31, cpr 2028-07-31"
run 0 pdh credential edit lib --fact admitted=2019-03-01
items "prints 2026-07-31, renewal 2028-06-30, finish 2028-07-31, cpr 2028-07-31, fee 2029-03-01"
run 0 pdh credential edit lib --fact employment=none
items "prints 2026-07-31, renewal 2028-06-30, finish 2028-07-31, cpr 2028-07-31"
run 0 pdh undo
run 0 pdh undo
run 0 pdh undo
same "$(pdh credential show lib --json)" "$before" "items after undo"
run 0 pdh credential edit lib --note "Nothing moves."
run 0 pdh undo
same "$(pdh credential show lib --json)" "$before" "items after an edit of something else"
ok "they follow dates and facts, and undo brings all back"

run 0 pdh credential item edit "$(number renewal)" --due 2028-04-15 --title "Apply early"
run 0 pdh credential edit lib --expires 2028-07-31
run 0 pdh credential show lib --json
get '.credentials[0].items[] | select(.rule == "renewal") | "\(.title) \(.due)"' "Apply early 2028-04-15"
run 5 pdh credential item rm "$(number renewal)"
has "asked for by the rules of lib" "pdh credential item done"
run 0 pdh undo
run 0 pdh undo
same "$(pdh credential show lib --json)" "$before" "items after undo"
ok "the person's own day stands, and what rules ask for cannot be removed"

run 0 pdh credential item done "$(number prints)" --on 2026-02-10
has "again by 10 Feb 2031"
run 0 pdh credential item done "$(number cpr)" --on 2026-02-28
has "valid to 28 Feb 2028"
run 0 pdh credential item done "$(number cpr)" --on 2026-02-28 --expires 2027-01-31
has "valid to 31 Jan 2027"
run 0 pdh credential edit lib --expires 2028-07-31
run 0 pdh status lib --json --as-of 2031-01-01
get '.credentials[0].items[] | select(.rule == "prints") | "\(.state) \(.due)"' "due-soon 2031-02-10"
run 0 pdh status lib --json --as-of 2031-02-11
get '.credentials[0].items[] | select(.rule == "prints") | .state' overdue
run 0 pdh undo
run 0 pdh credential item edit "$(number prints)" --done none
run 0 pdh credential show lib --json
get '.credentials[0].items[] | select(.rule == "prints") | "\(.state) \(.due)"' "open 2026-06-30"
run 0 pdh undo
ok "what was done is good for a while, or comes again"

# Hours, not hands, finish the hours; days of grace come before the end.
state() {
	run 0 pdh status lib --json --as-of "$1"
	get '.credentials[0] | "\(.state) \(.check) \(.late_until)"' "$2 2028-09-30"
}
state 2028-07-01 "late 9"
state 2028-09-30 "late 9"
state 2028-10-01 "lapsed 9"
run 0 pdh status lib --as-of 2028-07-10
has LATE "grace" "until 30 Sep 2028, 82 days"
run 0 pdh status lib --short --as-of 2028-07-10
has "late 10d"
run 9 pdh status lib --check --as-of 2028-07-10
run 0 pdh log 60h "A year of evenings" --date 2026-03-01
run 0 pdh status lib --json
get '.credentials[0].items[] | select(.rule == "finish") | .state' "done"
run 0 pdh credential edit lib --fact employment=none
run 0 pdh status lib
has EXEMPT "it depends on employment"
run 0 pdh status lib --short
has exempt
run 0 pdh status lib --check
run 0 pdh undo
ok "late is not yet lapsed, and who is exempt owes no hours"

before=$(pdh credential show lib --json)
run 0 pdh credential renew lib
has "Apply for renewal, due 30 May 2031"
items "renewal 2031-05-30, finish 2031-06-30, cpr 2031-06-30"
run 0 pdh credential show lib --json
get '.credentials[0].items | map(select(.rule == "prints") | .due) | join(" ")' "2031-02-10"
get '.credentials[0].cycles | map(.keep_proof) | join(" ")' "2036-06-30 2033-06-30"
run 0 pdh undo
same "$(pdh credential show lib --json)" "$before" "items after undo of the renewal"
run 0 pdh credential rm lib --yes
run 0 pdh undo
same "$(pdh credential show lib --json)" "$before" "items after undo of the removal"
ok "a new cycle asks anew, and what comes again goes on"

# What was to be done before the credential was added may have been done: it is asked about, and not overdue.
cat >"$packs/school.yaml" <<'PACK'
pack: school
version: 1
title: School year
calendar: {length: 1 year, end: 06-30}
facts:
  leader: {type: yes-no, ask: Do you lead a school?}
rules:
  - {id: total, need: 20}
  - {id: plan, duty: attest, title: Plan, due: period start + 3 months end of month}
  - {id: lead, duty: report, title: Report, due: period start + 4 months, when: {leader: "yes"}}
  - {id: prints, duty: clear, title: Prints, due: period start + 5 months, every: 2 years}
  - {id: fee, duty: pay, title: Fee, due: period start + 7 months, late: {until: period end}}
PACK
run 0 pdh rules reload
at 2026-03-14T09:30:00
run 0 pdh credential add school --as sy
has "Plan, was due 31 Oct 2025" "Done? pdh credential item done" "Fee, due 1 Feb 2026, 41 days ago"
run 0 pdh credential item done "$(pdh credential show sy --json | jq '.credentials[0].items[] | select(.rule == "fee") | .id')"
run 0 pdh credential edit sy --fact leader=yes
run 0 pdh status sy --json
get '.credentials[0] | "\(.state) \(.check)"' "on-pace 0"
get '[.credentials[0].items[] | "\(.rule) \(.due) \(.was_due) \(.state)"] | join(", ")' \
	"fee 2026-02-01 null done, plan null 2025-10-31 open, prints null 2025-12-01 open, lead null 2025-11-01 open"
run 0 pdh remind list
lacks "Plan" "Prints"
number() {
	pdh credential show sy --json | jq "[.credentials[0].items[] | select(.rule == \"$1\")][0].id"
}
run 0 pdh credential item done "$(number prints)" --on 2025-11-20
has "again by 20 Nov 2027"
run 0 pdh credential item edit "$(number plan)" --due 2026-03-01
run 0 pdh status sy
has "OVERDUE" "Plan, due 1 Mar 2026" "Report, was due 1 Nov 2025"
run 0 pdh credential item done "$(number plan)" --on 2026-03-10
run 0 pdh credential item done "$(number lead)"
run 0 pdh status sy
lacks "was due" "OVERDUE"
# Of a cycle that follows it is known from its first day on.
at 2026-11-10T09:30:00
run 0 pdh credential renew sy
run 0 pdh status sy --json
get '[.credentials[0].items[] | select(.state == "overdue") | .rule] | join(" ")' "plan lead"
ok "what was due before pdh knew of it is asked about"
