#!/bin/sh
# Rules packs of one's own: find, check, test, correct, extend; and files that nobody should trust.
. tests/support/func.sh
dana
own=$HOME/.config/pdh/packs
cd "$HOME"
version=$(sed -n 's/^version: //p' "$OLDPWD/schema/packs/us-tx-school-librarian.yaml")
# So wide that no sentence is broken.
export COLUMNS=400

# ---- finding and showing ------------------------------------------------------------------------

run 0 pdh rules search texas librarian
has "PACK" "DATED" "us-tx-school-librarian" "$version"
lacks "us-ny-ctle"
run 3 pdh rules search nothing-like-it --fail-empty
run 2 pdh rules search
ok "search"

run 0 pdh rules show us-tx-school-librarian
has "shipped" "birth month" "19 TAC 232.15, confirmed" "second-hand" "independent-study" \
	"at most 20 % of what is required" "mentoring (unsure)" "counts double, of topic" "at most 16 h a cycle" \
	"Not judged yet"
run 0 pdh rules show us-tx-school-librarian --json
get '.packs[0].rules | map(.id) | join(" ")' \
	"total disabilities independent-study presenting mentoring first-aid first-aid-most approved renewal"
get '.packs[0].rules[2] | .verb + "|" + .says + "|" + .of + "|" + .mark + "|" + .level' \
	"limit|at most 20 % of what is required a cycle|kind self-study or independent-study or curriculum or authoring or \
publishing or writing, or role author|confirmed|must"
run 0 pdh rules show us-ny-ctle --json
get '.packs[0].rules[1].when' "certificate is not esol, unless exemption is national-board or permanent or inactive"
ok "rules in words"

# ---- checking -----------------------------------------------------------------------------------

head='pack: my-district
version: 1
title: My district
sources: {plan: {title: District plan, mark: confirmed}}
kinds: [self-study, workshop]
rules:
  - {id: total, need: 40, cite: plan}'
printf '%s\n' "$head" >my-district.yaml
run 0 pdh rules check my-district.yaml
same "$out" "ok, 1 rule, 0 examples" "the answer"
run 0 pdh rules check - <my-district.yaml
printf '%s\n' "$head" >other.yaml
run 0 pdh rules check other.yaml
has "called my-district.yaml"
ok "a file that is right"

# What is added to the pack above | what the sentence says
while IFS='|' read -r line sentence; do
	printf '%s\n%b\n' "$head" "$line" >./my-district.yaml
	run 5 pdh rules check ./my-district.yaml
	has "./my-district.yaml:" "$sentence"
	[ "$(printf '%s\n' "$out" | wc -l)" -eq 1 ] || fail "more than one line"
done <<'TABLE'
  - {id: study, limit: 40% of required, where: {kind: study}, cite: plan}|:8: "study" is not known in kinds; did you mean "self-study"?
  - {id: study, limit: 40% of required, where: {kind: dancing}, cite: plan}|:8: "dancing" is not known in kinds
  - {id: x, need: 1, where: {format: in-persn}, cite: plan}|:8: "in-persn" is not known in formats; did you mean "in-person"?
  - {id: x, need: 1, where: {approval: aproved}, cite: plan}|:8: approval is approved, pending or refused
  - {id: total, need: 50, cite: plan}|:8: "total" is here already, on line 7
  - {id: x, need: 50}|:8: rule x needs "cite"
  - {id: x, need: 50, cite: pln}|:8: "pln" is not known in sources
  - {id: x, nead: 50, cite: plan}|:8: "nead" is not known in a rule; did you mean "need"?
  - {id: x, need: 99999999999999999999, cite: plan}|:8: need
  - {id: x, need: 200000, cite: plan}|:8: need
  - {id: x, need: 1, from: 2026-02-30, cite: plan}|:8: from
