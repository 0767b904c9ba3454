#!/bin/sh
# One home has one daemon, and every command finds it, whatever its environment says of sockets.
. tests/support/alone.sh
. tests/support/func.sh
dana
run_dir=$XDG_RUNTIME_DIR
database=$HOME/.local/share/pdh/pdh.db
# Cron's environment: nothing but the home. The clock is the test's.
cron() {
	env -i HOME="$HOME" PATH="$PATH" PDH_TEST_CLOCK="$clock" "$@"
}
# The daemon may make a file just then: what is not empty is swept again.
sweep() {
	until_true rm -rf "$1"
}
# Where a command looks that knows no runtime directory.
fallback=/tmp/pdh-$(id -u)
[ ! -d "/run/user/$(id -u)" ] || fallback=/run/user/$(id -u)/pdh

daemons() {
	grep -lsza "^HOME=$HOME$" /proc/[0-9]*/environ 2>/dev/null | while IFS=/ read -r _ _ pid _; do
		[ "$(cat "/proc/$pid/comm" 2>/dev/null)" != pdhd ] || echo "$pid"
	done
}
one_daemon() {
	same "$(daemons | wc -l)" 1 "daemons"
}
ended() {
	[ ! -d "/proc/$1" ]
}
socket_of() {
	pdh daemon status --format '{socket}'
}

# ---- desk and cron ------------------------------------------------------------------------------

pid=$(daemons)
for i in 1 2 3; do
	run 0 cron pdh log 1h "Cron $i" --date yesterday
	run 0 pdh log 1h "Desk $i" --date yesterday
	run 0 cron pdh remind run
done
same "$(daemons)" "$pid" "the daemon"
run 0 cron pdh list --json
get '.activities | length' 7
run 0 cron pdh daemon stop
same "$(daemons | wc -l)" 0 "daemons"
ok "cron finds the daemon of the desk, and leaves it running"

run 0 cron pdh log 1h "Cron first" --date yesterday
same "$(cron pdh daemon status --format '{socket}')" "$fallback/sock" "cron's socket"
pid=$(daemons)
for i in 1 2 3; do
	run 0 pdh log 1h "Desk then $i" --date yesterday
	run 0 cron pdh log 1h "Cron then $i" --date yesterday
done
same "$(daemons)" "$pid" "the daemon"
run 0 pdh daemon stop
has "stopped"
same "$(daemons | wc -l)" 0 "daemons"
run 0 pdh daemon stop
has "was not running"
ok "the desk finds the daemon of cron"

run 0 cron pdh remind run
same "$(daemons | wc -l)" 0 "daemons after remind run"
run 0 cron pdh remind run --dry-run
run 0 pdh remind run
same "$(daemons | wc -l)" 0 "daemons after remind run"
ok "remind run ends the daemon that it started"

# ---- a socket that is gone ----------------------------------------------------------------------

run 0 pdh list
pid=$(daemons)
pdh watch --once --event activity.added >"$HOME/watched" &
watcher=$!
two_clients() {
	[ "$(pdh daemon status --format '{clients}')" -ge 2 ]
}
until_true two_clients
for what in "$run_dir/pdh/sock" "$run_dir/pdh"; do
	sweep "$what"
	run 0 pdh list
	one_daemon
	until_true test -S "$run_dir/pdh/sock"
done
sweep "$run_dir/pdh"
until_true test -S "$run_dir/pdh/sock"
same "$(daemons)" "$pid" "the daemon, which bound anew by itself"
same "$(cat "$run_dir/pdh/line")" "2026-03-14 PD:2!" "the line for prompts"
same "$(stat -c %a "$run_dir/pdh/sock") $(stat -c %a "$run_dir/pdh")" "600 700" "modes"
run 0 pdh log 1h "Swept" --date yesterday
wait $watcher || fail "the watcher was left alone"
ok "a daemon whose socket was swept binds anew, and its watchers stay"

sweep "$run_dir"
run 0 pdh list --json
has '"schema":"pdh.note/1"' "XDG_RUNTIME_DIR is $run_dir, which does not exist"
run 0 pdh list -q
lacks "note"
one_daemon
until_true test -S "$fallback/sock"
same "$(cron pdh daemon status --format '{socket}')" "$fallback/sock" "the socket"
mkdir -m 700 "$run_dir"
run 0 pdh list
lacks "note"
one_daemon
run 0 pdh daemon stop
same "$(daemons | wc -l)" 0 "daemons"
ok "without its runtime directory it moves to where it is looked for"

