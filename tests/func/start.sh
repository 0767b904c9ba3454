#!/bin/sh
# However it begins, it ends with one working daemon or one clear sentence.
. tests/support/func.sh
socket=$XDG_RUNTIME_DIR/pdh/sock
daemons() {
	grep -lsza "^HOME=$HOME$" /proc/[0-9]*/environ 2>/dev/null | while IFS=/ read -r _ _ pid _; do
		[ "$(cat "/proc/$pid/comm" 2>/dev/null)" != pdhd ] || echo "$pid"
	done
}
gone() {
	while kill -0 "$1" 2>/dev/null; do :; done
}

# Twenty clients at once, nobody there yet.
for i in $(seq 20); do
	pdh log 1h "Session $i" --timeout 20 >"$HOME/out.$i" 2>&1 &
	eval "pid_$i=$!"
done
for i in $(seq 20); do
	eval "wait \$pid_$i" || { cat "$HOME/out.$i"; fail "client $i"; }
done
run 0 pdh list --json
get '.activities | map(.id) | sort | . == [range(1; 21)]' true
same "$(daemons | wc -l)" 1 "daemons"
same "$(stat -c %a "$socket") $(stat -c %a "$XDG_RUNTIME_DIR/pdh")" "600 700" "modes"
same "$(stat -c %a "$HOME/.local/share/pdh/pdh.db") $(stat -c %a "$HOME/.local/share/pdh")" "600 700" "modes"
ok "twenty clients at once start one daemon"

kill -9 "$(daemons)"
[ -S "$socket" ] || fail "no dead socket was left"
run 0 pdh list --json
get '.activities | length' 20
ok "a dead socket is replaced"

run 5 pdhd
has "another pdhd" "holds"
run 5 pdhd --socket "$HOME/other"
has "database"
[ ! -e "$HOME/other" ] || fail "a socket was left"
run 0 pdh list
same "$(daemons | wc -l)" 1 "daemons"
ok "a second daemon says why it will not run"

run 0 pdh daemon stop
[ ! -e "$socket" ] || fail "the socket is still there"
same "$(daemons | wc -l)" 0 "daemons"
run 7 pdh list --no-spawn
has "no daemon answers" "$socket"
run 7 env PDH_NO_SPAWN=1 pdh daemon status
ok "stopped, and not started where that is not wanted"

long=/tmp/$(head -c 120 /dev/zero | tr '\0' a)
run 2 pdh --socket "$long" list
has "125 bytes" "107"
run 2 pdhd --socket "$long"
has "107"
run 1 pdh list --socket /proc/nowhere/sock
has "cannot make the folder /proc/nowhere"
ok "a socket that cannot be made"

: >"$HOME/file"
run 1 env PDH_DATABASE="$HOME/file/pdh.db" pdhd
has "$HOME/file"
out=$(env PDH_DATABASE="$HOME/file/pdh.db" pdh list 2>&1) && fail "no error"
has "could not start"
ok "a daemon that cannot start is heard"

# As systemd does it: the socket is there before the daemon.
systemd-socket-activate -l "$socket" --setenv=HOME --setenv=XDG_RUNTIME_DIR --setenv=PDH_TEST_CLOCK \
	"$PDH_BIN/pdhd" 2>"$HOME/activate.log" &
activator=$!
# The socket is there a moment before anybody listens.
until grep -q "^Listening on" "$HOME/activate.log" || ! kill -0 $activator; do :; done
run 0 pdh daemon status --json --timeout 20
get '.started_by' systemd
run 0 pdh list --json
get '.activities | length' 20
ok "socket activation"

# Where user namespaces are to be had the doctor names the drop-in that lies beside the unit, and else keeps silent.
mkdir -p "$HOME/inst/bin" "$HOME/inst/lib/systemd/user"
cp "$PDH_BIN/pdh" "$HOME/inst/bin"
run 0 "$HOME/inst/bin/pdh" doctor
lacks sandbox
cp systemd/pdhd-sandbox.conf "$HOME/inst/lib/systemd/user"
run 0 "$HOME/inst/bin/pdh" doctor --json
if unshare --user --mount --net true 2>/dev/null; then
	get '.findings[] | select(.about == "sandbox") | .level' ok
	has "ln -s $HOME/inst/lib/systemd/user/pdhd-sandbox.conf ~/.config/systemd/user/pdhd.service.d/"
	ok "a tighter sandbox is recommended where it works"
else
	lacks sandbox
	ok "no sandbox is recommended that cannot be had (no user namespaces here)"
fi
kill -TERM $activator
gone $activator
rm -f "$socket"

# It reads packs anew on SIGHUP and ends by itself when idle.
run 0 pdh rules list --json
count=$(printf '%s' "$out" | jq '.packs | length')
mkdir -p "$HOME/.config/pdh/packs"
sed 's/^pack: .*/pack: my-board/' schema/packs/clearance.yaml >"$HOME/.config/pdh/packs/my-board.yaml"
kill -HUP "$(daemons)"
# On a busy machine a question may come in beside the signal and be answered first.
run 0 pdh daemon status
run 0 pdh rules list --json
get '.packs | length' $((count + 1))
get '.packs[] | select(.pack == "my-board") | .layer' own
ok "SIGHUP reads rules packs anew"

pid=$(daemons)
kill -TERM "$pid"
gone "$pid"
[ ! -e "$socket" ] || fail "the socket is still there"
! grep -i "error\|warning" "$HOME/activate.log" || fail "the log complains"
pdhd --idle-exit 1 2>"$HOME/idle.log" &
wait $! || fail "idle exit"
ok "SIGTERM and idleness end it clean"
