#!/bin/sh
# Thousands of entries are removed, restored and removed again: what it takes grows as they do, and stays within 64 MiB.
# shellcheck source=tests/support/func.sh
. tests/support/func.sh

json_lines() {
	$python - "$1" <<'END'
import sys
for i in range(int(sys.argv[1])):
    print('{"title": "Entry number %d", "credit": "1h", "done_on": "2025-%02d-%02d", "topics": ["ethics", "law"]}'
          % (i, i % 12 + 1, i % 28 + 1))
END
}

# hold ENTRIES: a new home with so many.
hold() {
	end_daemon
	rm -rf "$HOME/.local" "$HOME/part."*
	run 0 pdh credential add --title City --as city --hours 40 --every 2y --expires 2026-12-31
	json_lines "$1" | split -l 2500 - "$HOME/part."
	for part in "$HOME/part."*; do
		pdh log - --allow-similar --timeout 60 <"$part" >/dev/null
	done
}

# took COMMAND...: adds its thousandths of a second to $sum.
took() {
	from=$(date +%s%N)
	run 0 "$@" --timeout 600
	sum=$((sum + ($(date +%s%N) - from) / 1000000))
}

# measure ENTRIES: undo and redo of all of them, in $sum.
measure() {
	hold "$1"
	sum=0
	# shellcheck disable=SC2046
	run 0 pdh rm --timeout 600 $(seq 1 "$1")
	took pdh undo
	took pdh redo
	took pdh undo
}

measure 5000
few=$sum
measure 20000
many=$sum
pid=$(pdh daemon status --json | jq .pid)
peak=$(awk '/^VmHWM/ { print $2 }' "/proc/$pid/status")
echo "5,000 entries $few ms, 20,000 $many ms; $peak KiB"
[ "$many" -lt $((8 * few)) ] || fail "four times the entries take $many ms, and not $few"
[ "$PDH_MODE" = "${PDH_MODE#san}" ] || exit 0
[ "$peak" -lt 65536 ] || fail "20,000 entries take $peak KiB"
ok "undo of 20,000 entries takes as long as they are many, and $peak KiB"
