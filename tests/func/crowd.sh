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
seq 1000 | jq -c '{credit: "1h", title: "Workshop on matter \(.)", done_on: "2026-01-02"}' >"$HOME/lines"
run 0 pdh log - --allow-similar -q <"$HOME/lines"

# A daemon that is held: the batch waits on, longer than what is asked after it.
pid=$(pdh daemon status --json | jq .pid)
kill -STOP "$pid"
echo '{"credit": "1h", "title": "One of many", "done_on": "2026-01-02"}' | pdh log - -q &
batch=$!
status=0
out=$(pdh list -q 2>&1) || status=$?
kill -CONT "$pid"
[ "$status" -eq 0 ] || fail "no list was had beside a daemon that is held"
has "did not answer within 2.0 s"
wait $batch || fail "a batch does not wait longer than a list"
ok "what may be thousands is waited for"

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
until_true pdh list -q
crowd tell
ok "requests are heard while fifty are told thousands of events"

# By hand, with its log where it can be read.
export PDH_NO_SPAWN=1
by_hand() {
	"$@" 2>"$HOME/log" &
	until_true pdh daemon status
	socket=$(pdh daemon status --json | jq -r .socket)
}
by_hand pdhd --patience 1
crowd drip
run 0 pdh daemon stop
ok "half a request is not kept for ever, however it drips"

lines() {
	grep -c "could not be let in" "$HOME/log"
}
# A test clock is a file, too; so here the day is today's, and the record another.
export PDH_DATABASE="$HOME/today.db"
by_hand env -u PDH_TEST_CLOCK pdhd
crowd no_room
same "$(lines)" 1 "lines in the log about $out clients that were turned away"
run 0 pdh daemon stop
by_hand env -u PDH_TEST_CLOCK pdhd
crowd no_spare
same "$(lines)" 1 "lines in the log about one that had to wait"
run 0 pdh daemon stop
unset PDH_DATABASE
by_hand sh -c 'ulimit -S -n 64; exec pdhd --max-connections 150'
crowd places
run 0 pdh daemon stop
by_hand sh -c 'ulimit -n 64; exec pdhd --max-connections 150'
grep -q "32 clients are served at once, not 150" "$HOME/log" || fail "the log does not tell"
run 0 pdh daemon stop
unset PDH_NO_SPAWN
ok "where files run out, who comes is turned away and who is there is served"

# Twelve reminders in one minute, through a program that does not end until it may.
rm -r "$HOME/.local"
dana
run 0 pdh remind channel desktop --off
mkdir -p "$HOME/bin" "$HOME/begun"
cat >"$HOME/bin/hold" <<'S'
#!/bin/sh
echo "$PDH_TITLE" >>"$HOME/titles"
: >"$HOME/begun/$$"
until [ -e "$HOME/gate" ]; do sleep 0.02; done
S
cat >"$HOME/bin/sendmail" <<'S'
#!/bin/sh
cat >"$HOME/mail"
S
chmod +x "$HOME/bin/hold" "$HOME/bin/sendmail"
run 0 pdh remind channel command --program "$HOME/bin/hold"
run 0 pdh remind channel mail --to dana@example.org --program "$HOME/bin/sendmail"
run 0 pdh remind policy --by command
run 0 pdh remind policy tx-lib --by mail
for i in 01 02 03 04 05 06 07 08 09 10 11 12; do
	run 0 pdh credential item add fp "Paper $i" --due 2026-05-30
done
run 0 pdh credential item add tx-lib "Letter" --due 2026-05-30
at 2026-03-31T08:00:00
run 0 pdh list -q
begun() {
	test "$(ls "$HOME/begun" | wc -l)" -ge "$1"
}
until_true begun 3
until_true test -s "$HOME/mail"
run 0 pdh daemon status --json
running=$(pgrep -c -P "$(printf '%s' "$out" | jq .pid)")
[ "$running" -le 4 ] || fail "$running programs run at once"
: >"$HOME/gate"
run 0 pdh remind run
run 0 pdh remind log --limit 100 --json
get '[.entries[] | select(.channel == "command" and .outcome == "sent")] | length' 13
get '[.entries[] | select(.channel == "mail" and .outcome == "sent")] | length' 1
sort "$HOME/titles" | uniq -d >"$HOME/twice"
[ ! -s "$HOME/twice" ] || fail "told twice"
ok "a few programs run at once, and one that hangs holds no other channel"
