#!/bin/sh
# pdh rules export: packs as documents for other programs, which mean the same when they are read again.
. tests/support/func.sh

run 0 pdh rules export us-wa-certificate us-co-license us-wa-certificate --json
get '.schema' pdh.rules.export/1
get '[.packs[].pack] | join(" ")' "us-co-license us-wa-certificate"
get '.packs[0].document.paths.first.steps[0] | has("id") and has("cite")' true
get '.packs[0].rules[] | select(.id == "total") | .says' "90 h a cycle"
run 0 pdh rules export us-tx-school-librarian --json
get '.packs[0].document.sources["232.11"].mark' confirmed
get '.packs[0].document.rules[] | select(.id == "independent-study") | .where' \
	'{
  "any of": [
    {
      "kind": [
        "self-study"
      ]
    },
    {
      "role": [
        "author"
      ]
    }
  ]
}'
run 3 pdh rules export us-wa-certificat
has 'did you mean "us-wa-certificate"?'
run 0 pdh rules export us-wa-certificate
has "us-wa-certificate" "pdh rules export --json"
ok "some by name, each once"

# All of them come in several pages, are the same each time, and one text is a list wherever several may stand.
pdh rules export --json >"$HOME/all.json"
pdh rules export --json | cmp - "$HOME/all.json" || fail "another export has other bytes"
out=$(cat "$HOME/all.json")
get '.packs | length' "$(ls schema/packs | wc -l)"
get '.next' null
get '[.packs[].document | .. | objects | .where?, .when?, ."only if"? | objects | .. | objects | to_entries[] |
	select(.value | type == "string" and (test("^(not|before|from|at least|at most) ") | not))] | length' 0
get '[.packs[].document.paths | .. | objects | .as?, .packs?, .after?, .missing? | strings] | length' 0
get '[.packs[].document | .profession, (.kinds, .formats, .topics | .[]?) | strings] | length' 0
cat >"$HOME/valid.py" <<'PY'
import json, sys, jsonschema
validator = jsonschema.Draft202012Validator(json.load(open("schema/pack.schema.json")))
for pack in json.load(sys.stdin)["packs"]:
    for error in validator.iter_errors(pack["document"]):
        sys.exit(f"{pack['pack']}: {error.message}")
PY
"$python" "$HOME/valid.py" <"$HOME/all.json" || fail "a document is not what its schema says"
ok "all of them, as their schema says"

# Read again, each has the same rules and paths, and its examples agree.
mkdir -p "$HOME/.config/pdh/packs"
jq -c '.packs[] | .document' "$HOME/all.json" | while read -r document; do
	printf '%s\n' "$document" >"$HOME/.config/pdh/packs/$(printf '%s' "$document" | jq -r .pack).yaml"
done
run 0 pdh path compare tx co wa ny ga --json
before=$out
run 0 pdh rules reload
run 0 pdh rules list --json
get '[.packs[].layer] | unique | join(" ")' own
pdh rules export --json | jq -c '.packs[].layer = "shipped"' >"$HOME/again.json"
cmp "$HOME/all.json" "$HOME/again.json" || fail "what was read again is not the same"
run 0 pdh path compare tx co wa ny ga --json
same "$out" "$before" "the paths"
run 0 pdh rules test --all --json
get '.good' true
ok "the documents are packs themselves"

# An overlay goes out with what it changes.
rm "$HOME/.config/pdh/packs/"*
cat >"$HOME/.config/pdh/packs/mine.yaml" <<'YAML'
pack: mine
extends: us-wa-certificate
version: mine.1
kinds: {seminar: , lab: practical}
rules:
  - {id: district, need: 6, where: {topic: equity}, level: unsure, why: "as they say"}
YAML
run 0 pdh rules reload
run 0 pdh rules export mine --json
get '.packs[0].document.kinds | "\(.seminar) \(.lab)"' "[] [\"practical\"]"
get '.packs[0].extends | startswith("us-wa-certificate ")' true
get '.packs[0].document | [(.rules | map(.id) | index("district") != null), has("paths"), has("extends")] | map(tostring) | join(" ")' \
	"true true false"
printf 'pack: bad\n' >"$HOME/.config/pdh/packs/bad.yaml"
run 0 pdh rules reload
run 0 pdh rules export --json
get '.problems | length' 1
ok "an overlay is whole, and what cannot be used is told"
