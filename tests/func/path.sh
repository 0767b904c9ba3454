#!/bin/sh
# pdh path: what a license asks before it is held, what of it the record has, and what is missing.
. tests/support/func.sh
dana

# step ID: "state have" of a step of the first path.
step() {
	get ".paths[0].steps[] | select(.id == \"$1\") | .state" "$2"
}

# A teacher in Georgia becomes a librarian: a renewable certificate, no program yet.
run 0 pdh credential add us-ga-certificate --as ga --title "Georgia teacher certificate" --expires 2029-06-30
run 0 pdh have add degree "Library science" --level master --during 2021 --place UNT
run 0 pdh path us-ga-certificate --path meanwhile --json
step teacher met
step admission missing
get '.paths[0].first' "the employer asks for it; renewable certificate of level 4 is good until 30 Jun 2029 (1204 days)"
get '.paths[0] | "\(.met) \(.missing) \(.expires)"' "1 2 2029-06-30"
run 0 pdh path --add "media specialist" --json
get '.paths[0] | "\(.pack) \(.path)"' "us-ga-certificate add"
step held met
step program missing
step exam missing
run 0 pdh path --add "media specialist" --have "program school library media 2025" --have "exam GACE 219 2026-02-02" --json
step program met
step exam missing
get '.paths[0].steps[] | select(.id == "exam") | .why | startswith("GACE, 219, 2 Feb 2026: 220 are needed")' true
run 0 pdh path --add "media specialist" --have "program school library media 2025" --have "exam GACE 220 2026-02-02" \
	--have "course special education 2020" --json
step exam unsure
step special-education met
get '.paths[0] | "\(.met) \(.missing) \(.doubt)"' "3 0 1"
run 0 pdh path us-ga-certificate
has "Standard Professional" "Induction" "Non-Renewable Professional" "Others: add" "The agency decides"
lacks "you qualify"
ok "a teacher in Georgia becomes a librarian"

# Texas to Colorado: three years within the last seven decide which license it is.
run 0 pdh path us-co-license --from tx-lib --json
get '[.paths[].path] | join(" ")' "in in-initial"
step paper met
step three-of-seven missing
get '.paths[0] | "\(.accepts | startswith("a paper that is valid")) \(.waives[0]) \(.not_found[0])"' \
	"true program the background check"
run 0 pdh path us-co-license --from tx-lib --have "experience school librarian 2016-08..2019-03-13" --json
step three-of-seven missing
run 0 pdh path us-co-license --from tx-lib --have "experience school librarian 2015-08..2018-06" \
	--have "experience school librarian 2023-03-14..2026-03-13" --json
step three-of-seven met
run 0 pdh path us-co-license --from tx-lib --have "experience school librarian 2023-03-15..2026-03-13" --json
step three-of-seven missing
get '.paths[0].steps[] | select(.id == "three-of-seven") | .why' "35 of 36 months"
run 0 pdh path us-co-license --from tx-lib
has "waived" "not found" "the background check" "110 USD" "own-test"
run 3 pdh path us-co-license --from nobody
ok "Texas to Colorado, and three years in the last seven"

# Missouri initial to career: work that goes on has its day.
run 0 pdh credential add us-mo-certificate --as mo --level initial --expires 2027-06-30
run 0 pdh have add experience "school librarian" --during 2023-08-01..2027-06-30 --place MO
run 0 pdh path mo --up --json
step initial met
step service running
get '.paths[0] | "\(.earliest) \(.expires)"' "2027-08-01 2027-06-30"
step hours later
step mentoring missing
run 0 pdh path mo --up --as-of 2027-08-01 --json
step initial missing
run 0 pdh credential edit mo --level career
run 0 pdh path mo --up --json
step initial missing
ok "Missouri, initial to career"

run 0 pdh path us-tx-school-librarian --have "exam TExES 150 240 2026-02-02" --have "experience classroom teacher 2014-08..2016-07" --json
step degree met
step teaching met
step exam unsure
step teaching-paper met
get '.paths[0].steps[] | select(.id == "apply") | .now' false
get '.paths[0].steps[] | select(.id == "program") | .now' true
run 0 pdh path us-tx-school-librarian --json
get '.paths[0].steps[] | select(.id == "exam") | "\(.state) \(.now)"' "missing false"
run 0 pdh path us-tx-school-librarian --have "program school librarian 2025" --json
get '.paths[0].steps[] | select(.id == "exam") | "\(.state) \(.now)"' "missing true"
run 0 pdh log 3sh "Cataloging, library school" --date 2026-02-01
run 0 pdh path us-mo-certificate --add "library media specialist" --have "credits 8sh library courses 2025" --json
get '.paths[0].steps[] | select(.id == "courses") | "\(.state) \(.have)"' "missing 11.0 sh of 12"
run 0 pdh path us-mo-certificate --add "library media specialist" --have "credits 9sh library courses 2025" --json
step courses met
before=$(stored)
run 0 pdh path us-wa-certificate --have "master library 2020"
same "$(stored)" "$before" "the database"
ok "credits add up, what waits is told, and nothing is stored"

