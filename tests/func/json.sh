#!/bin/sh
# Every answer as JSON is what its schema says, and the other forms for scripts keep their shape.
. tests/support/func.sh

run 0 pdh api --schema "$HOME/schemas"
# Reads lines "FILE SCHEMA COMMAND", and looks at each file. One run for all of them, since a start takes longer than the rest.
cat >"$HOME/valid.py" <<'PY'
import json, sys, jsonschema
folder = sys.argv[1]
validators = {}
def pairs(items):
    keys = [k for k, _ in items]
    assert len(keys) == len(set(keys)), "a key twice"
    return dict(items)
def no_float(text):
    raise AssertionError("a float: " + text)
def validator(schema):
    if schema not in validators:
        read = json.load(open(f"{folder}/{schema.replace('/', '.')}.json"))
        jsonschema.Draft202012Validator.check_schema(read)
        validators[schema] = jsonschema.Draft202012Validator(read)
    return validators[schema]
def look(file, schema):
    text = open(file).read()
    answer = json.loads(text, object_pairs_hook=pairs, parse_float=no_float)
    assert text.endswith("}\n") and text.count("\n") == 1, "not one line"
    assert text.startswith('{"schema":"'), "schema is not the first key"
    assert answer["schema"] == schema, "the schema is " + answer["schema"]
    validator(schema).validate(answer)
for line in sys.stdin:
    file, schema, command = line.rstrip("\n").split(" ", 2)
    try:
        look(file, schema)
    except Exception as e:
        sys.exit(f"pdh {command}: {e}")
PY
mkdir "$HOME/answers"
asked=0

# valid STATUS SCHEMA COMMAND...: the status now, the answer with all others at the end.
valid() {
	want=$1 schema=$2
	shift 2
	status=0
	asked=$((asked + 1))
	pdh "$@" --json >"$HOME/answers/$asked" 2>"$HOME/err" || status=$?
	out=$(cat "$HOME/answers/$asked" "$HOME/err")
	[ "$status" -eq "$want" ] || fail "wanted exit status $want of: pdh $*"
	printf '%s %s %s\n' "$HOME/answers/$asked" "$schema" "$*" >>"$HOME/asked"
}
valid_all() {
	out=$($python "$HOME/valid.py" "$HOME/schemas" <"$HOME/asked" 2>&1) || fail "an answer is not what its schema says"
}

valid 0 pdh.init/1 init --no-input --name Dana --credential us-tx-school-librarian --as tx-lib --expires 2027-08-31 \
	--opening 131.5h
