#!/bin/sh
# Files that mean harm: each is refused in a sentence, or read without it, soon and in little memory.
. tests/support/func.sh

mkdir "$HOME/files"
$python tests/support/hostile_files.py "$HOME/files"

read_it() {
	pdh-read --name "$@" <"$HOME/files/$1"
}

# refused NAME STATUS TEXT
refused() {
	run "$2" read_it "$1"
	has "$3"
	ok "$1"
}

refused empty.csv 5 'the file is empty'
refused wide.csv 5 'line 2: more than 200 columns'
refused long.csv 5 'line 2: more than 65536 bytes in one line'
refused rows.csv 5 'line 100002: more than 100000 rows'
refused large.csv 5 'more than 64 MiB'
run 0 read_it quotes.csv
has '"line":3' '"taken":1'
run 0 read_it signs.csv
has 'a[31mbcd' '3 unreadable characters left out'
run 0 read_it formula.csv
has "=cmd|' /C calc'!A0"

refused entities.xlsx 5 'it declares a document type'
refused outside.xlsx 5 'it declares a document type'
refused deep.xlsx 5 'it is too deep'
refused unpacked.xlsx 5 'more than 64 MiB unpacked'
run 5 read_it liar.xlsx
refused columns.xlsx 5 'more than 200 columns'
refused index.xlsx 5 'no heading'
refused plain.zip 5 'a zip file; unpack it first'
refused log.ods 5 'the form of LibreOffice; save it as .xlsx or CSV'
refused log.xls 5 'the old Excel form; save it as .xlsx or CSV'

refused second.ics 5 'line 2: an event that repeats every second'
refused hour.ics 5 'an event that repeats every hour or more often'
run 0 read_it daily.ics
has 'only the first 1000 times' '"taken":1000'
run 0 read_it never.ics
has 'no rule to repeat by'
run 0 read_it rule.ics
has 'no rule to repeat by'
refused begins.ics 5 'line 17: more than 16 components in one another'
refused cut.ics 5 'the file ends in the middle of a calendar'
refused folded.ics 5 'line 2: more than 65536 bytes in one line'

refused deep.json 5 'is not JSON'
refused keys.json 5 'is not JSON'
refused many.json 5 'more than 200 keys'
refused number.json 5 'is not JSON'
refused token.json 5 'the badge is not JSON'

refused bomb.png 5 'the badge in the picture is damaged'
refused plain.png 5 'a picture without a badge in it; keep it as proof: pdh attach ID plain.png'
refused length.png 5 'the picture is damaged'
refused link.png 5 'the badge is a link alone, and nothing is fetched: https://example.org/a/1'
refused bomb.svg 5 'it declares a document type'