run 0 pdh path compare tx us-co us-wa-certificate --json
get '[.sides[].jurisdiction] | join(" ")' "US-TX US-CO US-WA"
get '.questions[] | select(.question == "Degree") | .cells[0].text' "master's degree in any field, of an accredited school"
get '.questions[] | select(.question == "Exam") | .cells[0] | "\(.mark) \(.unsure)"' "second-hand true"
get '.questions[] | select(.question == "Years of work") | .cells[1].text' null
run 0 pdh path compare tx wa --md
has "| | US-TX | US-WA |" "| --- | --- | --- |" "| Degree | master's degree" "[second-hand, not sure]"
run 0 pdh path compare tx wa
has "Moving in: accepted" "The agencies decide"
run 3 pdh path compare tx atlantis
run 3 pdh path compare tx us-ca-rn
run 3 pdh path compare tx au-nsw
has "no pack of au-nsw says"
run 2 pdh path compare
ok "several places, one row a question"

# Of five ways to a master's, or to its equal, the one that lacks least is needed, and the others are not.
run 0 pdh path us-md-certificate --have "master library science 2021" --have "paper library license 2020" \
	--have "experience school librarian 2021-08..2024-08" --json
get '.paths[0].steps | map(select(.id != null and (.id | startswith("pathway")) and .state == "met") | .id) | join(" ")' \
	"pathway pathway-3"
get '.paths[0].steps[] | select(.id == "maryland-program") | .state' not-needed
get '.paths[0] | "\(.of) \(.met)"' "6 3"
ok "of several routes the one that lacks least is needed"

# Where it is only added to another license, the endorsement is the way in.
run 0 pdh path us-az-certificate --json
get '[.paths[].path] | join(" ")' add
run 0 pdh path compare az wy --json
get '.questions[] | select(.question == "Years of work") | .cells | map(.text != null) | all' true
run 3 pdh path us-az-certificate --add juggling
ok "an endorsement is the way in where there is no other"

run 2 pdh path
has "Which one? Give a rules pack or a credential."
run 3 pdh path us-ca-rn
has "does not say what is asked before it is held" "ask California Board of Registered Nursing"
run 3 pdh path us-tx-school-librarain
has 'did you mean "us-tx-school-librarian"?'
run 3 pdh path us-tx-school-librarian --path secnd
has "it has: first, permit, in"
run 3 pdh path --add juggling
run 2 pdh path us-tx-school-librarian --have "luck 7"
has "does not begin with what it is"
run 2 pdh path us-tx-school-librarian --have "credits many"
run 2 pdh path us-tx-school-librarian --have "exam"
ok "what cannot be told is said"

sed 's/^paths:/paths:\n  later: {title: x, steps: [{id: a, degre: master}]}/' schema/packs/us-tx-school-librarian.yaml >"$HOME/us-tx-school-librarian.yaml"
run 5 pdh rules check "$HOME/us-tx-school-librarian.yaml"
has '"degre" is not known in a step; did you mean "degree"?'
for mistake in '{id: a, degree: wizard, cite: tasb}' '{id: a, degree: master}' '{id: a}' '{id: a, fee: x, act: y, cite: tasb}' \
	'{id: a, fee: x, cite: tasq}' '{id: a, fee: x, cite: tasb, by: noon}' '{id: a, fee: x, cite: tasb, after: [b]}' \
	'{id: a, years: 0, cite: tasb}' '{id: a, exam: {X: high}, cite: tasb}' '{n of: [{id: a, fee: x, cite: tasb}], needed: 2}' \
	'{fee: x, cite: tasb}'; do
	sed "s/^paths:/paths:\n  later:\n    title: x\n    steps:\n      - $mistake/" schema/packs/us-tx-school-librarian.yaml \
		>"$HOME/us-tx-school-librarian.yaml"
	run 5 pdh rules check "$HOME/us-tx-school-librarian.yaml"
	has "us-tx-school-librarian.yaml:"
done
ok "mistakes in a path are told with their line"
