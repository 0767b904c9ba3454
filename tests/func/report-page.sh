#!/bin/sh
# pdh report --html in Chromium: it asks for nothing, its console is empty, and who reads by ear or needs contrast is served.
. tests/support/func.sh
dana

run 0 pdh log 30h "Book: <script>fetch('https://example.org')</script>" --kind self-study --date 2024-05-01 \
	--provider "<img src=x onerror=alert(1)>" --topic 'a"b'
run 0 pdh log 14h "مقدمة في المكتبات" --kind self-study --date 2026-02-08 --topic literacy
run 0 pdh log 2h "$(printf 'long%.0s' 1 2 3 4 5 6 7 8 9 10 11 12 13 14 15 16 17 18 19 20 21 22 23 24 25 26 27 28 29 30)" \
	--date 2026-02-09 --provider "A provider of a name that is much longer than the room beside the bars"
run 0 pdh report --html -o "$HOME/all.html"
run 0 pdh report transcript il-pel -o "$HOME/transcript.html"
run 0 pdh report year 2026 -o "$HOME/year.html"
# A page that is worse, so that it is seen that what is looked for is found.
sed 's|<h2 |<h4 |; s|color:#1a1a1a|color:#aaaaaa|; s|</body>|<script src="x.js"></script><img src="y.png"></body>|' \
	"$HOME/all.html" >"$HOME/bad.html"
cd "$HOME"
run 0 $python "$OLDPWD/tests/support/page.py" all.html transcript.html year.html bad.html
lacks all.html: transcript.html: year.html:
ok "the pages ask for nothing and can be read by all"
has 'bad.html: contrast' 'bad.html: something that is fetched or run' 'bad.html: H4 after h1' 'bad.html: the console'
ok "a page that is worse is found out"
