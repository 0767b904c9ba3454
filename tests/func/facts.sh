#!/bin/sh
# What only the person knows: facts, and the days from which they hold.
. tests/support/func.sh
packs=$HOME/.config/pdh/packs
mkdir -p "$packs"
cat >"$packs/board.yaml" <<'PACK'
pack: board
version: 1
title: Library board
calendar: {length: 3 years}
facts:
  employment: {type: choice, of: [full-time, part-time, none], ask: How much do you work?}
  national board: {type: yes-no, ask: Do you hold a National Board certificate?}
  birth month: {type: month, ask: In which month were you born?}
rules:
  - {id: total, need: 100, when: {employment: full-time}}
  - {id: half, need: 50, when: {employment: part-time}}
PACK
run 0 pdh credential add board --as lib --expires 2027-06-30 --begins 2024-07-01 --fact employment=full-time

required() {
	run 0 pdh status lib --as-of "$1" --json
	get '.credentials[0].required.amount' "$2"
}
run 0 pdh credential edit lib --fact employment=Part_Time --from 2026-05-01
has "employment=part-time" "from 1" "May 2026"
required 2026-04-30 100.0
required 2026-05-01 50.0
run 0 pdh credential edit lib --fact employment=none --from 2025-01-01
run 0 pdh credential show lib
has "employment    full-time" "none, from 1 Jan 2025" "part-time, from 1 May 2026"
run 0 pdh credential show lib --json
get '.credentials[0].facts | map(.value + " " + (.from // "always")) | join(", ")' \
	"full-time always, none 2025-01-01, part-time 2026-05-01"
ok "a fact holds from a day on, and several values of it are kept"

before=$(pdh credential show lib --json)
run 0 pdh credential edit lib --fact "employment=" --from 2025-01-01
run 0 pdh credential show lib --json
get '.credentials[0].facts | map(.value) | join(" ")' "full-time part-time"
run 0 pdh undo
same "$(pdh credential show lib --json)" "$before" "facts after undo"
run 3 pdh credential edit lib --fact "employment=" --from 2025-01-02
has "no value of employment begins on 2 Jan 2025" "part-time"
run 0 pdh credential edit lib --fact employment=full-time
has "nothing changed" "stays part-time from 1 May 2026"
run 0 pdh credential edit lib --fact Employment=
run 0 pdh credential show lib --json
get '.credentials[0].facts | length' 0
run 0 pdh undo
same "$(pdh credential show lib --json)" "$before" "facts after undo"
ok "a value is taken away, or all of them"

run 2 pdh credential edit lib --fact employment=part-tim
has "employment is full-time, part-time or none" "did you mean \"part-time\""
run 2 pdh credential edit lib --fact "national board=perhaps"
has "national board is yes or no"
run 2 pdh credential edit lib --fact position=director
has "board does not ask for \"position\"; it asks for employment, national board and birth month"
run 2 pdh credential edit lib --fact "birth mont=3"
has "did you mean \"birth month\"?"
run 2 pdh credential edit lib --from 2025-01-01
has "--from" "--fact"
run 2 pdh credential edit lib --fact employment=none --from none
has "--from"
run 2 pdh credential edit lib --fact employment
has "name=value"
same "$(pdh credential show lib --json)" "$before" "facts after mistakes"
ok "mistakes are told and change nothing"

# At a terminal the questions are asked, one by one.
typed() {
	printf '%s' "$1" >"$HOME/answers"
	run "$2" script -qefc "stty -echo; $3" /dev/null <"$HOME/answers"
}
typed 'part-tine
part-tim

mar

' 0 "pdh credential add board --as asked --expires 2027-06-30 --begins 2024-07-01"
has "How much do you work?" "2  part time" "is none of these" \
	"Do you hold a National Board certificate? (yes or no) (Enter: tell it later): " "In which month were you born? (such as March)"
run 0 pdh credential show asked --json
get '.credentials[0].facts | map(.name + "=" + .value) | join(", ")' "birth month=3, employment=part-time"
typed '

' 0 "pdh credential add board --as less --expires 2027-06-30 --begins 2024-07-01 --fact employment=none --fact 'birth month=4'"
lacks "How much" "born"
has "Do you hold a National Board"
typed '' 0 "pdh credential add board --as none --expires 2027-06-30 --begins 2024-07-01 --no-input"
lacks "2  part"
has "unanswered How much do you work? (full time, part time or none)" "pdh credential edit none --fact \"employment=...\""
typed 'full-time
' 130 "pdh credential add board --as never --expires 2027-06-30 --begins 2024-07-01"
has "nothing was stored"
run 3 pdh credential show never
typed 'Dana

y
5

' 0 "pdh init --credential board --as init --expires 2027-06-30"
run 0 pdh credential show init --json
get '.credentials[0].facts | map(.name + "=" + .value) | join(", ")' "birth month=5, national board=yes"
ok "the questions of a pack are asked at a terminal"
