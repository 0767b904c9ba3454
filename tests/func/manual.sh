#!/bin/sh
# pdh-rules(5): the packs it teaches by, and what it prints about them, are what pdh does.
. tests/support/func.sh
manual=$PWD/docs/pdh-rules.5
cd "$HOME"

# block NAME: the displays of the manual behind a comment of that name, one after the other.
block() {
	awk -v head=".\\\\\" $1" '
		$0 == head { wanted = 1; next }
		wanted && /^\.Bd/ { inside = 1; next }
		/^\.Ed/ { wanted = inside = 0 }
		inside { print }' "$manual"
}

block tx-librarian.yaml >tx-librarian.yaml
block us-tx-school-librarian.yaml >us-tx-school-librarian.yaml
[ "$(wc -l <tx-librarian.yaml)" -gt 90 ] || fail "the pack was not found in the manual"

# Each line of a session that begins with a prompt is a command; those behind it are its answer.
block session >session
while IFS= read -r command; do
	sh -c "$command" || fail "$command"
done <<TABLE >answers
$(sed -n 's/^\$ //p' session)
TABLE
same "$(sed '/^\$ /d' session)" "$(cat answers)" "what the manual says that pdh answers"
ok "the pack of the manual is checked and tested as it says"

# With a mistake of the one kind and of the other.
mkdir slip otherwise
sed 's/need: any/nead: any/' tx-librarian.yaml >slip/tx-librarian.yaml
sed 's/cut: {independent-study: 5}/cut: {independent-study: 4}/' tx-librarian.yaml >otherwise/tx-librarian.yaml
cd slip
run 5 pdh rules check tx-librarian.yaml
same "$out" "pdh: $(block slip)" "a slip"
cd ../otherwise
run 5 pdh rules test tx-librarian.yaml
has "$(block otherwise)"
cd ..
ok "mistakes are told as it says"

packs=$HOME/.config/pdh/packs
mkdir -p "$packs"
cp tx-librarian.yaml "$packs"
run 0 pdh rules reload
run 0 pdh rules show tx-librarian
has "at most 20 % of what is required" "mentoring (unsure)"
run 0 pdh rules try tx-librarian --expires 2027-08-31
run 0 pdh credential add tx-librarian --as mine --expires 2027-08-31
run 0 pdh credential show mine
has "apply for renewal"
ok "the pack of the manual is used"

run 0 env COLUMNS=400 pdh rules check us-tx-school-librarian.yaml
has "extends us-tx-school-librarian " ", shipped"
run 0 pdh rules edit us-tx-school-librarian --overlay
sed '/^#/d; s/ *#.*//' "$packs/us-tx-school-librarian.yaml" >skeleton
while IFS= read -r line; do
	grep -qxF "$line" us-tx-school-librarian.yaml || fail "pdh rules edit begins with $line, the manual does not"
done <skeleton
[ -s skeleton ] || fail "no overlay was begun"
ok "the overlay of the manual is one, and begins as pdh rules edit does"
