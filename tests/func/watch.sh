#!/bin/sh
# pdh watch: every event once, in order, over kills and restarts.
. tests/support/func.sh

db=$HOME/.local/share/pdh/pdh.db

# The number of the last event. States are judged after the reply, and before the next request is read.
last() {
	pdh list >"$HOME/list"
	sqlite3 "$db" "SELECT seq FROM sqlite_sequence WHERE name = 'event'"
}

# watch_into FILE WORDS...: a watcher ($watcher) whose output goes into the file. That is empty before it begins, or what an
# earlier one wrote there would be taken for its own.
watch_into() {
	file=$1
	shift
	: >"$file"
	pdh watch "$@" >>"$file" 2>"$HOME/watch.errors" &
	watcher=$!
}

# Names of the events after a number, and what they are about.
since() {
	from=$1
	shift
	last=$(last)
	watch_into "$HOME/since" --since-seq "$from" --json "$@"
	wait_for "$HOME/since" "\"seq\":$last,"
	kill $watcher
	wait $watcher 2>/dev/null || true
	out=$(jq -r '.event + " " + (.subject // .credential)' <"$HOME/since" | paste -sd ' ')
}

requests() {
	pdh daemon status --json | jq .requests
}

# Until the daemon has answered one request more than REQUESTS and those that ask here: the watcher has subscribed.
subscribed_since() {
	until set -- $(($1 + 1)) && [ "$(requests)" -gt "$1" ]; do
		kill -0 $watcher 2>/dev/null || fail "the watcher ended"
		sleep 0.02
	done
}

# Until a file has a text in it.
wait_for() {
	until grep -q -- "$2" "$1"; do
		kill -0 $watcher 2>/dev/null || fail "it ended before there was $2: $(tail -3 "$1")"
		sleep 0.02
	done
}

dana
since 0
same "$out" "credential.added tx-lib activity.added #1 credential.state tx-lib credential.added il-pel credential.state il-pel \
credential.added fp credential.state fp" "events of the first minutes"
n=$(last)
run 0 pdh log 1h "Wednesday PLC" --topic literacy --split ethics=0.5h
run 0 pdh edit 2 --topic ethics
run 0 pdh edit 2 --topic ethics
run 0 pdh undo
run 0 pdh rm 2
run 0 pdh undo
since "$n"
same "$out" "activity.added #2 activity.edited #2 activity.edited #2 activity.removed #2 activity.added #2" "of an activity"
ok "each thing that a change touches is one event, and so is taking it back"

n=$(last)
run 0 pdh credential item add fp "Renew prints" --due 2026-04-01
run 0 pdh credential item edit 4 --note x
run 0 pdh credential item rm 4
run 0 pdh credential edit fp --note x
run 0 pdh credential pause tx-lib --from 2026-03-01
run 0 pdh remind ack fp/90d
run 0 pdh remind snooze fp/90d fri
run 0 pdh undo
run 0 pdh undo
since "$n" --event item --event credential.edited --event reminder
same "$out" "item.added item 4 item.edited item 4 item.removed item 4 credential.edited fp credential.edited tx-lib \
reminder.acknowledged fp/90d reminder.snoozed fp/90d reminder.acknowledged fp/90d reminder.restored fp/90d" "of the rest"
n=$(last)
run 0 pdh credential renew tx-lib
run 0 pdh credential rm fp --yes
run 0 pdh undo
since "$n" --event credential.renewed --event credential.added --event credential.removed --event item
has "credential.renewed tx-lib" "credential.removed fp credential.added fp"
ok "credentials, items and reminders have theirs"

n=$(last)
run 0 pdh log 1h "Never" --dry-run
run 3 pdh rm 99
run 0 pdh list
same "$(last)" "$n" "the last event after a dry run"
before=$(requests)
watch_into "$HOME/now" --json
subscribed_since "$before"
run 0 pdh log 1h "Now"
wait_for "$HOME/now" '"event":"activity.added"'
kill $watcher
wait $watcher 2>/dev/null || true
same "$(jq -r .seq <"$HOME/now" | head -1)" $((n + 1)) "the first event from now on"
ok "without a number it begins now, and a dry run is no event"

run 0 pdh watch --since-seq 0 --once
has "Sat 14 Mar 2026" "09:30:00  credential.added" "tx-lib TX School Librarian"
same "$(printf '%s\n' "$out" | wc -l)" 2 "lines of --once"
run 0 pdh watch --since-seq 0 --once --event activity --json
get '.event + .text' "activity.added131.5 h Opening balance for tx-lib"
before=$(requests)
watch_into "$HOME/once" --once --event activity.removed --json
subscribed_since "$before"
run 0 pdh log 1h "Passes by"
run 0 pdh rm 4
wait $watcher || fail "--once ended with $?"
same "$(jq -r .event <"$HOME/once")" activity.removed "what --once waited for"
run 2 pdh watch --event activty
has '"activty"' 'did you mean "activity"?'
run 2 pdh watch --since-seq -1
run 5 pdh watch --since-seq 99999
has "--since-seq has not happened yet: the last event is $(last)"
ok "--event chooses, --once waits for one"