read: 2026-13-01|:8: read
titel: x|:8: "titel" is not known in a pack; did you mean "title"?
note: *x|:8: anchors and aliases
note: [|this is not YAML
extends: nothing-like-it|:8: extends: there is no rules pack "nothing-like-it"
TABLE
ok "mistakes in a file get one sentence"

run 3 pdh rules check none.yaml
has "cannot read none.yaml"
run 1 pdh rules check /
run 2 pdh rules check
: >empty.yaml
run 5 pdh rules check empty.yaml
has "empty.yaml:1: there is nothing in it"
printf 'a: \0b\n' >nul.yaml
run 5 pdh rules check nul.yaml
has "nul.yaml:1: a control character"
printf 'a: 1\nb: \377\n' >bytes.yaml
run 5 pdh rules check bytes.yaml
has "bytes.yaml:2: this is not text in UTF-8"
ok "files that are no packs"

# ---- files to break things ----------------------------------------------------------------------

mkdir -p "$own"
truncate -s 100M huge.yaml
cp --sparse=always huge.yaml "$own/huge.yaml"
{ printf 'a: '; yes '[' | head -10000 | tr -d '\n'; } >deep.yaml
{ printf -- '- %.0s' $(seq 10000); echo a; } >deeper.yaml
{ yes '{a: ' | head -10000 | tr -d '\n'; } >maps.yaml
{
	echo 'a0: &a0 [x, x, x, x, x, x, x, x, x]'
	for i in 1 2 3 4 5 6 7 8 9; do
		echo "a$i: &a$i [*a$((i - 1)), *a$((i - 1)), *a$((i - 1)), *a$((i - 1)), *a$((i - 1))]"
	done
} >bomb.yaml
for name in huge deep deeper maps bomb; do
	run 5 pdh rules check $name.yaml
	has "$name.yaml:1: "
	[ "$name" = huge ] || cp $name.yaml "$own/$name.yaml"
done
run 0 pdh rules reload
has "Cannot be used" "huge.yaml:1: a pack has at most" "deep.yaml:1: lists and maps go at most 16 deep" \
	"bomb.yaml:1: anchors and aliases"
run 0 pdh status
has "5 of your own rules packs cannot be used: pdh rules list says why" "tx-lib"
run 0 pdh log 1h "Still here" --only tx-lib
rm "$own"/*.yaml
run 0 pdh rules reload
lacks "Cannot be used"
run 0 pdh status
lacks "cannot be used"
ok "hostile files harm nothing"

printf 'pack: us-tx-school-librarian\nversion: 9\n' >"$own/us-tx-school-librarian.yaml"
run 0 pdh rules reload
run 0 pdh status
has "One of your own rules packs cannot be used"
run 0 pdh rules show us-tx-school-librarian
has "us-tx-school-librarian $version"
run 5 pdh rules test --all
has "Cannot be used: $own/us-tx-school-librarian.yaml:1: a pack needs \"title\""
rm "$own/us-tx-school-librarian.yaml"
run 0 pdh rules reload
ok "a broken pack hides none"

# ---- worked examples ----------------------------------------------------------------------------

printf '%s\n' "$head" '  - {id: alone, limit: 20% of required, where: {kind: self-study}, cite: plan}' \
	'examples:' \
	'  - name: too much alone' '    period: 2026-01-01 to 2026-12-31' \
	'    entries: [{credit: 20h, kind: self-study}, {credit: 30h, kind: workshop}]' \
	'    expect: {counted: 38, cut: {alone: 12}}' \
	'  - name: all of it' '    period: 2026-01-01 to 2026-12-31' \
	'    entries: [{credit: 40h, kind: workshop}]' \
	'    expect: {counted: 40, short: {}}' >my-district.yaml
run 0 pdh rules check my-district.yaml
same "$out" "ok, 2 rules, 2 examples" "the answer"
run 0 pdh rules test ./my-district.yaml
same "$out" "2 worked examples in the file, 2 agree." "the answer"
sed -i 's/counted: 38/counted: 39/' my-district.yaml
shipped=$(pdh rules test us-ny-ctle --json | jq .examples)
run 5 pdh rules test ./my-district.yaml us-ny-ctle
has "./my-district.yaml:10: too much alone" "counted is 38.0, not 39.0" \
	"$((shipped + 2)) worked examples in 2 packs, $((shipped + 1)) agree."
run 5 pdh rules test my-district.yaml --json
get '.good' false
get '.packs[0].disagreements[0] | .name + " " + (.line | tostring)' "too much alone 10"
run 3 pdh rules test nothing-like-it
run 2 pdh rules test
run 2 pdh rules test us-ny-ctle --all
ok "worked examples"

# ---- overlays -----------------------------------------------------------------------------------

cat >district.yaml <<'YAML'
pack: district
extends: us-tx-school-librarian
version: 2026.1
title: TX School Librarian, my district
drop: [mentoring]
sources: {plan: {title: District plan, mark: confirmed}}
topics: [literacy]
rules:
  - {id: independent-study, limit: 10% of required, where: {kind: independent study}, cite: plan}
  - {id: literacy, need: 6, where: {topic: literacy}, cite: plan, title: literacy}
examples:
  - name: the district's limit
    period: 2021-04-01 to 2026-03-31
    entries: [{credit: 45h, kind: self-study}]
    expect: {counted: 20, cut: {independent-study: 25}, short: {total: 180, disabilities: 1, literacy: 6}}
YAML
run 0 pdh rules check district.yaml
has "ok, 9 rules, 1 example" "extends us-tx-school-librarian $version, shipped"
run 0 pdh rules test district.yaml
cp district.yaml "$own"
run 0 pdh rules reload
run 0 pdh rules show district --json
get '.packs[0].rules | map(.id) | join(" ")' \
	"total disabilities independent-study presenting first-aid first-aid-most approved renewal literacy"
get '.packs[0].extends' "us-tx-school-librarian $version, shipped"
run 0 pdh rules show district --source
same "$out" "$(cat district.yaml)" "the source"
run 0 pdh credential add district --as mine --expires 2027-08-31
run 0 pdh log 8h "Alone" --kind self-study --topic literacy --only mine
run 0 pdh status mine
has "literacy" "8.0 / 200 h"
# Its rules stay what they were, whatever becomes of the files.
rm "$own/district.yaml"
run 0 pdh daemon stop
run 0 pdh status mine
has "literacy" "8.0 / 200 h"
ok "an overlay counts, and stays"

sed 's/need: 6/need: 12/' district.yaml >"$own/district.yaml"
run 0 pdh rules reload
run 5 pdh credential add district --as again --expires 2027-08-31
has "district 2026.1 is in use with other rules" 'raise "version"'
run 0 pdh rules list --outdated
has "district 2026.1" "mine is judged by another text of the same version"
sed -i 's/^version: .*/version: 2026.2/' "$own/district.yaml"
run 0 pdh rules reload
run 0 pdh credential add district --as again --expires 2027-08-31
run 0 pdh rules list --outdated
has "mine is judged by version 2026.1" "here is 2026.2"
lacks "again is judged"
run 0 pdh rules list --outdated --json
get '.packs | map(.pack) | join(" ")' "district"
at 2028-01-10T09:30:00
run 0 pdh rules list --outdated
has "us-ny-ctle" "days ago"
at 2026-03-14T09:30:00
ok "packs that are out of date"

printf 'pack: a\nextends: b\nversion: 1\n' >"$own/a.yaml"
printf 'pack: b\nextends: a\nversion: 1\n' >"$own/b.yaml"
run 0 pdh rules reload
has "in a circle: a, b, a"
run 5 pdh rules show a
rm "$own/a.yaml" "$own/b.yaml"
ok "a circle is refused by name"

# ---- edit ---------------------------------------------------------------------------------------

ny=$(sed -n 's/^version: //p' "$OLDPWD/schema/packs/us-ny-ctle.yaml")
shipped=$(pdh rules check "$OLDPWD/schema/packs/us-ny-ctle.yaml")
run 0 pdh rules edit us-ny-ctle
has "$own/us-ny-ctle.yaml" "$shipped"
cmp "$own/us-ny-ctle.yaml" "$OLDPWD/schema/packs/us-ny-ctle.yaml"
same "$(stat -c %a "$own/us-ny-ctle.yaml")" 600 "its mode"
run 0 pdh rules show us-ny-ctle
has "own" "hides         shipped $ny"
echo "# mine" >>"$own/us-ny-ctle.yaml"
run 0 pdh rules edit us-ny-ctle --overlay
same "$(tail -1 "$own/us-ny-ctle.yaml")" "# mine" "what was there"
echo "titel: x" >>"$own/us-ny-ctle.yaml"
run 5 pdh rules edit us-ny-ctle
has "us-ny-ctle.yaml:" 'did you mean "title"?'
run 0 pdh status
has "One of your own rules packs cannot be used"
rm "$own/us-ny-ctle.yaml"
run 0 pdh rules edit us-ny-ctle --overlay --json
get '.made' true
get '.overlay' true
get '.rules' "$(printf '%s' "$shipped" | sed 's/^ok, \([0-9]*\) .*/\1/')"
run 0 pdh rules show us-ny-ctle
has "$ny-own.1" "extends       us-ny-ctle $ny, shipped"
run 3 pdh rules edit nothing-like-it
run 3 pdh rules edit ../us-ny-ctle
[ -z "$(find "$own" -name '.*')" ] || fail "a draft was left behind"
ok "a copy of one's own"

# On a terminal the editor is opened.
cat >editor <<'SH'
#!/bin/sh
[ "$1" = --wait ] || exit 9
sed -i 's/^version: .*/version: 2026.1-own.2/' "$2"
SH
chmod 755 editor
EDITOR="$HOME/editor --wait"
export EDITOR
run 0 script -qec "pdh rules edit us-ny-ctle" /dev/null
run 0 pdh rules show us-ny-ctle
has "2026.1-own.2"
# With blanks in its path, bare or in quotes, and with quotes among its words.
mkdir "my editor"
sed 's/own.2/own.3/; s/^\[.*//' editor >"my editor/ed"
sed 's/= --wait/= "--wait for it"/; s/own.2/own.4/' editor >"my editor/wait"
chmod 755 "my editor/ed" "my editor/wait"
sed -i 's/"$2"/"$1"/' "my editor/ed"
EDITOR="$HOME/my editor/ed"
run 0 script -qec "pdh rules edit us-ny-ctle" /dev/null
run 0 pdh rules show us-ny-ctle
has "2026.1-own.3"
for EDITOR in "'$HOME/my editor/wait' '--wait for it'" "\"$HOME/my editor/wait\" --wait\\ for\\ it"; do
	run 0 script -qec "pdh rules edit us-ny-ctle" /dev/null
	run 0 pdh rules show us-ny-ctle
	has "2026.1-own.4"
done
EDITOR=false
run 1 script -qec "pdh rules edit us-ny-ctle" /dev/null
has "the editor did not end well"
run 0 pdh rules edit us-ny-ctle
ok "the editor of one's own"

# ---- a board without a pack ---------------------------------------------------------------------

run 0 pdh credential add --title "City archivist" --as city --hours 40 --every 2y --expires 2027-08-31 \
	--need "3 ethics" --need "2 law each year" --limit "20% self-study" --limit "10 presenting"
run 0 pdh log 12h "Alone" --kind self-study --topic ethics --date 2026-01-10 --only city
run 0 pdh status city --json
get '.credentials[0].counted.amount' 8.0
get '.credentials[0].required.amount' 40.0
get '.credentials[0].needs | map(.id + " " + .state) | join(",")' "total short,ethics met,law short"
get '.credentials[0].limits | map(.id + " " + .at_most.amount + " " + .cut.amount) | join(",")' \
	"self-study 8.0 4.0,presenting 10.0 0.0"
before=$(stored)
while IFS='|' read -r flag typed sentence; do
	run 2 pdh credential add --title X --as x --hours 40 --every 2y --expires 2027-08-31 "$flag" "$typed"
	has "$flag: \"$typed\"" "$sentence" "such as $flag"
	same "$(stored)" "$before" "the data"
done <<'TABLE'
--need|ethics|does not begin with an amount
--need|3|does not say of what
--limit|20%|does not say of what
TABLE
run 2 pdh credential add --title X --as x --limit "20% self-study"
has '--limit: "20% self-study" is a share of the hours; --hours says how many'
run 2 pdh credential add --title X --as x --hours 40 --every 2y --expires 2027-08-31 --limit "20% selfstudy"
has '--limit: "selfstudy"' 'did you mean "self-study"?' "kind:selfstudy"
run 2 pdh credential add us-ny-ctle --need "3 ethics"
has "--need is for a board without a rules pack" "pdh rules edit us-ny-ctle --overlay"
run 0 pdh init --no-input --title "Notary" --hours 6 --every 2y --expires 2027-08-31 --need "1 ethics"
run 0 pdh status notary --json
get '.credentials[0].needs | map(.id) | join(",")' "total,ethics"
run 0 pdh rules show notary
has "6 h a cycle" "1 h a cycle, of topic ethics" "need    ethics
"
run 0 pdh rules show notary --source
has "title: \"Notary\""
run 0 pdh credential show notary
has "0.0 / 6 h · rules of its own"
run 3 pdh rules diff notary
has "no other version"
run 3 pdh rules show us-tx
has "pdh rules search us-tx finds some"
ok "rules by hand"
