#!/bin/sh
# pdh export --csv is read back by pdh import: the same bytes again from another home, but for the uids.
. tests/support/func.sh
run 0 pdh init --no-input --name "Dana Reyes"
tab=$(printf '\t')

run 0 pdh log 2.5h '=1+1' --date 2026-01-05 --provider "'=x" --provider-id -5 --place @home --course +C --approval approved
run 0 pdh log 20m "''-5" --date 2026-01-06 --topic 'a;b,c=d' --topic "'@t" --split 'a;b=10m' --split 'c=d=5m' --duty
run 0 pdh log 1h 'A "quoted", Ünïcode – 図書館 ☃ title' --date 2026-01-08 --from 2026-01-07 --kind course --format live \
	--role presenter --note "=line one, \"it\" begins
@second${tab}with a tab;

' last"
run 0 pdh log 3sh "' not guarded" --date 2026-01-09 --note "' not guarded"
run 0 pdh log 0.6ceu "'" --date 2026-01-10 --note "'${tab}x"
run 0 pdh log 12pt "Someday" --date 2026-05-01 --planned
run 0 pdh log 7.12345h "Twice" --date 2026-02-01
run 0 pdh log 7.12345h "Twice" --date 2026-02-01 --allow-similar

run 0 pdh export --csv -o "$HOME/a.csv"
run 0 pdh export --csv --excel -o "$HOME/x.csv"
run 0 pdh import "$HOME/a.csv"
has 'pdh export --csv' '8 you have' 'nothing written'
run 0 pdh edit 1 --title '=2+2'
run 0 pdh import "$HOME/a.csv" -n --json
get '[.rows[].state] | join(" ")' 'changed have have have have have have have'
get '.rows[0].id' 1
run 0 pdh undo
ok "where it came from everything is known by its uid"

# Without the last cell, which is the uid; every line that ends a row has one.
uidless() {
	sed -E 's/[0-9a-f]{32}(\r?)$/\1/' "$1"
}
there() {
	env XDG_DATA_HOME="$home/data" XDG_STATE_HOME="$home/state" XDG_CONFIG_HOME="$home/config" \
		XDG_RUNTIME_DIR="$home/run" "$@"
}
# again FILE OPTION...: into an empty home and out of it.
again() {
	file=$1
	shift
	home=$HOME/$(basename "$file").home
	mkdir -p -m 700 "$home/run"
	run 0 there pdh init --no-input --name "Dana Reyes"
	run 0 there pdh import "$file" --json
	get .created 8
	get .layout pdh-csv
	run 0 there pdh export --csv "$@" -o "$home/out.csv"
	uidless "$file" >"$home/wanted"
	uidless "$home/out.csv" >"$home/got"
	cmp "$home/wanted" "$home/got" || fail "$(diff "$home/wanted" "$home/got")"
	run 0 there pdh import "$file"
	has '8 you have' 'nothing written'
	# Under its own uids too.
	run 0 there pdh import "$home/out.csv"
	has '8 you have' 'nothing written'
	run 0 there pdh daemon stop
}
again "$HOME/a.csv"
again "$HOME/x.csv" --excel
ok "into another home and out again: the same bytes"

# As where the decimal sign is a comma.
$python -c '
import csv, sys
rows = csv.reader(open(sys.argv[1], newline="", encoding="utf-8-sig"))
csv.writer(open(sys.argv[2], "w", newline="", encoding="utf-8-sig"), delimiter=";").writerows(rows)
' "$HOME/x.csv" "$HOME/s.csv"
run 0 pdh import "$HOME/s.csv"
has '8 you have' 'nothing written'
ok "with ; between cells"

# A row somebody spoiled.
sed 's/=300/=x300/; s/a;;b=0[^;]*;/a;;b;/' "$HOME/a.csv" >"$HOME/bad.csv"
run 0 pdh import "$HOME/bad.csv" -n
has '1 unreadable' 'no topic with its hours'
ok "what cannot be read is told"

