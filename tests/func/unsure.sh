#!/bin/bash
# A write whose answer does not come is told as what it is, and done once however often it is asked for.
. tests/support/func.sh
dana
pid() { pdh daemon status --format '{pid}'; }
count() { pdh list "$1" --json | jq '.activities | length'; }
# The daemon hangs while COMMAND runs, and has come back afterward.
hung() {
	stopped=$(pid)
	kill -STOP "$stopped"
	status=0
	out=$("$@" 2>&1) || status=$?
	kill -CONT "$stopped"
	until_true pdh daemon status
}

hung pdh log 1h Slow --date yesterday --timeout 0.5
same "$status" 7 "exit status of a time-out"
has "did not answer within 0.5 s" "it may be stored" "pdh history" "is not done twice"
lacks "wait longer"
run 0 pdh log 1h Slow --date yesterday
has "done only once" "Slow"
same "$(count Slow)" 1 "a log that timed out and was typed again"
run 6 pdh log 1h Slow --date yesterday
run 0 pdh log 1h Slow --date yesterday --allow-similar
same "$(count Slow)" 2 "a third time it is another"
hung pdh log 1h Quick --date yesterday --timeout 0.1
has "it may be stored"
run 0 pdh log 1h Quick --date yesterday
same "$(count Quick)" 1 "a shorter time-out"
ok "a log that timed out is told so, and typed again it is stored once"

run 0 pdh log 1h First --date yesterday
run 0 pdh log 1h Second --date yesterday
hung pdh undo --timeout 0.5
same "$status" 7 "exit status of an undo that timed out"
has "may be stored"
run 0 pdh undo --json
get .what "$(pdh history --json | jq -r '[.changes[] | select(.what | contains("Second")) | select(.method == "activity.add")][0].what')"
same "$(count First)$(count Second)" 10 "undo, typed again"
run 0 pdh undo
same "$(count First)$(count Second)" 00 "undo, a third time"
ok "undo that timed out takes back one"

# What did not time out is done as often as it is asked for, and what is ten minutes old is another.
run 0 pdh log 1h Twice --date yesterday
run 0 pdh log 1h Twice --date yesterday --allow-similar
same "$(count Twice)" 2 "two commands"
hung pdh log 1h Old --date yesterday --timeout 0.5
at 2026-03-14T09:45:00
run 6 pdh log 1h Old --date yesterday
same "$(count Old)" 1 "after ten minutes it is another, and looks like a duplicate"
hung pdh log 1h Other --date yesterday --timeout 0.5
[ "$(ls "$HOME/.local/state/pdh/unsure" | wc -l)" = 1 ] || fail "what is too old is kept"
run 0 pdh list Other --json
get '.activities | length' 1
ok "identities are forgotten in time"

# A read that timed out has nothing to be unsure about; nor has a dry run.
hung pdh list --timeout 0.5
lacks "may be"
has "did not answer within 0.5 s" "as it stands"
hung pdh log 1h Dry --date yesterday --dry-run --timeout 0.5
lacks "may be"
has "wait longer"
ok "reads and dry runs say what they said"

# Killed after the commit and before the answer: the client asks again by itself, and the daemon knows.
for i in 1 2 3 4 5 6 7 8 9 10; do
	pdh log 1h "Cut $i" --date yesterday >"$HOME/said" 2>&1 &
	writer=$!
	kill -9 "$(pid)" 2>/dev/null || true
	status=0
	wait $writer || status=$?
	[ "$status" = 0 ] || fail "exit status $status: $(cat "$HOME/said")"
	run 6 pdh log 1h "Cut $i" --date yesterday
	same "$(count "Cut $i")" 1 "a write that was cut off, and the same again"
done
ok "a write that was cut off is done once"

# By hand, over a restart, and for answers that are too large to keep.
cat >"$HOME/ask.py" <<'PY'
import json, os, socket, sys
import msgpack
s = socket.socket(socket.AF_UNIX)
s.connect(os.environ["XDG_RUNTIME_DIR"] + "/pdh/sock")
s.sendall(msgpack.packb([0, 1, sys.argv[1], [json.loads(sys.argv[2])]]))
u = msgpack.Unpacker()
while True:
    data = s.recv(1 << 20)
    if not data:
        sys.exit("closed")
    u.feed(data)
    for answer in u:
        print(json.dumps({"error": answer[2], "result": answer[3]}))
        sys.exit()
PY
ask() { out=$($python "$HOME/ask.py" "$@"); }
request='{"title": "By hand", "credit": "1h", "done_on": "2026-03-01", "once": "by-hand-0123456789"}'
ask activity.add "$request"
first=$out
run 0 pdh daemon stop
run 0 pdh status
ask activity.add "$request"
same "$out" "$first" "the second answer"
same "$(count 'By hand')" 1 "by hand"
ask activity.add '{"title": "Else", "credit": "1h", "once": "by-hand-0123456789"}'
get .error.field once
has "identity of another request"
ask activity.add '{"title": "Else", "credit": "1h", "once": "short"}'
has "16 to 64"
run 0 pdh daemon stop
ok "the identity is part of the request, and kept over a restart"