# A day that turns, and a daemon that was not there when it did.
n=$(last)
at 2026-06-01T09:30:00
run 0 pdh list
since "$n"
has "credential.state fp"
n=$(last)
run 0 pdh daemon stop
at 2029-07-02T09:30:00
run 0 pdh watch --since-seq "$n" --once --event credential
has "credential.state" "il-pel late, was"
at 2026-03-14T09:30:00
run 0 pdh list
ok "a credential that changes by the day alone is told"

# Ten thousand, by a watcher that is killed again and again.
run 0 pdh daemon stop
rm -r "$HOME/.local"
run 0 pdh list
for part in 1 2 3 4; do
	seq 2500 | jq -c --arg part "$part" '{credit: "1h", title: "Part \($part) hour \(.)", done_on: "2026-01-02"}' \
		>"$HOME/lines"
	run 0 pdh log - --allow-similar -q <"$HOME/lines"
	[ "$part" -ne 2 ] || run 0 pdh daemon stop
done
$python - >"$HOME/joined" <<'PY' || fail "a watcher that was killed"
import json, subprocess
seen, lines = 0, 1
while seen < 10000:
    watcher = subprocess.Popen(["pdh", "watch", "--since-seq", str(seen), "--json"], stdout=subprocess.PIPE)
    for _ in range(min(lines, 10000 - seen)):
        seen = json.loads(watcher.stdout.readline())["seq"]
        print(seen)
    # What it had written beyond that is lost with it.
    watcher.kill()
    watcher.wait()
    lines = lines * 3 % 1999
PY
seq 10000 | cmp - "$HOME/joined" || fail "events were missed or repeated"
same "$(last)" 10000 "events"
ok "killed and resumed, none of ten thousand is missed or repeated"

# While they come, too.
watch_into "$HOME/part" --since-seq 10000 --json
for i in 1 2 3 4 5 6 7 8 9 10; do
	pdh log 1h "Live $i" -q
done
wait_for "$HOME/part" '"seq":10010,'
kill -9 $watcher
wait $watcher 2>/dev/null || true
same "$(jq -r .seq <"$HOME/part" | paste -sd ' ')" "$(seq -s ' ' 10001 10010)" "events as they came"
ok "what is stored while one watches follows what was there"

# The daemon ends.
watch_into "$HOME/part" --since-seq 10000
wait_for "$HOME/part" "Live 10"
run 0 pdh daemon stop
status=0
wait $watcher || status=$?
out=$(cat "$HOME/watch.errors")
[ "$status" -eq 7 ] || fail "it ended with $status"
has "continue with pdh watch --since-seq 10010"
ok "a daemon that ends is told, with the number to go on with"

# Killed by Ctrl-C, and by a reader that leaves.
run 0 pdh list -q
$python - <<'PY' || fail "Ctrl-C, or a reader that left"
import signal, subprocess
w = subprocess.Popen(["pdh", "watch", "--since-seq", "0"], stdout=subprocess.PIPE, stderr=subprocess.PIPE,
                     preexec_fn=lambda: signal.signal(signal.SIGINT, signal.SIG_DFL))
assert w.stdout.readline()
w.send_signal(signal.SIGINT)
w.stdout.read()
assert w.wait() in (130, -signal.SIGINT), w.returncode
w = subprocess.Popen(["pdh", "watch"], stdout=subprocess.PIPE, stderr=subprocess.PIPE)
w.stdout.close()
assert w.stderr.read() == b""
w.wait()
PY
ok "it ends in silence when it is wanted no more"

# A watcher that does not read is given up by a daemon that goes on, and is told once it reads.
run 0 pdh daemon stop
pdhd --patience 1 2>"$HOME/log" &
export PDH_NO_SPAWN=1
until_true pdh list -q
$python - <<'PY' || fail "a watcher that does not read"
import json, subprocess
w = subprocess.Popen(["pdh", "watch", "--since-seq", "0", "--json"], stdout=subprocess.PIPE, stderr=subprocess.PIPE)
assert json.loads(w.stdout.readline())["seq"] == 1
while True:
    status = subprocess.run(["pdh", "daemon", "status", "--json"], stdout=subprocess.PIPE, check=True)
    if json.loads(status.stdout)["clients"] == 1:
        break
seqs = [json.loads(line)["seq"] for line in w.stdout]
assert seqs == list(range(2, seqs[-1] + 1)) and seqs[-1] < 10010, seqs[-1]
said = json.load(w.stderr)
assert said["code"] == "busy", said
assert said["hint"] == f"continue with pdh watch --since-seq {seqs[-1]}", said
assert w.wait() == 7
PY
grep -q "does not read is given up" "$HOME/log" || fail "the log does not tell"
run 0 pdh list -q
run 0 pdh daemon stop
unset PDH_NO_SPAWN
ok "one that does not read is told, dropped, and goes on by number"

# Events that are gone are not passed over in silence.
sqlite3 "$db" 'DELETE FROM event WHERE seq < 5000'
run 5 pdh watch --since-seq 4000
has "--since-seq is too long ago" "5000" "--since-seq 4999"
run 0 pdh watch --since-seq 4999 --once --json
get .seq 5000
ok "a number from too long ago is refused"
