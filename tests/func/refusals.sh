#!/bin/sh
# What records in and out refuse: each with its sentence, its exit status and its word, and nothing changed after it.
. tests/support/func.sh

run 0 pdh init --no-input --name "Dana Reyes"
run 0 pdh credential add --as lic --title "License" --expires 2027-08-31 --hours 100 --every 5y --opening 20h
run 0 pdh log 2h "Makerspace" --date 2026-03-05
run 0 pdh log 1h "Reading zone" --date 2026-03-06
printf 'a proof' >"$HOME/kept.txt"
run 0 pdh attach 2 "$HOME/kept.txt"
run 0 pdh backup --json
backup=$(printf %s "$out" | jq -r .folder)

mkdir "$HOME/hostile"
$python tests/support/hostile_files.py "$HOME/hostile"
cd "$HOME" || exit 1
cp hostile/unpacked.xlsx log.xlsx
state() {
	pdh export --json
	pdh history --json
}

# refused STATUS WORD SENTENCE COMMAND...: in words and as JSON; the records and their history are as they were.
refused() {
	wanted=$1 word=$2 sentence=$3
	shift 3
	before=$(state)
	run "$wanted" "$@"
	case $out in
	*"$sentence"*) ;;
	*) fail "it does not say: $sentence" ;;
	esac
	said=$("$@" --json 2>&1 >/dev/null) && fail "it worked: $sentence"
	same "$(printf %s "$said" | jq -r .code)" "$word" "the word of: $sentence"
	same "$(state)" "$before" "after: $sentence"
}

printf 'What,Ever\na,b\n' >none.csv
refused 5 refused 'none.csv: no heading with a date, a title and hours; --map date=A,title=B,hours=C names them' \
	pdh import none.csv
printf 'Date,Title,Hours\n03/04/2026,A,1\n' >days.csv
refused 5 refused '03/04/2026 may be 3 April or 4 March; say --dates m/d/y or --dates d/m/y' pdh import days.csv
printf 'Date,Title,Credits\n2026-03-04,A,2\n' >credits.csv
refused 5 refused 'line 2: 2.0 credits of what? say --unit hour' pdh import credits.csv
printf 'Date,Title,Hours\n2026-03-05,Makerspace,1.5\n' >similar.csv
refused 6 duplicate 'line 2 looks like #2' pdh import similar.csv --strict
printf 'Date,Title,Hours\n2026-03-01,Earlier,1\n' >earlier.csv
refused 5 refused 'would count beside the opening balance #1; say --opening reduce or keep' pdh import earlier.csv
printf '\320\317\021\340\241\261\032\341' >log.xls
refused 5 refused 'log.xls: the old Excel form; save it as .xlsx or CSV' pdh import log.xls
$python - <<'PY'
import struct, zipfile, zlib
for name, member in (("log.ods", "content.xml"), ("log.numbers", "Index/Document.iwa")):
    with zipfile.ZipFile(name, "w") as z:
        z.writestr(member, "x")
def chunk(kind, data):
    return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))
with open("badge.png", "wb") as f:
    f.write(b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", struct.pack(">IIBBBBB", 1, 1, 8, 0, 0, 0, 0))
            + chunk(b"IDAT", zlib.compress(b"\0\0")) + chunk(b"IEND", b""))
PY
refused 5 refused 'log.ods: the form of LibreOffice; save it as .xlsx or CSV' pdh import log.ods
refused 5 refused 'log.numbers: the form of Numbers; export it as CSV' pdh import log.numbers
refused 5 too_large 'log.xlsx: more than 64 MiB unpacked' pdh import log.xlsx
printf 'BEGIN:VCALENDAR\r\nBEGIN:VEVENT\r\nUID:a\r\nSUMMARY:PD\r\nDTSTART:20260105T180000Z\r\nDTEND:20260105T190000Z\r\nRRULE:FREQ=SECONDLY\r\nEND:VEVENT\r\nEND:VCALENDAR\r\n' >cal.ics
refused 5 refused 'repeats every second' pdh import cal.ics --match PD --yes
refused 5 refused 'badge.png: a picture without a badge in it; keep it as proof: pdh attach ID badge.png' pdh import badge.png
printf '<html><table><tr><th>Date</th></tr></table></html>' >page.xls
refused 5 refused 'page.xls: a web page under another name' pdh import page.xls
ok "files that are refused"

mkdir certs
refused 5 refused 'certs is a folder' pdh attach 2 certs
truncate -s 412M huge.pdf
refused 5 too_large 'at most 100 M' pdh attach 2 huge.pdf
refused 3 not_found 'nowhere.pdf' pdh attach 2 nowhere.pdf
run 0 pdh attach 3 kept.txt
has 'the same file is kept already, as proof of #2; it now proves #3 too'
run 0 pdh undo
ok "proofs that are refused"

pdh export --json >all.json
uid=$(grep -o '"uid":"[0-9a-f]*"' all.json | head -1 | cut -d'"' -f4)
$python - "$uid" <<'PY'
import re, sys
text = open("all.json").read()
uids = re.findall(r'"uid":"([0-9a-f]{32})"', text)
open("twice.json", "w").write(text.replace(uids[1], uids[0]))
open("newer.json", "w").write(text.replace("pdh.export/1", "pdh.export/2", 1))
PY
refused 5 refused "uid $uid twice (lines" pdh import twice.json
refused 10 incompatible 'pdh.export/2' pdh import newer.json
ok "documents that are refused"

chmod -R u+w "$backup"
printf x >>"$(find "$backup/evidence" -type f | head -1)"
refused 1 failed 'does not match its hash' pdh restore "$backup"
has 'nothing was restored'
ok "backups that are refused"

run 0 pdh import similar.csv
has '1 similar' 'looks like #2' 'Nothing new; nothing written.'
ok "nothing new is no fault"
