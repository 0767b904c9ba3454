#!/bin/sh
# Reminders are sent: when, through which channel, once, and whatever happens on the way.
. tests/support/func.sh

unset DBUS_SESSION_BUS_ADDRESS
dana
mkdir -p "$HOME/bin" "$HOME/sent"
# Stores each message as a file of its own.
cat >"$HOME/bin/sendmail" <<'S'
#!/bin/sh
[ "$1" = -t ] || exit 64
cat >"$HOME/sent/$$.eml"
S
# Says what it was given; fails or hangs when it is told to.
cat >"$HOME/bin/tell" <<'S'
#!/bin/sh
cat >>"$HOME/told"
printf '%s|%s|%s\n' "$PDH_REMINDER" "$PDH_DAY" "$1" >>"$HOME/told.env"
[ ! -e "$HOME/hang" ] || { sleep 1000 & wait; }
[ ! -e "$HOME/broken" ] || { echo "first line" >&2; echo "connection refused" >&2; exit 3; }
S
chmod +x "$HOME/bin/sendmail" "$HOME/bin/tell"
: >"$HOME/told.env"

# What the log says, oldest first: reminder, channel, outcome.
log() {
	run 0 pdh remind log --limit 500 --json
	out=$(printf '%s' "$out" | jq -r '[.entries | reverse[] | .reminder + " " + .channel + " " + (.outcome // "open")] | join("\n")')
}
logged() {
	log
	same "$(printf '%s\n' "$out" | grep -c -F "$1")" "$2" "times in the log: $1"
}
mails() {
	ls "$HOME/sent" | wc -l
}

run 0 pdh remind channel
has "desktop    on" "mail       not set up" "pdh remind channel mail --to"
run 0 pdh remind channel desk --off
has "desktop    off" "Take it back: pdh undo"
run 0 pdh remind test
has "No channel is on"
run 5 pdh remind test mail
has "mail is not set up" "pdh remind channel mail"
run 2 pdh remind test pigeon
run 0 pdh remind channel mail --to dana@example.org --program "$HOME/bin/sendmail"
run 0 pdh remind channel command --program "~/bin/tell  now" --seconds 2
before=$(stored)
for address in "a b@example.org" "dana@example.org, x@example.org" "-oQ/tmp@x" "a@b@c" "@x" "dana@" "<dana@x>"; do
	run 2 pdh remind channel mail --to="$address"
	has "not one address"
done
run 2 pdh remind channel mail --to "dana@example.org
Bcc: x@example.org"
run 2 pdh remind channel desktop --to dana@example.org
has "not a setting of desktop"
run 2 pdh remind channel calendar --file here.ics
run 5 pdh remind channel command --seconds 0
has "1 to 600"
run 2 pdh remind channel pigeon --off
run 2 pdh remind channel --off
run 2 pdh remind channel mail --off --on
same "$(stored)" "$before" "the records after mistakes"
ok "channels are set, one by one, and mistakes change nothing"

run 0 pdh remind test -n
has "mail       would be sent" "Nothing was sent."
run 0 pdh remind test
has "mail       ok" "command    ok"
lacks "desktop"
same "$(mails)" 1 "mails"
touch "$HOME/broken"
run 1 pdh remind test command
has "command    FAIL" 'exit 3 "connection refused"' "1 of 1 did not work."
rm "$HOME/broken"
run 0 pdh remind channel command --program "$HOME/bin/nothing"
run 1 pdh remind test command
has "bin/nothing cannot be run"
run 0 pdh undo
run 0 pdh remind channel
has "failed, " "no such program"
ok "a test goes through each channel and says what happened"

# What hangs is killed, with what it started, and nothing waits for it.
touch "$HOME/hang"
run 1 pdh remind test
has "had not ended after 2 s" "mail       ok" "1 of 2 did not work."
rm "$HOME/hang"
pgrep -f "^sleep 1000" >"$HOME/left" && for pid in $(cat "$HOME/left"); do
	! grep -qzx "HOME=$HOME" "/proc/$pid/environ" 2>/dev/null || fail "sleep is left"
done
run 0 pdh daemon status --json
out=$(ps --ppid "$(printf '%s' "$out" | jq .pid)" -o stat= || true)
lacks Z
ok "a channel that hangs is killed"

