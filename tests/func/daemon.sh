#!/bin/sh
# The daemon as its keeper sees it: options, readiness, watchdog, signals, the way out.
. tests/support/func.sh
socket=$XDG_RUNTIME_DIR/pdh/sock

run 0 pdhd --help
has "Usage: pdhd" "--idle-exit"
run 0 pdhd --version
has "pdhd " "API level"
for wrong in "--idle-exit x" "--idle-exit 0" "--idle-exit=" "--max-connections 5000" "--log-level loud" \
	"--socket sock" "--database pdh.db" "--nothing" "serve"; do
	# shellcheck disable=SC2086
	run 2 pdhd $wrong
	has "Try pdhd --help."
done
[ ! -e "$HOME/.local" ] || fail "something was made"
ok "options that are wrong"

run 0 sh -c 'pdhd --log-level debug --idle-exit 1 --max-connections 3 2>"$HOME/idle.log"'
[ ! -e "$socket" ] || fail "the socket is still there"
out=$(cat "$HOME/idle.log")
has "1 s"
ok "it ends when nobody has asked for a while"

cat >"$HOME/keeper.py" <<'P'
# Does for the daemon what systemd does, and says what it heard.
import os, signal, socket, subprocess, sys
path = os.environ["HOME"] + "/notify"
heard = socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM)
heard.bind(path)
heard.settimeout(60)
env = dict(os.environ, NOTIFY_SOCKET=path, WATCHDOG_USEC="100000")
daemon = subprocess.Popen(["pdhd"], env=env, stderr=subprocess.DEVNULL)
def until(word):
    while True:
        said = heard.recv(4096).decode()
        if word in said:
            print(word)
            return
until("READY=1")
until("WATCHDOG=1")
until("WATCHDOG=1")
daemon.send_signal(signal.SIGHUP)
until("RELOADING=1")
until("READY=1")
daemon.send_signal(signal.SIGTERM)
until("STOPPING=1")
sys.exit(daemon.wait())
P
run 0 "$python" "$HOME/keeper.py"
same "$(echo "$out" | grep = | tr '\n' ' ')" \
	"READY=1 WATCHDOG=1 WATCHDOG=1 RELOADING=1 READY=1 STOPPING=1 " "what the keeper heard"
ok "ready, watchdog, reload and stop are told"

# What the journal gets has its level first; elsewhere it is a word.
run 1 env PDH_DATABASE=/proc/none/pdh.db pdhd
has "pdhd: error: "
run 1 sh -c 'exec 2>"$HOME/journal"; JOURNAL_STREAM=$(stat -c %d:%i "$HOME/journal") \
	PDH_DATABASE=/proc/none/pdh.db exec pdhd'
out=$(cat "$HOME/journal")
has "<3>"
lacks "error: "
ok "levels for the journal"
