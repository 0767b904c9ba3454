#!/bin/bash
# Killed between any two commands, and while answering: what was acknowledged is there, and nothing is half there.
. tests/support/func.sh
dana
socket=$XDG_RUNTIME_DIR/pdh/sock

for i in 1 2 3 4 5 6 7 8; do
	run 0 pdh log 1h "Kept $i" --topic one,two --date 2026-01-0"$i"
	kill -9 "$(pdh daemon status --format '{pid}')"
done
run 0 pdh list Kept --json
get '.activities | map(.title + (.topics | join(""))) | sort | join(" ")' \
	"$(for i in 1 2 3 4 5 6 7 8; do printf 'Kept %s' "${i}onetwo "; done | sed 's/ $//')"
run 0 pdh history --limit 100 --json
get '[.changes[] | select(.method == "activity.add")] | length' 8
ok "killed after every command"

# Writers that go on while the daemon is killed under them.
for w in 1 2 3; do
	for i in $(seq 15); do
		id=$(pdh log 1h "Writer $w.$i" --date 2026-02-01 --timeout 20 --format '{id}' 2>/dev/null) && echo "$id Writer $w.$i"
	done >"$HOME/acknowledged.$w" &
	writers+=($!)
done
for _ in 1 2 3 4 5 6; do
	pid=$(pdh daemon status --format '{pid}' 2>/dev/null) && kill -9 "$pid" 2>/dev/null
	pdh list --limit 1 >/dev/null 2>&1
done || true
for pid in "${writers[@]}"; do wait "$pid" || true; done
run 0 pdh list Writer --limit 1000 --format '{id} {title}'
printf '%s\n' "$out" | sort >"$HOME/stored"
cat "$HOME"/acknowledged.* | sort >"$HOME/acknowledged"
[ -s "$HOME/acknowledged" ] || fail "nothing was acknowledged"
out=$(comm -13 "$HOME/stored" "$HOME/acknowledged")
[ -z "$out" ] || fail "acknowledged and lost"
run 0 pdh doctor
has "is sound"
run 0 pdh history --limit 1000 --json
get '[.changes[] | select(.what | contains("Writer"))] | length' "$(wc -l <"$HOME/stored")"
ok "killed under three writers: nothing acknowledged is lost"

# All or nothing: an import that is cut off by kill -9 is there whole or not at all.
for i in $(seq 300); do
	echo "{\"credit\":\"1h\",\"title\":\"Line $i\",\"date\":\"2025-05-05\"}"
done >"$HOME/lines"
for n in 1 2 3; do
	sed "s/Line/Batch $n line/" "$HOME/lines" >"$HOME/batch"
	# The client sends it once more by itself, and the daemon is busy with it until it has its answer.
	pdh log - --timeout 60 <"$HOME/batch" >/dev/null 2>&1 &
	writer=$!
	pid=$(pdh daemon status --format '{pid}' 2>/dev/null) && kill -9 "$pid" 2>/dev/null
	status=0
	wait $writer || status=$?
	answered=$status
	run 0 pdh list --filter "title:\"Batch $n line\"" --limit 1000 --json
	stored=$(printf '%s' "$out" | jq '.activities | length')
	[ "$answered" != 0 ] || same "$stored" 300 "lines of a batch that was acknowledged"
	[ "$stored" = 0 ] || [ "$stored" = 300 ] || fail "$stored of 300 lines are stored"
done
[ -S "$socket" ]
ok "an import is whole or not there"
