#!/bin/sh
# A daemon of an older build of the same level: what it need not know is not sent again, and what it must know is told.
. tests/support/func.sh
dana
real=$XDG_RUNTIME_DIR/pdh/sock
older() {
	$python tests/support/older.py "$HOME/older" "$real" "$@" >"$HOME/ready" &
	proxy=$!
	until_true grep -q ready "$HOME/ready"
}
end() {
	kill "$proxy"
	wait "$proxy" 2>/dev/null || true
	rm -f "$HOME/older" "$HOME/ready"
}
trap 'kill "$proxy" 2>/dev/null || true; end_daemon' EXIT
run 0 pdh log 1h "Direct" --date yesterday

older progress
run 0 pdh --socket "$HOME/older" log 1h "Through it" --date yesterday --json
get '.activities[0].title' "Through it"
run 0 pdh --socket "$HOME/older" import tests/files/01-frontline.csv --opening keep --json
get .created 4
run 0 pdh --socket "$HOME/older" undo
end
ok "a daemon that does not know progress is asked without"

older progress keep
run 10 pdh --socket "$HOME/older" import tests/files/01-frontline.csv --opening keep --keep
has 'the running pdhd is older than this pdh' 'import.run does not know "keep"' 'pdh daemon stop'
run 0 pdh list --json --all
get '[.activities[] | select(.title == "Wednesday PLC")] | length' 0
end
ok "what an older daemon does not know is told with its own exit status"
