#!/bin/sh
# Measures pdh beside the floor (floor_client, floor_daemon), both in turn within one run, and prints ratios.
#   bench.sh FOLDER [ENTRIES...]     FOLDER has the programs of tests/bench; PDH_BIN names that of pdh
# Both databases hold the same rows under the same indices; the floor's is copied out of pdh's.
set -eu

tools=$1
packs=schema/packs
shift
sizes=${*:-100 10000 1000000}
. tests/bench/home.sh

"$tools/judge" 10000 101 "$packs"/*.yaml | awk '{
	printf "%-34s %9.3f ms  SQL sum %7.3f ms  ratio %5.2f  goal <= 2  %s (%s)\n", "10000 entries judged",
		$1 / 1e6, $2 / 1e6, $1 / $2, ($1 / $2 <= 2) ? "ok" : "OVER", $3 }'

# All entries of the last round lie in the open cycle.
open_status=
for n in 100 10000; do
	set_up
	fill "$n" "$n"
	start_pdhd
	times=$("$tools/measure" cold "$rounds" "$PDH_BIN/pdh" status -- "$PDH_BIN/pdh" version)
	[ -n "$open_status" ] || open_status=${times% *}
	stop
done
echo "$open_status ${times% *}" | awk '{
	printf "%-34s %9.3f ms  with 100 %6.3f ms  ratio %5.2f  goal <= 1.5  %s\n", "status, 10000 in the open cycle",
		$2 / 1e6, $1 / 1e6, $2 / $1, ($2 / $1 <= 1.5) ? "ok" : "OVER" }'

# waits NAME "ALONE BESIDE": the longest of 200 requests, in ns
waits() {
	echo "$2" | awk -v name="$1" '{
		printf "%-34s %9.3f ms  alone    %6.3f ms  ratio %5.2f  goal <= 100 ms  %s\n",
			name, $2 / 1e6, $1 / 1e6, $2 / $1, $2 <= 100e6 ? "ok" : "OVER" }'
}

# One who asks little, beside others who want a lot. The home is that of the last round.
start_pdhd
waits "waits beside 8 searching" "$("$tools/wait" searches "$run/sock" 8)"
"$tools/wait" end $pdhd "$run/sock" 8 | awk '{
	printf "%-34s %9.3f ms  goal <= 1 s  %s\n", "SIGTERM to end beside 8 searching", $1 / 1e6,
		($1 <= 1e9) ? "ok" : "OVER" }'
stop
sqlite3 "$PDH_DATABASE" "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 100000)
	INSERT INTO event (at, event, text) SELECT 1700000000, 'activity.added', 'Workshop on matter ' || i FROM n"
start_pdhd
waits "waits beside 50 watching" "$("$tools/wait" events "$run/sock" 50)"
stop

today=$(date +%F)
first_log=
for n in $sizes; do
	set_up
	fill "$n"
	start_pdhd
	start_floor
	from=$(sqlite3 "$PDH_DATABASE" 'SELECT begins FROM cycle')

	log=$("$tools/measure" cold "$rounds" \
		"$PDH_BIN/pdh" log 1.5h "Seminar number %d" --topic literacy --date yesterday -- \
		"$tools/floor_client" "$run/floor" log "Seminar number %d" "$today" 5400000 literacy)
	line "log, $n entries" "$log" 1.5
	status=$("$tools/measure" cold "$rounds" "$PDH_BIN/pdh" status -- \
		"$tools/floor_client" "$run/floor" sum "$from" "$today")
	line "status, $n entries" "$status" 1.5

	[ -n "$first_log" ] || { first_log=${log% *}; first_status=${status% *}; }
	last=$n
	[ "$n" = "${sizes##* }" ] || stop
done
flat "log, $last entries to ${sizes%% *}" "$first_log" "${log% *}"
flat "status, $last entries to ${sizes%% *}" "$first_status" "${status% *}"

"$tools/measure" pipeline 15 "$run/sock" daemon.status -- "$run/floor" echo | awk '{
	printf "%-34s %9.0f /s  floor %9.0f /s  ratio %5.2f  goal >= 0.5  %s\n", "daemon.status, pipelined",
		1e9 / $1, 1e9 / $2, $2 / $1, ($2 / $1 >= 0.5) ? "ok" : "UNDER" }'

stop
"$tools/measure" ready 25 "$PDH_BIN/pdhd" 2>/dev/null | awk '{
	printf "%-34s %9.3f ms  goal <= 5 ms  %s\n", "start to ready", $1 / 1e6, $1 <= 5e6 ? "ok" : "OVER" }'

start_pdhd
start_floor
"$tools/measure" idle 10 $pdhd $floor | awk '
	NR == 1 { pss = $1; wakes = $2 }
	NR == 2 {
		printf "%-34s %9d KiB  floor %6d KiB  goal <= 3072 KiB  %s\n", "idle PSS", pss, $1,
			pss <= 3072 ? "ok" : "OVER"
		printf "%-34s %9d  floor %d  goal: none but its own timer\n", "wake-ups in 10 idle seconds", wakes, $2
	}'
