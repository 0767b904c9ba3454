#!/bin/sh
# A reminder on a real desktop, as far as one runs without a screen: dunst under Xvfb, whose menu is a script.
. tests/support/func.sh

started=
end_all() {
	end_daemon
	for pid in $started; do
		kill "$pid" 2>/dev/null || true
		wait "$pid" 2>/dev/null || true
	done
}
trap end_all EXIT

Xvfb -displayfd 3 -screen 0 640x480x24 3>"$HOME/display" >"$HOME/xvfb.log" 2>&1 &
started="$started $!"
until_true test -s "$HOME/display"
DISPLAY=:$(cat "$HOME/display")
DBUS_SESSION_BUS_ADDRESS=unix:path=$HOME/bus
export DISPLAY DBUS_SESSION_BUS_ADDRESS
dbus-daemon --session --nofork --address="$DBUS_SESSION_BUS_ADDRESS" >"$HOME/bus.log" 2>&1 &
started="$started $!"
until_true test -S "$HOME/bus"
cat >"$HOME/choose" <<'S'
#!/bin/sh
tee "$HOME/menu" | grep -m 1 Acknowledge
S
chmod +x "$HOME/choose"
printf '[global]\ndmenu = %s\nfont = Monospace 8\n' "$HOME/choose" >"$HOME/dunstrc"
dunst -conf "$HOME/dunstrc" >"$HOME/dunst.log" 2>&1 &
started="$started $!"
until_true dunstctl is-paused

dana
at 2026-05-29T08:00:00
run 0 pdh remind run
has "fp/1d  desktop" "shown by dunst"
run 0 dunstctl count displayed
lacks "Displayed: 0"
acknowledged() {
	dunstctl context
	pdh remind log --json | jq -e '.entries[] | select(.reminder == "fp/1d" and .outcome == "acknowledged" and .channel == "desktop")'
}
until_true acknowledged
out=$(cat "$HOME/menu")
has "Acknowledge" "Snooze to tomorrow" "pdh-ack fp/1d"
run 0 pdh remind list fp
lacks "fp/1d"
ok "dunst shows a reminder, and its Acknowledge is in the log"
