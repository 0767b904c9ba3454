#!/bin/sh
# pdh remind: what is due and what comes next, acknowledged, snoozed, and taken back.
. tests/support/func.sh

run 0 pdh remind list
has "No reminder is due"
run 0 pdh remind
has "No reminder is due"
run 3 pdh remind --fail-empty
run 2 pdh remind fp
has "it has"
run 3 pdh remind list --fail-empty
dana
run 0 pdh credential item add fp "Renew prints" --due 2026-04-01
ids() {
	run 0 pdh remind list "$@" --json
	out=$(printf '%s' "$out" | jq -r '[.reminders[] | .id + "=" + .state] | join(" ")')
}

ids fp
same "$out" "fp/90d=due fp/4/30d=due fp/4/14d=armed fp/60d=armed" "reminders of fp"
run 0 pdh remind list fp
has "fp/90d" "Sun 1 Mar 08:00" "fp: Renew prints" "30 May 2026"
ids
lacks "finish" "il-pel/1/"
ok "of each day that matters, the latest that is due and the next are listed"

run 0 pdh remind ack fp
has "fp/90d acknowledged." "Next: fp/60d, Tue 31 Mar 08:00." "pdh undo"
ids fp
same "$out" "fp/4/30d=due fp/4/14d=armed fp/60d=armed" "after an acknowledgment"
run 0 pdh undo
ids fp
same "$out" "fp/90d=due fp/4/30d=due fp/4/14d=armed fp/60d=armed" "after undo"
run 0 pdh remind ack fp/60d
ids fp
same "$out" "fp/90d=due fp/4/30d=due fp/4/14d=armed fp/30d=armed" "one acknowledged beforehand"
run 0 pdh undo
run 0 pdh remind ack fp/4
ids fp
same "$out" "fp/90d=due fp/4/14d=armed fp/60d=armed" "an item's, by its number"
ok "an acknowledged one is told no more, and the next still comes"

before=$(stored)
run 0 pdh remind ack fp --dry-run
has "would be acknowledged" "Nothing was stored."
run 0 pdh remind snooze fp fri -n
has "would come"
run 3 pdh remind ack nope
has '"nope"' "pdh remind list --all"
run 3 pdh remind ack fp/61d
run 5 pdh remind ack fp/180d
has "later reminder has taken the place of fp/180d"
run 5 pdh remind snooze fp today
has "is a day after today"
run 5 pdh remind snooze fp 2028-01-01
has "at most a year"
run 2 pdh remind snooze fp none
run 2 pdh remind snooze fp whenever
run 2 pdh remind snooze fp
run 3 pdh remind list nope
same "$(stored)" "$before" "the records after mistakes"
ok "a mistake gets a sentence and changes nothing"

run 0 pdh remind snooze fp/90d "in 6 days"
has "fp/90d comes Fri 20 Mar 08:00."
ids fp
same "$out" "fp/4/14d=armed fp/90d=snoozed" "snoozed"
at 2026-03-20T07:59:59
ids fp
same "$out" "fp/4/14d=due fp/90d=snoozed fp/4/7d=armed" "a second before"
at 2026-03-20T08:00:00
ids fp
same "$out" "fp/4/14d=due fp/90d=due fp/4/7d=armed fp/60d=armed" "when its day has come"
at 2026-03-31T08:00:00
ids fp
has "fp/60d=due"
lacks "fp/90d"
ok "a snoozed one speaks on its day, until a later one takes its place"

# The plan is derived: whatever moves a day moves its reminders.
run 0 pdh credential item edit 4 --due 2026-09-30
ids fp
has "fp/4/180d=armed"
run 0 pdh credential item done 4
ids fp
lacks "fp/4/"
run 0 pdh credential edit fp --expires 2026-07-30
ids fp
same "$out" "fp/180d=due fp/90d=armed" "after the day moved"
run 0 pdh credential retire fp
run 0 pdh remind list --all --json
out=$(printf '%s' "$out" | jq -r '.reminders[].id')
lacks "fp/"
run 0 pdh undo
run 0 pdh remind ack fp
run 0 pdh credential rm fp --yes
run 0 pdh undo
ids fp
same "$out" "fp/90d=armed" "what was acknowledged, after undo of a removal"
ok "changing, doing, retiring and taking back re-plan by themselves"

