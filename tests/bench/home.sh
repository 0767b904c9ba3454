# What the benches share: a home for pdhd and one for the floor, filled alike. . tests/bench/home.sh, with $tools, the folder of
# the programs of tests/bench; PDH_BIN names that of pdh.
# shellcheck shell=sh
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
			WHERE tbl_name IN ('activity', 'activity_topic') AND type <> 'trigger' AND sql NOT NULL"
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

# flat NAME FIRST LAST [GOAL]: ours alone, smallest database to largest
flat() {
	echo "$2 $3" | awk -v name="$1" -v goal="${4:-1.1}" '{
		printf "%-34s %9.3f ms  at first %6.3f ms  ratio %5.2f  goal <= %s  %s\n",
			name, $2 / 1e6, $1 / 1e6, $2 / $1, goal, $2 / $1 <= goal ? "ok" : "OVER" }'
}

# as_often NAME OURS FLOOR TIMES WHAT: ours for TIMES as much as the other; linear is 1
as_often() {
	echo "$2 $3" | awk -v name="$1" -v times="$4" -v what="$5" '{
		printf "%-34s %9.3f ms  with %s %7.3f ms  per entry %5.2f  goal <= 1.5  %s\n", name, $1 / 1e6, what, $2 / 1e6,
			$1 / $2 / times, $1 / $2 / times <= 1.5 ? "ok" : "OVER" }'
}
