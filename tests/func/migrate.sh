#!/bin/sh
# Databases that are not what they should be.
. tests/support/func.sh
dana
run 0 pdh daemon stop
db=$HOME/.local/share/pdh/pdh.db
cp "$db" "$HOME/good.db"

sqlite3 "$db" 'PRAGMA user_version = 99'
run 10 pdhd
has "newer" "99"
run 10 pdh status
has "newer"
ok "a newer schema is refused by name"

cp "$HOME/good.db" "$db"
sqlite3 "$db" 'PRAGMA application_id = 7'
run 10 pdh status
has "pdh.db"
rm "$db"
sqlite3 "$db" 'CREATE TABLE other (x)'
run 10 pdh status
same "$(sqlite3 "$db" .tables)" other "tables of a database of another program"
ok "a database of another program is not touched"

head -c 5000 /dev/urandom >"$db"
out=$(pdh status 2>&1) && fail "no error"
has "pdh.db"
ok "what is not a database is refused"

cp "$HOME/good.db" "$db"
dd if=/dev/zero of="$db" bs=4096 seek=3 count=6 conv=notrunc 2>/dev/null
out=$(pdh doctor 2>&1) && fail "doctor finds nothing wrong"
has FAIL
pdh daemon stop >/dev/null
ok "a damaged database is found by doctor"

: >"$db"
run 0 pdh init --no-input --name Dana
run 0 pdh status
has Dana
ok "an empty file is taken as a new database"

run 0 pdh daemon stop
cp "$HOME/good.db" "$db"
chmod 444 "$db"
chmod 555 "$(dirname "$db")"
if [ "$(id -u)" -ne 0 ]; then
	out=$(pdh log 1h x 2>&1) && fail "no error"
	has "pdh.db"
fi
chmod 755 "$(dirname "$db")"
chmod 600 "$db"
run 0 pdh status
has "131.5 / 200 h"
ok "a good one is read as it was"

# As the schema before 3 kept it: one value for each fact, and a change that stored it.
run 0 pdh daemon stop
rm -f "$db" "$db"-*
{
	cat schema/0001_init.sql schema/0002_asked_by_rules.sql
	cat <<'SQL'
PRAGMA application_id = 1346652209;
PRAGMA user_version = 2;
INSERT INTO rule_set (id, pack, version, body) VALUES (1, 'us-ny-ctle', 'old',
'pack: us-ny-ctle
version: old
title: NY Registration (CTLE)
facts:
  birth month: {type: month, ask: In which month were you born?}
');
INSERT INTO credential (id, alias, title) VALUES (1, 'ny', 'NY Registration (CTLE)');
INSERT INTO cycle (credential_id, rule_set_id, begins, ends) VALUES (1, 1, '2021-07-01', '2026-06-30');
INSERT INTO credential_fact VALUES (1, 'birth month', '7');
INSERT INTO item (credential_id, title, kind) VALUES (1, 'Fee', 'fee');
INSERT INTO change (id, at, who, method, what, changeset) VALUES
(1, 0, 'dana', 'credential.edit', 'credential edit ny facts',
 X'540301020063726564656E7469616C5F66616374001200010000000000000001030B6269727468206D6F6E7468030137'),
(2, 0, 'dana', 'item.add', 'item add Fee of ny',
 X'540801000000000000006974656D0012000100000000000000010100000000000000010303466565030366656505050505');
SQL
} | sed "s/1346652209/$(sqlite3 "$HOME/good.db" 'PRAGMA application_id')/" | sqlite3 "$db"
run 0 pdh credential show ny --json
get '.credentials[0].facts[0] | "\(.name)=\(.value) from \(.from)"' "birth month=7 from null"
get '.credentials[0].items[0].title' Fee
run 5 pdh undo 1
has "change 1 was stored by an older pdh"
run 0 pdh credential show ny --json
get '.credentials[0].facts[0].value' 7
run 0 pdh undo 2
run 0 pdh credential show ny --json
get '.credentials[0].items | length' 0
ok "an older database keeps its facts, and its history as far as it still fits"
