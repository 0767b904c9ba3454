#!/bin/sh
# pdh rules diff and adopt: what a new version of the rules means for a person.
. tests/support/func.sh
dana

run 0 pdh log 45h "Book" --kind self-study --date 2026-02-01
run 0 pdh log 30h "PLC" --date 2025-02-01
packs=$HOME/.config/pdh/packs
mkdir -p "$packs"
own=$packs/us-tx-school-librarian.yaml
version=$(sed -n 's/^version: //p' schema/packs/us-tx-school-librarian.yaml)
sed 's/^version: .*/version: 2027.1/; s/limit: 20% of required/limit: 15% of required/
	s/^unit:.*/in_force: {from: 2027-09-01}\n&/; /^in_force: {from: 20[01]/d' \
	schema/packs/us-tx-school-librarian.yaml >"$own"
run 0 pdh rules reload

run 0 pdh status
has "Rules of tx-lib have a newer version (2027.1): pdh rules diff tx-lib"
run 0 pdh rules diff tx-lib
has "us-tx-school-librarian $version -> 2027.1" \
	"independent-study  at most 20 % of what is required -> at most 15 % of what is" \
	"If it bound you: -10.0 h, tx-lib would be 191.5 / 200 h; now 201.5 / 200 h." \
	"It binds cycles that begin on or after 1 Sep 2027. Yours began 1 Sep 2022: no" \
	"change now, and the next cycle will use it."
run 0 pdh rules diff us-tx-school-librarian "$version" 2027.1 --json
get '.schema' pdh.rules.diff/1
get '[.rules[] | "\(.change) \(.id)"] | join(" ")' "changed independent-study"
get '.effects[0] | "\(.alias) \(.added.amount) \(.before.counted.amount) \(.after.counted.amount)"' "tx-lib -10.0 201.5 191.5"
get '"\(.before.version) \(.after.version) \(.after.now)"' "$version 2027.1 true"
run 0 pdh rules diff us-tx-school-librarian "$own"
has "Both say the same."
run 0 pdh rules diff us-tx-classroom-teacher us-tx-principal
has "total" "150" "200"
ok "two versions are compared, and what it means in hours"

run 3 pdh rules diff us-tx-school-librarian "$version" 2028.1
has "there is no version 2028.1" "there is $version and 2027.1"
run 3 pdh rules diff us-tx-school-librarian ./none.yaml
has "cannot read ./none.yaml"
run 3 pdh rules diff tx-lob
echo 'pack: x' >"$HOME/bad.yaml"
run 5 pdh rules diff tx-lib "$HOME/bad.yaml"
has "bad.yaml:1:"
ok "what is unknown or cannot be read is said"

before=$(stored)
run 0 pdh rules adopt tx-lib --dry-run
has "version $version -> 2027.1" "counted 201.5 h -> 191.5 h" "ask your board" "Nothing was stored."
same "$(stored)" "$before" "the database"
run 0 pdh rules adopt tx-lib
run 0 pdh status tx-lib --json
get '.credentials[0] | "\(.version) \(.counted.amount)"' "2027.1 191.5"
get '.notices | length' 0
run 0 pdh rules adopt tx-lib
has "already judged by us-tx-school-librarian 2027.1"
run 0 pdh undo
run 0 pdh status tx-lib --json
get '.credentials[0] | "\(.version) \(.counted.amount)"' "$version 201.5"
ok "the open cycle takes newer rules over, and undo takes them back"

# The next cycle begins under what is in the library.
run 0 pdh credential renew tx-lib
has "2027.1"
run 0 pdh credential show tx-lib --json
get '.credentials[0].cycles | map(.version) | join(" ")' "2027.1 $version"
rm "$own"
run 0 pdh rules reload
run 0 pdh credential show tx-lib --json
get '.credentials[0].cycles | map("\(.version) \(.counted.amount)") | join(", ")' "2027.1 0.0, $version 201.5"
ok "a renewal takes the newest, and closed cycles keep theirs"