# Nothing is sent of what was due when it was set.
rm -f "$HOME/sent"/* "$HOME/told" "$HOME/told.env"
run 0 pdh remind run
has "Nothing is to be sent now."
run 0 pdh remind policy fp --by mail --from "7d command"
run 0 pdh credential item add fp "Prüfung: Ethik & Recht, für Bibliothekarinnen und Bibliothekare an Schulen" --due 2026-04-30
at 2026-03-31T07:59:59
run 0 pdh remind run
has "Nothing is to be sent now."
at 2026-03-31T08:00:00
run 0 pdh remind run
has "fp/60d  mail" "fp/4/30d  mail"
at 2026-04-16T08:00:00
run 0 pdh remind run
has "fp/4/14d  mail"
lacks "fp/60d"
run 0 pdh remind run
logged "fp/4/14d mail sent" 1
logged "fp/4/30d mail sent" 1
logged "fp/60d mail sent" 1
same "$(mails)" 3 "mails"
cat >"$HOME/parse.py" <<'PY'
import email, email.policy, email.utils, glob, sys
for name in sorted(glob.glob(sys.argv[1] + "/sent/*.eml")):
    raw = open(name, "rb").read()
    assert max(map(len, raw.split(b"\n"))) <= 78, "a long line"
    raw.decode("ascii")
    m = email.message_from_bytes(raw, policy=email.policy.default)
    assert not m.defects, m.defects
    when = email.utils.parsedate_to_datetime(m["Date"])
    assert m["Message-ID"].startswith("<pdh-") and m["Message-ID"].count("@") == 1
    assert m["To"] == "dana@example.org" and m["Auto-Submitted"] == "auto-generated"
    print(m["Subject"] + "|" + when.isoformat() + "|" + m.get_content_type())
    print(m.get_content())
PY
out=$("$python" "$HOME/parse.py" "$HOME")
has "fp: Prüfung: Ethik & Recht, für Bibliothekarinnen und Bibliothekare an Schulen, in 14 days|2026-04-16T08:00:00+00:00|text/plain" \
	"fp expires in 60 days" "The last day: 30 May 2026" "pdh remind ack fp/60d" "pdh credential item done 4"
ok "what comes due is sent once, as mail that others can read"

# The same for a program, from the rung on that is meant for it.
at 2026-04-23T08:00:00
run 0 pdh remind run
has "fp/4/7d  command"
out=$(cat "$HOME/told.env")
same "$out" "fp/4/7d|2026-04-30|now" "what the program was given"
out=$(cat "$HOME/told")
get .reminder fp/4/7d
get .day 2026-04-30
get '.title' "fp: Prüfung: Ethik & Recht, für Bibliothekarinnen und Bibliothekare an Schulen, in 7 days"
run 0 pdh remind ack fp/4
run 0 pdh remind log --limit 1
has "fp/4/7d" "terminal" "acknowledged"
run 0 pdh credential item done 4
ok "a program gets the reminder as JSON and in its environment"

# Blanks in its path, in quotes or bare, and in its words; a quote that stays open is told.
mkdir "$HOME/my bin"
cat >"$HOME/my bin/tell all" <<'END'
#!/bin/sh
printf '%s|' "$@" >>"$HOME/words"
echo >>"$HOME/words"
END
chmod 755 "$HOME/my bin/tell all"
for program in "$HOME/my bin/tell all" "'$HOME/my bin/tell all' 'in time' now" "~/my\\ bin/tell\\ all \"in time\" now"; do
	run 0 pdh remind channel command --program "$program"
	run 0 pdh remind test command
done
same "$(tr '\n' ' ' <"$HOME/words")" "| in time|now| in time|now| " "the words of the program"
run 2 pdh remind channel command --program "'$HOME/bin/tell"
has "--program has a quote that is not closed"
run 2 pdh remind policy fp --by 'command:"/bin/tell'
has "--by has a quote that is not closed"
run 0 pdh remind channel command --program "~/bin/tell  now" --seconds 2
ok "a program may have blanks in its path"

# Back-off: 1, 5 and 30 minutes, then every 6 hours, 8 tries; then the next channel.
run 0 pdh remind policy fp --by mail
run 0 pdh remind channel mail --program "/bin/false"
at 2026-04-30T08:00:00
run 1 pdh remind run
logged "fp/30d mail failed" 1
for time in 2026-04-30T08:00:59=1 2026-04-30T08:01:00=2 2026-04-30T08:05:59=2 2026-04-30T08:06:00=3 2026-04-30T08:36:00=4 \
	2026-04-30T14:35:59=4 2026-04-30T14:36:00=5 2026-04-30T20:36:00=6 2026-05-01T02:36:00=7; do
	at "${time%=*}"
	pdh remind run >/dev/null || true
	logged "fp/30d mail failed" "${time#*=}"
done
run 0 pdh remind channel command --program "~/bin/tell"
at 2026-05-01T08:36:00
pdh remind run >/dev/null || true
pdh remind run >/dev/null || true
logged "fp/30d mail failed" 8
logged "fp/30d command sent" 1
at 2026-05-03T08:36:00
run 0 pdh remind run
logged "fp/30d mail failed" 8
run 0 pdh doctor
has "fp/30d" "mail" "pdh remind log"
ok "what fails is tried again, ever later, then goes another way"

# Of a machine that was off for 40 days the nearest speaks, and the rest is said to be superseded.
run 0 pdh remind channel mail --program "$HOME/bin/sendmail"
run 0 pdh daemon stop
at 2026-06-12T12:00:00
run 0 pdh remind run
has "fp/+7d  mail"
for past in fp/14d fp/7d fp/1d fp/0d fp/+1d; do
	logged "$past - superseded" 1
	logged "$past mail" 0
done
at 2026-06-11T12:00:00
run 0 pdh remind run
at 2026-06-12T12:00:00
run 0 pdh remind run
logged "fp/+7d mail sent" 1
logged "fp/+1d mail" 0
ok "after 40 days asleep the nearest speaks, and a clock set back repeats none"

# What was taken by a clock that was ahead by more than two days is told when it should be.
at 2026-06-05T12:00:00
run 0 pdh list
told_again() {
	pdh remind log --json | jq -e '.entries[] | select(.reminder == "fp/+1d" and .outcome == "sent")'
}
until_true told_again
at 2026-06-06T08:00:00
run 0 pdh remind run
logged "fp/+7d mail sent" 2
ok "a clock that was far ahead loses none"

# A channel that is taken away while a try is to come.
run 0 pdh daemon stop
rm -r "$HOME/.local"
at 2026-03-14T09:30:00
dana
run 0 pdh remind channel mail --to dana@example.org --program /bin/false
run 0 pdh remind channel command --program /bin/false
run 0 pdh remind policy --by mail,command
at 2026-03-31T08:00:00
run 1 pdh remind run
run 0 pdh remind channel mail --to=
run 0 pdh remind channel command --off
at 2026-03-31T08:01:01
run 0 pdh remind run
logged "fp/60d mail superseded" 1
logged "fp/60d command superseded" 1
run 0 pdh daemon status
ok "what a channel had still to try ends with it"

# Quiet time and days to skip put off, and drop nothing; where that would be too late it speaks in time.
run 0 pdh daemon stop
rm -r "$HOME/.local"
at 2026-03-14T09:30:00
dana
run 0 pdh remind channel mail --to dana@example.org --program "$HOME/bin/sendmail"
run 0 pdh remind policy --by mail --quiet 18:00-08:30 --skip "weekends,2026-04-30..2026-05-01,2026-05-29..2026-05-30" --at 08:00
has "All credentials: reminders come at 08:00." "by      mail" "quiet   18:00-08:30" "skip    weekends, 2026-04-30..2026-05-01"
run 0 pdh remind policy fp
has "as is usual" "quiet   18:00-08:30"
before=$(stored)
run 2 pdh remind policy fp --by pigeon
run 2 pdh remind policy fp --by dsktop
has 'did you mean "desktop"'
run 2 pdh remind policy fp --by command:
run 2 pdh remind policy fp --from mail
has "30d mail"
run 2 pdh remind policy fp --from "30d"
run 2 pdh remind policy fp --quiet 25:00-07:00
has "18:00-07:30"
run 2 pdh remind policy fp --skip "2026-05-30..2026-05-29"
run 2 pdh remind policy fp --skip sundays
has "weekends"
run 2 pdh remind policy --usual --by mail
same "$(stored)" "$before" "the records after mistakes"
at 2026-03-31T08:00:00
run 0 pdh remind run
logged "fp/60d" 0
at 2026-03-31T08:29:59
run 0 pdh remind run
logged "fp/60d" 0
at 2026-03-31T08:30:00
run 0 pdh remind run
logged "fp/60d mail sent" 1
at 2026-04-30T12:00:00
run 0 pdh remind run
at 2026-05-03T12:00:00
run 0 pdh remind run
logged "fp/30d" 0
at 2026-05-04T08:30:00
run 0 pdh remind run
logged "fp/30d mail sent" 1
at 2026-05-29T08:00:00
run 0 pdh remind run
logged "fp/1d mail sent" 1
ok "quiet time and days to skip put off what is in time"

# A daemon that dies between the message and its record sends it again.
run 0 pdh remind policy --quiet "" --skip "" --by command
run 0 pdh remind channel command --program "~/bin/tell" --seconds 60
rm -f "$HOME/told.env"
touch "$HOME/hang"
run 0 pdh daemon status --json
pid=$(printf '%s' "$out" | jq .pid)
at 2026-05-30T08:00:00
run 0 pdh list
until_true test -s "$HOME/told.env"
logged "fp/0d command open" 1
kill -9 "$pid"
pkill -9 -f "^/bin/sh $HOME/bin/tell" || true
for pid in $(pgrep -f "^sleep 1000"); do
	! grep -qzx "HOME=$HOME" "/proc/$pid/environ" 2>/dev/null || kill -9 "$pid"
done
rm "$HOME/hang"
run 0 pdh remind run
has "fp/0d  command"
logged "fp/0d command interrupted" 1
logged "fp/0d command sent" 1
same "$(grep -c '^fp/0d' "$HOME/told.env")" 2 "times that the program was run"
ok "a crash may repeat a message and loses none"

# The file of the calendar is kept fresh; it is written after the answer.
run 0 pdh remind channel calendar --file "$HOME/deadlines.ics"
run 0 pdh remind test calendar
has "calendar   ok" "deadlines.ics"
grep -q "20270831" "$HOME/deadlines.ics" || fail "no day of tx-lib"
run 0 pdh credential edit tx-lib --expires 2028-08-31
run 0 pdh remind run
until_true grep -s "20280831" "$HOME/deadlines.ics"
rm "$HOME/deadlines.ics"
run 0 pdh remind run
until_true grep -s "20280831" "$HOME/deadlines.ics"
run 0 pdh remind channel calendar --file "$HOME/nowhere/deadlines.ics"
run 1 pdh remind test calendar
has "calendar   FAIL" "nowhere"
ok "the calendar's file is written when something changes"

# In a sandbox that lets nobody gain privileges, programs are run by the service manager, which takes the environment
# from whoever asks it, by the names alone: what a process was started with is there for everybody to read.
run 0 pdh daemon stop
cat >"$HOME/bin/systemd-run" <<'S'
#!/bin/sh
printf '%s\n' "$@" >"$HOME/runner.args"
given=
while [ "$1" != -- ]; do
	case $1 in
	--setenv=*=*) exit 64 ;;
	--setenv=*) given="$given ${1#--setenv=}" ;;
	esac
	shift
done
shift
for name in $(env | sed -n 's/^\(PDH_[A-Z]*\)=.*/\1/p'); do
	case "$given PDH_BIN PDH_MODE PDH_TALLY " in
	*" $name "*) ;;
	*) [ "$name" = PDH_TEST_CLOCK ] || unset "$name" ;;
	esac
