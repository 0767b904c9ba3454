#!/bin/sh
# The daemon and its callers in different time zones: what is logged and judged goes by the caller's day, reminders by the
# daemon's clock.
. tests/support/func.sh

# The last evening of July in New York; in Paris it is the morning of the first of August, half past five.
east() { TZ=Europe/Paris "$@"; }
west() { TZ=America/New_York "$@"; }
echo 1785555000 >"$clock"
day_of() {
	run 0 "$1" pdh list "$2" --json
	get '.activities[0].done_on' "$3"
}
set_up() {
	run 0 "$1" pdh init --no-input --name Dana
	run 0 "$1" pdh credential add --as lic --title "License" --expires 2026-07-31 --hours 10 --every 5y
}

set_up east
run 0 west pdh log 1h "No day" --json
get '.activities[0].done_on' 2026-07-31
run 0 west pdh log 1h "Evening" --date today
day_of west Evening 2026-07-31
run 0 west pdh status lic --json
get '.as_of' 2026-07-31
get '.credentials[0].state | . == "lapsed" or . == "overdue"' false
run 0 east pdh log 1h "Morning" --date today
day_of east Morning 2026-08-01
run 0 east pdh status lic --json
get '.as_of' 2026-08-01
run 0 west pdh log 1h "Last hour"
has "1.0" "lic"
ok "a caller in the west has its last evening, whatever day it is for the daemon"

run 0 west pdh doctor
has "UTC-04:00 here and UTC+02:00 for pdhd"
run 0 east pdh doctor
lacks "for pdhd: days"
# Reminders are the daemon's: the same for both.
run 0 west pdh remind list --json
reminders=$(printf '%s' "$out" | jq -c '[.as_of, (.reminders[] | .id, .speaks_at)]')
run 0 east pdh remind list --json
same "$(printf '%s' "$out" | jq -c '[.as_of, (.reminders[] | .id, .speaks_at)]')" "$reminders" "reminders"
ok "doctor says that the zones differ, and reminders are the same for both"

run 0 east pdh daemon stop
rm -rf "$HOME/.local"
set_up west
run 0 east pdh log 1h "Morning" --date today
day_of east Morning 2026-08-01
run 0 east pdh log 1h "No day either"
day_of east either 2026-08-01
run 0 west pdh log 1h "Evening"
day_of west Evening 2026-07-31
run 5 west pdh log 1h "Too early" --date 2026-08-01
ok "a caller in the east can log what it did today"

# A clock that is wrong is no zone.
TZ=UTC pdh daemon stop >/dev/null
run 0 west pdh status
date -d "@$(($(cat "$clock") - 4 * 86400))" +%s >"$HOME/clock.wrong"
run 5 env PDH_TEST_CLOCK="$HOME/clock.wrong" pdh log 1h "Wrong"
has "today is" "one of the clocks is wrong"
run 0 env PDH_TEST_CLOCK="$HOME/clock.wrong" pdh daemon status
run 0 west pdh list Wrong --json
get '.activities | length' 0
ok "a clock that is days off is refused by name"
