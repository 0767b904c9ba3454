#!/bin/sh
# How pdh grows: the same question with few and with many entries, items and credentials, in turn with the floor where
# there is one. What answers the same is to cost the same; what answers more is to cost as much more.
#   growth.sh FOLDER [FEW MANY]      FOLDER has the programs of tests/bench; PDH_BIN names that of pdh
set -eu

tools=$1
few=${2:-3000}
many=${3:-100000}
. tests/bench/home.sh

# ours COMMAND...: the median of a command of pdh beside that of the floor's page; "OURS FLOOR" in ns
ours() {
	"$tools/measure" cold "$rounds" "$PDH_BIN/pdh" "$@" -- "$tools/floor_client" "$run/floor" page 20
}

# alone COMMAND...: the same of pdh alone
alone() {
	ours "$@" | awk '{ print $1 }'
}

# ---- one answer among few and among many ----

questions='list@--limit 20
list of days@--limit 20 --since 2012-02-03
list of a topic@--limit 20 --topic seldom
list of a provider@--limit 20 --provider seldom
list of planned ones@--limit 20 --planned
search@--limit 20 seldom
search of what is frequent@--limit 20 workshop'

for n in $few $many; do
	set_up
	fill "$n"
	sqlite3 "$PDH_DATABASE" "UPDATE activity SET provider = 'Seldom', planned = done_on > date() WHERE id % ($n / 20) = 0;
		UPDATE activity_topic SET topic = 'seldom' WHERE activity_id % ($n / 20) = 0; ANALYZE"
	start_pdhd
	start_floor
	echo "$questions" | while IFS=@ read -r name words; do
		# shellcheck disable=SC2086
		ours list $words >"$work/$n.$(echo "$name" | tr ' ' _)"
	done
	alone list --plain --timeout 60 >"$work/$n.plain"
	stop
done
echo "$questions" | while IFS=@ read -r name words; do
	file=$(echo "$name" | tr ' ' _)
	line "$name, $many entries" "$(cat "$work/$many.$file")" 3
	flat "$name, $many entries to $few" "$(cut -d' ' -f1 "$work/$few.$file")" "$(cut -d' ' -f1 "$work/$many.$file")" 1.5
done
as_often "list --plain, all of $many" "$(cat "$work/$many.plain")" "$(cat "$work/$few.plain")" $((many / few)) "$few"

# ---- all of them in the open cycle ----

for n in $few $many; do
	set_up
	fill "$n" "$n"
	start_pdhd
	start_floor
	alone log 1h "Seminar number %d" --date yesterday --allow-similar >"$work/$n.log"
	alone edit 7 --note "number %d" >"$work/$n.edit"
	alone status >"$work/$n.status"
	stop
done
for what in log edit status; do
	as_often "$what, $many in the open cycle" "$(cat "$work/$many.$what")" "$(cat "$work/$few.$what")" \
		$((many / few)) "$few"
done

# ---- many items ----

for n in 100 1000; do
	set_up
	fill 100
	sqlite3 "$PDH_DATABASE" "INSERT INTO item (credential_id, title, kind, due)
		WITH RECURSIVE n (i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < $n)
		SELECT 1, 'Item ' || i, 'other', date('now', '+' || (i % 700) || ' days') FROM n"
	start_pdhd
	start_floor
	alone remind list --timeout 60 >"$work/$n.remind"
	alone remind calendar --timeout 60 >"$work/$n.calendar"
	stop
done
as_often "remind list, 1000 items" "$(cat "$work/1000.remind")" "$(cat "$work/100.remind")" 10 100
as_often "remind calendar, 1000 items" "$(cat "$work/1000.calendar")" "$(cat "$work/100.calendar")" 10 100

# ---- many credentials ----

set_up
start_pdhd
for pack in schema/packs/*.yaml; do
	pack=${pack##*/}
	"$PDH_BIN/pdh" credential add "${pack%.yaml}" --as "${pack%.yaml}" --no-input \
		--expires "$(date -d '+30 months' +%F)" >/dev/null 2>&1 || true
done
"$PDH_BIN/pdh" plan --timeout 60 >/dev/null
awk -v n="$("$PDH_BIN/pdh" credential list --plain | wc -l)" '/^VmHWM/ {
	printf "%-34s %9d KiB  goal <= 32768 KiB  %s\n", "plan, " n " credentials", $2, $2 <= 32768 ? "ok" : "OVER"
}' "/proc/$pdhd/status"
stop
