#!/bin/sh
# Measures what is done to many records at once beside a floor for each, in turn within one run, and prints ratios.
#   records.sh FOLDER [ROWS [PROOFS]]     FOLDER has the programs of tests/bench; PDH_BIN names that of pdh
# The floor of what is stored is SQLite doing the same to the same tables: the rows put into tables with the indices and triggers
# of pdh, the changeset recorded, one durable commit.
set -eu

tools=$1
rows=${2:-20000}
proofs=${3:-1000}
python=/usr/bin/python3
. tests/bench/home.sh
rounds=${PDH_BENCH_ROUNDS:-5}
pdh=$PDH_BIN/pdh
copies=$work/copies
mkdir -p "$copies"

# now: nanoseconds
now() {
	date +%s%N
}

# took COMMAND...: how long it takes, in ns
took() {
	begun=$(now)
	"$@" >"$work/said" 2>&1 || { cat "$work/said" >&2; exit 1; }
	echo $(($(now) - begun))
}

# tell NAME TIMES FLOORS GOAL: medians of two lists, and their ratio
tell() {
	echo "$2:$3" | awk -F: -v name="$1" -v goal="$4" '
		function median(list, v, n, i, j, t) {
			n = split(list, v, " ")
			for (i = 1; i <= n; i++)
				for (j = i + 1; j <= n; j++)
					if (v[j] + 0 < v[i] + 0) { t = v[i]; v[i] = v[j]; v[j] = t }
			return v[int((n + 1) / 2)]
		}
		{
			a = median($1); b = median($2)
			printf "%-34s %9.0f ms  floor %9.0f ms  ratio %5.2f  goal <= %s  %s\n",
				name, a / 1e6, b / 1e6, a / b, goal, (a / b <= goal) ? "ok" : "OVER"
		}'
}

awk -v n="$rows" 'BEGIN {
	print "Date,Title,Hours,Provider"
	for (i = 0; i < n; i++)
		printf "%04d-%02d-%02d,Course number %d,%d.5,Provider %d\n", 2019 + i % 7, 1 + int(i / 7) % 12,
			1 + int(i / 84) % 28, i, 1 + i % 3, i % 17
}' >"$work/in.csv"

set_up
cp "$PDH_DATABASE" "$copies/empty.db"
start_pdhd

imports=
again=
undos=
redos=
floors=
takes=
knows=
for _ in $(seq "$rounds"); do
	imports="$imports $(took "$pdh" import "$work/in.csv" --no-input -q)"
	again="$again $(took "$pdh" import "$work/in.csv" --no-input -q)"
	[ -s "$copies/full.db" ] || sqlite3 "$PDH_DATABASE" ".backup $copies/full.db"
	cp "$copies/empty.db" "$copies/floor.db"
	floors="$floors $("$tools/floor_rows" put "$copies/full.db" "$copies/floor.db")"
	takes="$takes $("$tools/floor_rows" take "$copies/full.db" "$copies/floor.db")"
	knows="$knows $("$tools/floor_rows" know "$copies/full.db" "$copies/floor.db")"
	undos="$undos $(took "$pdh" undo -q)"
	redos="$redos $(took "$pdh" redo -q)"
	"$pdh" undo -q >/dev/null
done
tell "import $rows rows, look and store" "$imports" "$floors" 3
tell "the same again, all known" "$again" "$knows" 5
tell "undo of it" "$undos" "$takes" 2
tell "redo of it" "$redos" "$floors" 2

"$pdh" redo -q >/dev/null
exports=
dumps=
for _ in $(seq "$rounds"); do
	rm -f "$work/all.json"
	exports="$exports $(took "$pdh" export --output "$work/all.json" -q)"
	dumps="$dumps $(took sqlite3 -json "$PDH_DATABASE" "SELECT * FROM activity; SELECT * FROM import_row")"
done
tell "export $rows as JSON" "$exports" "$dumps" 4

# ---- a workbook; its floor is to unpack its sheet and have expat read it

