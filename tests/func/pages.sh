#!/bin/bash
# However much is found, a script gets all of it; and what is too much for one request is refused with what to do.
. tests/support/func.sh
dana
run 0 pdh log 1h "Before all" --date 2026-01-01
run 0 pdh daemon stop
sqlite3 "$HOME/.local/share/pdh/pdh.db" "
	INSERT INTO activity (title, title_key, done_on, credit, credit_unit)
	WITH RECURSIVE n (i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 2500)
	SELECT 'Bulk ' || i, 'bulk' || i, date('2020-01-01', '+' || (i / 2) || ' days'), 3600000, 'hour' FROM n;
	INSERT INTO change (at, who, method, what, changeset)
	WITH RECURSIVE n (i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 2100)
	SELECT 1700000000 + i, 'dana', 'test', 'change ' || i, x'' FROM n;"
slow="--timeout 60"

lines() {
	printf '%s\n' "$out" | wc -l
}
# shellcheck disable=SC2086
{
	run 0 pdh list bulk --plain $slow
	same "$(lines)" 2500 "lines of --plain"
	same "$(printf '%s\n' "$out" | cut -f1 | sort -u | wc -l)" 2500 "different ones"
	run 0 pdh list bulk --plain --header $slow
	same "$(lines)" 2501 "lines with one header"
	run 0 pdh list bulk --format '{id} {logged.amount}' $slow
	same "$(lines)" 2500 "lines of --format"
	same "$(printf '%s\n' "$out" | cut -d' ' -f2 | sort -u)" 2500.0 "the sum beside each"
	run 0 pdh list bulk --json $slow
	get '"\(.activities | length) \(.activities | map(.id) | unique | length) \(.next)"' "2500 2500 null"
	get '.totals[0] | "\(.credit.amount) \(.entries)"' "2500.0 2500"
	get '.activities == (.activities | sort_by(.done_on, .id) | reverse)' true
	ok "list gives a script all that is found"

	run 0 pdh list bulk --plain --limit 1001 $slow
	same "$(lines)" 1001 "lines of --limit 1001"
	run 0 pdh list bulk --json --limit 1700 $slow
	get '"\(.activities | length) \(.next != null)"' "1700 true"
	run 0 pdh list bulk $slow
	has "--all, --limit and --until reach them"
	run 0 pdh list bulk --all $slow
	lacks "Older ones"
	has "2500 entries"
	ok "--limit is any number, and --all is all of it for people too"

	run 0 pdh history --plain $slow
	same "$(lines)" 20 "changes, of which 20 are usual"
	run 0 pdh history --plain --limit 2050 $slow
	same "$(lines)" 2050 "changes"
	run 0 pdh history --json --all $slow
	get '"\(.changes | length > 2100) \(.next)"' "true null"
	ok "history likewise"
}

# One request holds 65,536 values; of such lines that is less than 7,000.
for i in $(seq 7000); do
	echo "{\"credit\":\"1h\",\"title\":\"Line $i\",\"date\":\"2025-05-05\"}"
done >"$HOME/lines"
before=$(pdh history --json | jq '.changes[0].id')
for bad in '{"credit":"1h"}' '{"credit":"1h","title":"x","date":"2999-01-01"}' '{"credit":"1h","title":"x","repeat":"weekly"}' \
	'{"credit":"1h","title":"Line 7","date":"2025-05-05"}' '{"credit":"1h","title":"x","only":"nobody"}'; do
	{
		head -6000 "$HOME/lines"
		echo "$bad"
		tail -1000 "$HOME/lines"
	} >"$HOME/bad"
	status=0
	out=$(pdh log - $slow <"$HOME/bad" 2>&1) || status=$?
	[ $status -ge 2 ] || fail "it was taken: $bad"
	has 'line 6001'
done
same "$(pdh history --json | jq '.changes[0].id')" "$before" "the last change"
run 0 pdh list --since 2025-05-05 --until 2025-05-05 --json
get '.activities | length' 0
run 0 pdh log - -n $slow <"$HOME/lines"
has '7000 activities'
run 0 pdh log - $slow <"$HOME/lines"
has '7000 activities, #' 'pdh undo'
run 0 pdh query "select count(*) from entries where day = '2025-05-05'" --json
get '.rows[0] | to_entries[0].value' 7000
run 0 pdh history --json --limit 2
same "$(printf %s "$out" | jq '.changes[1].id')" "$before" "the change before"
run 0 pdh undo $slow
run 0 pdh list --since 2025-05-05 --until 2025-05-05 --json
get '.activities | length' 0
ok "thousands of lines are one change, and a bad one is named"
