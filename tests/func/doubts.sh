#!/bin/sh
# What contradicts the rules is said at once, a wrong pack is changed, and proposed names are short.
. tests/support/func.sh
run 0 pdh init --no-input --name "Dana Reyes"

run 0 pdh credential add us-tx-school-librarian --as tx --fact "birth month=3" --expires 2027-08-31
has "its rules end no cycle on" "31 Aug 2027" "2023-04-01" "2028-03-31"
run 0 pdh credential edit tx --begins 2023-04-01 --expires 2028-03-31
lacks "end no cycle"
run 0 pdh credential edit tx --begins 2014-04-01
has "its cycle is 1 Apr 2014 to 31 Mar 2028" "its rules have"
run 0 pdh undo
run 0 pdh credential add us-tx-school-librarian --as again --fact "birth month=3" --expires 2028-03-31
has "tx has the same rules and the same cycle"
run 0 pdh credential rm again --yes
run 0 pdh credential add us-tx-school-librarian --as later --expires 2031-12-31
has "has not begun" "1 Jan 2027"
lacks "end no cycle"
run 0 pdh credential rm later --yes
run 0 pdh credential add us-nc-license --as nc --expires 2027-06-30
lacks "slip"
run 0 pdh credential rm nc --yes
ok "a day that contradicts the rules is said at once"

run 0 pdh log 120h "Summer school" --kind workshop --date 2026-01-10
run 0 pdh credential edit tx --pack us-tx-classroom-teacher
has "us-tx-school-librarian" "us-tx-classroom-teacher" "200" "150"
run 0 pdh credential show tx --json
get '.credentials[0] | .title + ", " + .cycle.pack + ", " + .cycle.counted.amount + ", " + .cycle.to' \
	"TX Classroom Teacher, us-tx-classroom-teacher, 120.0, 2028-03-31"
get '.credentials[0].facts | map(.name + "=" + .value) | join(",")' "birth month=3"
run 0 pdh undo
run 0 pdh credential show tx --json
get '.credentials[0] | .title + ", " + .cycle.pack' "TX School Librarian, us-tx-school-librarian"
run 0 pdh credential edit tx --title "My certificate"
run 0 pdh credential edit tx --pack us-il-pel-teacher
has "situation"
run 0 pdh credential show tx --json
get '.credentials[0].title' "My certificate"
before=$(stored)
run 3 pdh credential edit tx --pack us-tx-nothing
same "$(stored)" "$before" "what is stored"
ok "a wrong pack is changed, and the hours stay"

for pack in isc2-cissp:cissp pmi-pmp:pmp ncees-standard:ncees us-ca-rn:ca-rn au-vic-vit-teacher:vic-teacher; do
	run 0 pdh credential add "${pack%:*}" --expires 2027-12-31 --begins 2026-01-01 --json
	get .credential.alias "${pack#*:}"
done
for title in "My badge:badge" "(ISC)2 exam:isc" "Credential:credential" "2026:mine" "City archivist:city"; do
	run 0 pdh credential add --title "${title%:*}" --json
	get .credential.alias "${title#*:}"
done
ok "names that are proposed are short and mean something"
