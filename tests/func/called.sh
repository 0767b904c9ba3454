#!/bin/sh
# Packs are found by what people call themselves, and where.
. tests/support/func.sh

found() {
	run 0 pdh rules search "$1" --json
	get '[.packs[].pack] | join(" ")' "$2"
}

found "tx libr" us-tx-school-librarian
found "School Librarian, Texas" us-tx-school-librarian
found "teacher librarian in New Mexico" us-nm-license
found "LIBRARY MEDIA COORDINATOR nc" us-nc-license
found "virginia teacher" us-va-license
found "west  virginia teacher" us-wv-certificate
found "P.E." "ncees-standard us-fl-pe us-tx-pe"
found "PE texas" us-tx-pe
found "lawyer in il" us-il-attorney
found "cissp" isc2-cissp
found "or" us-or-educator
found "us-tx-school-librarian" us-tx-school-librarian
ok "by name, code, profession and abbreviation"

run 0 pdh rules search librarian --in Tennessee --json
get '[.packs[].pack] | join(" ")' us-tn-license
run 0 pdh rules list --in US-OH --json
get '[.packs[].pack] | join(" ")' us-oh-license
run 2 pdh rules search librarian --in Texs
has "is not a state" Texas
run 0 pdh rules list "school librarian" --json
get '.packs | length > 50' true
ok "--in takes a state"

# Who is a school librarian is called otherwise in most states, and finds a pack in each.
for state in $(sed -n 's/^STATE(\([A-Z]*\),.*/\1/p' common/states.def); do
	for name in "library media specialist" "school librarian" "teacher librarian" "media specialist"; do
		run 0 pdh rules search "$name" --in "$state" --json
		get ".packs | length > 0 and all(.jurisdiction == \"US-$state\")" true
	done
done
ok "each of the states, DC and DoDEA answers each name"
