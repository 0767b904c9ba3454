#!/bin/sh
# pdh log --repeat and --like: several activities in one change, and templates.
. tests/support/func.sh
dana

run 0 pdh log 1h "Wednesday PLC" --date 2026-02-25 --repeat weekly --until 2026-04-01 --except 2026-03-11,2026-03-25 \
	--topic literacy --provider District --dry-run
has "4 activities from 25 Feb 2026 to 1 Apr 2026: 2 done, 2 planned" "Nothing was stored."
run 0 pdh list --json
get '.activities | length' 1
run 0 pdh log 1h "Wednesday PLC" --date 2026-02-25 --repeat weekly --until 2026-04-01 --except 2026-03-11,2026-03-25 \
	--topic literacy --provider District --json
get '[.activities[] | .done_on + (if .planned then "p" else "" end)] | join(" ")' \
	"2026-02-25 2026-03-04 2026-03-18p 2026-04-01p"
get '[.activities[].topics[0]] | unique | join(",")' literacy
get '.effects[] | select(.alias == "il-pel") | .added.amount' "2.0"
run 0 pdh history --json
get '.changes[0].what' "log 4 entries, #2 to #5: Wednesday PLC"
run 0 pdh undo
run 0 pdh list --json
get '.activities | length' 1
run 0 pdh redo
run 0 pdh list --planned --json
get '.activities | length' 2
ok "a series is one change: days that are over are done, others planned"

run 6 pdh log 1h "wednesday plc" --date 2026-03-04 --repeat weekly --times 2
has "looks like #3" "leave that day out with --except 2026-03-04"
run 0 pdh log 1h "wednesday plc" --date 2026-03-04 --repeat weekly --times 2 --except "4 mar" --json
get '[.activities[].done_on] | join(" ")' "2026-03-11"
ok "a day that is there already refuses all of them"

run 0 pdh log 2h "Committee" --date 2026-01-31 --repeat monthly --times 4 --json
get '[.activities[].done_on] | join(" ")' "2026-01-31 2026-02-28 2026-03-31 2026-04-30"
get '.notes[1]' "2 of them are on the last day of a month that is too short"
run 0 pdh log 2h "Board" --date 2026-03-02 --repeat every-2-weeks --times 3 --planned --json
get '[.activities[] | .done_on + (if .planned then "p" else "" end)] | join(" ")' \
	"2026-03-02p 2026-03-16p 2026-03-30p"
ok "monthly on the 31st is the last day of a shorter month, and said"

run 2 pdh log 1h "No end" --repeat weekly
has "--repeat needs an end" "--until DAY, or --times N"
run 2 pdh log 1h "Alone" --until 2026-05-01
has "--until needs repeat" "--repeat weekly"
run 2 pdh log 1h "Often" --repeat daily --times 3
has '"daily" is not one of: weekly, every-2-weeks or monthly'
run 2 pdh log 1h "Both" --repeat weekly --times 3 --until 2026-05-01
run 5 pdh log 1h "Before" --repeat weekly --until 2026-05-01 --date 2026-03-10 --except 2026-03-18
has "Wed 18 Mar 2026 is not one of the days"
run 5 pdh log 1h "Much" --repeat weekly --until 2040-01-01
has "--until takes more than 366"
run 5 pdh log 1h "Much" --repeat weekly --times 367
has "must be from 1 to 366"
run 5 pdh log 1h "Backwards" --date 2026-03-10 --repeat weekly --until 2026-03-15 --from 2026-03-09
run 5 pdh log 1h "None" --date 2026-03-10 --repeat weekly --times 1 --except 2026-03-10
has "--except takes away every day"
run 2 sh -c 'echo "{\"credit\":\"1h\",\"title\":\"x\",\"repeat\":\"weekly\",\"times\":3}" | pdh log -'
has "is for one activity at a time"
before=$(stored)
run 0 pdh log 1h "A year and a day" --date 2026-03-10 --repeat weekly --times 366
has "366 entries" "366 activities from 10 Mar 2026"
run 0 pdh undo
same "$(stored | grep -c 'INTO activity VALUES')" "$(printf '%s\n' "$before" | grep -c 'INTO activity VALUES')" "activities"
ok "what has no end, too many days or none is refused"

run 0 pdh log 1.5h "Template" --date 2026-01-05 --topic safety --kind workshop --provider AASL --note "Room 4" --split safety=30m \
	--only tx-lib --duty
id=$(printf '%s' "$out" | sed -n 's/^#\([0-9]*\) .*/\1/p')
run 0 pdh log --like "$id" --date "last wed" --json
get '.activities[0] | [.title, .done_on, .credit.amount, .topics[0], .kind, .provider, .note, .split[0], .only[0], .duty] | map(tostring) | join(",")' \
	"Template,2026-03-11,1.5,safety,workshop,AASL,Room 4,safety=0.5 hour,tx-lib,true"
run 0 pdh log 2h "Another title" --like "$id" --provider UNT --json
get '.activities[0] | [.title, .credit.amount, .provider, .note, .done_on] | join(",")' "Another title,2.0,UNT,Room 4,2026-03-14"
run 0 pdh log --again "$id" --date 2026-01-06 --json
get '.activities[0].note' null
run 0 pdh log --like "$id" --repeat weekly --times 2 --date 2026-01-12 --json
get '[.activities[] | .done_on + .note] | join(" ")' "2026-01-12Room 4 2026-01-19Room 4"
run 3 pdh log --like 4711
has "no activity #4711"
run 2 pdh log --like "$id" --again "$id"
ok "a template gives all but the day, and what is said wins"

run 0 pdh _complete -- log --repeat w.
has weekly
run 0 pdh help log
has --repeat --except --like
ok "help and completion know it"
