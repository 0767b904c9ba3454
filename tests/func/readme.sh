#!/bin/sh
# README.md: each session is run as it is printed, from a fresh home on, and prints what the README shows.
# PDH_WRITE_GOLDEN=1 writes what is printed now into the README; the diff is what is reviewed.
. tests/support/func.sh

cp tests/files/01-frontline.csv "$HOME/frontline.csv"
cp tests/files/21-certificate.pdf "$HOME/certificate.pdf"
mkdir -p "$HOME/usb" "$HOME/bin"
printf '#!/bin/sh\n' >"$HOME/bin/notify-send"
chmod +x "$HOME/bin/notify-send"
export PATH="$HOME/bin:$PATH"
run 0 $python tests/func/readme.py README.md ${PDH_WRITE_GOLDEN:+write}
ok "the README's sessions are what pdh does"

# What it names is there: commands of its text, and pages.
while IFS= read -r command; do
	run 0 pdh help "$command"
done <<TABLE
$(grep -oE '`pdh [a-z]+' README.md | sed 's/.* //' | sort -u)
TABLE
while IFS= read -r page; do
	[ -f "docs/$page" ] || fail "there is no page $page"
done <<TABLE
$(grep -oE 'pdh[a-z-]*\([0-9]\)' README.md | tr '(' . | tr -d ')' | sort -u)
TABLE
ok "commands and pages that it names are there"