# ---- any records: all that an entry says, into a home with the same credentials and nothing else
seed=${PDH_SEED:-$(date +%s)}
echo "PDH_SEED=$seed"
$python - "$seed" >"$HOME/lines" <<'PY'
import json, random, sys
r = random.Random(int(sys.argv[1]))
signs = list("'=+-@;,\"# \t|:()/") + ["''", "; ", ";;", "ü", "図", "☃", "é", "x", "Y", "0", "note", "  ", "\u200e"]
def text(most=8, lines=False):
    t = "".join(r.choice(signs + (["\n", "\n\n"] if lines else [])) for _ in range(r.randint(1, most)))
    # Texts of a line are trimmed when they are logged.
    return t if lines else "a" + t + r.choice("b=;'")
def topic():
    return "".join(r.choice(list("abc;,='é-@ ")) for _ in range(r.randint(1, 5))).strip(" ").lower() or "t"
for i in range(250):
    o = {"title": text() if r.random() < .8 else r.choice(["'", "=1+1", "'=x", "Same title"]),
         "credit": r.choice(["2.5h", "20m", "0.6ceu", "3sh", "12pt", "1h1m", "7.12345h", "2qh"]),
         "done_on": "2025-%02d-%02d" % (r.randint(1, 10), r.randint(1, 28)), "similar": True}
    for key, value in (("from", "2024-12-%02d" % r.randint(1, 28)), ("kind", r.choice(["course", "opening", "=x"])),
                       ("format", "live"), ("role", "presenter"), ("provider", text()), ("provider_id", "-5a"),
                       ("place", text()), ("approval", r.choice(["approved", "pending", "refused"])), ("course", text()),
                       ("note", text(20, True)), ("planned", True), ("duty", True)):
        if r.random() < .4:
            o[key] = value
    if r.random() < .5:
        o["topics"] = list({topic() for _ in range(r.randint(1, 3))})
    if r.random() < .2:
        o["credit"], o["split"] = "5h", ["ethics=%dm" % r.randint(1, 59)] + ["law;x=1h"][: r.randint(0, 1)]
    if r.random() < .5:
        o[r.choice(["only", "except"])] = r.sample(["one", "two", "three"], r.randint(1, 3))
    print(json.dumps(o))
PY
# hold: three credentials, one with an opening balance where it is said.
hold() {
	run 0 "$@" pdh init --no-input --name "Dana Reyes"
	for alias in one two three; do
		run 0 "$@" pdh credential add --title "License $alias" --as "$alias" --hours 40h --every 2y --expires 2027-12-31
	done
}
home=$HOME/first
mkdir -p -m 700 "$home/run"
hold there
run 0 there pdh credential add --title "License four" --as four --hours 40h --every 2y --expires 2027-12-31 --opening 31.5h
run 0 there pdh log - --timeout 60 -q <"$HOME/lines"
run 0 there pdh export --csv -o "$HOME/any.csv"
run 0 there pdh export --csv --excel -o "$HOME/anyx.csv"
run 0 there pdh import "$HOME/any.csv" --timeout 60
has '251 you have' 'nothing written'
run 0 there pdh daemon stop
home=$HOME/second
mkdir -p -m 700 "$home/run"
hold there
run 3 there pdh import "$HOME/any.csv" --timeout 60
has 'line 2: only: no credential is called "four"'
run 0 there pdh list --json
get '.activities | length' 0
run 0 there pdh credential add --title "License four" --as four --hours 40h --every 2y --expires 2027-12-31
for file in any anyx; do
	run 0 there pdh import "$HOME/$file.csv" --timeout 60 --json
	get .created 251
	get .bad 0
	run 0 there pdh export --csv -o "$home/out.csv"
	sort "$HOME/any.csv" >"$home/wanted"
	sort "$home/out.csv" >"$home/got"
	cmp "$home/wanted" "$home/got" || fail "$(diff "$home/wanted" "$home/got" | head -20)"
	run 0 there pdh undo
done
ok "any records, their scopes and opening balances"

# ---- what counted for a credential that is gone counts for nothing, and not for all
run 0 there pdh import "$HOME/any.csv" --timeout 60
run 0 there pdh credential rm four --yes
run 0 there pdh export --csv -o "$home/gone.csv"
grep -q '(gone)' "$home/gone.csv" || fail "nobody says that it is gone"
run 0 there pdh undo
run 0 there pdh undo
run 0 there pdh import "$home/gone.csv" --timeout 60 -n
has 'the credential that it counted for is gone' '1 unreadable'
run 0 there pdh daemon stop
ok "credentials that are gone"
