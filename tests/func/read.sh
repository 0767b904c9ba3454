#!/bin/sh
# pdh-read makes of each file in tests/files what the answer beside it says. The options of a file are in its answer.
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
	notes: .[0].notes
}'
wanted='
{layout, read: ({sheet: null} + .read), activities, skipped, bad, notes}
	| .activities |= sort_by(.line, .done_on, .title) | .skipped |= sort_by(.line, .why)'

answer_of() {
	name=$1
	args=$(jq -r '.args | sub(" ?\\(TZ=.*\\)"; "")' "$files/$name.expect.json")
	eval "set -- $args"
	case $name in
	*.pdf) pdftotext -layout "$files/$name" - | pdh-read --name "$name" --certificate "$@" ;;
	*) pdh-read --name "$name" "$@" <"$files/$name" ;;
	esac
}

for expected in "$files"/*.expect.json; do
	name=$(basename "$expected" .expect.json)
	jq -S "$wanted" "$expected" >"$HOME/wanted"
	run 0 answer_of "$name"
	printf '%s' "$out" | jq -S -s "$shape | $wanted" >"$HOME/got" || fail "no JSON of $name"
	diff -u "$HOME/wanted" "$HOME/got" >"$HOME/diff" || {
		cat "$HOME/diff"
		fail "$name is read otherwise"
	}
	ok "$name"
done
