#!/bin/sh
# Others on the machine: nobody else's daemon is spoken with, and what a daemon sends commands no terminal.
. tests/support/alone.sh
. tests/support/func.sh
dana
pdh daemon stop >/dev/null
fallback=/tmp/pdh-$(id -u)
database=$HOME/.local/share/pdh/pdh.db
cron() {
	env -i HOME="$HOME" PATH="$PATH" PDH_TEST_CLOCK="$clock" "$@"
}

# Listens, keeps what it gets, and answers every request with what would show on a terminal.
cat >"$HOME/listener.py" <<'P'
import os, socket, sys
import msgpack
path = sys.argv[1]
evil = "\x1b]0;owned\x07\x1b[31mred\x7f\u009b2J\u202eright\u200bnone\u2066x"
s = socket.socket(socket.AF_UNIX)
try:
    os.unlink(path)
except OSError:
    pass
s.bind(path)
os.chmod(path, 0o777)
s.listen(16)
print("ready", flush=True)
def answer(method, i):
    if method == "activity.list":
        return [1, i, None, {"activities": [{"id": 1, "title": evil, "topics": [evil], "note": evil}], "next": None, evil: evil}]
    if method == "status.get":
        return [1, i, None, {"person": evil, "prompt": evil, "as_of": "2026-03-14", "credentials": [{"alias": evil, "title": evil, "state": evil}], "notices": [evil]}]
    if method == "calendar.get":
        return [1, i, None, {"text": "BEGIN\r\n" + evil + "\r\n"}]
    return [1, i, {"code": 0, "message": evil, "field": evil, "hint": evil}, None]
while True:
    c, _ = s.accept()
    u = msgpack.Unpacker()
    while True:
        data = c.recv(65536)
        if not data:
            break
        print("got", data, flush=True)
        u.feed(data)
        for m in u:
            c.sendall(msgpack.packb(answer(m[2], m[1])))
    c.close()
P
# listener UID PATH: as that user, where one can be another.
listener() {
	: >"$HOME/heard"
	setpriv --reuid "$1" --clear-groups "$python" - "$2" <"$HOME/listener.py" >"$HOME/heard" 2>&1 &
	listener=$!
	until_true grep -q ready "$HOME/heard"
}
end_listener() {
	kill "$listener"
	wait "$listener" 2>/dev/null || true
}
unheard() {
	! grep -q got "$HOME/heard" || fail "the other user got something: $(cat "$HOME/heard")"
}

# ---- another user -------------------------------------------------------------------------------

if [ "$(id -u)" -eq 0 ] && [ -n "${PDH_ALONE:-}" ]; then
	umount /run/user
	chown 65534 "$fallback"
	listener 65534 "$fallback/sock"
	for command in list "log 1h Secret --number" "daemon status" "daemon stop" "credential list"; do
		# shellcheck disable=SC2086
		run 7 cron pdh ${command% --number}
		has "$fallback belongs to another user" "XDG_RUNTIME_DIR"
		lacks "note"
	done
	run 0 cron pdh prompt
	unheard
	run 1 cron pdhd
	ok "a folder of another user is refused"

	chown 0 "$fallback"
	chmod 777 "$fallback"
	run 7 cron pdh list
	has "may be entered by others"
	unheard
	chmod 700 "$fallback"
	run 7 cron pdh log 1h Secret
	has "another user listens at $fallback/sock" "nothing was sent"
	run 7 cron pdh --json list
	get '.code' unreachable
	unheard
	ok "a socket of another user is refused"
	end_listener

	mkdir -m 777 "$HOME/shared"
	chmod 711 "$HOME"
	listener 65534 "$HOME/shared/sock"
	run 7 pdh --socket "$HOME/shared/sock" list
	has "another user listens at"
	run 7 env PDH_SOCKET="$HOME/shared/sock" pdh log 1h Secret
	unheard
	ok "so is one that is named"

	# The lock names a socket of long ago, where another sits by now.
	printf '1\nsince 1\nby pdh\nsocket %s\nend\n' "$HOME/shared/sock" >"$database.lock"
	run 0 pdh list
	unheard
	run 0 pdh daemon stop
	end_listener
	ok "what a stale lock names is passed by"

	# What others put beside the socket is not printed, and not waited for.
	printf '1\nsince 1\nby pdh\nsocket %s\nend\n' "$HOME/shared/sock" >"$database.lock"
	echo "2026-03-14 \033[31mPD:9!" >"$HOME/shared/line"
	chown 65534 "$HOME/shared/line"
	run 0 pdh prompt
	lacks "9"
	rm "$HOME/shared/line"
	mkfifo "$HOME/shared/line"
	run 0 timeout 20 pdh prompt
	ln -sf "$clock" "$HOME/shared/line"
	run 0 pdh prompt
	chmod 700 "$HOME"
	ok "the line for prompts is one's own"
else
	echo "skipped: not root in a namespace of its own, and nobody else can listen"
fi

# ---- a daemon that is not to be trusted -----------------------------------------------------------

: >"$HOME/heard"
"$python" "$HOME/listener.py" "$HOME/evil" >"$HOME/heard" 2>&1 &
listener=$!
until_true grep -q ready "$HOME/heard"
PDH_SOCKET=$HOME/evil
export PDH_SOCKET
harmless() {
	# Nothing but printing characters and newlines, and none of those that turn or are not seen.
	if printf '%s' "$out" | LC_ALL=C tr -d '\n\t\40-\176\200-\377' | grep -q .; then
		fail "a control character"
	fi
	for bytes in '\302\233' '\342\200\256' '\342\200\213' '\342\201\246' '\177'; do
		! printf '%s' "$out" | LC_ALL=C grep -qF "$(printf "$bytes")" || fail "$bytes"
	done
}
for form in "" --plain --json "--format {title}" "--format {topics}"; do
	for command in list status "status --short" "credential list" prompt history; do
		case $command$form in
		"status --format "* | "credential list--format "* | "prompt--format "* | "history--format "* | status*"--format {topics}") continue ;;
		esac
		status=0
		# shellcheck disable=SC2086
		out=$(pdh $command $form 2>&1) || status=$?
		[ "$status" -lt 128 ] || fail "pdh $command $form"
		harmless
	done
done
for bar in @waybar @i3blocks @tmux @starship; do
	run 0 pdh status --format $bar
	harmless
done
run 0 pdh list --json
has '\u001B]0;owned\u0007' '\u202Eright\u200Bnone\u2066'
run 0 pdh list --plain
has '\u001b]0;owned\u0007\u001b[31mred\u007f\u009b2J\u202eright\u200bnone\u2066x'
run 0 pdh list --format '{title}.'
same "$out" " ]0;owned  [31mred  2J rightnone x." "a title"
run 1 pdh history
has "pdh: "
run 0 sh -c 'pdh remind calendar | LC_ALL=C tr -d "\r"'
! printf '%s' "$out" | LC_ALL=C grep -q "$(printf '\033')" || fail "an escape in the calendar"
run 0 script -qec "pdh remind calendar; pdh list; pdh list --plain; pdh history; true" /dev/null
! printf '%s' "$out" | LC_ALL=C tr -d '\r' | grep -qF "$(printf '\033]0')" || fail "a terminal was commanded"
end_listener
unset PDH_SOCKET
ok "what a daemon sends commands no terminal"