valid 0 pdh.log/1 log 2.5h "Teaching" --date yesterday --topic literacy
valid 0 pdh.log/1 log 1h "Dry" --dry-run
echo '{"credit":"1h","title":"Line"}' >"$HOME/lines"
valid 0 pdh.log/1 log - <"$HOME/lines"
valid 0 pdh.import/1 import tests/files/02-powerschool-external.csv -n --opening keep
valid 0 pdh.import.list/1 import list
valid 0 pdh.export/1 export
# The one answer of several lines, a record a line.
jq -c . "$HOME/answers/$asked" >"$HOME/joined"
mv "$HOME/joined" "$HOME/answers/$asked"
printf 'Date,Title,Hours\n2026-02-02,Board one,2h\n' >"$HOME/board.csv"
valid 0 pdh.reconcile/1 reconcile tx-lib "$HOME/board.csv"
valid 0 pdh.import/1 import "$HOME/board.csv" --opening keep
valid 0 pdh.import.show/1 import show 1
valid 0 pdh.undo/1 undo
valid 0 pdh.list/1 list
valid 0 pdh.list/1 list nothing
valid 0 pdh.show/1 show 1 2
valid 0 pdh.edit/1 edit 2 --hours 2
valid 0 pdh.edit/1 edit 2
valid 0 pdh.edit/1 edit 1,2 --note several -n
valid 0 pdh.search/1 search teaching
valid 0 pdh.list/1 list --filter 'not evidence' --sort most
printf '%%PDF-1.4 x' >"$HOME/cert.pdf"
valid 0 pdh.attach/1 attach 2 "$HOME/cert.pdf"
valid 0 pdh.attach/1 attach 2 "$HOME/cert.pdf" -n
valid 0 pdh.evidence/1 evidence
valid 0 pdh.evidence/1 evidence --missing
valid 0 pdh.evidence/1 evidence --orphans
valid 0 pdh.evidence.save/1 evidence save 1 "$HOME/saved.pdf"
valid 0 pdh.evidence.check/1 evidence check
valid 0 pdh.evidence.rm/1 evidence rm 1
valid 0 pdh.evidence.purge/1 evidence purge
valid 0 pdh.have.add/1 have add exam 5312 --score 158 --on yesterday
valid 0 pdh.have.edit/1 have edit 1 --note x
valid 0 pdh.have/1 have
valid 0 pdh.path.compare/1 path compare tx co
valid 0 pdh.path/1 path us-tx-school-librarian --have "master library 2021"
valid 0 pdh.have.rm/1 have rm 1
valid 0 pdh.rm/1 rm 2
valid 0 pdh.undo/1 undo
valid 0 pdh.redo/1 redo
valid 0 pdh.history/1 history
valid 0 pdh.credential.add/1 credential add clearance --as fp --expires 2026-05-30
valid 0 pdh.credential.list/1 credential list
valid 0 pdh.credential.show/1 credential show tx-lib
valid 0 pdh.credential.edit/1 credential edit tx-lib --note x
valid 0 pdh.credential.item.add/1 credential item add tx-lib Course --due 2027-01-31
valid 0 pdh.credential.item.edit/1 credential item edit 2 --note x
valid 0 pdh.credential.item.done/1 credential item done 2
valid 0 pdh.credential.item.rm/1 credential item rm 2
valid 0 pdh.credential.pause/1 credential pause tx-lib
valid 0 pdh.credential.resume/1 credential resume tx-lib
valid 0 pdh.credential.renew/1 credential renew tx-lib
valid 0 pdh.credential.cycle.add/1 credential cycle add tx-lib --counted 150h
valid 0 pdh.credential.retire/1 credential retire fp
valid 0 pdh.credential.rm/1 credential rm fp --yes
valid 0 pdh.credential.add/1 credential add us-mo-certificate --pursuing --as mo
valid 0 pdh.credential.issue/1 credential issue mo
valid 0 pdh.credential.rm/1 credential rm mo --yes
valid 0 pdh.status/1 status
valid 8 pdh.status/1 status --check --as-of 2030-01-01
valid 0 pdh.prompt/1 prompt
valid 0 pdh.explain/1 explain tx-lib
valid 0 pdh.explain/1 explain 1
valid 0 pdh.explain/1 explain 1 --as-of 2026-01-01
valid 0 pdh.report/1 report
valid 0 pdh.report.transcript/1 report transcript tx-lib
valid 0 pdh.report.audit/1 report audit tx-lib --draw 2
valid 0 pdh.report.chart/1 report chart --by topic
valid 0 pdh.report.year/1 report year 2026
valid 0 pdh.plan/1 plan
valid 0 pdh.plan/1 plan --add "6h workshop monthly, 2sh 'LIBR 5300' 2026-07"
valid 0 pdh.plan/1 plan --add "6h workshop 2026-05" --save --dry-run
valid 0 pdh.plan/1 plan --add "6h workshop 2026-05" --save
valid 0 pdh.remind.list/1 remind list --all
valid 0 pdh.remind.calendar/1 remind calendar
valid 0 pdh.remind.policy/1 remind policy tx-lib --at 09:00
valid 0 pdh.remind.channel/1 remind channel desktop --off
valid 0 pdh.remind.test/1 remind test
valid 0 pdh.remind.run/1 remind run
valid 0 pdh.remind.log/1 remind log
valid 0 pdh.remind.ack/1 remind ack tx-lib/365d
valid 0 pdh.remind.snooze/1 remind snooze tx-lib/180d 2026-06-01
valid 0 pdh.watch/1 watch --since-seq 0 --once
valid 0 pdh.watch/1 watch --since-seq 0 --once --event credential.state
valid 0 pdh.report.transcript/1 report transcript tx-lib
valid 0 pdh.report/1 report
valid 0 pdh.report.year/1 report year 2026
valid 0 pdh.report.chart/1 report chart --by topic
valid 0 pdh.rules.list/1 rules list
valid 0 pdh.rules.list/1 rules list --outdated
valid 0 pdh.rules.try/1 rules try us-tx-principal --for tx-lib --expires 2027-08-31
valid 0 pdh.rules.diff/1 rules diff us-tx-classroom-teacher us-tx-principal
valid 0 pdh.rules.diff/1 rules diff tx-lib
valid 0 pdh.rules.adopt/1 rules adopt tx-lib
valid 0 pdh.rules.search/1 rules search texas
valid 0 pdh.rules.show/1 rules show us-ny-ctle
valid 0 pdh.rules.show/1 rules show us-ny-ctle --source
valid 0 pdh.rules.export/1 rules export us-ny-ctle us-co-license
valid 0 pdh.rules.export/1 rules export
valid 0 pdh.rules.check/1 rules check schema/packs/us-ny-ctle.yaml
valid 0 pdh.rules.test/1 rules test schema/packs/us-ny-ctle.yaml us-ny-ctle
valid 0 pdh.rules.edit/1 rules edit us-ny-ctle
valid 0 pdh.rules.reload/1 rules reload
rm "$HOME/.config/pdh/packs/us-ny-ctle.yaml"
valid 0 pdh.daemon.status/1 daemon status
valid 0 pdh.api/1 api
valid 0 pdh.start/1 start "Book study"
valid 0 pdh.status/1 status
valid 0 pdh.stop/1 stop --discard
valid 0 pdh.query/1 query
valid 0 pdh.query/1 query "select id, title from entries"
valid 0 pdh.version/1 version
valid 0 pdh.doctor/1 doctor
valid 0 pdh.backup/1 backup
valid 0 pdh.restore/1 restore "$HOME/.local/state/pdh/backups/2026-03-14T093000" -n
valid 0 pdh.reset/1 reset -n
valid 0 pdh.daemon.stop/1 daemon stop
valid 0 pdh.daemon.stop/1 daemon stop
valid_all
ok "every answer is valid by its schema, and no number is a float"

