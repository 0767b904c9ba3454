#!/bin/sh
# pdh report audit: what would be found fault with, and the packet, which sha256sum and minisign verify without pdh.
. tests/support/func.sh
dana

run 0 pdh log 30h "Book: cataloguing" --kind self-study --date 2024-05-01
run 0 pdh log 14h "Self-study: MARC" --kind self-study --date 2026-02-08
run 0 pdh log 3h "Vendor demo" --approval refused --date 2026-02-10
i=0
while [ $i -lt 20 ]; do
	i=$((i + 1))
	printf '{"title":"Session %s","done_on":"2026-01-%02d","credit":"30m"}\n' $i $i
done >"$HOME/sessions"
run 0 pdh log - --allow-similar <"$HOME/sessions"

# ---- what fails
run 0 pdh report audit tx-lib --json
get '.entries | length' 24
get '.all' 24
get '.drawn' false
get '.entries[] | select(.id == 3) | .fails | join("; ")' \
	'no proof; does not count in full: independent-study: at most 20 % of 200 h = 40.0 h a cycle'
get '.entries[] | select(.id == 4) | .fails[1]' \
	'does not count: only activities of approved providers and sponsors count'
get '.missing | map(.id) | join(" ")' 'total disabilities'
run 0 pdh report audit il-pel --json
get '.entries[] | select(.id == 3) | .fails | map(select(startswith("depends on a rule that is not sure"))) | length > 0' true
run 0 pdh report audit tx-lib --draw 5 --json
get '.entries | length' 5
get '.drawn' true
get '.all' 24
drawn=$(printf '%s' "$out" | jq -c '[.entries[].id]')
get '[.entries[].done_on] == ([.entries[].done_on] | sort)' true
run 0 pdh report audit tx-lib --draw 5 --json
get '[.entries[].id] | tostring' "$drawn"
run 0 pdh report audit tx-lib --draw 5 --as-of 2026-03-20 --json
[ "$(printf '%s' "$out" | jq -c '[.entries[].id]')" != "$drawn" ] || fail "another day draws the same"
run 0 pdh report audit tx-lib --draw 5
has '5 entries of 24 drawn by credential and day'
run 0 pdh report audit tx-lib --draw 100 --json
get '.drawn' false
run 2 pdh report audit tx-lib --draw 0
ok "what would fail today is said, of all or of some that are drawn"

# ---- the packet
cd "$HOME"
bag=dana-reyes-tx-lib-2022-2027
run 0 pdh report audit tx-lib -o audit.zip
has "audit.zip: $bag" 'would fail an audit today'
same "$(stat -c %a audit.zip)" 600 "the packet is the person's own"
run 0 unzip -t audit.zip
run 0 unzip -q audit.zip
cd $bag
run 0 sha256sum -c manifest-sha256.txt
run 0 sha256sum -c tagmanifest-sha256.txt
same "$(find . -type f | LC_ALL=C sort | tr '\n' ' ')" "./README.txt ./bag-info.txt ./bagit.txt ./data/entries.csv\
 ./data/rules.yaml ./data/transcript.html ./data/transcript.pdf ./data/why.txt ./manifest-sha256.txt\
 ./tagmanifest-sha256.txt " "the files of the bag"
same "$(head -1 bagit.txt)" 'BagIt-Version: 1.0' bagit.txt
same "$(grep -c . README.txt)" 6 "lines of README.txt"
payload=$(find data -type f -printf '%s\n' | awk '{s += $1} END {print s "." NR}')
grep -qx "Payload-Oxum: $payload" bag-info.txt || fail "Payload-Oxum is not $payload"
run 0 pdh rules test ./data/rules.yaml
COLUMNS=80 pdh explain tx-lib >../why.txt
cmp data/why.txt ../why.txt || fail "why.txt is not what pdh explain prints"
same "$(grep -c . data/entries.csv)" 25 "lines of entries.csv"
cd ..
# Stored and not packed, each with the day of the audit.
run 0 unzip -v audit.zip
has 'Stored' '2026-03-14 00:00'
lacks 'Defl'
TZ=Asia/Tokyo pdh report audit tx-lib -o tokyo.zip -q
TZ=America/Los_Angeles LC_ALL=C pdh report audit tx-lib -o angeles.zip -q
same "$(sha256sum <tokyo.zip)" "$(sha256sum <audit.zip)" "two runs in two zones"
same "$(sha256sum <angeles.zip)" "$(sha256sum <audit.zip)" "two runs in two zones"
lacks 12340093
run 0 pdh report audit il-pel -o il.zip
run 0 unzip -p il.zip '*/transcript.html'
has '****0093'
lacks 12340093
run 0 pdh report audit il-pel -o il.zip --reveal
run 0 unzip -p il.zip '*/transcript.html'
has 12340093
ok "a packet is a bag in a zip, the same each time"

