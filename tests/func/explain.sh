#!/bin/sh
# pdh explain: where every hour went, and why.
. tests/support/func.sh
version=$(sed -n 's/^version: //p' schema/packs/us-tx-school-librarian.yaml)
dana

run 0 pdh log 30h "Book: cataloguing" --kind self-study --date 2024-05-01
run 0 pdh log 8h "Book: storytelling" --kind "independent study" --date 2025-05-01
run 0 pdh log 6h "Self-study: MARC for schools" --kind self-study --date 2026-02-08

run 0 pdh explain 4
has "#4  Sun 8 Feb 2026   6.0 h   Self-study: MARC for schools" \
	"TX School Librarian (tx-lib)                                  2.0 of 6.0 h count" \
	"  counted    2.0 h for total" \
	"  cut        4.0 h: independent-study: at most 20 % of 200 h = 40.0 h a cycle" \
	"             38.0 h used before it: #2 30.0 h, #3 8.0 h" \
	"             independent-study: 19 TAC 232.15, confirmed" \
	"  cycle      1 Sep 2022 to 31 Aug 2027" \
	"  pack       us-tx-school-librarian $version, read 23 Nov 2026" \
	"IL Educator License, teacher (il-pel)                         6.0 of 6.0 h count" \
	"The rules and their sources: pdh rules show us-tx-school-librarian"
run 0 pdh explain '#4' il-pel
lacks tx-lib
ok "an entry over a limit is cut, and what used the room is named"

run 0 pdh log 3h "Vendor demo" --approval refused --date 2026-02-10
run 0 pdh explain 5 il-pel
has "0.0 of 3.0 h count" "refused    3.0 h: only activities of approved providers count" \
	"approved: 23 Ill. Adm. Code 25.855, confirmed"
ok "what is refused says by which gate"

run 0 pdh log 10h "Youth mental health first aid" --topic "mental health first aid" --delivery in-person \
	--date 2026-02-11
run 0 pdh explain 6 tx-lib
has "10.0 h count 16.0 h" "changed    +10.0 h: mental health first aid counts double" \
	"counted    16.0 h for total" "19 TAC 232.11,"
run 0 pdh log 3sh "LIBR 5300" --date 2025-12-12
run 0 pdh explain 7 tx-lib
has "3.0 sh count 45.0 h"
ok "what credit rules and units made of it is shown"

run 0 pdh log 3h "Law and dyslexia" --split dyslexia=1h --date 2026-02-12
run 0 pdh explain 8 tx-lib
has "counted    dyslexia 1.0 h for total, disabilities" "counted    2.0 h for total" \
	"disabilities (educating students with disabilities, dyslexia"
ok "the parts of an entry that was split are told apart"

run 0 pdh log 3h "Set theory" --split a=b=1h --split a=c=0.5h --date 2026-02-12 --dry-run
has "a=b=1.0 h" "a=c=0.5 h"
run 5 pdh log 3h "Set theory" --split a=b=1h --split A=B=30m --date 2026-02-12
has "a=b is split off twice"
ok "a topic may hold an equals sign"

run 0 pdh log 2h "Long ago" --date 2022-08-20
run 0 pdh log 4h "Only here" --only tx-lib --date 2026-02-13
run 0 pdh log 5h "Not here" --not tx-lib --date 2026-02-13
run 0 pdh log 12pt "In points" --date 2026-02-13
run 0 pdh log 7h "Conference" --planned --date 2026-05-13
run 0 pdh explain 9 tx-lib
has "0.0 of 2.0 h count" "early      2.0 h: done before this cycle, which began 1 Sep 2022"
run 0 pdh explain 10
has "Excluded from il-pel: counts for tx-lib only"
lacks "IL Educator License"
run 0 pdh explain 10 il-pel
has "kept       4.0 h: counts for tx-lib only"
run 0 pdh explain 11 tx-lib
has "kept       5.0 h: excluded by --not"
run 0 pdh explain 12 tx-lib
has "unit       12.0 pt: a point is worth nothing in its rules"
run 0 pdh explain 13 tx-lib
has "planned    7.0 h: planned, not done yet"
ok "what lies outside the cycle says why"

run 0 pdh explain tx-lib
has "TX School Librarian (tx-lib)                                             ON PACE" \
	"  total              239.5 of 200 h, met" \
	"                     by #1 131.5 h, #7 45.0 h, #2 30.0 h, #6 16.0 h, #3 8.0 h" \
	"  disabilities       1 of 1 activity, met" "by #8" \
	"  independent-study  at most 20 % of 200 h = 40.0 h a cycle, kind self-study or" \
	"                     40.0 h used, 4.0 h cut, 0.0 h left" \
	"                     by #2 30.0 h, #3 8.0 h, #4 2.0 h" \
	"  mentoring          at most 30 % of 200 h = 60.0 h a cycle" "second-hand, not sure" \
	"    #4  Sun  8 Feb 2026   4.0 of 6.0 h   Self-study: MARC for schools" \
	"    #6  Wed 11 Feb 2026   +10.0 of 10.0 h   Youth mental health first aid" \
	"240.5 h logged = 239.5 h counted + 8.0 h cut + 3.0 h refused - 10.0 h added by" \
	"Beside these: 12.0 pt in a unit it does not count, 2.0 h done before, 5.0 h kept"
