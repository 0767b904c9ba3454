#!/bin/sh
# Boards that ask for no hours, for none now, or for as many as the person's license asks for.
. tests/support/func.sh

run 0 pdh rules list --json
get '.packs[] | select(.pack == "us-co-license") | .required.amount + " " + (.months | tostring)' "90.0 84"
get '.packs[] | select(.pack == "us-mn-teacher") | [.required, .months] | tostring' "[null,null]"
ok "what depends on the license is listed as no amount and no length"

run 0 pdh credential add us-ct-certificate --as ct --expires 2028-08-31 --fact certificate=professional
has "1 Sep 2023" "apply to continue it" "20 Jul 2028"
run 0 pdh status ct
has "VALID" "apply to continue it"
lacks " / " "short"
run 0 pdh credential add us-wi-educator --as wi --fact tier=3
run 0 pdh status wi
has "no last day" "VALID"
ok "a board without hours has its application due and nothing short"

run 0 pdh credential add us-or-educator --as now --expires 2027-05-31 --fact term=5
run 0 pdh status now
has "SUSPENDED" "before July 1, 2029"
lacks "to go"
run 0 pdh credential add us-or-educator --as later --expires 2030-05-31 --fact term=5
run 0 pdh status later --json
get '.credentials[0] | .required.amount + " " + .cycle.keep_proof' "125.0 2031-05-31"
ok "a suspended board asks again of licenses that expire later"

run 0 pdh credential add us-or-educator --as birthday --issued 2026-03-10 --fact term=3 --fact birthday=1980-06-15
has "15 Jun 2029"
run 0 pdh credential rm birthday --yes
sed -n '/^examples:/q; p' schema/packs/us-or-educator.yaml >"$HOME/us-or-educator.yaml"
cat >>"$HOME/us-or-educator.yaml" <<'END'
examples:
  - {name: a day off, period: 2026-03-10 to 2029-06-14, issued: 2026-03-10, facts: {term: 3, birthday: 1980-06-15},
     entries: [], expect: {ends: 2029-06-14}}
END
run 5 pdh rules test "$HOME/us-or-educator.yaml"
has "the cycle ends on 2029-06-15, not 2029-06-14"
ok "a license ends on a birthday, and an example that says another day is named"

run 0 pdh credential add us-mn-teacher --as mn --expires 2027-06-30 --fact tier=3 --fact work=none
run 0 pdh log 70h "Staff development" --kind "staff development" --date 2026-01-10
run 0 pdh status mn --json
get '.credentials[0] | .required.amount + " " + .remaining.amount' "75.0 5.0"
get '.credentials[0].needs[] | select(.id == "breadth") | .state + " " + .short.amount + " " + .short.unit' \
	"short 1.0 activity"
ok "the amount follows the license, and what several needs lack is told as things"

run 0 pdh rules list us-az
has "depends"
run 0 pdh rules list us-wi-educator
has "no hours, 3 years"
run 0 pdh rules list us-or --json
get '.packs[0] | "\(.hours) \(.required)"' "suspended null"
run 0 pdh rules show us-or-educator
has "suspended     no PDUs are asked"
run 0 pdh credential add us-ga-certificate --as ga --expires 2026-06-30 --fact situation=other
run 0 pdh log 5pt "PLU" --date 2025-06-01 --only ga
run 0 pdh status ga --json
get '.credentials[0].needs[1].why' "nearest of 4 routes: PLU of a Georgia system or RESA"
run 0 pdh log 6ceu "CEU" --date 2025-06-02 --only ga
run 0 pdh status ga --json
get '.credentials[0].needs[1] | .short.amount + " " + .why' "4.0 nearest of 4 routes: CEU of a college or an IACET \
provider; each route is judged by itself, so what serves another does not add to it"
run 0 pdh explain ga
has "4 missing; nearest of 4 routes"
run 0 pdh log 4ceu "CEU" --date 2025-06-03 --only ga
run 0 pdh explain ga
has "10 of 10 CEU, met by CEU of a college"
ok "of routes that do not add up the nearest is told, and by which it is met"

