#!/bin/sh
# pdh have: what a person has beside hours is entered once, corrected, taken back, and goes with the records.
. tests/support/func.sh
dana

run 0 pdh have
has "Nothing yet"
run 0 pdh have add exam 5312 --score 158 --on 2026-03-02
has "1  exam: 5312, 158, 2 Mar 2026" "pdh undo"
run 0 pdh have add degree "Library science" --level master --during 2021 --place UNT
run 0 pdh have add experience classroom teacher --during 2014-08..2019-06 --place TX
run 0 pdh have add credits cataloging --credits 3sh
run 0 pdh have --json
get '.have | map(.kind) | join(" ")' "credits degree exam experience"
get '.have[2] | "\(.code) \(.score) \(.on)"' "5312 158 2026-03-02"
get '.have[3] | "\(.from) \(.on) \(.place)"' "2014-08-01 2019-06-30 TX"
get '.have[0].credit | "\(.amount) \(.unit)"' "3.0 semester hour"
run 0 pdh have exam --json
get '.have | length' 1
ok "a score, a degree, years and credits are kept"

run 0 pdh have edit 1 --score 149 --expires 2031-03-02
has "149" "2 Mar 2031"
run 0 pdh undo
run 0 pdh have exam --json
get '.have[0] | "\(.score) \(.expires)"' "158 null"
run 0 pdh have rm 1
has "removed 1  exam: 5312"
run 0 pdh undo
run 0 pdh history --limit 1
has "removed exam"
ok "it is corrected, removed and taken back"

run 2 pdh have add luck charm
run 2 pdh have add degree Library --level wizard
has "associate, bachelor, master"
run 2 pdh have add degree Library --score 3
run 2 pdh have add credits cataloging
has "How many credits?"
run 2 pdh have add experience teacher
has "From when to when?"
run 5 pdh have add exam 5312 --score 150 --on 2026-03-15
has "in the future"
run 5 pdh have add exam 5312 --score=-3
run 3 pdh have edit 99 --score 3
run 2 pdh have rm
ok "what does not fit is refused"

run 0 pdh export -o "$HOME/all.json"
run 0 pdh list --all --json
count=$(printf '%s' "$out" | jq '.activities | length')
run 0 pdh export -o "$HOME/all.json"
has "all.json: $count activit"
run 0 pdh reset --yes "Dana Reyes"
run 0 pdh import "$HOME/all.json"
run 0 pdh have --json
get '.have | map("\(.id) \(.kind)") | join(" ")' "4 credits 2 degree 1 exam 3 experience"
run 0 pdh import "$HOME/all.json"
run 0 pdh have --json
get '.have | length' 4
ok "it goes out with the records and comes in once"
