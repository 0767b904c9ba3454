#!/bin/sh
# Many at once: nobody waits for all that others want.
. tests/support/func.sh
socket=$XDG_RUNTIME_DIR/pdh/sock
db=$HOME/.local/share/pdh/pdh.db

crowd() {
	run 0 $python tests/support/crowd.py "$1" "$socket"
}

# Enough that a search takes a while.
dana
seq 3000 | jq -c '{credit: "1h", title: "Workshop on matter \(.)", done_on: "2026-01-02"}' >"$HOME/lines"
run 0 pdh log - --allow-similar -q <"$HOME/lines"
crowd fair
ok "one request is answered before the two hundredth of another client"
crowd crowd
ok "and beside many that ask for a lot"
crowd term
until_true pdh status
ok "SIGTERM is heard in the midst of work"

run 0 pdh daemon stop
sqlite3 "$db" "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 5000)
	INSERT INTO event (at, event, text) SELECT 1700000000, 'activity.added', 'Workshop on matter ' || i FROM n"
run 0 pdh list
crowd tell
ok "requests are heard while fifty are told thousands of events"

# By hand, with its log where it can be read.
export PDH_NO_SPAWN=1
by_hand() {
	"$@" 2>"$HOME/log" &
	until_true pdh daemon status
}
by_hand pdhd --patience 1
crowd drip
run 0 pdh daemon stop
ok "half a request is not kept for ever, however it drips"

lines() {
	grep -c "could not be let in" "$HOME/log"
}
# A test clock is a file, too.
by_hand env -u PDH_TEST_CLOCK pdhd
crowd no_room
same "$(lines)" 1 "lines in the log about $out clients that were turned away"
run 0 pdh daemon stop
by_hand env -u PDH_TEST_CLOCK pdhd
crowd no_spare
same "$(lines)" 1 "lines in the log about one that had to wait"
run 0 pdh daemon stop
by_hand sh -c 'ulimit -S -n 64; exec pdhd --max-connections 150'
crowd places
run 0 pdh daemon stop
by_hand sh -c 'ulimit -n 64; exec pdhd --max-connections 150'
grep -q "32 clients are served at once, not 150" "$HOME/log" || fail "the log does not tell"
run 0 pdh daemon stop
unset PDH_NO_SPAWN
ok "where files run out, who comes is turned away and who is there is served"
