#!/bin/sh
# pdh-read makes of each file in tests/files what the answer beside it says. The options of a file are in its answer, and a
# file may have several answers, under different options.
. tests/support/func.sh

files=tests/files
export TZ=America/Chicago

# What pdh-read said, in the shape of an answer: rows of one state, without what only a program reads.
shape='
def row: {line} + .activity + {flags};
{
	layout: .[0].layout,
	read: (.[0].read | with_entries(select(.key != "sample"))),
	activities: map(select(.activity) | row),
	skipped: map(select(.skipped) | {line, why: .skipped}),
	bad: map(select(.bad) | {line} + .bad),
	unused: .[0].unused,
	notes: .[0].notes
}'
wanted='
{layout, read: ({sheet: null} + .read), activities, skipped, bad, unused: (.unused // []), notes}
	| .activities |= sort_by(.line, .done_on, .title) | .skipped |= sort_by(.line, .why)'

answer_of() {
	name=$1
	args=$(jq -r '.args | sub(" ?\\(TZ=.*\\)"; "")' "$files/$name.expect.json")
	eval "set -- $args"
	file=$(jq -r .file "$files/$name.expect.json")
	case $file in
	*.pdf) pdftotext -layout "$files/$file" - | pdh-read --name "$file" --certificate "$@" ;;
	*) pdh-read --name "$file" "$@" <"$files/$file" ;;
	esac
}

for expected in "$files"/*.expect.json; do
	name=$(basename "$expected" .expect.json)
	if jq -e .error "$expected" >/dev/null; then
		run 5 answer_of "$name"
		same "$(printf '%s' "$out" | jq -S .error)" "$(jq -S .error "$expected")" "$name"
		ok "$name is refused"
		continue
	fi
	jq -S "$wanted" "$expected" >"$HOME/wanted"
	run 0 answer_of "$name"
	printf '%s' "$out" | jq -S -s "$shape | $wanted" >"$HOME/got" || fail "no JSON of $name"
	diff -u "$HOME/wanted" "$HOME/got" >"$HOME/diff" || {
		cat "$HOME/diff"
		fail "$name is read otherwise"
	}
	ok "$name"
done
