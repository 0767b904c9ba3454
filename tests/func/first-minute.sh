#!/bin/sh
# From nothing to a right status: a few answers at a terminal.
. tests/support/func.sh

run 0 pdh
has "pdh init" "begin here"
lacks "rror"
ok "a bare pdh says what to do first"

# script(1) gives it a terminal; a person types.
printf 'Dana Reyes\ntx libr\n1\naugust\n31 aug 2027\n131.5\n' >"$HOME/answers"
run 0 script -qefc "stty -echo; pdh init" /dev/null <"$HOME/answers"
has "What do you hold" "us-tx-school-librarian" "1 Sep 2022 to 31 Aug 2027" "131.5 h counted" "pdh log 1h"
ok "pdh init asks and stores"

run 0 pdh
has "Dana Reyes" "Sat 14 Mar 2026" "TX School Librarian (tx-librarian)" "535 days" "131.5 / 200 h" "68.5 to go" BEHIND
before=$out
ok "the totals are right at once"

run 0 pdh log 1h "First thing I remember" --date yesterday
has "Fri 13 Mar 2026" "+1.0" "132.5 / 200 h" "pdh undo"
run 0 pdh undo
has "-1.0" "131.5 / 200 h" "pdh redo"
run 0 pdh
same "$out" "$before" "status after undo"
ok "an hour is logged and taken back exactly"

pid=$(pdh daemon status --format '{pid}')
kill -9 "$pid"
run 0 pdh
same "$out" "$before" "status after kill -9"
[ "$(pdh daemon status --format '{pid}')" != "$pid" ] || fail "the daemon was not killed"
ok "a killed daemon is started again and nothing is lost"

run 2 pdh init --no-input
has "nothing to set up"
printf '' >"$HOME/answers"
run 130 script -qefc "stty -echo; pdh init" /dev/null <"$HOME/answers"
has "nothing was stored"
run 0 pdh
same "$out" "$before" "status after an init that was broken off"
ok "an init that is broken off leaves no trace"

# Nothing yet: what is proposed is taken, and so is every way to say none.
for none in "" 0 0h; do
	printf '\ntx libr\n1\naugust\n31 aug 2027\n%s\n' "$none" >"$HOME/answers"
	run 0 script -qefc "stty -echo; pdh init --as none" /dev/null <"$HOME/answers"
	has "already have in this cycle [0]: " "200 h"
	lacks "more than zero" "counted so far"
	run 0 pdh credential rm none --yes
done
run 0 pdh init --no-input --credential us-tx-school-librarian --as none --expires 2027-08-31 --opening 0h
run 0 pdh credential rm none --yes
run 0 pdh init --no-input --title Badge --hours 0 --opening 0
run 5 pdh credential add us-tx-school-librarian --hours 0
has "leave it out"
run 2 pdh init --no-input --opening 0h
ok "who has nothing yet says so in any way"
