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
