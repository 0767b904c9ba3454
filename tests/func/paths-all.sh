#!/bin/sh
# Becoming a school librarian in the 50 states, DC and DoDEA: each has a way in, and every step of it its source.
. tests/support/func.sh

# A step without steps of its own cites a source with its mark, or is unsure and says why.
sourced='[.paths[].steps[] | select(.kind | test(" of$") | not) |
	select((.cite != null and .mark != null or (.level == "unsure" and .why != null)) | not) | .id] | join(" ")'

# The jurisdiction, its pack, and the paths of that in their order.
n=0
while read -r place pack names; do
	n=$((n + 1))
	run 0 pdh path "$pack" --json
	get '.paths | length > 0 and all(.of > 0 and (.steps | length) > 0 and .jurisdiction == "US-'"$place"'")' true
	get "$sourced" ""
	shown=" $(printf '%s' "$out" | jq -r '[.paths[].path] | join(" ")') "
	for name in $names; do
		case $shown in *" $name "*) continue ;; esac
		run 0 pdh path "$pack" --path "$name" --json
		get '.paths[0].path + ": " + ('"$sourced"')' "$name: "
	done
	grep -q '^authority: .' "schema/packs/$pack.yaml" || fail "$pack has nobody to ask"
	got=$(sed -n '/^paths:/,/^examples:/s/^  \([a-z0-9-]*\):$/\1/p' "schema/packs/$pack.yaml" | tr '\n' ' ')
	same "$got" "$names " "the paths of $pack"
done <<'TABLE'
AK us-ak-certificate first provisional alternate in
AL us-al-certificate first interim provisional up in
AR us-ar-license add plan in
AZ us-az-certificate add in
CA us-ca-credential first permit in
CO us-co-license first up in in-initial
CT us-ct-certificate first add up in
DC us-dc-credential first in
DE us-de-license first up in
DODEA us-dodea-certificate first in
FL us-fl-certificate temporary first in
GA us-ga-certificate first induction meanwhile add in
HI us-hi-license first add up in
IA us-ia-license add class-b up in
ID us-id-certificate add alternative in
IL us-il-pel-teacher first add in
IN us-in-educator add first up in
KS us-ks-school-specialist first provisional restricted up in
KY us-ky-certificate first recruitment interim in
LA us-la-certificate add ancillary in
MA us-ma-primary provisional first add up in
MD us-md-certificate first
ME us-me-library-media first conditional in
MI us-mi-certificate add interim up in
MN us-mn-teacher first tier-2 tier-1 up add in
MO us-mo-certificate first add up
MS us-ms-license first add in
MT us-mt-license first add provisional up in
NC us-nc-license first residency up in
ND us-nd-library-credential first plan up director in
NE us-ne-certificate first add alternative in
NH us-nh-license first site-based up coordinator in
NJ us-nj-educator first associate in
NM us-nm-license first add alternative up in
NV us-nv-license add in
NY us-ny-ctle first add up in
OH us-oh-license add first up in
OK us-ok-certificate first alternative in
OR us-or-educator add first up in
PA us-pa-act-48 first add up in
RI us-ri-certificate first emergency up in
SC us-sc-certificate first up in
SD us-sd-certificate add first in
TN us-tn-license first job-embedded up in
TX us-tx-school-librarian first permit in
UT us-ut-license add first associate in
VA us-va-license first provisional in
VT us-vt-license first add provisional up in
WA us-wa-certificate first add up conditional in
WI us-wi-educator first tier-1 up in
WV us-wv-certificate first permit up in in-expired
WY us-wy-license add exception in
TABLE
same "$n" 52 "the places"
ok "52 places have a way in, and every step its source"

# What was not found is said, with whom to ask.
run 0 pdh path us-ct-certificate --json
has "not_found" "rules in force since July 2025" "ask the department before you rely on this"
run 0 pdh path us-dodea-certificate --json
has "how many was not found" "Ask the DoDEA Licensure Unit"
run 3 pdh path us-ks-license
has "does not say what is asked before it is held" "ask Kansas State Board of Education"
ok "what was not found is said"

# judged PACK PATH HAVE...: then "met of needed", and the ids of what is missing.
judged() {
	pack=$1
	path=$2
	shift 2
	for what; do
		set -- "$@" --have "$what"
		shift
	done
	run 0 pdh path "$pack" --path "$path" "$@" --json
}
missing() {
	get '.paths[0] | [.steps[] | select(.state == "missing" and .depth == 0) | .id] | join(" ")' "$1"
}

teacher="paper Kansas professional teaching license 2020"
judged us-ks-school-specialist first "$teacher" "master library science 2021" "program library media 2021" \
	"credits 8sh library 2022" "exam 5311 153 2023-05-01"
