#!/bin/sh
# pdh export: everything as one document that is the same each time; the activities as CSV and as text.
. tests/support/func.sh
dana
run 0 pdh log 2.5h 'Quote "x", =1+1' --topic a,b --split a=20m --only tx-lib --date 2026-01-05 --provider AASL \
	--note 'line one
line two'
run 0 pdh log 1h "=SUM(1)" --date 2025-01-05

run 0 pdh export
get .schema pdh.export/1
get '.activities | length' 3
get '.activities[1].split[0].exact' 1200000
get '.cycles | length' 3
first=$out
printf '%s\n' "$first" | head -1 | grep -qx '{"schema":"pdh.export/1",' || fail "another first line"
at 2026-03-20T11:00:00
run 0 pdh export --json
same "$out" "$first" "a week later"
run 0 pdh daemon stop
run 0 pdh export
same "$out" "$first" "another daemon"
same "$(printf '%s\n' "$out" | grep -c '^{"id":.*"uid":')" 3 "lines with an activity"
ok "everything, a record a line, the same each time"

run 0 pdh export -o "$HOME/all.json"
has 'all.json: 3 activities'
same "$(cat "$HOME/all.json")" "$first" "the file"
same "$(stat -c %a "$HOME/all.json")" 600 "its mode"
run 0 pdh export --for il-pel --date 2025
get '.activities | length' 1
get '.credentials[0].alias' il-pel
get '.rules | length' 1
run 1 pdh export -o "$HOME/no/such.json"
has 'cannot write'
ok "into a file, or a part of it"

run 0 pdh export --csv
has "'=SUM(1),1.0 h" '"Quote ""x"", =1+1",2.5 h'
run 0 pdh export --csv --excel -o "$HOME/all.csv"
same "$(head -c 3 "$HOME/all.csv" | od -An -tx1 | tr -d ' ')" efbbbf "the byte order mark"
ok "CSV"

run 0 pdh export --text "$HOME/mirror"
same "$(cd "$HOME/mirror" && echo *)" "2025.txt 2026.txt" "its files"
grep -q '^2026-01-05  Quote "x", =1+1$' "$HOME/mirror/2026.txt" || fail "no heading"
before=$(stat -c %i "$HOME/mirror/2025.txt" "$HOME/mirror/2026.txt")
run 0 pdh edit 2 --title Other
run 0 pdh export --text "$HOME/mirror"
after=$(stat -c %i "$HOME/mirror/2025.txt" "$HOME/mirror/2026.txt")
same "$(echo "$after" | head -1)" "$(echo "$before" | head -1)" "a year that stays"
[ "$(echo "$after" | tail -1)" != "$(echo "$before" | tail -1)" ] || fail "2026 was not written anew"
echo own >"$HOME/mirror/1999.txt"
run 0 pdh rm 3
run 0 pdh export --text "$HOME/mirror"
same "$(cd "$HOME/mirror" && echo *)" "1999.txt 2026.txt" "files of years that there are"
ok "text, a file for each year"

run 2 pdh export --csv --json
has 'one form'
run 2 pdh export --excel
run 2 pdh export --text "$HOME/mirror" -o x
run 2 pdh export --plain
run 2 pdh export --json=name
run 3 pdh export --for nobody
ok "refusals"
