#!/bin/sh
# Runs test programs, as many at a time as there are processors (PDH_JOBS), each in a home of its own, and starts no more once
# one fails.
#   run.sh LOGS PROGRAM...
# A unit test is a program of cmocka, which counts its tests; a script counts as one test, or as many as
# it prints lines that begin with "ok ". Sums go to the file named by PDH_TALLY, if any.
# A process that a test leaves behind is a failure: the daemon must end when it is told to.
# Sanitizers write to files of the test's own where their options have @name@.
set -eu

if [ "$1" != --one ]; then
	logs=$1
	shift
	mkdir -p "$logs"
	# Of what xargs runs, 255 keeps it from going on.
	printf '%s\n' "$@" | xargs -P "${PDH_JOBS:-$(nproc)}" -n 1 "$0" --one "$logs" && exit 0
	exit 1
fi

logs=$2
program=$3
limit=${PDH_TEST_SECONDS:-300}
name=$(basename "$program" .sh)
log=$logs/$name.log
home=

clean_up() {
	[ -z "$home" ] || rm -rf "$home"
}
trap clean_up EXIT
trap 'exit 255' INT TERM

tally() {
	[ -z "${PDH_TALLY:-}" ] || echo "$1 $2" >>"$PDH_TALLY"
}

# Processes whose environment names the home of this test.
left_behind() {
	grep -lsza "^HOME=$home$" /proc/[0-9]*/environ 2>/dev/null | cut -d / -f 3
}

# A daemon that was told to end may still be on its way: it has 3 s.
await_end() {
	tries=0
	while [ -n "$(left_behind)" ] && [ $tries -lt 60 ]; do
		tries=$((tries + 1))
		sleep 0.05
	done
}

run_one() {
	mkdir -m 700 "$home/run" "$home/tmp"
	env -u XDG_CONFIG_HOME -u XDG_DATA_HOME -u XDG_STATE_HOME -u XDG_CACHE_HOME -u LISTEN_FDS \
		-u LISTEN_PID -u NOTIFY_SOCKET -u PDH_TEST_CLOCK -u PDH_DATABASE -u PDH_SOCKET -u NO_COLOR \
		HOME="$home" XDG_RUNTIME_DIR="$home/run" TMPDIR="$home/tmp" LC_ALL=C.UTF-8 TZ=UTC TERM=dumb \
		timeout -k 5 "$limit" "$1" </dev/null >"$2" 2>&1
}

fail() {
	cat "$log"
	echo "FAIL  $name: $1 (the output above is $log)"
	tally 0 1
	exit 255
}

count() {
	n=$(sed -n 's/^\[  PASSED  \] \([0-9]*\) test(s)\..*/\1/p' "$1")
	[ -n "$n" ] || n=$(grep -c '^ok ' "$1" || true)
	[ "$n" -gt 0 ] || n=1
	echo "$n"
}

for options in ASAN_OPTIONS UBSAN_OPTIONS; do
	value=$(printenv $options) || continue
	export "$options=$(echo "$value" | sed "s/@name@/$name/")"
done
home=$(mktemp -d "${TMPDIR:-/tmp}/pdh-test.XXXXXX")
status=0
run_one "$program" "$log" || status=$?
[ "$status" -ne 124 ] || fail "not done after $limit s"
[ "$status" -eq 0 ] || fail "exit status $status"
await_end
for pid in $(left_behind); do
	echo "left behind: $pid $(tr '\0' ' ' <"/proc/$pid/cmdline")" >>"$log"
	kill "$pid" 2>/dev/null || true
	status=1
done
[ "$status" -eq 0 ] || fail "a process outlived the test"
if [ -n "$(find "$logs" -name "report-$name.*")" ]; then
	cat "$logs/report-$name".* >>"$log"
	fail "a sanitizer complained"
fi
n=$(count "$log")
tally "$n" 0
echo "ok    $name ($n)"
