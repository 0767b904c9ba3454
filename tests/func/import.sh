#!/bin/sh
# pdh import: a file brought in any number of times leaves each activity once; the preview is what is written; one undo
# takes it back.
. tests/support/func.sh

run 0 pdh init --no-input --name "Dana Reyes"
run 0 pdh credential add --as lic --title "License" --expires 2027-08-31 --hours 100 --every 5y

entries() {
	run 0 pdh list --all --json
	get '.activities | length' "$1"
}

# ---- preview, run, again, undo
run 0 pdh import tests/files/01-frontline.csv -n
has 'Frontline Professional Growth' 'UTF-8 with BOM' 'dates m/d/y' 'hours' '"Credits"' \
	'4 new' '1 unreadable' '2 left out' 'line 7' 'not completed' \
	'read it as 2.5 with --lenient' 'second of the same in this file' 'Nothing was stored'
entries 0
run 0 pdh import tests/files/01-frontline.csv -n --json
get '.created' 4
get '.dry_run' true
get '.rows | length' 7
get '[.rows[].state] | join(" ")' 'new new new new skipped skipped bad'
get '.file' 01-frontline.csv
get '[.columns[] | select(.field == "credit") | .names[]] | join(",")' Credits
run 0 pdh import tests/files/01-frontline.csv
has '4 entries (#' 'Take it back: pdh undo' 'lic   +9.75'
entries 4
run 0 pdh import tests/files/01-frontline.csv
has '4 you have' 'Nothing new; nothing written.'
entries 4
run 0 pdh import tests/files/01-frontline.csv --lenient
has '1 new'
entries 5
run 0 pdh undo
run 0 pdh undo
has 'imported 01-frontline.csv, 4 entries'
entries 0
run 0 pdh redo
entries 4
run 0 pdh import tests/files/01-frontline.csv -n
has '4 you have'
ok "once"

# ---- edited, removed
run 0 pdh list zone --json
id=$(printf '%s' "$out" | jq '.activities[0].id')
run 0 pdh edit "$id" --title "Reading, edited"
run 0 pdh import tests/files/01-frontline.csv -n
has '4 you have'
run 0 pdh rm "$id"
run 0 pdh import tests/files/01-frontline.csv -n
has '3 you have' '1 removed by you' '--again takes it'
run 0 pdh import tests/files/01-frontline.csv
has 'nothing written'
run 0 pdh import tests/files/01-frontline.csv --again
has '1 new'
run 0 pdh undo
run 0 pdh undo
entries 4
run 0 pdh import tests/files/01-frontline.csv -n
has '4 you have'
ok "an entry that was edited or removed is still known"

# ---- what was logged by hand, what is similar
cat >"$HOME/own.csv" <<'CSV'
Date,Title,Hours,Provider,Course ID
2026-03-01,Book talk,1.5,Library,B-1
2026-03-02,Story time for schools,2,Library,
2026-03-03,Nothing like it,2,Library,
CSV
run 0 pdh log 1.5h "book TALK!" --date 2026-03-01
run 0 pdh log 2h "Story time for all schools" --date 2026-03-02
run 0 pdh import "$HOME/own.csv" -n --json
get '[.rows[].state] | join(" ")' 'have similar new'
run 6 pdh import "$HOME/own.csv" --strict
has 'line 3 looks like #' 'nothing written'
run 0 pdh import "$HOME/own.csv"
has '1 new' '1 you have' '1 similar' 'looks like #'
run 0 pdh import "$HOME/own.csv"
has '2 you have' '1 similar'
run 0 pdh list "Story time" --json
id=$(printf '%s' "$out" | jq '.activities[0].id')
run 5 pdh import "$HOME/own.csv" --same 3=9999
has 'cannot be #9999'
run 2 pdh import "$HOME/own.csv" --same three
run 0 pdh import "$HOME/own.csv" --same "3=$id"
run 0 pdh show "$id"
has 'Library'
run 0 pdh import "$HOME/own.csv"
has '3 you have'
run 0 pdh undo
run 0 pdh import "$HOME/own.csv" --take 3
has '1 new'
ok "similar is a question"