done
exec "$@"
S
chmod +x "$HOME/bin/systemd-run"
rm -f "$HOME/told.env"
sandboxed() {
	PATH=$HOME/bin:$PATH setpriv --no-new-privs pdhd 2>"$HOME/pdhd.log" &
	until_true pdh daemon status --no-spawn
}
sandboxed
run 0 pdh remind test command
has "command    ok    $HOME/bin/tell"
[ ! -e "$HOME/runner.args" ] || fail "a service manager was asked that is not there"
same "$(cat "$HOME/told.env")" "test||" "what the program was given"
run 0 pdh daemon stop
ok "where there is no service manager, programs are run directly"

mkdir -p "$XDG_RUNTIME_DIR/systemd"
$python -c '
import signal, socket, sys
s = socket.socket(socket.AF_UNIX)
s.bind(sys.argv[1])
s.listen()
signal.pause()' "$XDG_RUNTIME_DIR/systemd/private" &
manager=$!
until_true test -S "$XDG_RUNTIME_DIR/systemd/private"
rm -f "$HOME/told.env"
sandboxed
run 0 pdh remind test command
has "command    ok    $HOME/bin/tell"
out=$(cat "$HOME/runner.args")
has "--user" "--pipe" "--property=RuntimeMaxSec=60000ms" "--setenv=PDH_REMINDER" "--setenv=PDH_TITLE" "--setenv=PDH_TEXT"
lacks "PDH_REMINDER=" "PDH_TITLE=" "a test of reminders"
same "$(cat "$HOME/told.env")" "test||" "what the program was given"
kill $manager
ok "in a sandbox the service manager runs what carries reminders, and nobody can read them"
