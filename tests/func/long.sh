#!/bin/sh
# A long write: others read what was, and write afterward; it is whole or not at all, whatever becomes of the daemon.
# PDH_ROWS=20000 for what people have at most.
. tests/support/func.sh
socket=$XDG_RUNTIME_DIR/pdh/sock
db=$HOME/.local/share/pdh/pdh.db
rows=${PDH_ROWS:-4000} # 1,000 of them are removed

beside() {
	want=$1
	shift
	run "$want" $python tests/support/long.py "$socket" "$@"
}

count() {
	run 0 pdh list --json --limit 1
	get '[.totals[].entries] | add // 0' "$1"
}

whole() {
	same "$(sqlite3 "$db" "PRAGMA integrity_check")" ok "the database"
}

run 0 pdh init --no-input --name "Dana Reyes" --credential us-tx-school-librarian --as tx-lib --expires 2027-08-31
awk -v n="$rows" 'BEGIN {
	print "Date,Title,Hours,Provider"
	for (i = 0; i < n; i++)
		printf "%04d-%02d-%02d,Course number %d,%d.5,Provider %d\n", 2019 + i % 7, 1 + int(i / 7) % 12,
			1 + int(i / 84) % 28, i, 1 + i % 3, i % 17
}' >"$HOME/in.csv"

beside 0 0 "$rows" read pdh import "$HOME/in.csv" --no-input --json
get .created "$rows"
pdh export >"$HOME/before.json"
ok "others read while an import of $rows rows is stored"

beside 0 "$rows" 0 read pdh undo --json
get .dry_run false
beside 0 0 "$rows" hup pdh redo --json
pdh export >"$HOME/after.json"
cmp "$HOME/before.json" "$HOME/after.json" || fail "redo does not bring back what undo took"
ok "and while it is undone and redone, within the usual patience"

beside 0 "$rows" 0 hurry pdh undo --json
beside 0 0 "$rows" read pdh redo --json
beside 0 "$rows" 0 log pdh undo --json
run 0 pdh history --json --limit 2
get '[.changes[].method] | join(" ")' "activity.add change.undo"
undone=$(printf '%s' "$out" | jq .changes[1].op)
run 0 pdh undo
beside 0 0 "$rows" read pdh undo "$undone" --json
ok "whoever writes meanwhile comes afterward, or is told"

ids=$(sqlite3 "$db" "SELECT id FROM activity ORDER BY id LIMIT 1000")
# shellcheck disable=SC2086
beside 0 "$rows" $((rows - 1000)) read pdh rm $ids -q
run 0 pdh undo
count "$rows"
ok "so it is with the removal of a thousand"

beside 7 "$rows" 0 kill pdh --no-spawn undo
has "may be stored"
count "$rows"
whole
beside 7 "$rows" 0 stop pdh undo
has "nothing was stored"
count "$rows"
whole
pdh export >"$HOME/after.json"
cmp "$HOME/before.json" "$HOME/after.json" || fail "something is left of what was cut off"
ok "cut off by a kill, and by the end of the daemon, nothing is half done"

run 0 pdh undo
count 0
run 0 pdh daemon stop
rm -r "$HOME/.local/share/pdh"
run 0 pdh status
beside 0 0 "$rows" read pdh import "$HOME/before.json" --no-input -q
pdh export >"$HOME/after.json"
cmp "$HOME/before.json" "$HOME/after.json" || fail "what is loaded is not what was exported"
ok "and a whole record is loaded beside those who read"
