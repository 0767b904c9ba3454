#!/bin/sh
# Another user's process is not served, whatever the permissions of the socket; and what a daemon runs ends with it.
. tests/support/func.sh

unset DBUS_SESSION_BUS_ADDRESS
dana
mkdir -p "$HOME/bin"
cat >"$HOME/bin/hold" <<'S'
#!/bin/sh
sleep 1000 &
echo "$$ $!" >"$HOME/holds.new"
mv "$HOME/holds.new" "$HOME/holds"
wait
S
chmod +x "$HOME/bin/hold"
run 0 pdh remind channel command --program "$HOME/bin/hold"
run 0 pdh remind policy --by command
at 2026-03-31T08:00:00
run 0 pdh list -q
until_true test -s "$HOME/holds"
read -r program started <"$HOME/holds"
daemon=$(pdh daemon status --json | jq .pid)
run 0 pdh daemon stop
# A process that has ended may not be waited for yet.
gone() {
	for pid; do
		case $(sed 's/.*) //' "/proc/$pid/stat" 2>/dev/null) in
		"" | Z* | X*) ;;
		*) return 1 ;;
		esac
	done
}
until_true gone "$daemon" "$program" "$started"
run 0 pdh remind log --json
get '.entries[-1].outcome' interrupted
has "sent again"
ok "a program that carries a reminder ends with the daemon, and the reminder is sent again"

# Only root can be two users.
[ "$(id -u)" -eq 0 ] || exit 0
run 0 pdh daemon stop
nobody=65534
mkdir -m 755 "$HOME/theirs"
chown $nobody "$HOME/theirs"
chmod 711 "$HOME"
at 2026-03-14T09:30:00
chmod 644 "$clock"
setpriv --reuid=$nobody --regid=$nobody --clear-groups env HOME="$HOME/theirs" XDG_RUNTIME_DIR="$HOME/theirs" \
	TMPDIR="$HOME/theirs" pdhd --socket "$HOME/theirs/sock" 2>"$HOME/log" &
theirs=$!
until_true test -S "$HOME/theirs/sock"
$python - "$HOME/theirs/sock" <<'PY' || fail "a client of another user"
import socket, sys
s = socket.socket(socket.AF_UNIX)
s.connect(sys.argv[1])
s.settimeout(10)
# A whole request: [0, 1, "daemon.status", {}].
try:
    s.sendall(b"\x94\x00\x01\xaddaemon.status\x80")
    said = s.recv(4096)
except (BrokenPipeError, ConnectionResetError):
    said = b""
assert said == b"", said
PY
grep -q "a client of another user was turned away" "$HOME/log" || fail "the log does not tell"
run 0 setpriv --reuid=$nobody --regid=$nobody --clear-groups env HOME="$HOME/theirs" XDG_RUNTIME_DIR="$HOME/theirs" \
	pdh --socket "$HOME/theirs/sock" daemon status --json
get .clients 1
kill $theirs
wait $theirs || fail "the other daemon ended with $?"
ok "a client of another user is closed without an answer, and the own one is served"