workbook() {
	$python - "$work/in.csv" "$work/in.xlsx" <<'END'
import csv, sys, zipfile

rows = []
for line in csv.reader(open(sys.argv[1])):
    cells = (f'<c t="inlineStr"><is><t>{v}</t></is></c>' for v in line)
    rows.append("<row>" + "".join(cells) + "</row>")
main = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
rel = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
package = "http://schemas.openxmlformats.org/package/2006/"
with zipfile.ZipFile(sys.argv[2], "w", zipfile.ZIP_DEFLATED) as z:
    z.writestr("[Content_Types].xml", f'<Types xmlns="{package}content-types"/>')
    z.writestr("xl/workbook.xml", f'<workbook xmlns="{main}" xmlns:r="{rel}"><sheets><sheet name="A" sheetId="1" '
               'r:id="rId1"/></sheets></workbook>')
    z.writestr("xl/_rels/workbook.xml.rels", f'<Relationships xmlns="{package}relationships"><Relationship Id="rId1" '
               f'Type="{rel}/worksheet" Target="worksheets/sheet1.xml"/></Relationships>')
    z.writestr("xl/worksheets/sheet1.xml", f'<worksheet xmlns="{main}"><sheetData>' + "".join(rows) +
               "</sheetData></worksheet>")
END
}

unpacked() {
	$python - "$work/in.xlsx" <<'END'
import pyexpat, sys, time, zipfile

begun = time.monotonic_ns()
parser = pyexpat.ParserCreate()
parser.Parse(zipfile.ZipFile(sys.argv[1]).read("xl/worksheets/sheet1.xml"), True)
print(time.monotonic_ns() - begun)
END
}

read_workbook() {
	PDH_LAYOUTS=schema/layouts "$PDH_BIN/pdh-read" --name in.xlsx <"$work/in.xlsx"
}

workbook
reads=
unpacks=
for _ in $(seq "$rounds"); do
	reads="$reads $(took read_workbook)"
	unpacks="$unpacks $(unpacked)"
done
tell "xlsx of $rows rows to rows" "$reads" "$unpacks" 2

# ---- proofs

mkdir "$work/proofs"
for i in $(seq "$proofs"); do
	head -c 200000 /dev/urandom >"$work/proofs/$i.pdf"
done
attaches=
logs=
entries=60
for i in $(seq "$entries"); do
	logs="$logs $(took "$pdh" log 1h "Proven course $i" --date yesterday --allow-similar -q)"
	id=$("$pdh" list --limit 1 --json | jq .activities[0].id)
	attaches="$attaches $(took "$pdh" attach "$id" "$work/proofs/$i.pdf" -q)"
done
tell "attach 200 KB, beside pdh log" "$attaches" "$logs" 2

i=$entries
while [ "$i" -lt "$proofs" ]; do
	i=$((i + 1))
	set -- "$@" "$work/proofs/$i.pdf"
	[ $((i % 20)) -eq 0 ] || [ "$i" -eq "$proofs" ] || continue
	shift $(($# - (i % 20 ? i % 20 : 20)))
	"$pdh" attach "$id" "$@" -q >/dev/null
done
find "$work/evidence" -type f ! -path "*/incoming/*" -exec sha256sum {} + >"$work/sums"
checks=
sums=
for _ in $(seq "$rounds"); do
	checks="$checks $(took "$pdh" evidence check -q)"
	sums="$sums $(took sha256sum -c --quiet "$work/sums")"
done
tell "evidence check, $proofs proofs" "$checks" "$sums" 2

# The floor reads, hashes and stores the same bytes.
stored_alone() {
	(cd "$work/proofs" && for i in $(seq "$entries"); do
		echo "$i.pdf"
	done >"$work/names" && xargs sha256sum <"$work/names" && tar -cf "$work/proofs.tar" -T "$work/names")
}
packets=
tars=
for _ in $(seq "$rounds"); do
	rm -f "$work/packet.zip"
	packets="$packets $(took "$pdh" report audit tx-lib -o "$work/packet.zip" -q)"
	tars="$tars $(took stored_alone)"
done
tell "packet of $entries proofs and a PDF" "$packets" "$tars" 5
stop