# ---- provider's number, place
run 0 pdh import tests/files/05-isbe-elis.csv
run 0 pdh list Copyright --json
get '.activities[0].provider_id' 99-000-0000-00
run 0 pdh import tests/files/22-outlook.csv --match PD --yes
run 0 pdh list 'Copyright webinar' --json
get '.activities[0].place' Teams
ok "what a board asks for is kept"

# ---- by what names a row in its file
sed 's/,2,Medical/,3,Medical/' tests/files/08-ce-broker.csv >"$HOME/broker.csv"
run 0 pdh import tests/files/08-ce-broker.csv
run 0 pdh import "$HOME/broker.csv" -n
has '1 changed' '--update' '1 you have'
run 0 pdh import "$HOME/broker.csv" --update
run 0 pdh list Prevention --json
get '.activities[0].credit.amount' 3.0
run 0 pdh import "$HOME/broker.csv" -n
has '2 you have'
ok "a row that its source names may change"

# ---- opening balance
run 0 pdh credential add --as old --title "Old license" --expires 2027-08-31 --hours 100 --every 5y --opening 20h
counted() {
	run 0 pdh status old --json
	printf '%s' "$out" | jq '.credentials[0].counted.exact / 3600000'
}
before=$(counted)
cat >"$HOME/before.csv" <<'CSV'
Date,Title,Hours
2026-01-13,Counted before,4
CSV
run 0 pdh import "$HOME/before.csv" -n
has 'opening' '--opening reduce leaves 16.0 h'
run 5 pdh import "$HOME/before.csv"
has 'would count beside the opening balance #' 'say --opening reduce or keep'
run 0 pdh import "$HOME/before.csv" --opening reduce
has '20.0 h, becomes 16.0 h'
same "$(counted)" "$before" "reduced"
run 0 pdh undo
run 0 pdh import "$HOME/before.csv" --opening keep
same "$(counted)" "$((before + 4))" "kept"
run 2 pdh import "$HOME/before.csv" --opening perhaps
ok "an opening balance does not count twice"

# ---- calendars, badges, certificates are taken with a yes
run 2 pdh import tests/files/18-calendar.ics
has '--match'
run 2 pdh import tests/files/18-calendar.ics --match PD
has '--yes'
run 0 env TZ=America/Chicago pdh import tests/files/18-calendar.ics --match PD --yes --opening keep
has '6 new'
run 2 pdh import tests/files/19-badge-ob3.json --unit hour --opening keep
run 0 pdh import tests/files/19-badge-ob3.json --unit hour --opening keep --yes
has '1 new' 'proof of the issuer not'
run 0 pdh import tests/files/21-certificate.pdf -n
# The list of the portal had it.
has 'Certificate' '1 you have'
ok "proposals want a yes"
# A comma that nobody quoted moves what follows it; a heading that is short everywhere says nothing of one row.
printf 'Date,Title,Hours\n2026-01-05,Fair,1,500\n2026-01-06,Books, 2,1\n2026-01-07,Maps,1,\n' >"$HOME/moved.csv"
run 0 pdh import "$HOME/moved.csv" -n --json
get '[.rows[] | select(.flags | any(startswith("more cells than the heading"))) | .line] | join(" ")' '2 3'
printf 'Date,Title,Hours\n2026-01-05,Fair,1,x\n2026-01-06,Books,2,y\n' >"$HOME/moved.csv"
run 0 pdh import "$HOME/moved.csv" -n --json
get '[.rows[].flags[]] | length' 0
ok "cells that the heading does not name are told"
for text in '[[[[' '1 0 obj<</Type/Catalog/Pages 1 0 R>>endobj trailer<</Root 1 0 R>>'; do
	printf '%%PDF-1.4\n%s' "$text" >"$HOME/bad.pdf"
	run 5 pdh import "$HOME/bad.pdf" -n
	has 'bad.pdf: a PDF' 'keep it as proof: pdh attach ID bad.pdf'
	lacks 'Syntax'
done
ok "a PDF that cannot be read is told in one sentence"

