#!/bin/bash
# What the surroundings refuse is told by its own sentence, and nobody waits for it: a lock of another program, a limit on
# the size of files, a home that is not there.
. tests/support/func.sh
dana
db=$HOME/.local/share/pdh/pdh.db

# ---- a lock of another program ---------------------------------------------------------------------

hold() {
	mkfifo "$HOME/sql"
	sqlite3 "$db" <"$HOME/sql" >"$HOME/said" &
	exec 9>"$HOME/sql"
	echo "BEGIN IMMEDIATE; SELECT 'held';" >&9
	until_true grep -q held "$HOME/said"
}
release() {
	exec 9>&-
	wait
	rm "$HOME/sql"
}
hold
run 7 pdh log 1h Locked --date yesterday --timeout 2
has "another program holds the database" "try again"
lacks "did not answer"
run 0 pdh status
has "131.5 / 200 h"
# A row of them does not add up to the client's time-out either.
for i in 1 2 3 4 5 6 7 8; do
	pdh log 1h "Locked $i" --date yesterday >"$HOME/row.$i" 2>&1 &
	row+=($!)
done
for i in "${row[@]}"; do wait "$i" || true; done
for i in 1 2 3 4 5 6 7 8; do
	out=$(cat "$HOME/row.$i")
	has "another program holds the database"
	lacks "did not answer"
done
release
run 0 pdh log 1h Free --date yesterday
run 0 pdh list Locked --json
get '.activities | length' 0
ok "a lock of another program is told within the client's time-out, to a row of clients too"

# ---- a limit on the size of files ------------------------------------------------------------------

run 0 pdh daemon stop
size=$(($(stat -c %s "$db") / 1024))
run 0 pdh list --limit 1
run 0 pdh daemon stop
(
	ulimit -f $((size + 40))
	exec pdhd 2>"$HOME/log"
) &
until_true pdh daemon status --no-spawn
big=$(printf 'x%.0s' $(seq 2000))
for i in $(seq 200); do
	echo "{\"credit\":\"1h\",\"title\":\"Line $i\",\"date\":\"2025-05-05\",\"note\":\"$big\"}"
done >"$HOME/lines"
status=0
out=$(pdh log - --timeout 60 <"$HOME/lines" 2>&1) || status=$?
same "$status" 1 "exit status beyond the limit"
has "the limit on the size of files is reached; nothing was stored" "ulimit -f"
run 0 pdh list --limit 1
run 0 pdh list Line --json
get '.activities | length' 0
run 0 pdh log 1h Small --date yesterday
run 0 pdh doctor
has "is sound"
run 0 pdh daemon stop
run 0 pdh log - --timeout 60 <"$HOME/lines"
run 0 pdh list Small --json
get '.activities | length' 1
run 1 sh -c 'ulimit -f 0; pdh list >"$HOME/answer"'
has "the answer cannot be written"
lacks "Input/output"
ok "a limit on the size of files is a sentence and not the end of the program"

# ---- a home that is not there ------------------------------------------------------------------------

run 0 pdh daemon stop
run 1 env HOME=$HOME/gone/home pdhd
has "your home folder $HOME/gone/home does not exist" "set HOME"
run 7 env HOME=$HOME/gone/home pdh status
has "your home folder $HOME/gone/home does not exist"
[ ! -e "$HOME/gone" ] || fail "a home was made"
run 0 env HOME=$HOME/gone/home XDG_DATA_HOME="$HOME/.local/share" XDG_STATE_HOME="$HOME/.local/state" \
	XDG_CONFIG_HOME="$HOME/.config" pdh list Small --json --timeout 20
get '.activities | length' 1
run 0 pdh daemon stop
ok "a home that is not there is told, and not made"
