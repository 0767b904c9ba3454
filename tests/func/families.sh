#!/bin/sh
# Packs of one authority or one profession know the same words, or tests/families.yaml says why not.
. tests/support/func.sh

run 0 "$python" tests/support/check-families.py
same "$out" "" "what a pack lacks"
ok "what one pack of a family knows its sisters know, or a reason is given"

# The check sees a word that is gone from one pack, and a reason that is needed no more.
mkdir -p "$HOME/schema" && cp -R schema/packs "$HOME/schema" && cp tests/families.yaml "$HOME"
check=$PWD/tests/support/check-families.py
cd "$HOME"
sed -i '/mental-health-first-aid: \[mhfa\]/d' schema/packs/us-tx-school-librarian.yaml
run 1 "$python" "$check" families.yaml
has "us-tx-principal knows topic mental-health-first-aid, us-tx-school-librarian does not"
sed -i 's/^  ethics: \[professionalism.*/&\n  diversity:/' schema/packs/us-me-attorney.yaml
run 1 "$python" "$check" families.yaml
has "attorney: us-me-attorney does not lack topic diversity, as tests/families.yaml says"
sed -i 's/^pack: us-md-certificate/pack: x/; s/^authority: .*/authority: Kentucky/' schema/packs/us-md-certificate.yaml
sed -i 's/^authority: .*/authority: Kentucky/' schema/packs/us-ky-certificate.yaml
run 1 "$python" "$check" families.yaml
has "Kentucky: us-ky-certificate knows" "Kentucky: x knows"
ok "a slip, a reason too many, and a new family are found"