# A sweep with a daemon that ends by itself when idle.
pdhd --idle-exit 1 2>"$HOME/idle.log" &
pid=$!
until_true test -S "$run_dir/pdh/sock"
sweep "$run_dir/pdh"
wait $pid || fail "it did not end clean"
run 0 pdh list
one_daemon
ok "an idle one still ends"

# A folder that was moved tells no watcher; whoever begins ends the one that nobody reaches.
pid=$(daemons)
mv "$run_dir" "$run_dir.moved"
mkdir -m 700 "$run_dir"
run 0 pdh log 1h "Moved" --date yesterday
one_daemon
[ "$(daemons)" != "$pid" ] || fail "the daemon nobody reaches is still there"
run 0 pdh list Moved --json
get '.activities | length' 1
ok "a daemon that nobody reaches is ended by the next"

mv "$run_dir" "$run_dir.again"
mkdir -m 700 "$run_dir"
run 0 pdh daemon stop
has "was told to end"
same "$(daemons | wc -l)" 0 "daemons"
rm -rf "$run_dir.moved" "$run_dir.again"
ok "daemon stop ends the process of the lock"

# Hung: it holds its socket and answers nothing.
run 0 pdh list
pid=$(daemons)
kill -STOP "$pid"
run 7 pdh log 1h "Never" --date yesterday --timeout 0.2
has "pdh daemon stop"
run 0 pdh list Moved --timeout 0.2 --json
has "pdh.note/1" "did not answer within" "$database"
kill -CONT "$pid"
run 0 pdh list --timeout 20
one_daemon
ok "one that hangs is passed by for reading"

# ---- a service manager --------------------------------------------------------------------------

pid=$(daemons)
activate() {
	systemd-socket-activate -l "$run_dir/pdh/sock" --setenv=HOME --setenv=XDG_RUNTIME_DIR \
		--setenv=PDH_TEST_CLOCK "$PDH_BIN/pdhd" 2>"$HOME/activate.log" &
	activator=$!
	until grep -q "^Listening on" "$HOME/activate.log" || ! kill -0 $activator; do :; done
}
rm "$run_dir/pdh/sock"
kill -STOP "$pid"
activate
kill -CONT "$pid"
run 0 pdh daemon status --json --timeout 20
get '.started_by' systemd
until_true ended "$pid"
one_daemon
ok "a service manager that takes the socket gets the database too"
kill -TERM "$activator"
wait "$activator" || true
run 0 pdh daemon stop
rm -f "$run_dir/pdh/sock"

run 0 cron pdh list
pid=$(daemons)
activate
run 0 pdh daemon status --json --socket "$run_dir/pdh/sock" --timeout 20
get '.started_by' systemd
until_true ended "$pid"
kill -TERM "$activator"
wait "$activator" || true
run 0 pdh daemon stop
rm -f "$run_dir/pdh/sock"
ok "the service takes the place of a daemon that pdh started"

# ---- who wears whose environment ----------------------------------------------------------------

: >"$HOME/file"
for wrong in "$HOME/none" "$HOME/file" relative; do
	run 0 env XDG_RUNTIME_DIR="$wrong" pdh list
	has "pdh: note: XDG_RUNTIME_DIR is $wrong, which" "$fallback"
	run 3 env XDG_RUNTIME_DIR="$wrong" pdh list nothing-like-it --fail-empty
	run 0 env XDG_RUNTIME_DIR="$wrong" pdh prompt
	same "$out" "PD:2!" "the prompt"
done
if [ "$(id -u)" -eq 0 ]; then
	mkdir -m 700 "$HOME/foreign"
	chown 65534 "$HOME/foreign"
	run 0 env XDG_RUNTIME_DIR="$HOME/foreign" pdh log 1h "After su" --date yesterday
	has "which belongs to another user" "$fallback"
	[ -z "$(ls -A "$HOME/foreign")" ] || fail "something was put into the folder of another"
	run 5 env XDG_RUNTIME_DIR="$HOME/foreign" pdh log 1h "In the future" --date 2026-12-31
	run 0 pdh daemon stop
	run 0 env XDG_RUNTIME_DIR="$HOME/foreign" pdh doctor
	has "warn" "which belongs to another user"
	same "$(env XDG_RUNTIME_DIR="$HOME/foreign" pdh daemon status --format '{socket}' 2>/dev/null)" \
		"$fallback/sock" "the socket"
fi
one_daemon
run 0 pdh daemon stop
ok "a wrong XDG_RUNTIME_DIR is passed over with a note"
