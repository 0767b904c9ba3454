#!/bin/sh
# Long answers at a terminal go through a pager, short ones and what programs read do not.
. tests/support/func.sh
run 0 pdh init --no-input --name "Dana Reyes"
run 0 pdh credential add --title "City archivist" --hours 10 --begins 2026-01-01 --expires 2027-12-31 --as city
pages() {
	env TERM=xterm "$@" "$python" tests/func/terminal.py 80 $command </dev/null
}
mark="sed s/^/~/"

# Short: as it is. The terminal has 24 rows.
command="pdh list"
run 0 pages PAGER="$mark"
lacks "~"
i=0
while [ $i -lt 30 ]; do
	i=$((i + 1))
	echo "{\"credit\": \"1h\", \"title\": \"Entry $i\", \"date\": \"2026-02-01\"}"
done >"$HOME/lines"
run 0 pdh log - --allow-similar <"$HOME/lines"
whole=$(pages PAGER=cat)
run 0 pages PAGER="$mark"
has "~" "Entry 1" "Entry 30"
same "$(printf '%s\n' "$out" | sed 's/^~//')" "$whole" "what the pager got"
run 0 pages PAGER=cat PDH_PAGER="$mark"
has "~"
run 0 pages PAGER="$mark" PDH_PAGER=
lacks "~"
has "Entry 1"
for off in PAGER= PAGER=cat PDH_PAGER=cat; do
	run 0 pages $off
	same "$out" "$whole" "with $off"
done
run 0 env TERM=dumb PAGER="$mark" "$python" tests/func/terminal.py 80 pdh list </dev/null
lacks "~"
ok "a pager is used for what is longer than the screen, and which one is the person's to say"

for command in "pdh list --no-pager" "pdh list --json" "pdh list --plain" "pdh export --csv" \
	"pdh completion bash" "pdh list --help --no-pager"; do
	status=0
	out=$(pages PAGER="$mark" 2>&1) || status=$?
	lacks "~"
done
run 0 env TERM=xterm PAGER="$mark" pdh list
lacks "~"
command="pdh log --help"
run 0 pages PAGER="$mark"
has "~usage: pdh log"
ok "programs, watchers and whoever does not want one get none"

# The exit status is that of pdh: with a pager that fails, that leaves early, that is not there, that is interrupted.
run 0 pdh credential add --title "Fire warden" --hours 99 --begins 2026-01-01 --expires 2026-12-31 --as fire
command="pdh status --check --as-of 2026-12-30"
run 8 pages PAGER="$mark"
command="pdh list"
run 0 pages PAGER="false"
run 0 pages PAGER="head -1"
lacks "Entry 30"
run 0 pages PAGER="no-such-pager-here"
has "Entry 30"
# shellcheck disable=SC2016
run 0 pages PAGER='kill -INT $PPID; cat'
has "Entry 30"
lacks "Traceback"
command="pdh list --in 2020 --fail-empty"
run 3 pages PAGER="$mark"
command="pdh show 99"
run 3 pages PAGER="$mark"
has "pdh:"
ok "the exit status is that of pdh, whatever becomes of the pager"

# Without a word: less, which gives the screen back on q.
command="pdh list"
run 0 env TERM=xterm "$python" tests/func/pager.py pdh list
has "Entry 3" "quit"
ok "less shows it and is left with a key"
