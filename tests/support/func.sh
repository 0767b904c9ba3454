# What functional tests share: . tests/support/func.sh
# The real programs in a home of their own (run.sh), under the test clock: Saturday, 14 March 2026, half past nine.
# shellcheck shell=sh
set -eu

PATH=$PDH_BIN:$PATH
clock=$HOME/clock
export PATH PDH_TEST_CLOCK="$clock"
# Debian's own, which has the modules that deps.sh installs.
python=/usr/bin/python3
out=
status=0

at() {
	echo "$1" >"$clock.new"
	mv "$clock.new" "$clock"
}
at 2026-03-14T09:30:00

end_daemon() {
	pdh daemon stop --no-spawn >/dev/null 2>&1 || true
}
trap end_daemon EXIT

fail() {
	echo "FAIL: $*"
	echo "exit status $status; it printed:"
	echo "$out"
	exit 1
}

ok() {
	echo "ok $*"
}

# run STATUS COMMAND...: runs it and wants that exit status. What it printed is in $out, errors too.
run() {
	want=$1
	shift
	status=0
	out=$("$@" 2>&1) || status=$?
	[ "$status" -eq "$want" ] || fail "wanted exit status $want of: $*"
}

# until_true COMMAND...: it comes true, sooner or later.
until_true() {
	tries=0
	while ! "$@" >/dev/null 2>&1; do
		tries=$((tries + 1))
		[ $tries -lt 1500 ] || fail "never came true: $*"
		sleep 0.02
	done
}

# has TEXT...: each is somewhere in what the last run printed; lacks: none is.
has() {
	for text; do
		case $out in
		*"$text"*) ;;
		*) fail "not there: $text" ;;
		esac
	done
}

lacks() {
	for text; do
		case $out in
		*"$text"*) fail "there: $text" ;;
		esac
	done
}

# get FILTER VALUE: jq's FILTER of the last output.
get() {
	got=$(printf '%s' "$out" | jq -r "$1") || fail "no JSON"
	[ "$got" = "$2" ] || fail "$1 is $got, not $2"
}

same() {
	[ "$1" = "$2" ] || fail "$3: $1 is not $2"
}

# Everything that the person stored, as text: not what the daemon notes by itself, after the reply.
stored() {
	sqlite3 "$HOME/.local/share/pdh/pdh.db" .dump |
		grep -v -E "^INSERT INTO (delivery|reminder_log|event|credential_state|answered|seal|sqlite_sequence) "
}

# A school librarian in Texas, half way, who also holds an Illinois license and a clearance.
dana() {
	run 0 pdh init --no-input --name "Dana Reyes" --credential us-tx-school-librarian --as tx-lib \
		--expires 2027-08-31 --opening 131.5h
	run 0 pdh credential add us-il-pel-teacher --as il-pel --expires 2029-06-30 --number 12340093
	run 0 pdh credential add clearance --as fp --title "Fingerprint clearance" --expires 2026-05-30
}
