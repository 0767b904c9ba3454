#!/bin/bash
# The database's file moved, removed, replaced and restored, under a daemon that runs, was stopped, or was killed: nothing is
# told as stored that is not there, nothing is answered from a file that nobody finds, and what was written to the one
# before is not played into a copy.
. tests/support/func.sh
dana
data=$HOME/.local/share/pdh
db=$data/pdh.db
pid() { pdh daemon status --format '{pid}'; }
stop() { run 0 pdh daemon stop; }
killed() {
	kill -9 "$(pid)"
	until_true test ! -e "/proc/$1"
}
kill_it() { killed "$(pid)"; }
titles() { pdh list --format '{title}' | grep -v Opening | sort | tr '\n' ' '; }
# What a plain copy of the file alone has.
plain() {
	cp "$db" "$HOME/plain.db"
	sqlite3 "$HOME/plain.db" "SELECT group_concat(title, ' ') FROM (SELECT title FROM activity WHERE title LIKE '$1' ORDER BY title)"
}

# The copy that everything is restored from: clean, before anything else.
run 0 pdh log 1h Before --date yesterday
stop
cp "$db" "$HOME/copy.db"

# ---- moved, removed -------------------------------------------------------------------------------

run 0 pdh log 1h Kept --date yesterday
mv "$db" "$data/elsewhere.db"
run 1 pdh log 1h Ghost --date yesterday
has "was moved to $data/elsewhere.db while pdhd was running" "nothing can be read or stored" "move it back"
run 1 pdh list
has "was moved"
run 1 pdh status
run 0 pdh daemon status
status=0
out=$(pdh doctor 2>&1) || status=$?
[ "$status" = 1 ] || fail "doctor finds nothing wrong"
has FAIL "elsewhere.db" "1 problem"
# What was moved is whole, though the log stayed behind.
cp "$data/elsewhere.db" "$HOME/moved.db"
same "$(sqlite3 "$HOME/moved.db" "SELECT count(*) FROM activity WHERE title = 'Kept'")" 1 "what was moved"
mv "$data/elsewhere.db" "$db"
run 0 pdh log 1h "Again" --date yesterday
run 0 pdh list Kept --json
get '.activities | length' 1
run 0 pdh list Ghost --json
get '.activities | length' 0
ok "a database that was moved is not answered from, and comes back"

mv "$data" "$HOME/folder"
run 1 pdh log 1h Ghost --date yesterday
has "was moved to $HOME/folder/pdh.db"
mv "$HOME/folder" "$data"
run 0 pdh list Again --json
get '.activities | length' 1
ok "with its folder too"

