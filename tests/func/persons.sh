#!/bin/sh
# Four people who are no school librarians, each in their own words: a nurse, an engineer, an accountant who is an
# auditor too, and a lawyer who listens to the screen instead of looking at it.
. tests/support/func.sh

# begin NAME: another person, with a home of their own.
begin() {
	pdh daemon stop >/dev/null 2>&1 || true
	HOME=$HOME/$1
	XDG_RUNTIME_DIR=$HOME/run
	export HOME XDG_RUNTIME_DIR
	mkdir -p -m 700 "$HOME/run"
	at 2026-03-14T09:30:00
	run 0 pdh init --no-input --name "$2"
}

# counts ALIAS AMOUNT: what counts for it now.
counts() {
	run 0 pdh status "$1" --json
	get '.credentials[0].counted.amount' "$2"
}

home=$HOME

# ---- a nurse in California: her certificates state contact hours of 50 minutes
begin nurse "Ana Silva"
run 0 pdh credential add us-ca-rn --no-input --issued 2015-05-02 --expires 2027-04-30 --opening 6h
counts ca-rn 6.0
run 0 pdh log "4 contact hours" "Pharmacology" --approval approved --date "last night"
has "ca-rn   +4.0   10.0 / 30 contact h"
lacks "takes 50 minutes"
run 0 pdh log "0.2 CEU (2 contact hours)" "Wound care" --approval approved --date "the 3rd"
counts ca-rn 12.0
run 0 pdh log 9:00-11:30 "Ward conference" --approval approved --date "monday of last week" --json
get '.activities[0].done_on' 2026-03-02
get '.notes | length' 1
counts ca-rn 15.0
run 0 pdh edit 4 --credit "3 contact hours"
counts ca-rn 15.0
run 0 pdh log "5 CE hours" "A course nobody has approved yet"
counts ca-rn 20.0
run 0 pdh explain 5
has "approval unknown" "pdh edit 5 --approval approved"
ok "a stated contact hour is one hour, and hours of the clock are counted in fifties"

# ---- an engineer with two states: a PDH is an hour for both
HOME=$home
begin engineer "Pat Moe"
run 0 pdh credential add us-tx-pe --no-input --fact "license month=march"
run 0 pdh credential add us-fl-pe --no-input --issued 2012-06-01
run 0 pdh log "8 PDHs" "Steel conference" --date "two fridays ago"
has "fl-pe   +8.0" "tx-pe   +8.0"
run 0 pdh log "1 PDH" "Ethics over lunch" --topic ethics --date 2026-03-13
run 0 pdh log "1 hour" "Ethics at noon" --topic ethics --date 2026-03-12
counts tx-pe 10.0
counts fl-pe 10.0
run 0 pdh list --json
get '.logged.amount' 10.0
run 0 pdh list "hours>=8" --json
get '.activities | length' 1
ok "a PDH and an hour count alike in both states"

# ---- an accountant who is an auditor of information systems: credits as the provider states them
HOME=$home
begin accountant "Max Orr"
run 0 pdh credential add us-tx-cpa --no-input --fact "birth month=may" --issued 2010-01-15
run 0 pdh credential add isaca-cism --no-input --expires 2027-12-31 --opening "60h"
counts cism 60.0
run 0 pdh log "8 CPE" "Tax update" --date 2026-02-27
run 0 pdh log "2 CPE credits" "Ethics for accountants" --topic ethics --date 2026-02-26
run 0 pdh log "9am-5pm (1 hour lunch)" "Audit class" --date "last friday"
has "tx-cpa counts 50 clock minutes as an hour" "cism counts 50 clock minutes" '--credit "7.0 contact h"'
run 0 pdh edit 4 --credit "7.0 contact h"
counts cism 77.0
ok "an opening balance and what certificates state are not counted up"

# ---- a lawyer who uses a screen reader in a narrow terminal
HOME=$home
begin lawyer "Io Zhang"
run 0 pdh credential add us-il-attorney --no-input --fact "surname=n-z"
export PDH_BARS=no COLUMNS=40
run 0 pdh log "1.5 CLE credits" "Professional conduct" --topic professionalism --date yesterday
has "il-attorney" "+1.5"
run 0 pdh status
lacks "█" "░" "┃"
wide=$(printf '%s\n' "$out" | grep -v 'pdh ' | LC_ALL=C.UTF-8 wc -L)
[ "$wide" -le 40 ] || fail "status is $wide columns wide"
unset PDH_BARS COLUMNS
run 0 pdh explain 1
has "1.5 h"
run 0 pdh plan il-attorney --json
get '.credentials[0].alias' il-attorney
run 0 pdh remind list --json
get '.reminders[0].alias // .reminders[0].id | split("/")[0]' il-attorney
ok "nothing is told by bars alone, and every line fits"
HOME=$home