run 0 env LC_ALL=C pdh explain tx-lib
[ "$(printf '%s\n' "$out" | wc -L)" -le 80 ] || fail "wider than 80 columns"
ok "a credential is explained need by need, limit by limit, entry by entry"

run 0 pdh log 100h "Mentoring" --kind mentoring --date 2026-02-20
run 0 pdh rm 1 2 7
run 0 pdh explain tx-lib
has "unsure     the total hangs on mentoring: with it 97.0 h count in the cycle," "without it 137.0 h"
run 0 pdh undo
run 0 pdh rm 1
run 0 pdh explain tx-lib
has "undecided  the verdict hangs on mentoring: with it 168.0 h count in the cycle," "without it 208.0 h"
run 0 pdh explain 14 tx-lib
has "60.0 of 100.0 h count" "undecided  the verdict hangs on mentoring"
run 0 pdh explain 4 tx-lib
lacks undecided
run 0 pdh undo
run 0 pdh rm 14
ok "a verdict that hangs on a rule which is not sure is undecided, with both totals"

run 0 pdh explain tx-lib --json
get '.schema' pdh.explain/1
get '.activity' null
get '.credentials[0] | [.sums[].credit.exact] | add' "$(printf '%s' "$out" | jq '.credentials[0].logged.exact')"
get '.credentials[0].sums[] | select(.place == "counted") | .credit.amount' 239.5
get '[.credentials[0].entries[] | select(.logged) | ([.parts[].credit.exact] | add) == .logged.exact] | all' true
get '.credentials[0].limits[0] | "\(.limit.id) \(.limit.cut.amount) \(.left.amount) \(.used_by | map(.id))"' \
	"independent-study 4.0 0.0 [2,3,4]"
get '.credentials[0].rules[] | select(.id == "total") | "\(.cite), \(.mark), \(.url)"' \
	"TASA, Certification CPE requirements, second-hand, https://tasanet.org/professional-learning/certification-cpe-requirements/"
get '.credentials[0] | "\(.read) \(.cycle.pack) \(.cycle.version)"' "2026-11-23 us-tx-school-librarian $version"
run 0 pdh explain 4 --json
get '.activity.id' 4
get '.credentials | map(.alias) | join(" ")' "il-pel tx-lib"
get '.credentials[1].entries[0].parts[] | select(.place == "cut") | "\(.credit.amount) \(.rules[0])"' \
	"4.0 independent-study"
get '.credentials[1].limits[0] | "\(.before.amount) \(.after.amount) \(.entries)"' "38.0 0.0 2"
get '.credentials[0].limits | length' 0
run 0 pdh explain 4 --plain=1 --header
has "alias	state	cycle.pack" "tx-lib	on-pace	us-tx-school-librarian"
ok "the same in JSON, and it adds up"

# A year later the cycle is closed, and an audit asks about it.
run 0 pdh credential renew tx-lib
run 0 pdh explain 4 tx-lib
has "early      6.0 h: done before this cycle, which began 1 Sep 2027" \
	"It lies in another cycle of tx-lib:" "pdh explain 4 tx-lib --as-of" "2026-03-13" "It begins on 1 Sep 2027"
run 0 pdh explain 4 tx-lib --as-of 2026-03-13
has "2.0 of 6.0 h count"
at 2028-01-10T09:00:00
run 0 pdh explain 4 tx-lib
has "pdh explain 4 tx-lib --as-of" "2027-08-31"
run 0 pdh explain 4 tx-lib --as-of 2027-08-31
has "2.0 of 6.0 h count" "1 Sep 2022 to 31 Aug 2027, judged on 31 Aug 2027"
run 0 pdh explain tx-lib --as-of 2026-02-07
has "judged on 7 Feb 2026" "38.0 h used, 0.0 h cut, 2.0 h left"
lacks "#4"
run 0 pdh explain tx-lib --as-of 2020-01-01
has "1 Jan 2020 lies before its first cycle, which began 1 Sep 2022"
at 2026-03-14T09:30:00
run 0 pdh undo
ok "a cycle that is closed is explained as of one of its days"

run 0 pdh explain fp
has "It asks for no hours."
run 3 pdh explain 99
has "there is no activity #99"
run 3 pdh explain tx-lob
has 'no credential is called "tx-lob"' 'did you mean "tx-lib"?'
run 3 pdh explain 4 tx-lob
has 'did you mean "tx-lib"?'
run 2 pdh explain 4x
has '"4x" is neither the number of an activity nor the short name of a credential'
run 2 pdh explain tx-lib il-pel
has "one credential is enough"
run 2 pdh explain tx-lib --as-of rubbish
has '--as-of: "rubbish" is not a date'
run 2 pdh explain
has "Explain what? Give the number of an activity" "usage: pdh explain SUBJECT [CREDENTIAL]"
run 3 pdh explain 99 --json
get '.code + " " + .field' "not_found subject"
ok "bad input is one sentence"
