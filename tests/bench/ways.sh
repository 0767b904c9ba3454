#!/bin/sh
# What the paths in packs cost those who do not ask for them: pdh beside the same pdh whose packs have none, in turn within one
# run. And what they cost who does.
#   ways.sh FOLDER     FOLDER has the programs of tests/bench; PDH_BIN names that of pdh
set -eu

tools=$1
. tests/bench/home.sh

# A second home, with the packs as they are but for their paths.
plain=$work/plain
mkdir -p "$plain/packs" "$plain/bin" "$plain/share"
cp schema/packs/*.yaml "$plain/packs"
for pack in "$plain"/packs/*.yaml; do
	awk '/^paths:/ { within = 1; next } within && /^[^ #]/ { within = 0 } !within' "$pack" >"$pack.new"
	mv "$pack.new" "$pack"
done
with="/usr/bin/env PDH_SOCKET=$PDH_SOCKET PDH_DATABASE=$PDH_DATABASE $PDH_BIN/pdh"
without="/usr/bin/env PDH_SOCKET=$run/plain PDH_DATABASE=$plain/pdh.db $PDH_BIN/pdh"

set_up
fill 100
cp "$PDH_DATABASE" "$plain/pdh.db"
start_pdhd
PDH_SOCKET=$run/plain PDH_DATABASE=$plain/pdh.db PDH_PACKS=$plain/packs "$PDH_BIN/pdhd" 2>"$plain/pdhd.log" &
floor=$!
until $without daemon status >/dev/null 2>&1; do
	kill -0 $floor
done

# beside NAME GOAL COMMAND...
beside() {
	name=$1 goal=$2
	shift 2
	# shellcheck disable=SC2086  # words are wanted
	"$tools/measure" cold "$rounds" $with "$@" -- $without "$@" | awk -v name="$name" -v goal="$goal" '{
		printf "%-34s %9.3f ms  without  %6.3f ms  ratio %5.2f  goal <= %s  %s\n", name, $1 / 1e6, $2 / 1e6, $1 / $2, goal,
			$1 / $2 <= goal ? "ok" : "OVER" }'
}
beside "rules reload, packs with paths" 1.5 rules reload
beside "rules search, packs with paths" 1.5 rules search librarian
beside "status, packs with paths" 1.1 status
beside "log, packs with paths" 1.1 log 1h "Talk %d" --not tx-lib

# Who asks for one path, and for those of six places.
# shellcheck disable=SC2086
{
	"$tools/measure" cold "$rounds" $with path us-co-license -- $with rules show us-co-license
	"$tools/measure" cold "$rounds" $with path compare tx co wa ny ga fl -- $with rules show us-co-license
} | awk 'NR == 1 { name = "path of one pack" } NR == 2 { name = "path compare, six places" } {
	printf "%-34s %9.3f ms  rules show %6.3f ms  ratio %5.2f  goal <= 100 ms  %s\n", name, $1 / 1e6, $2 / 1e6, $1 / $2,
		$1 <= 100e6 ? "ok" : "OVER" }'

# All paths at once, and all packs as documents: nobody else waits 100 ms meanwhile.
wait_beside() {
	# shellcheck disable=SC2086
	while [ -e "$work/going" ]; do $with rules export --json >/dev/null; done
}
touch "$work/going"
wait_beside &
exporter=$!
# shellcheck disable=SC2086
"$tools/measure" cold "$rounds" $with status -- $without status | awk '{
	printf "%-34s %9.3f ms  alone    %6.3f ms  goal <= 100 ms  %s\n", "status beside rules export", $1 / 1e6, $2 / 1e6,
		$1 <= 100e6 ? "ok" : "OVER" }'
rm "$work/going"
wait $exporter || true
stop