missing prints
judged us-ks-school-specialist first "$teacher" "master library science 2021" "program library media 2021" \
	"credits 8sh library 2022" "exam 5311 153 2023-05-01" "clearance KBI and FBI 2026-02-01"
missing ""
judged us-ks-school-specialist first "$teacher" "master library science 2018" "program library media 2018" \
	"credits 8sh library 2018" "exam 5311 153 2023-05-01" "clearance KBI and FBI 2026-02-01"
missing recent
ok "Kansas: one who lacks the check, one who has all, one whose hours are too old"

judged us-la-certificate ancillary "master history 2015" "exam 5311 140 2023-03-10"
missing ""
judged us-la-certificate ancillary "master history 2015" "exam 5311 140 2023-10-10"
missing proof
judged us-la-certificate ancillary "master history 2015" "exam 5312 153 2023-10-10"
missing proof
ok "Louisiana: the former test, until the day it ended"

judged us-in-educator add "paper Indiana instructional license 2019" "exam 5311 152 2022-05-01"
missing "exam fees"
judged us-in-educator add "paper Indiana instructional license 2019" "exam 5311 153 2022-05-01"
missing fees
ok "Indiana: added by the test, a point below it and at it"

judged us-dc-credential first "master library science 2015" "clearance FBI 2025-03-13"
missing "exam summary apply"
judged us-dc-credential first "master library science 2015" "clearance FBI 2025-03-15"
missing "exam apply"
ok "DC: a summary of the twelve months before"

judged us-id-certificate add "paper Texas teaching certificate 2020" "exam 5311 151 2022-02-02"
missing "held study fee"
judged us-id-certificate add "paper Idaho certificate 2020" "exam 5311 151 2022-02-02" "credits 20sh library literature 2022"
missing "study fee"
judged us-id-certificate add "paper Idaho certificate 2020" "exam 5311 151 2022-02-02" "credits 8sh library literature 2022" \
	"credits 3sh library selection 2022" "credits 3sh library organization 2022" \
	"credits 3sh library administration 2022" "credits 3sh library technology 2022"
missing fee
ok "Idaho: its own certificate, twenty hours, three of each area"

# The certificate that is added to is the state's own; who moves in has one of another state.
judged us-az-certificate add "paper Texas teaching certificate 2020" "experience teacher 2018-08..2020-06" "exam NT502 220 2025-05-01"
missing "held card fee"
judged us-az-certificate add "paper Arizona elementary certificate 2020" "experience teacher 2018-08..2020-06" "exam NT502 219 2025-05-01"
missing "knowledge card fee"
judged us-az-certificate in "paper Texas school librarian certificate 2020"
get '.paths[0].steps[] | select(.id == "paper") | .state' met
judged us-ga-certificate add "paper Texas teaching certificate 2020" "program school library media 2021" "course special education 2021"
get '.paths[0].steps[] | select(.id == "held") | .state' missing
judged us-ga-certificate in "paper Texas school librarian certificate 2020" "experience school librarian 2021-03-14..2026-03-13"
get '.paths[0].steps[] | select(.id == "paper" or .id == "five-years") | .state' "met
met"
ok "Arizona and Georgia: their own certificate to add to, another state's to move in"

judged us-wv-certificate in "paper full certificate library Ohio 2020" "program school library media 2018" \
	"clearance fingerprints 2026-02-01" "experience school librarian 2017-08..2020-06"
missing in-test
judged us-wv-certificate in "paper full certificate library Ohio 2020" "program school library media 2018" \
	"clearance fingerprints 2026-02-01" "experience school librarian 2019-08..2022-08"
missing ""
ok "West Virginia: three years within the last seven stand for the test"

judged us-nj-educator first "master history 2015" "paper standard instructional certificate 2016" "credits 33sh library 2020"
get '.paths[0].steps[] | select(.id == "eligibility") | .state' attest
judged us-nj-educator first "master history 2015" "paper standard instructional certificate 2016" "credits 36sh library 2020"
get '.paths[0].steps[] | select(.id == "eligibility") | .state' met
judged us-nj-educator first "master library science 2015"
get '.paths[0].steps[] | select(.id == "eligibility" or .id == "ceas") | .state' "met
not-needed"
ok "New Jersey: a master's in the field, or another and 36 hours"

run 0 pdh path us-ky-certificate --as-of 2026-06-30 --json
get '[.paths[] | select(.path == "interim") | .note | test("closed") | not] | all' true
run 0 pdh path compare ak wy dodea ny --json
get '.questions[] | select(.question == "Degree") | .cells | map(.text != null) | map(tostring) | join(" ")' "true false true true"
ok "they are compared"
