#!/bin/sh
# Reminders on the desktop, by a bus of its own and a service that answers, presses and fails.
. tests/support/func.sh

notes=$HOME/notes
service=
bus=
start_bus() {
	dbus-daemon --session --fork --print-address=1 --print-pid=1 --address="unix:path=$HOME/bus" >"$HOME/bus.out"
	bus=$(sed -n 2p "$HOME/bus.out")
	DBUS_SESSION_BUS_ADDRESS=unix:path=$HOME/bus
	export DBUS_SESSION_BUS_ADDRESS
}
end_service() {
	[ -z "$service" ] || kill "$service" 2>/dev/null || true
	[ -z "$service" ] || wait "$service" 2>/dev/null || true
	service=
}
end_all() {
	end_daemon
	end_service
	[ -z "$bus" ] || kill "$bus" 2>/dev/null || true
}
trap end_all EXIT

serve() {
	end_service
	rm -f "$notes"
	"$python" tests/support/notifications.py "$notes" "$@" &
	service=$!
	until_true grep -qs ready "$notes"
}
# note FILTER VALUE: of the last notification.
note() {
	out=$(grep '"app"' "$notes" | tail -1)
	get "$1" "$2"
}

export DBUS_SESSION_BUS_ADDRESS="unix:path=$HOME/nothing"
dana
run 1 pdh remind test desktop
has "desktop    FAIL" "there is no session bus"
run 0 pdh daemon stop
start_bus
run 1 pdh remind test desk
has "nothing shows notifications on this session bus"
ok "a bus that is not there, or has no service, is an outcome"

serve
run 0 pdh remind test
has "desktop    ok" "shown by testd"
note .app pdh
note .title "pdh: a test of reminders"
note .urgency 0
note .replaces 0
note '.actions | join("|")' "pdh-ack test|Acknowledge|pdh-snooze test|Snooze to tomorrow"
ok "a test is shown"

# A reminder, by the clock; the next of the same day takes its place.
run 0 pdh credential item add fp "<b>Ethics & law</b>" --due 2026-05-01
at 2026-03-31T08:00:00
run 0 pdh remind run
has "fp/60d  desktop" "shown by testd"
out=$(grep -F "fp/60d" "$notes")
get .title "fp expires in 60 days"
get .urgency 1
get .expires -1
get '.body | contains("pdh remind ack fp/60d")' true
get '.actions[0]' "pdh-ack fp/60d"
first=$(printf '%s' "$out" | jq .id)
at 2026-04-01T08:00:00
run 0 pdh remind run
has "fp/4/30d  desktop"
out=$(grep -F "fp/4/30d" "$notes")
get '.title' "fp: <b>Ethics & law</b>, in 30 days"
get '.body | contains("&lt;b&gt;Ethics &amp; law&lt;/b&gt;")' true
at 2026-04-30T08:00:00
run 0 pdh remind run
out=$(grep -F '"pdh-ack fp/30d"' "$notes")
get .replaces "$first"
ok "a reminder is shown with its reason, and the next takes its place"

# Acknowledged elsewhere, it need not stay.
run 0 pdh remind ack fp/30d
until_true grep -q "{\"closed\": $first}" "$notes"
ok "what is acknowledged on the terminal leaves the desktop"

# Acknowledge is pressed.
serve --press pdh-ack
at 2026-05-16T08:00:00
run 0 pdh remind run
pressed() {
	pdh remind log --json | jq -e '.entries[] | select(.reminder == "fp/14d" and .outcome == "acknowledged" and .channel == "desktop")'
}
until_true pressed
run 0 pdh remind log --limit 5
has "fp/14d" "desktop" "acknowledged"
run 0 pdh history --limit 5
has "acknowledged fp/14d"
run 0 pdh remind list fp
lacks "fp/14d"
ok "Acknowledge on the desktop is in the log, and can be undone"

serve --press pdh-snooze
at 2026-05-23T08:00:00
run 0 pdh remind run
snoozed() {
	pdh remind list fp --json | jq -e '.reminders[] | select(.id == "fp/7d" and .state == "snoozed" and .due == "2026-05-24T08:00:00Z")'
}
until_true snoozed
serve
at 2026-05-24T08:00:00
run 0 pdh remind run
note '.actions[0]' "pdh-ack fp/7d"
note .urgency 2
note .expires 0
ok "Snooze has it speak again the next day"

serve --close
at 2026-05-29T08:00:00
run 0 pdh remind run
closed() {
	pdh remind log --json | jq -e '.entries[] | select(.reminder == "fp/1d" and (.text // "" | contains("closed by you after")))'
}
until_true closed
ok "one that is closed is in the log, and not acknowledged"

# A service that hangs; a bus that goes away; one that comes back.
serve --silent
run 0 pdh remind channel desktop --seconds 1
run 1 pdh remind test desktop
has "the notification service did not answer within 1 s"
end_service
run 1 pdh remind test desktop
has "nothing shows notifications"
serve --plain
run 0 pdh remind test desktop
note '.actions | length' 0
kill "$bus"
until_true test ! -e "/proc/$bus"
run 1 pdh remind test desktop
end_service
rm -f "$HOME/bus"
start_bus
serve
run 0 pdh remind test desktop
has "shown by testd"
run 0 pdh daemon status
ok "a service that hangs or goes away harms nothing, and one that comes back is found"
