#!/bin/sh
# pdh export --csv is read back by pdh import: the same bytes again from another home, but for the uids.
. tests/support/func.sh
run 0 pdh init --no-input --name "Dana Reyes"
tab=$(printf '\t')

run 0 pdh log 2.5h '=1+1' --date 2026-01-05 --provider "'=x" --provider-id -5 --place @home --course +C --approval approved
run 0 pdh log 20m "''-5" --date 2026-01-06 --topic 'a;b,c=d' --topic "'@t" --split 'a;b=10m' --split 'c=d=5m' --duty
run 0 pdh log 1h 'A "quoted", Ünïcode – 図書館 ☃ title' --date 2026-01-08 --from 2026-01-07 --kind course --format live \
	--role presenter --note "=line one, \"it\" begins
@second${tab}with a tab;

' last"
run 0 pdh log 3sh "' not guarded" --date 2026-01-09 --note "' not guarded"
run 0 pdh log 0.6ceu "'" --date 2026-01-10 --note "'${tab}x"
run 0 pdh log 12pt "Someday" --date 2026-05-01 --planned
run 0 pdh log 7.12345h "Twice" --date 2026-02-01
run 0 pdh log 7.12345h "Twice" --date 2026-02-01 --allow-similar

run 0 pdh export --csv -o "$HOME/a.csv"
run 0 pdh export --csv --excel -o "$HOME/x.csv"
run 0 pdh import "$HOME/a.csv"
has 'pdh export --csv' '8 you have' 'nothing written'
run 0 pdh edit 1 --title '=2+2'
run 0 pdh import "$HOME/a.csv" -n --json
get '[.rows[].state] | join(" ")' 'changed have have have have have have have'
get '.rows[0].id' 1
run 0 pdh undo
ok "where it came from everything is known by its uid"

# Without the last cell, which is the uid; every line that ends a row has one.
uidless() {
	sed -E 's/[0-9a-f]{32}(\r?)$/\1/' "$1"
}
there() {
	env XDG_DATA_HOME="$home/data" XDG_STATE_HOME="$home/state" XDG_CONFIG_HOME="$home/config" \
		XDG_RUNTIME_DIR="$home/run" "$@"
}
# again FILE OPTION...: into an empty home and out of it.
again() {
	file=$1
	shift
	home=$HOME/$(basename "$file").home
	mkdir -p -m 700 "$home/run"
	run 0 there pdh init --no-input --name "Dana Reyes"
	run 0 there pdh import "$file" --json
	get .created 8
	get .layout pdh-csv
	run 0 there pdh export --csv "$@" -o "$home/out.csv"
	uidless "$file" >"$home/wanted"
	uidless "$home/out.csv" >"$home/got"
	cmp "$home/wanted" "$home/got" || fail "$(diff "$home/wanted" "$home/got")"
	run 0 there pdh import "$file"
	has '8 you have' 'nothing written'
	# Under its own uids too.
	run 0 there pdh import "$home/out.csv"
	has '8 you have' 'nothing written'
	run 0 there pdh daemon stop
}
again "$HOME/a.csv"
again "$HOME/x.csv" --excel
ok "into another home and out again: the same bytes"

# As where the decimal sign is a comma.
$python -c '
import csv, sys
rows = csv.reader(open(sys.argv[1], newline="", encoding="utf-8-sig"))
csv.writer(open(sys.argv[2], "w", newline="", encoding="utf-8-sig"), delimiter=";").writerows(rows)
' "$HOME/x.csv" "$HOME/s.csv"
run 0 pdh import "$HOME/s.csv"
has '8 you have' 'nothing written'
ok "with ; between cells"

# A row somebody spoiled.
sed 's/=300/=x300/; s/a;;b=0[^;]*;/a;;b;/' "$HOME/a.csv" >"$HOME/bad.csv"
run 0 pdh import "$HOME/bad.csv" -n
has '1 unreadable' 'no topic with its hours'
ok "what cannot be read is told"
