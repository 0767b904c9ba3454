#!/bin/sh
# pdh report -o x.pdf: tagged, with its fonts, in any script, the same bytes each time; and without pdh-pdf a sentence.
. tests/support/func.sh
dana

cat >"$HOME/titles" <<'TITLES'
Teaching with primary sources
مقدمة في المكتبات
אתיקה בספריה
Chất lượng quyền truy cập
Naïve façade, <b>bold</b> & "quotes"
TITLES
while read -r title; do
	run 0 pdh log 1h "$title" --kind workshop --date 2026-02-01
done <"$HOME/titles"
i=0
while [ $i -lt 60 ]; do
	i=$((i + 1))
	printf '{"title":"Session %s","done_on":"2026-02-%02d","credit":"30m","provider":"AASL"}\n' $i $((i % 28 + 1))
done >"$HOME/sessions"
run 0 pdh log - --allow-similar <"$HOME/sessions"

cd "$HOME"
run 0 pdh report transcript tx-lib -o dana.pdf
has 'dana.pdf: 66 entries'
run 0 qpdf --check dana.pdf
run 0 pdfinfo dana.pdf
has 'Tagged:          yes' 'Title:           Transcript: TX School Librarian (tx-lib)' 'Sat Mar 14'
run 0 pdfinfo -struct dana.pdf
has 'H1' 'H2' 'Table' 'TH' 'LBody'
run 0 pdffonts dana.pdf
# Every font has "yes" for embedded.
same "$(printf '%s\n' "$out" | sed 1,2d | awk '{print $(NF-4)}' | sort -u)" yes "embedded fonts"
run 0 pdftotext dana.pdf dana.txt
# How text that runs from right to left is joined again is for pdftotext to say: blanks aside all is there.
strip() {
	LC_ALL=C.UTF-8 sed 's/[[:space:]‪‫‬‎‏]//g' "$1" | tr -d '\n'
}
all=$(strip dana.txt)
while read -r title; do
	wanted=$(printf '%s\n' "$title" | strip /dev/stdin)
	case $all in
	*"$wanted"*) ;;
	*) fail "not in the text of the PDF: $title" ;;
	esac
done <titles
for i in 1 30 60; do
	case $all in
	*"Session$i"*) ;;
	*) fail "no Session $i" ;;
	esac
done
ok "a transcript is a PDF with everything in it"

TZ=Asia/Tokyo pdh report transcript tx-lib -o again.pdf -q
same "$(sha256sum <again.pdf)" "$(sha256sum <dana.pdf)" "two runs in two zones"
SOURCE_DATE_EPOCH=86400 pdh report transcript tx-lib -o epoch.pdf -q
run 0 pdfinfo epoch.pdf
has 'CreationDate:    Fri Jan  2'
for what in "report year 2026" "report"; do
	# shellcheck disable=SC2086
	run 0 pdh $what -o other.pdf
	run 0 qpdf --check other.pdf
done
ok "the same bytes each time"

run 0 pdh log 1h "Sign 𐌰$(printf '\363\261\210\264')" --date 2026-02-02
run 0 pdh report transcript tx-lib -o dana.pdf
has 'pdh: note: no font here has' '(U+F1234)' 'fonts-noto'
run 0 pdh report transcript tx-lib --html
ok "what no font has is named"

# Beside this pdh there is no pdh-pdf.
mkdir -p alone/bin alone/share
ln "$PDH_BIN/pdh" alone/bin/pdh 2>/dev/null || cp "$PDH_BIN/pdh" alone/bin/pdh
rm dana.pdf
run 1 alone/bin/pdh report transcript tx-lib -o dana.pdf
has 'pdh: dana.pdf needs pdh-pdf; install it, or take --html'
[ ! -e dana.pdf ] || fail "a file was made"
run 1 "$PDH_BIN/pdh-pdf" 2026-03-14 </dev/null
has 'pdh-pdf: the input is not a document'
run 1 "$PDH_BIN/pdh-pdf" today </dev/null
ok "without pdh-pdf it says so"
