#!/bin/sh
# Every pack that is shipped: its worked examples, computed by the daemon, and its file as `rules check` sees it.
. tests/support/func.sh

run 0 pdh rules test --all
has "worked examples" " agree."
lacks "Cannot be used"
run 0 pdh rules test --all --json
get '.good' true
get '[.packs[] | select(.problem)] | length' 0
examples=$(printf '%s' "$out" | jq .examples)
[ "$examples" -ge 6 ] || fail "only $examples worked examples"
ok "$examples worked examples agree"

for file in schema/packs/*.yaml; do
	run 0 pdh rules check "$file"
	has "ok, "
	run 0 pdh rules show "$(basename "$file" .yaml)" --source
	printf '%s\n' "$out" | cmp - "$file" || fail "$file is not printed as it is"
done
ok "each file is as it was written"

run 0 "$python" tests/support/check-schema.py
ok "the schema for editors and the manual know what the loader knows"

# A figure that was read nowhere, a mark that is too sure, and a rule without a source are found.
facts() {
	run "$1" "$python" tests/support/check-facts.py tests/facts.txt "$HOME/accepted" "$HOME/us-wa-certificate.yaml"
}
: >"$HOME/accepted"
cp schema/packs/us-wa-certificate.yaml "$HOME/"
facts 0
sed -i 's/need: 15,/need: 17,/; s/id: total, need: 100/id: total, need: 101/' "$HOME/us-wa-certificate.yaml"
facts 1
has "equity	17	was read nowhere" "total	101	was read nowhere"
printf 'us-wa-certificate\ttotal\t101\tas in a test\nus-wa-certificate\tequity\t17\tas well\n' \
	>"$HOME/accepted"
facts 0
sed -i 's/need: 17,/need: 15,/; s/^    cite: pesb-stem$//; s/mark: second-hand/mark: confirmed/' "$HOME/us-wa-certificate.yaml"
facts 1
has "equity	17	stands in the list of accepted differences, and is none" "cites no source" "is confirmed here"
ok "packs are held against what was read"

# Records pin a version, so a pack is changed with a higher one.
digests=$PWD/tests/support/pack-digests.sh
cd "$HOME"
printf 'pack: a\nversion: 2026.9 # the first\n' >a.yaml
"$digests" . /dev/null >list
sed -i 's/first/second/' a.yaml
run 1 "$digests" . list
has "a: its text changed, and version 2026.9 is not higher than 2026.9: raise it"
sed -i 's/2026.9/2026.8/' a.yaml
run 1 "$digests" . list
sed -i 's/2026.8/2026.10/' a.yaml
run 0 "$digests" . list
has "a 2026.10 "
ok "a pack whose text changed has a higher version"
