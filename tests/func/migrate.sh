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
ok "what is no database is refused"

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