rm "$db"
run 1 pdh log 1h Ghost --date yesterday
has "was removed while pdhd was running" "nothing can be read or stored" "cp /proc/"
run 1 pdh list
sh -c "$(printf '%s' "$out" | sed -n "s/.*\(cp \/proc[^']*'[^']*'\).*/\1/p")"
run 0 pdh list --json
get '[.activities[].title | select(. == "Ghost")] | length' 0
get '[.activities[].title | select(. == "Kept" or . == "Again" or . == "Before")] | length' 3
run 0 pdh log 1h "After" --date yesterday
kill_it
run 0 pdh list After --json
get '.activities | length' 1
ok "one that was removed is brought back as the sentence says"

rm "$db"
run 1 pdh status
stop
run 0 pdh status
[ -z "$(ls "$data" | grep -- '-wal.old')" ] || fail "a log was left"
stop
ok "after a stop a removed one begins anew"

# ---- restored, while it runs -----------------------------------------------------------------------

restore() { cp "$HOME/copy.db" "$db"; }
fresh() {
	rm -f "$data"/pdh.db*
	restore
	run 0 pdh log 1h Later --date yesterday
	same "$(titles)" "Before Later " "before the restoring"
}
check_copy() {
	same "$(titles)" "Before " "$1"
	run 0 pdh log 2h New --date yesterday
	kill_it
	same "$(titles)" "Before New " "$1, and after a kill"
	run 0 pdh doctor
	has "is sound"
	stop
	same "$(sqlite3 "$db" 'PRAGMA integrity_check')" ok "$1"
}

fresh
cp "$HOME/copy.db" "$db"
check_copy "a copy over a running daemon"
fresh
cp "$HOME/copy.db" "$HOME/new.db"
mv "$HOME/new.db" "$db"
check_copy "a copy renamed over a running daemon's"
fresh
mv "$db" "$HOME/old.db"
cp "$HOME/copy.db" "$db"
check_copy "a copy in the place of one that was moved away"
same "$(sqlite3 "$HOME/old.db" "SELECT count(*) FROM activity WHERE title = 'Later'")" 1 "the one moved away"
ok "a copy that is put in place under a running daemon is used as it is"

fresh
: >"$db"
run 1 pdh list
has "was emptied"
head -c 9000 /dev/urandom >"$db"
run 1 pdh log 1h Ghost
has "is not a database"
head -c 20000 "$HOME/copy.db" >"$db"
run 1 pdh list
restore
check_copy "a copy that arrives in pieces"
ok "half a copy is refused until it is whole"

# ---- restored, after a stop or a kill ----------------------------------------------------------------

fresh
stop
restore
check_copy "a copy after a stop"
for how in "cp" "cp -p" "mv"; do
	fresh
	kill_it
	cp -p "$HOME/copy.db" "$HOME/new.db"
	$how "$HOME/new.db" "$db"
	same "$(titles)" "Before " "after a kill, $how"
	[ -n "$(ls "$data" | grep -- '-wal.old')" ] || fail "the log was not kept"
	check_copy "a copy after a kill, $how"
done
# Two generations later, and made while the daemon ran.
fresh
sqlite3 "$db" ".backup '$HOME/backup.db'"
run 0 pdh log 1h Later2 --date yesterday
stop
run 0 pdh log 1h Later3 --date yesterday
kill_it
cp "$HOME/backup.db" "$db"
same "$(titles)" "Before Later " "a backup of a running daemon"
stop
# The compact copy of another form, as the one that a migration keeps.
fresh
sqlite3 "$HOME/copy.db" "VACUUM INTO '$HOME/compact.db'"
kill_it
cp "$HOME/compact.db" "$db"
check_copy "a compact copy after a kill"
# An older schema, with the log of a newer one beside it.
fresh
kill_it
older=$HOME/older.db
cat schema/000[1-8]_*.sql | sqlite3 "$older"
columns=$(sqlite3 "$older" "SELECT group_concat(name) FROM pragma_table_info('activity')")
sqlite3 "$older" "ATTACH '$HOME/copy.db' AS copy; INSERT INTO activity ($columns) SELECT $columns FROM copy.activity;
	PRAGMA user_version = 8; PRAGMA application_id = $(sqlite3 "$HOME/copy.db" 'PRAGMA application_id')"
cp "$older" "$db"
check_copy "a copy of an older schema"
ok "a copy after a stop or a kill is used as it is"

# ---- nothing restored ------------------------------------------------------------------------------

fresh
kill_it
same "$(titles)" "Before Later " "after a kill"
for i in 1 2 3; do
	run 0 pdh log 1h "More$i" --date yesterday
	kill_it
done
same "$(titles)" "Before Later More1 More2 More3 " "after more kills"
run 0 pdh log 1h Last --date yesterday
kill_it
cp -a "$data" "$HOME/computer"
mv "$data" "$HOME/before"
mv "$HOME/computer" "$data"
same "$(titles)" "Before Last Later More1 More2 More3 " "in a home that moved"
chmod 600 "$db"
run 0 pdh log 1h Last2 --date yesterday
chmod 640 "$db"
run 0 pdh list Last2 --json
get '.activities | length' 1
run 0 pdh log 1h Last3 --date yesterday
kill_it
run 0 pdh list Last --json
get '.activities | length' 3
[ -z "$(ls "$data" | grep -- '-wal.old')" ] || fail "a log was put aside"
ok "what was logged survives a kill, a move of the home and another mode"

rm "$db-wal"
run 0 pdh log 1h Unlogged --date yesterday
rm "$db-wal" "$db-shm"
run 0 pdh log 1h Unlogged2 --date yesterday
kill_it
run 0 pdh list Unlogged --json
get '.activities | length' 2
run 0 pdh doctor
has "is sound"
ok "a log that is removed takes nothing with it"

# Another program writes and folds beside it.
sqlite3 "$db" "UPDATE activity SET title = 'Outside' WHERE title = 'Last2'; PRAGMA wal_checkpoint" >/dev/null
run 0 pdh list --format '{title}'
has Outside
run 0 pdh log 1h Beside --date yesterday
sqlite3 "$db" "PRAGMA wal_checkpoint" >/dev/null
kill_it
run 0 pdh list Beside --json
get '.activities | length' 1
[ -z "$(ls "$data" | grep -- '-wal.old')" ] || fail "a log was put aside"
ok "another program that writes with SQLite is no stranger"

# ---- a plain copy ------------------------------------------------------------------------------------

stop
pdhd --fold 1 2>"$HOME/log" &
until_true pdh daemon status --no-spawn
run 0 pdh log 1h Folded --date yesterday
folded() { [ "$(plain Folded)" = Folded ]; }
until_true folded
same "$(stat -c %s "$db-wal")" 0 "the log's size once it is folded"
run 0 pdh log 1h Folded2 --date yesterday
folded() { [ "$(plain 'Folded%')" = "Folded Folded2" ]; }
until_true folded
ok "soon after a change a plain copy of the file has it"

# ---- a file that was put in place brings nothing that runs
stop
cp "$db" "$HOME/clean.db"
for evil in 'CREATE TRIGGER evil AFTER INSERT ON activity BEGIN DELETE FROM person; END' \
	'DROP TRIGGER activity_uid; CREATE TRIGGER activity_uid AFTER INSERT ON activity BEGIN DELETE FROM person; END'; do
	cp "$HOME/clean.db" "$db"
	sqlite3 "$db" "$evil"
	run 10 pdh log 1h "Run" --date yesterday
	has 'has the trigger' 'which is not of pdh' 'pdh restore'
	run 10 pdh list
	same "$(sqlite3 "$db" 'SELECT count(*) FROM person')" 1 "the person"
done
cp "$HOME/clean.db" "$db"
sqlite3 "$db" 'CREATE VIEW theirs AS SELECT title FROM activity; CREATE TABLE also_theirs (x)'
run 0 pdh log 1h "Harmless" --date yesterday
run 0 pdh undo
stop
cp "$HOME/clean.db" "$db"
ok "a database with a foreign trigger is not opened"