# ---- each event is asked about, at a terminal
answer() {
	printf '%b' "$1" >"$HOME/answers"
	run "$2" script -qefc "stty -echo; TZ=America/Chicago $3" /dev/null <"$HOME/answers"
}
run 2 pdh import tests/files/53-calendar.ics --match book --ask
has '--ask needs a terminal; --yes takes every row'
run 2 pdh import tests/files/53-calendar.ics --yes
has '--match'
run 2 pdh import tests/files/53-calendar.ics --match book
has '--ask' '--yes'
answer 'n\nwhat\ny\nh\n45x\n45m\nq\n' 0 "pdh import tests/files/53-calendar.ics --match book --ask --opening keep"
has 'PD book study' 'did you go?' 'y: yes, n: no' '2 entries'
run 0 pdh list "PD book" --json
get '[.activities[] | .done_on + " " + .credit.amount] | sort | join(",")' '2025-12-10 1.5,2026-01-14 0.75'
# Those that are known are not asked about again; the last one was not answered.
answer 'y\ny\n' 0 "pdh import tests/files/53-calendar.ics --match book --ask --opening keep"
has '2 you have' '2 entries'
answer 'n\n' 0 "pdh import tests/files/53-calendar.ics --match book --ask --opening keep"
has '4 you have' 'nothing written'
ok "every event with its own yes"

# ---- what was imported
run 0 pdh import list --json
last=$(printf '%s' "$out" | jq '.imports[0].batch')
get '.imports[0].file' 53-calendar.ics
get '.imports[0].created' 2
get '.imports[1].left_out > 2' true
run 0 pdh import list
has '53-calendar.ics' '01-frontline.csv'
run 0 pdh import show "$last"
has 'PD book study' '#'
run 0 pdh import show "$((last - 1))" --json
get '[.rows[] | select(.state == "skipped" and (.why | endswith("you said no")))] | length' 1
get '[.rows[] | select(.state == "skipped" and (.why | endswith("not asked")))] | length' 1
get '[.rows[] | select(.state == "new")] | length' 2
run 3 pdh import show 9999
has 'pdh import list shows them'
ok "imports are listed, with the rows of each"

# ---- rows without hours
run 5 pdh import tests/files/36-coursera.csv
has '36-coursera.csv' 'it has no column of hours; say --hours 2h for each row'
run 0 pdh import tests/files/36-coursera.csv --hours 20h --opening keep
has '1 new' '20.0 h' 'not completed'
run 0 pdh import tests/files/37-badge-ob2.json -n
has '1 unreadable' '--hours 2h'
run 0 pdh import tests/files/37-badge-ob2.json --hours 1.25h --yes --opening keep
has '1 new' '1.25 h'
run 0 pdh import tests/files/53-calendar.ics --match conference --hours 6h --yes --opening keep
run 0 pdh list "conference, two" --json
get '.activities[0].from + " " + .activities[0].done_on' '2026-02-20 2026-02-21'
ok "hours that the file does not say"

# ---- refusals
printf 'Date,Title,Hours\n03/04/2026,x,1\n' >"$HOME/days.csv"
run 5 pdh import "$HOME/days.csv"
has '03/04/2026 may be 3 April or 4 March; say --dates m/d/y or --dates d/m/y'
printf 'Date,Title,Credits\n2026-03-04,x,2\n' >"$HOME/unit.csv"
run 5 pdh import "$HOME/unit.csv"
has 'line 2: 2.0 credits of what? say --unit hour'
printf 'A,B\n1,2\n' >"$HOME/none.csv"
run 5 pdh import "$HOME/none.csv"
has 'none.csv: no heading with a date, a title and hours; --map date=A,title=B,hours=C names them'
run 3 pdh import "$HOME/missing.csv"
run 5 pdh import "$HOME"
has 'is a folder'
mkfifo "$HOME/fifo"
run 5 pdh import "$HOME/fifo"
has 'not a regular file'
run 5 pdh import tests/files/01-frontline.csv --strict
has 'line 9' 'nothing written'
run 3 pdh import tests/files/01-frontline.csv --layout frontlin
has 'no layout is called'
run 0 sh -c 'pdh import - -n <tests/files/01-frontline.csv'
has '4 you have'
ok "refusals"

