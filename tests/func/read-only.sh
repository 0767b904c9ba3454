#!/bin/sh
# Where no daemon can run, what is stored can be read all the same, and nothing is said to be stored.
. tests/support/alone.sh
. tests/support/func.sh
dana
database=$HOME/.local/share/pdh/pdh.db
daemons() {
	grep -lsza "^HOME=$HOME$" /proc/[0-9]*/environ 2>/dev/null | while IFS=/ read -r _ _ pid _; do
		[ "$(cat "/proc/$pid/comm" 2>/dev/null)" != pdhd ] || echo "$pid"
	done
}
nobody_left() {
	[ -z "$(daemons)" ]
}
# A file system that cannot be written; without mount namespaces folders that cannot.
lock_home() {
	if [ -n "${PDH_ALONE:-}" ]; then
		mount --bind "$HOME/.local" "$HOME/.local"
		mount -o remount,ro,bind "$HOME/.local"
	else
		chmod -R a-w "$HOME/.local"
	fi
}
unlock_home() {
	if [ -n "${PDH_ALONE:-}" ]; then
		umount "$HOME/.local"
	else
		chmod -R u+w "$HOME/.local"
	fi
}

run 0 pdh log 1h "Before" --date yesterday
run 0 pdh daemon stop
[ ! -e "$database-wal" ] || fail "the log of the database was left"
lock_home
run 0 pdh list --json
has '"schema":"pdh.note/1"' "the daemon could not start" "read from $database"
run 0 sh -c 'pdh list --json 2>/dev/null'
get '.activities | map(.title) | join("|")' "Before|Opening balance for tx-lib"
for command in status "status --short" "explain 2" plan history "rules list" "credential list" "remind list" \
	"remind calendar" ""; do
	# shellcheck disable=SC2086
	run 0 pdh $command
	has "pdh: note: " "nothing can be changed"
done
run 8 pdh status --check
run 3 pdh explain 99
has "#99" "pdh: note: "
run 1 pdh doctor
has "FAIL" "could not start" "is sound"
run 7 pdh list --no-spawn
lacks "note"
ok "a home that is read-only is read"

for command in "log 1h More --date yesterday" "edit 2 --title Other" undo "rm 2" "plan --add 1h --save" \
	"remind ack fp/90d" "credential edit fp --title X"; do
	# shellcheck disable=SC2086
	run 7 pdh $command
	has "could not start" "Read-only" "run: pdhd"
	lacks "note"
done
run 7 pdh log 1h More --date yesterday --json
get '.code' unreachable
run 0 pdh daemon stop
until_true nobody_left
unlock_home
run 0 pdh list --json
get '.activities | length' 2
ok "what would change it fails, and says what to run"

# A daemon that was killed left the last changes in the log.
run 0 pdh log 1h "In the log" --date yesterday
kill -9 "$(pdh daemon status --format '{pid}')"
until_true nobody_left
[ -s "$database-wal" ] || fail "there is no log"
lock_home
run 0 sh -c 'pdh list --json 2>/dev/null'
get '.activities | map(.title) | contains(["In the log"])' true
unlock_home
mv "$database-shm" "$HOME/shm"
lock_home
run 7 pdh list
has "could not start"
lacks "Before"
run 1 pdhd --read-only
has "pdh.db-wal holds changes" "PDH_DATABASE"
unlock_home
run 0 pdh list --json
get '.activities | map(.title) | contains(["In the log"])' true
ok "an old state is never shown"

# The lock cannot be taken.
run 0 pdh daemon stop
mv "$database.lock" "$HOME/lock"
mkdir "$database.lock"
run 0 pdh list
has "In the log" "pdh: note: the daemon could not start: cannot open" "pdh.db.lock"
run 7 pdh log 1h More --date yesterday
has "the daemon could not start: cannot open"
rmdir "$database.lock"
ok "a daemon that cannot start is passed by for reading"

# Where only the log of the daemon cannot be written, it runs without.
until_true nobody_left
mv "$HOME/.local/state" "$HOME/state"
: >"$HOME/.local/state"
run 0 pdh log 1h "Without a log" --date yesterday
lacks "note"
run 0 pdh daemon stop
mkdir "$database.lock.d"
mv "$database" "$HOME/kept.db"
echo "no database" >"$database"
run 7 pdh list
has "the daemon could not start" "is not a database"
rm "$database"
rmdir "$database.lock.d"
mv "$HOME/kept.db" "$database"
rm "$HOME/.local/state"
mv "$HOME/state" "$HOME/.local/state"
run 0 pdh list
has "Without a log"
ok "a log that cannot be written is no reason not to run"

# Nothing is made where nothing was.
run 0 pdh daemon stop
mkdir "$HOME/empty"
run 1 env HOME="$HOME/empty" pdhd --read-only
has "cannot read the database"
[ ! -e "$HOME/empty/.local" ] || fail "something was made"
sqlite3 "$HOME/old.db" "PRAGMA application_id = $(sqlite3 "$database" 'PRAGMA application_id'); PRAGMA user_version = 1;
	CREATE TABLE t (x)"
run 10 env PDH_DATABASE="$HOME/old.db" pdhd --read-only
has "of an older pdh"
ok "reading changes nothing"