run 0 pdh credential add us-dc-credential --as dc-b --expires 2027-08-31 --fact route=hours
get_total() {
	run 0 pdh status "$1" --json
	get '.credentials[0].required.amount' "$2"
}
get_total dc-b 120.0
run 0 pdh credential add us-dc-credential --as dc-a --expires 2027-08-31 --fact route=hours
get_total dc-a 120.0
get_total dc-b 45.0
run 0 pdh explain dc-b
has "does not apply: it depends on further credential"
run 0 pdh rules show us-dc-credential
has "if further credential is yes"
run 0 pdh credential retire dc-a
get_total dc-b 120.0
ok "a further credential of a board asks for less, for as long as the first is held"

run 0 pdh credential add us-wi-educator --as wi-2 --expires 2027-06-30 --issued 2024-07-01
run 0 pdh status wi-2
has "no hours" "none are asked for"
ok "a board that asks for no hours says so, in the list of packs and in status"

run 0 pdh credential add us-tx-cpa --as cpa --issued 2024-05-10 --fact "birth month=3"
has "TX CPA, 1 Apr 2025 to 31 Mar 2026"
run 0 pdh status cpa
has "none in this cycle"
ok "a stub is a cycle of its own, and the first years ask for nothing"

# Rules that go by the day of issue say so, and how it is told.
run 0 pdh credential add us-ny-public-librarian --as ny --expires 2030-12-31 --begins 2026-03-01
has "unanswered On which day was it first issued?" "pdh credential edit ny --issued"
run 0 pdh status ny
has "continuing education; it needs to know: the day of issue" "Enter it: pdh credential show ny"
run 0 pdh plan ny
has "unsure  continuing education; it needs to know: the day of issue"
run 0 pdh credential edit ny --issued 2015-01-01
run 0 pdh status ny
has "/ 60 h"
lacks "needs to know" "Enter it"
run 0 pdh credential show ny
lacks "unanswered"
run 0 pdh credential add us-fl-rn --as rn --expires 2027-04-30 --begins 2026-03-01
run 0 pdh status rn
has "total, first, impairment, violence, hiv; it needs to know:"
ok "a day of issue that rules go by is asked for, once for all that hang on it"

# A license whose hours and term depend on answers has a last day all the same.
printf '%s\n' "" us-az 1 8 "" "30 jun 2029" 12 >"$HOME/answers"
run 0 script -qefc "stty -echo; pdh init --as az" /dev/null <"$HOME/answers"
has "Expires on" "Hours you already have" "120 h"
run 0 pdh status az
has "82.0 / 120 h"
ok "init asks for the last day where the hours depend on answers"

# Three boards that say until when a license can be renewed after its last day, and one whose year has to be given.
at 2026-03-14T09:30:00
run 0 pdh credential add us-il-pel-teacher --as il --issued 2021-07-01 --fact situation=working
run 0 pdh credential add us-ky-certificate --as ky --expires 2026-06-30 --fact experience=2 --fact extension=no
run 0 pdh credential add us-me-certificate --as me --expires 2026-06-30
run 0 pdh credential add us-ny-ctle --as ctle --issued 2021-07-01 --fact "birth month=7" --fact certificate=other
states() {
	pdh status il ky me ctle --json | jq -r '[.credentials[] | .alias + " " + .state + " " + (.late_until // "-")] | join(", ")'
}
at 2026-07-01T09:30:00
same "$(states)" "il late 2026-08-31, ky late 2026-09-01, me late 2026-12-30, ctle lapsed -" "the first day after"
run 0 pdh credential edit ctle --fact conditional=yes
at 2026-09-01T09:30:00
same "$(states)" "il lapsed 2026-08-31, ky late 2026-09-01, me late 2026-12-30, ctle late 2027-06-30" "September 1"
at 2026-09-02T09:30:00
same "$(states | cut -d , -f 2)" " ky lapsed 2026-09-01" "September 2"
ok "days of grace are those of the board, and of nobody who was not given them"