run 0 pdh history --limit 1 --json
get '.changes[0].at' 2026-03-14T09:30:00Z
run 0 pdh daemon status --json
get '.started_at' 2026-03-14T09:30:00Z
ok "instants are those of the clock"

# Every schema was asked for above, but that of errors.
for schema in "$HOME"/schemas/*.json; do
	name=$(basename "$schema" .json)
	grep -q "$(echo "$name" | sed 's/\.1$/\\\/1/; s/\./\\./g') " tests/func/json.sh || [ "$name" = pdh.error.1 ] ||
		fail "no answer of $name was looked at"
done
pdh show 99 --json 2>"$HOME/err" && fail "no error"
echo "$HOME/err pdh.error/1 show 99" >"$HOME/asked"
valid_all
run 0 pdh api --schema -
get '.schema + " " + (.schemas | keys | length | tostring)' "pdh.schemas/1 $(find "$HOME/schemas" -name '*.json' | wc -l)"
ok "every command has a schema"

run 0 pdh list --json=id,title
get '.activities[0] | keys | join(" ")' "id title"
run 0 pdh list --plain --header
same "$(printf '%s\n' "$out" | head -1 | tr '\t' ' ')" \
	"id done_on from credit credit.unit kind format role topics provider planned duty title note" "columns"
# shellcheck disable=SC2059
printf 'a\tb\nc' >"$HOME/note"
run 0 pdh log 1h "Tabs" --note - --date 2026-01-02 <"$HOME/note"
run 0 pdh list Tabs --plain
same "$(printf '%s' "$out" | cut -f 14)" 'a\tb\nc' "a note in --plain"
same "$(printf '%s\n' "$out" | wc -l)" 1 "lines"
# shellcheck disable=SC1083
run 0 pdh list Tabs --format '{date} {hours}\t{note}|'
same "$out" "2026-01-02 1.0	a b c|" "a template"
ok "columns, templates and picked fields"

pdh list --json | jq -c '.activities[]' >"$HOME/lines"
run 0 pdh log - --allow-similar <"$HOME/lines"
run 0 pdh list --json
get '.activities | length' "$(($(wc -l <"$HOME/lines") * 2))"
get '[.activities[] | del(.id, .counts)] | group_by(.) | map(length) | unique | tostring' '[2]'
ok "activities of an answer are logged again as they were"