# ---- more rows than one request holds
i=0
{
	echo "Date,Title,Hours"
	while [ $i -lt 4500 ]; do
		echo "2011-$((i % 12 + 1))-$((i / 12 % 28 + 1)),Row $i,1"
		i=$((i + 1))
	done
} >"$HOME/many.csv"
run 0 pdh import "$HOME/many.csv" -n --json
get '[(.rows | length), .created, ([.rows[] | select(.state == "new")] | length)] | map(tostring) | join(" ")' '4500 4500 4500'
get .plan "$(printf '%s' "$out" | jq -r .plan)"
run 0 pdh import "$HOME/many.csv" --json
get .created 4500
get '[.rows[].id] | unique | length' 4500
get '.rows[4499].id - .first' 4499
run 0 pdh import "$HOME/many.csv"
has '4500 you have'
run 0 pdh undo
run 0 pdh list "Row 1" --since 2011-01-01 --json
get '.activities | length' 0
ok "thousands of rows"

# ---- a plan that is no longer true
run 0 pdh import "$HOME/unit.csv" --unit hour -n --opening keep --json
plan=$(printf '%s' "$out" | jq -r .plan)
[ "${#plan}" -eq 16 ] || fail "no plan"
ok "plan"

# ---- start and end, and columns that nobody used
run 0 pdh import tests/files/94-start-end.csv -n
has 'not used' '"Room", "Facilitator"' '"End"'
run 0 pdh import tests/files/94-start-end.csv -n --json
get '.unused | join(" ")' 'Room Facilitator'
run 2 pdh import tests/files/95-clock.csv
has 'two times alone'
run 0 pdh import tests/files/95-clock.csv -n
has '15:30 to' '1 new' '2 unreadable'
run 0 pdh import tests/files/95-clock.csv --hours 12h -n
has '3 new' 'since --hours'
run 0 pdh import tests/files/95-clock.csv --yes --opening keep
has '1 new'
run 0 pdh undo
ok "start and end"

# ---- JSON in one line: rows are counted
cp tests/files/98-one-line.json "$HOME/rows.json"
run 0 pdh import "$HOME/rows.json" -n
has 'row 2' 'row 3' '1 new'
run 5 pdh import "$HOME/rows.json" --strict
has 'row 2: hours'
run 0 pdh log 1h "Minified one thing" --date 2026-01-13 --allow-similar
printf '[{"date":"2026-01-12","title":"Other","hours":1},{"date":"2026-01-13","title":"Minified one thing too","hours":1}]' >"$HOME/alike.json"
run 0 pdh import "$HOME/alike.json" -n
has 'row 2' 'looks like'
run 6 pdh import "$HOME/alike.json" --strict --opening keep
has 'row 2 looks like'
run 0 pdh import "$HOME/alike.json" --take 2 --opening keep --json
get .created 2
run 0 pdh undo
run 0 pdh undo
ok "rows of JSON in one line are counted"

# ---- lines that are not in the file
printf 'Date,Title,Hours,Status\n2025-05-05,There,1h,\n2025-05-06,Not there,1h,Denied\n' >"$HOME/lines.csv"
run 2 pdh import "$HOME/lines.csv" --take 99
has 'line 99'
run 2 pdh import "$HOME/lines.csv" --take 2,99 -n
has 'line 99'
run 2 pdh import "$HOME/lines.csv" --take 3
has 'line 3 cannot be taken' 'refused'
run 2 pdh import "$HOME/lines.csv" --same 99=1
has 'line 99'
run 2 pdh import "$HOME/alike.json" --take 3
has 'row 3'
run 0 pdh list "there" --json
get '.activities | length' 0
ok "a line that is not in the file is named"
printf 'Date,Title,Hours\nsoon,There,1h\n' >"$HOME/none.csv"
run 2 pdh import "$HOME/none.csv" --take 99 -n
has 'line 99'

# ---- a look at thousands of rows says what they would do, and which words are unknown
{
	echo 'Date,Title,Hours,Type'
	i=0
	while [ $i -lt 2200 ]; do
		echo "2025-07-$((10 + i % 20)),Look $i,0.1h,worksho"
		i=$((i + 1))
	done
} >"$HOME/look.csv"
run 0 pdh import "$HOME/look.csv" -n --opening keep --json
get .created 2200
get .dry_run true
get .op null
get '.effects | length' 2
same "$(printf '%s' "$out" | jq '[.notes[] | select(test("worksho"))] | length')" 1 "the note of the word"
run 0 pdh list Look --json
get '.activities | length' 0
ok "a look at thousands of rows is whole"
