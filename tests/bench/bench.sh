#!/bin/sh
# Measures pdh beside the floor (floor_client, floor_daemon), both in turn within one run, and prints ratios.
#   bench.sh FOLDER [ENTRIES...]     FOLDER has the programs of tests/bench; PDH_BIN names that of pdh
# Both databases hold the same rows under the same indices; the floor's is copied out of pdh's.
set -eu

tools=$1
packs=schema/packs
shift
sizes=${*:-100 10000 1000000}
rounds=${PDH_BENCH_ROUNDS:-51}
work=$tools/work
run=$(mktemp -d /tmp/pdh-bench.XXXXXX)
rm -rf "$work"
mkdir -p "$work"
pdhd=
floor=

stop() {
	for pid in $pdhd $floor; do
		kill "$pid" 2>/dev/null || continue
		wait "$pid" || true
	done
	pdhd=
	floor=
}
trap 'stop; rm -rf "$run" "$work"' EXIT
trap 'exit 130' INT TERM

export XDG_DATA_HOME="$work/data" XDG_CONFIG_HOME="$work/config" XDG_STATE_HOME="$work/state"
export XDG_CACHE_HOME="$work/cache" PDH_SOCKET="$run/sock" PDH_DATABASE="$work/pdh.db"
export PDH_NO_SPAWN=1 NO_COLOR=1 LC_ALL=C.UTF-8
unset PDH_TEST_CLOCK PDH_PACKS NOTIFY_SOCKET

start_pdhd() {
	"$PDH_BIN/pdhd" 2>"$work/pdhd.log" &
	pdhd=$!
	until "$PDH_BIN/pdh" daemon status >/dev/null 2>&1; do
		kill -0 $pdhd || { cat "$work/pdhd.log" >&2; exit 1; }
	done
}

start_floor() {
	"$tools/floor_daemon" "$run/floor" "$work/floor.db" &
	floor=$!
	until "$tools/floor_client" "$run/floor" echo x >/dev/null 2>&1; do
		kill -0 $floor
	done
}

# An empty home with one credential, half of its cycle gone.
set_up() {
	rm -f "$work"/*.db*
	start_pdhd
	"$PDH_BIN/pdh" init --no-input --name Bench --credential us-tx-school-librarian --as tx-lib \
		--expires "$(date -d '+30 months' +%F)" >/dev/null
	stop
}

# fill N [OPEN]: N activities with a topic and a change each: up to OPEN (1,000 if not given) in the open cycle,
# the others before it.
fill() {
	sqlite3 "$PDH_DATABASE" >/dev/null <<END
PRAGMA synchronous = OFF;
BEGIN;
CREATE TEMP TABLE n AS WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < $1) SELECT i FROM n;
INSERT INTO activity (title, title_key, done_on, credit, credit_unit, kind, provider)
SELECT 'Workshop on matter ' || i, 'workshop on matter ' || i,
       CASE WHEN i > $1 - ${2:-1000} THEN date(begins, '+' || (i % 900) || ' days')
            ELSE date(begins, '-' || (1 + i % 9000) || ' days') END,
       360000 + 1800000 * (i % 3), 'hour', 'workshop', 'Provider ' || (i % 50)
FROM n, cycle;
INSERT INTO activity_topic SELECT id, 'topic ' || (id % 40) FROM activity;
INSERT INTO change (at, who, method, what, changeset)
SELECT 1700000000 + i, 'bench', 'activity.add', 'log #' || i || ' Workshop on matter ' || i, randomblob(160) FROM n;
COMMIT;
ANALYZE;
PRAGMA wal_checkpoint(TRUNCATE);
END
	{
		sqlite3 "$PDH_DATABASE" "SELECT sql || ';' FROM sqlite_master
			WHERE tbl_name IN ('activity', 'activity_topic') AND sql NOT NULL"
		echo "ATTACH '$PDH_DATABASE' AS pdh; BEGIN;
			INSERT INTO activity SELECT * FROM pdh.activity;
			INSERT INTO activity_topic SELECT * FROM pdh.activity_topic;
			COMMIT; ANALYZE; PRAGMA journal_mode = WAL;"
	} | sqlite3 "$work/floor.db" >/dev/null
}

# line NAME "OURS FLOOR" GOAL: times in ns; GOAL is the ratio that ours over floor should not pass
line() {
	echo "$2" | awk -v name="$1" -v goal="$3" '{
		printf "%-34s %9.3f ms  floor %9.3f ms  ratio %5.2f  goal <= %s  %s\n",
			name, $1 / 1e6, $2 / 1e6, $1 / $2, goal, $1 / $2 <= goal ? "ok" : "OVER" }'
}

# flat NAME FIRST LAST: ours alone, smallest database to largest
flat() {
	echo "$2 $3" | awk -v name="$1" '{
		printf "%-34s %9.3f ms  at first %6.3f ms  ratio %5.2f  goal <= 1.1  %s\n",
			name, $2 / 1e6, $1 / 1e6, $2 / $1, $2 / $1 <= 1.1 ? "ok" : "OVER" }'
}

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
