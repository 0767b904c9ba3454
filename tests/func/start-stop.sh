#!/bin/sh
# pdh start and pdh stop: what runs, and what is logged of it.
. tests/support/func.sh
export TZ=America/New_York
dana

run 3 pdh stop
has "nothing is running"
run 0 pdh start "Makerspace safety" --topic Safety --kind workshop --provider AASL
has "Running since Sat 14 Mar 09:30, 0 min: Makerspace safety"
run 5 pdh start "Something else"
has 'something has been running since Sat 14 Mar 09:30 "Makerspace safety"' "pdh stop --discard"
at 2026-03-14T11:05:40
run 0 pdh status --json
get '.running | [.title, .topics[0], .kind, .provider, .minutes] | join(",")' "Makerspace safety,safety,workshop,AASL,95"
run 0 pdh status
has "Running since Sat 14 Mar 09:30, 1 h 35 min: Makerspace safety" "Log it: pdh stop"
run 0 pdh status --as-of 2026-12-31 --json
get .running null
run 0 pdh prompt
same "$out" "PD:3! since 09:30" "the prompt"
ok "status and prompt tell that something runs"

run 0 pdh stop --json --dry-run
get '.activities[0].credit.exact' 5760000
run 0 pdh stop --break 30m --note "Room 4" --topic tools
has "1.1 h" "Makerspace safety" "pdh undo"
run 0 pdh list --json
get '.activities[0] | [.title, .done_on, .credit.exact, .topics[0], .topics[1], .kind, .provider] | join(",")' \
	"Makerspace safety,2026-03-14,3960000,safety,tools,workshop,AASL"
run 0 pdh status --json
get .running null
run 0 pdh prompt
same "$out" "PD:3!" "the prompt when nothing is running"
run 0 pdh undo
run 0 pdh status --json
get '.running.title' "Makerspace safety"
get '.running.topics[0]' safety
run 0 pdh list --json
get '.activities | length' 1
run 0 pdh redo
run 0 pdh status --json
get .running null
ok "the time since is logged in whole minutes, less the break, and undo has it run again"

run 0 pdh start
run 2 pdh stop
has "What did you do?"
run 5 pdh stop "Nothing yet"
has "less than a minute"
at 2026-03-14T11:45:00
run 5 pdh stop "Too long a break" --break 1h
has "break is not shorter than the whole: 39 min"
run 5 pdh stop "Later" --at 11:50
has "at is in the future"
run 5 pdh stop "Before" --at 11:00
has "at is before it began"
run 2 pdh stop "No time" --at soon
has '"soon" is not a time'
run 2 pdh stop "No time" --break 3sh
has "break is a time"
run 0 pdh stop --discard
has "discarded, which ran since Sat 14 Mar 11:05"
run 0 pdh list --json
get '.activities | length' 2
run 0 pdh undo
run 0 pdh stop --discard --dry-run
run 0 pdh stop "Book study" --at 11:35
run 0 pdh list --json
get '.activities[0] | [.title, .credit.exact] | join(",")' "Book study,1740000"
ok "what cannot be logged is refused, and forgotten if the person says so"

run 0 pdh start "Book study" --at 10:00
run 6 pdh stop
has "looks like #3"
run 0 pdh stop --allow-similar
run 0 pdh list --json
get '.activities[0].credit.exact' 6300000
run 5 pdh start "Long ago" --at "yesterday 9:00"
has "at is more than 12 hours ago" "pdh log 3h \"Long ago\""
run 5 pdh start "Not yet" --at 12:00
has "at is in the future"
run 0 pdh start "Forgotten"
at 2026-03-15T10:15:00
run 0 pdh prompt
same "$out" "PD:3! since Sat" "the prompt on another day"
run 5 pdh stop
has "22 h 30 min since Sat 14 Mar 11:45 is too long" "yesterday 17:30"
run 5 pdh stop --at "yesterday 23:46"
run 0 pdh stop --at "yesterday 17:30"
run 0 pdh list --json
get '.activities[0] | [.done_on, .credit.exact] | join(",")' "2026-03-14,20700000"
ok "what was forgotten is not taken for work"

# A night in which clocks are set back: 23:00 to 02:00 of standard time are four hours.
at 2026-10-31T23:00:00
run 0 pdh start "Night shift"
at 2026-11-01T02:00:00
run 0 pdh stop
run 0 pdh list --json
get '.activities[0] | [.title, .done_on, .credit.exact] | join(",")' "Night shift,2026-11-01,14400000"
run 0 pdh start "Twice" --at 0:30
run 5 pdh stop --at 1:30
has "clocks showed 1:30 twice on Sun 1 Nov 2026" "2026-11-01T05:30:00Z or 2026-11-01T06:30:00Z"
run 0 pdh stop --at 2026-11-01T06:30:00Z
run 0 pdh list --json
get '.activities[0].credit.exact' 7200000
at 2027-03-14T01:30:00
run 0 pdh start "Spring"
at 2027-03-14T03:30:00
run 5 pdh stop --at 2:30
has "no clock showed 2:30 on Sun 14 Mar 2027"
run 0 pdh stop
run 0 pdh list --json
get '.activities[0].credit.exact' 3600000
ok "over a change of daylight saving the time is what passed"

at 2027-03-15T09:00:00
run 0 pdh start "Flight"
at 2027-03-15T12:00:00
run 0 env TZ=America/Chicago pdh stop --at 10:30
run 0 pdh list --json
get '.activities[0] | [.title, .credit.exact] | join(",")' "Flight,9000000"
ok "in another zone too"

# The number behind the time is what a clock says that nobody can set.
at "2027-03-16T09:00:00 50000"
run 0 pdh start "Set forward"
at "2027-03-16T11:00:00 53600"
run 5 pdh stop
has "the computer's clock was set forward by 1 h 0 min" 'pdh log 3h "Set forward"'
at "2027-03-16T08:00:00 53600"
run 5 pdh stop
has "set back by 2 h 0 min"
at "2027-03-16T11:00:00 600"
run 0 pdh stop
run 0 pdh list --json
get '.activities[0].credit.exact' 7200000
ok "a clock that was set is noticed, and a computer that began anew is none"

run 0 sh -c 'printf %s "{\"credit\":\"1h\",\"title\":\"x\"}" | pdh log - --dry-run'
printf '%s' "$(pdh help stop)" | grep -q -- --break || fail "no help"
run 0 pdh _complete -- start --topic saf.
has safety
ok "help and completion know it"