# ---- proofs
printf 'a certificate' >"cert.pdf"
printf 'another' >"photo of it.jpg"
run 0 pdh attach 2 cert.pdf
run 0 pdh attach 2 "photo of it.jpg"
run 0 pdh attach 3 cert.pdf
run 0 pdh report audit tx-lib --json
get '.entries[] | select(.id == 2) | .fails | length' 0
run 0 pdh report audit tx-lib -o proved.zip
mkdir proved
run 0 unzip -q proved.zip -d proved
cd proved/$bag
run 0 sha256sum -c manifest-sha256.txt
has 'data/proofs/0002 2024-05-01 Book cataloguing'
same "$(find data/proofs -type f | wc -l)" 3 "proofs"
cmp "data/proofs/0003 2026-02-08 Self-study MARC"* ../../cert.pdf || fail "a proof is another file"
grep -q 'cert.pdf' data/transcript.html || fail "no proof in the transcript"
cd ../..
pdh report audit tx-lib -o proved2.zip -q
same "$(sha256sum <proved2.zip)" "$(sha256sum <proved.zip)" "a packet with proofs"
kept=$(sha256sum <cert.pdf | cut -d' ' -f1)
kept=.local/share/pdh/evidence/$(echo "$kept" | cut -c1-2)/$kept
[ -e "$kept" ] || fail "no $kept"
chmod u+w "$kept"
printf 'b' | dd of="$kept" conv=notrunc bs=1 status=none
run 1 pdh report audit tx-lib -o proved.zip
has 'is damaged; nothing was written'
same "$(sha256sum <proved2.zip)" "$(sha256sum <proved.zip)" "the old packet"
printf 'a' | dd of="$kept" conv=notrunc bs=1 status=none
run 0 pdh undo
run 0 pdh undo
run 0 pdh undo
ok "proofs are in the packet under the names of their entries"

# ---- signed
minisign -G -W -p key.pub -s key.sec >/dev/null
run 0 pdh report audit tx-lib -o signed.zip --sign key.sec
mkdir signed
run 0 unzip -q signed.zip -d signed
cd signed/$bag
cmp pdh.pub ../../key.pub || fail "pdh.pub is another key"
run 0 minisign -Vm tagmanifest-sha256.txt -p pdh.pub
has "packet $bag"
name=$(head -1 pdh.pub | sed 's/.* //')
grep -q "minisign key $name" data/transcript.html || fail "the transcript does not name the key"
grep -q "$name" README.txt || fail "README.txt does not name the key"
run 0 sha256sum -c tagmanifest-sha256.txt
echo >>tagmanifest-sha256.txt
run 1 minisign -Vm tagmanifest-sha256.txt -p pdh.pub
cd ../..
pdh report audit tx-lib -o again.zip --sign key.sec -q
same "$(sha256sum <again.zip)" "$(sha256sum <signed.zip)" "a signed packet"
run 3 pdh report audit tx-lib -o no.zip --sign nowhere.sec
run 1 pdh report audit tx-lib -o no.zip --sign key.pub
run 2 pdh report audit tx-lib --sign key.sec
[ ! -e no.zip ] || fail "a packet without its signature"
ok "minisign verifies a packet that was signed"

# ---- what fails leaves nothing
before=$(sha256sum <audit.zip)
run 2 pdh report audit tx-lib -o audit.tar
has '"audit.tar" is to end in .zip'
run 3 pdh report audit lib -o audit.zip
run 1 pdh report audit tx-lib -o nowhere/audit.zip
mkdir folder.zip
run 1 pdh report audit tx-lib -o folder.zip
same "$(sha256sum <audit.zip)" "$before" "the old packet"
run 0 find . -name '.pdh-packet*'
same "$out" "" "what is left over"
mkdir -p odd/data
: >"odd/data/per%cent"
run 1 "$PDH_BIN/pdh-packet" seal odd
has 'a packet cannot have a file of the name "per%cent"'
rm "odd/data/per%cent"
ln -s /etc/passwd odd/data/link
run 1 "$PDH_BIN/pdh-packet" zip odd odd.zip 2026-03-14
has 'is not a regular file'
[ ! -e odd.zip ] || fail "a zip was made"
ok "what fails leaves the old packet alone"