# The last line of the next command, for whoever sits at a terminal.
run 0 pdh daemon stop
rm -r "$HOME/.local"
at 2026-03-14T09:30:00
dana
run 0 pdh credential item add fp "Renew prints" --due 2026-04-01
last() {
	run 0 env COLUMNS=120 script -qefc "$1" /dev/null
	out=$(printf '%s\n' "$out" | tr -d '\r' | tail -1)
}
run 0 pdh list
lacks "Reminder"
last "pdh list --json"
lacks "Reminder"
last "pdh list -q"
lacks "Reminder"
last "pdh list 2>'$HOME/err'"
lacks "Reminder"
history=$(pdh history --json)
last "pdh list"
same "$out" "Reminder: fp expires, Sat 30 May 2026 (77 days left): pdh remind ack fp/90d" "the last line"
last "pdh credential list"
has "Reminder: fp: Renew prints, Wed 1 Apr 2026 (18 days left)" "pdh remind ack fp/4/30d"
last "pdh list"
same "$out" "Reminder: il-pel is behind pace: pdh remind ack il-pel/pace-2026-03" "what is told last"
last "pdh list"
has "tx-lib is behind pace"
last "pdh list"
lacks "Reminder"
same "$(pdh history --json)" "$history" "the history after what was shown"
run 0 pdh remind list
has "fp/90d" "fp/4/30d"
ok "a reminder is the last line at the terminal, once"

run 0 pdh remind snooze fp/90d "in 3 days"
at 2026-03-17T08:00:00
last "pdh list"
has "fp/90d"
at 2026-03-18T08:00:00
last "pdh remind list"
last "pdh list"
lacks "Reminder"
at 2026-05-31T08:00:00
run 0 pdh remind ack fp/4
last "pdh list"
has "Reminder: fp expires, Sat 30 May 2026 (1 day ago)"
ok "it is told again when it was snoozed, and each rung is told"

# Of pace once in each month of the cycle, while it is behind.
at 2026-03-14T09:30:00
ids tx-lib
same "$out" "tx-lib/pace-2026-03=due tx-lib/pace-2026-04=armed tx-lib/1/365d=armed tx-lib/365d=armed" \
	"reminders of tx-lib"
run 0 pdh remind ack tx-lib/pace-2026-03
ids tx-lib
same "$out" "tx-lib/pace-2026-04=armed tx-lib/1/365d=armed tx-lib/365d=armed" "once acknowledged"
at 2026-04-01T08:00:00
ids tx-lib
same "$out" "tx-lib/pace-2026-04=due tx-lib/pace-2026-05=armed tx-lib/1/365d=armed tx-lib/365d=armed" "a month later"
run 0 pdh log 30h "Summer institute"
ids tx-lib
same "$out" "tx-lib/1/365d=armed tx-lib/365d=armed" "once it is on pace"
run 0 pdh undo
run 0 pdh undo
ok "pace is told of once a month, only while it is behind"

# A ladder of one's own.
at 2026-03-14T09:30:00
run 0 pdh remind policy tx-lib
has "tx-lib: reminders come at 08:00, as is usual." "365d, 180d, 90d, 60d, 30d, 14d, 7d, 1d, 0d" "1d, 7d, 30d" \
	"Next: tx-lib/pace-2026-03"
lacks "undo"
run 0 pdh remind policy tx-lib --lead 1d,200d,30,200 --after "" --at 17:05
has "come at 17:05." "before  200d, 30d, 1d" "after   none" "pdh undo"
run 0 pdh remind list tx-lib --all --json
get '[.reminders[] | select(.about == "pace") | .id + "=" + .state] | join(" ")' "tx-lib/pace-2026-03=due tx-lib/pace-2026-04=armed"
get '[.reminders[] | select(.title == "tx-lib expires") | .id] | join(" ")' "tx-lib/200d tx-lib/30d tx-lib/1d"
get '.reminders[] | select(.id == "tx-lib/200d") | .due' 2027-02-12T17:05:00Z
run 0 pdh remind policy tx-lib --at 07:00 -n
has "Nothing was stored."
run 0 pdh remind policy tx-lib --lead ""
has "before  none" "after   none"
run 0 pdh remind list tx-lib
has "No reminder is due"
run 0 pdh undo
run 0 pdh remind policy tx-lib --json
get '.lead + " " + .at + " " + (.op | tostring)' "200d, 30d, 1d 17:05 null"
before=$(stored)
run 2 pdh remind policy tx-lib --lead 90d,soon
has '"90d,soon"' "90d,30d,1d"
run 2 pdh remind policy tx-lib --lead 4000d
run 2 pdh remind policy tx-lib --after 0d
has "1d to 366d"
run 2 pdh remind policy tx-lib --at 24:00
has "08:00"
run 2 pdh remind policy tx-lib --usual --at 09:00
run 3 pdh remind policy nope
run 2 pdh remind policy tx-lib --lead "$(seq -s , 1 40)"
has "more than 32"
same "$(stored)" "$before" "the records after mistakes"
run 0 pdh remind policy tx-lib --usual
has "as is usual"
run 0 pdh undo
run 0 pdh remind policy tx-lib
has "200d"
ok "a credential has a ladder of its own, until the usual one is wanted again"
