#!/bin/sh
# pdh remind calendar, as another program reads it.
. tests/support/func.sh

dana
run 0 pdh credential item add fp 'Mail, fax; "bring" \ Führungszeugnis and whatever else is on the list of the office' \
	--due 2026-04-01
cat >"$HOME/read.py" <<'END'
import re
import sys
import icalendar
with open(sys.argv[1], "rb") as f:
    raw = f.read()
assert all(len(line) <= 75 for line in raw.split(b"\r\n")), "a line is longer than 75 bytes"
for event in sorted(icalendar.Calendar.from_ical(raw).walk("VEVENT"), key=lambda e: str(e["uid"])):
    alarms = [str(int(a["trigger"].dt.total_seconds() // 3600)) for a in event.walk("VALARM")]
    uid = re.sub("-[0-9a-f]{32}@", "@", str(event["uid"]))
    assert uid != event["uid"], "the record is no part of " + uid
    print(uid, event["dtstart"].dt, event["dtend"].dt - event["dtstart"].dt, ",".join(alarms), event["summary"])
END
read_file() {
	run 0 $python "$HOME/read.py" "$HOME/d.ics"
}

run 0 pdh remind calendar --out "$HOME/d.ics"
has "d.ics: 6 days."
same "$(stat -c %a "$HOME/d.ics")" 600 "the mode"
read_file
has "credential-1@pdh 2027-08-31 1 day" "tx-lib expires" "item-3@pdh 2029-08-31"
has "credential-3@pdh 2026-05-30 1 day, 0:00:00 -1432,-712,-328,-160,-16,8,32,176,728 fp expires"
has 'item-4@pdh 2026-04-01 1 day, 0:00:00 -328,-160,-16,8,32,176,728 fp: Mail, fax; "bring" \ Führungszeugnis and'
lacks "finish"
uid=$(grep UID "$HOME/d.ics" | head -1)
run 0 pdh daemon stop
run 0 pdh remind calendar --out "$HOME/d.ics"
same "$(grep UID "$HOME/d.ics" | head -1)" "$uid" "a name after a restart"
read_file
ok "every day that matters is an event, and its reminders to come are alarms"

first=$out
pdh remind calendar >"$HOME/d.ics"
read_file
same "$out" "$first" "the calendar on standard output"
run 0 pdh remind calendar --out -
has "BEGIN:VCALENDAR" "END:VCALENDAR"
run 0 pdh credential edit fp --expires 2026-06-30
run 0 pdh credential item done 4
run 0 pdh remind policy fp --lead 10d --after "" --at 17:00
run 0 pdh remind calendar --out "$HOME/d.ics"
read_file
has "credential-3@pdh 2026-06-30 1 day, 0:00:00 -223 fp expires"
lacks "item-4"
run 0 pdh remind policy fp --lead "" --after ""
run 0 pdh remind calendar --out "$HOME/d.ics"
read_file
has "credential-3@pdh 2026-06-30 1 day, 0:00:00  fp expires"
run 0 cat "$HOME/d.ics"
has "Still missing:" "X-WR-CALNAME:Professional development" "CATEGORIES:tx-lib"
run 0 pdh credential retire fp
run 0 pdh remind calendar --out "$HOME/d.ics"
read_file
lacks "credential-3"
ok "a day that moves keeps its name, and what is done or retired is gone"

chmod 640 "$HOME/d.ics"
run 0 pdh remind calendar --out "$HOME/d.ics"
same "$(stat -c %a "$HOME/d.ics")" 640 "the mode of a file that was there"
run 0 pdh remind channel calendar --file "$HOME/d.ics"
run 0 pdh credential item add tx-lib Later --due 2027-01-01
run 0 pdh remind run
until_true grep -q "tx-lib: Later" "$HOME/d.ics"
same "$(stat -c %a "$HOME/d.ics")" 640 "the mode of a file that is kept fresh"
run 0 pdh credential item rm 5
run 0 pdh remind channel calendar --file ""
ok "a file that is written anew keeps its mode"

run 1 pdh remind calendar --out "$HOME/none/d.ics"
has "none"
[ ! -e "$HOME/none" ] || fail "a folder was made"
run 0 pdh remind calendar --out "$HOME/d.ics" --json
get '.events' 4
get '.text' null
ok "a file that cannot be written is an error"
