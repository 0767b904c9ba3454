#!/bin/sh
# pdh report: a transcript with the rule of every hour, charts, a year, everything on one page.
. tests/support/func.sh
dana

run 0 pdh log 30h "Book: cataloguing" --kind self-study --date 2024-05-01 --provider "ALA & Co"
run 0 pdh log 14h "Self-study: <b>MARC</b>" --kind self-study --date 2026-02-08
run 0 pdh log 3h "Vendor demo" --approval refused --date 2026-02-10
run 0 pdh log 2h "مقدمة في المكتبات" --kind workshop --topic literacy --date 2026-03-01

# ---- transcript
run 0 pdh report transcript tx-lib --json
get '.entries | map(.activity.id) | join(" ")' '2 3 4 5 1'
get '.entries[1].counted.amount' 10.0
get '.entries[1].cut.amount' 4.0
get '.entries[1].parts | map(.place) | join(" ")' 'counted cut'
get '.entries[1].parts[1].rules[0]' independent-study
get '[.entries[].counted.exact] | add == 173.5 * 3600000' true
get '.account.counted.amount' 173.5
get '.missing | map(.id) | join(" ")' 'total disabilities'
get '.head.remaining.amount' 26.5
run 0 pdh report transcript tx-lib
has 'Transcript: TX School Librarian (tx-lib)' 'The board has the final' 'Counts      173.5 h of 200 h' \
	'10.0 h for total; 4.0 h cut: independent-study' '3.0 h refused: only activities of approved' \
	'26.5 h missing'
run 0 pdh report transcript tx-lib --plain
has '2	2024-05-01	30.0	30.0	30.0	0.0	Book: cataloguing	'
run 0 pdh report transcript il-pel --md
has '# Transcript: IL Educator' '**Number:** \*\*\*\*0093' '**Not sure: something here hangs on '
run 0 pdh report transcript il-pel --md --reveal
has '**Number:** 12340093'
run 0 pdh report transcript tx-lib --csv
has 'id,day,first day,title' '2,2024-05-01,,Book: cataloguing,self-study,' 'total; independent-study'
run 0 pdh report transcript tx-lib --as-of 2025-12-31 --json
get '.entries | length' 1
get '.as_of' 2025-12-31
ok "a transcript has every hour with its rule"

# ---- files
cd "$HOME"
run 0 pdh report transcript tx-lib -o dana.html
has 'dana.html: 5 entries, 173.5 h counted of 180.5 h logged'
same "$(stat -c %a dana.html)" 600 "a transcript is the person's own"
out=$(cat dana.html)
has '<!DOCTYPE html>' "default-src 'none'" '&lt;b&gt;MARC&lt;/b&gt;' 'ALA &amp; Co' 'مقدمة في المكتبات'
lacks '<b>' '<script'
run 0 pdh report transcript tx-lib --html
same "$(printf '%s\n' "$out" | sha256sum)" "$(sha256sum <dana.html)" "standard output has the same page"
for form in txt md csv json; do
	run 0 pdh report transcript tx-lib -o "dana.$form" --quiet
	same "$out" "" "quiet"
done
same "$(jq -r .schema dana.json)" pdh.report.transcript/1 "JSON by the ending of its file"
same "$(jq '.entries | length' dana.json)" 5 "with all that it has"
out=$(cat dana.md)
has '| No. |'
run 0 pdh report transcript tx-lib --json -o all.txt
same "$(jq '.entries | length' all.txt)" 5 "the form that is named comes first"
run 2 pdh report transcript tx-lib -o dana.docx
has '"dana.docx" does not say which form it is to have; it ends in .txt, .md, .html, .csv, .json'
run 2 pdh report transcript tx-lib --html --csv
has 'a report has one form: --html or --csv'
run 2 pdh report transcript tx-lib --plain -o dana.txt
run 3 pdh report transcript tx-lbi
has 'did you mean "tx-lib"?'
run 3 pdh report transcript tx-lib --cycle 2017
has 'its cycles began in 2022'
before=$(sha256sum <dana.html)
mkdir locked
run 1 pdh report transcript tx-lib -o nowhere/dana.html
mkdir folder.html
run 1 pdh report transcript tx-lib -o folder.html
same "$(sha256sum <dana.html)" "$before" "what failed changed nothing"
cd - >/dev/null
ok "a transcript is written in the form that is named"

# ---- charts and years
run 0 pdh report chart --by month --date 2026 --json
get '.bars | map(.name + "=" + .credit.amount) | join(" ")' '2026-02=17.0 2026-03=2.0'
get '.opening.amount' 131.5
run 0 pdh report chart --by month --date 2024-04-01..2026-03-14
has '2024-05  ████████' '2024-06' 'An opening balance of 131.5 h is in no bar.'
run 0 pdh report chart --by kind --for tx-lib --json
get '.bars | map(.name) | join(" ")' 'self-study workshop'
get '.credit.amount' 42.0
run 0 pdh report chart --svg -o "$HOME/months.svg"
$python - "$HOME/months.svg" <<'PY'
import sys, xml.etree.ElementTree as tree
root = tree.parse(sys.argv[1]).getroot()
assert root.tag == "{http://www.w3.org/2000/svg}svg", root.tag
assert len(root.findall("{http://www.w3.org/2000/svg}text")) == 4
PY
run 2 pdh report chart --by mood
has 'is not month, kind, topic or provider'
run 0 pdh report year 2026
has '2026: Dana Reyes' 'By month' '17.0 h' 'By provider'
run 0 pdh report year 2026 --csv
has 'month,2026-02,17.0,hour,2' 'topic,literacy,2.0,hour,1'
run 0 pdh report year 1999 --json
get '.months.bars | length' 0
ok "hours are summed up by month, kind, topic and provider"

# ---- everything
run 0 pdh report
has 'Professional development: Dana Reyes' 'TX School Librarian (tx-lib)' 'Fingerprint clearance' 'Charts' \
	'Entries'
run 0 pdh report --json
get '.activities | length' 5
get '.status.credentials | length' 3
get '.months.by' month
run 0 pdh report --html -o "$HOME/all.html"
has '3 credentials, 5 entries'
stored >"$HOME/before"
run 0 pdh report year
run 0 pdh report transcript tx-lib --csv
stored | cmp -s - "$HOME/before" || fail "a report wrote something"
ok "everything is on one page, and reports write nothing"
