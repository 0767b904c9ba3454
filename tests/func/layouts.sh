#!/bin/sh
# pdh import --save-layout: what a person says once of the columns of a file holds for the next file with its heading.
. tests/support/func.sh

own="$HOME/.config/pdh/layouts"
run 0 pdh init --no-input --name "Dana Reyes"
{
	echo 'Wann,Worum ging es,Menge,Von wem,Stand'
	echo '3/4/2026,"Erste, mit Komma",1.5,AASL,ok'
} >"$HOME/first.csv"
{
	echo 'Wann,Worum ging es,Menge,Von wem,Stand'
	echo '5/6/2025,Zweite,90,TLA,ok'
	echo '5/7/2025,Dritte,30,TLA,ok'
} >"$HOME/second.csv"
map() {
	printf %s "date=Wann,title=Worum ging es,$1=Menge,provider=Von wem"
}
run 5 pdh import "$HOME/first.csv"
has 'no heading with a date, a title and hours'

# ---- nothing is kept of what is not stored
run 0 pdh import "$HOME/first.csv" --map "$(map minutes)" --dates m/d/y --save-layout haus -n
[ ! -e "$own" ] || fail "a dry run kept a layout"
run 2 pdh import "$HOME/first.csv" --map "$(map minutes)" --dates m/d/y --save-layout haus \
	--opening maybe
run 2 pdh import "$HOME/first.csv" --map "$(map minutes)" --dates m/d/y --save-layout haus --same 99=1
has 'no entry in line 99'
[ ! -e "$own/haus.yaml" ] || fail "a refused import kept a layout"
ok "nothing kept"

# ---- kept, and used without a word
run 0 pdh import "$HOME/first.csv" --map "$(map hours)" --dates m/d/y --save-layout haus --json
get '.created' 1
get '.notes | join(";")' "the next file with this heading is read by $own/haus.yaml"
run 0 pdh import "$HOME/second.csv" --json
get .layout haus
get .dates m/d/y
get '[.created, .bad] | map(tostring) | join(" ")' '2 0'
run 0 pdh list Zweite --json
get '.activities[0] | "\(.done_on) \(.credit.amount) \(.provider)"' '2025-05-06 90.0 TLA'
run 0 pdh import "$HOME/first.csv"
has '1 you have'
run 0 pdh undo
ok "kept"

# ---- the same again, another one, another's
before=$(cat "$own/haus.yaml")
run 0 pdh import "$HOME/first.csv" --map "$(map hours)" --dates m/d/y --save-layout haus
run 0 pdh import "$HOME/second.csv" -n --save-layout haus
run 6 pdh import "$HOME/second.csv" --map "$(map minutes)" --save-layout haus
has 'haus.yaml is there and says otherwise' 'remove it'
same "$(cat "$own/haus.yaml")" "$before" "the layout"
run 0 pdh list Zweite --json
get '.activities | length' 0
run 5 pdh import "$HOME/second.csv" --save-layout heim
has 'the layout haus knows this heading already, and nothing was corrected'
run 0 pdh import "$HOME/second.csv" --map "$(map minutes)" --save-layout heim
has 'haus fits this heading too; --layout heim says which one is meant'
run 0 pdh import "$HOME/second.csv" --layout heim --json -n
get '[.layout, .have] | map(tostring) | join(" ")' 'heim 2'
run 0 pdh undo
rm "$own/heim.yaml"
rm "$own/haus.yaml"
run 6 pdh import "$HOME/second.csv" --map "$(map minutes)" --dates m/d/y --save-layout generic
has 'generic is the name of a layout in'
run 0 pdh import "$HOME/second.csv" --map "$(map hours)" --unit minute --dates m/d/y --save-layout heim
run 0 pdh import "$HOME/second.csv" --json -n
get '[.layout, .have] | map(tostring) | join(" ")' 'heim 2'
ok "another"

# ---- a unit that is said, rows that do not count, a quote in a column
printf "Date,Teacher's course,Credits,Status\n2026-01-05,A,1,ok\n2026-01-06,B,2,Denied\n" >"$HOME/credits.csv"
run 0 pdh import "$HOME/credits.csv" --unit hour --save-layout credits
run 0 pdh import "$HOME/credits.csv" -n --json
get '[.layout, .have, .skipped] | map(tostring) | join(" ")' 'credits 1 1'
ok "unit and skip"

printf 'Date,"x: {y}, [z] # &a *b !c | > %% @ ` - ?",Hours\n2026-01-07,C,1\n' >"$HOME/signs.csv"
run 0 pdh import "$HOME/signs.csv" --map title=B --save-layout signs
run 0 pdh import "$HOME/signs.csv" -n --json
get '[.layout, .have] | map(tostring) | join(" ")' 'signs 1'
rm "$own/signs.yaml"
ok "signs of YAML in a heading"

# ---- a known heading is corrected; rows that are chosen, hours that are said
run 0 pdh import tests/files/01-frontline.csv -n --json
untold=$(printf %s "$out" | jq -c '[.rows[] | [.line, .title, .state]]')
run 0 pdh import tests/files/01-frontline.csv --map provider=Status --where 'activity type=Book Study' \
	--match 'zone,study' --lenient --hours 1.25h --opening keep --save-layout our-frontline -n --json
told=$(printf %s "$out" | jq -c '[.rows[] | [.line, .title, .state]]')
[ "$told" != "$untold" ] || fail "nothing was corrected"
run 0 pdh import tests/files/01-frontline.csv --map provider=Status --where 'activity type=Book Study' \
	--match 'zone,study' --lenient --hours 1.25h --opening keep --save-layout our-frontline --json
n=$(printf %s "$out" | jq .created)
[ "$n" -gt 0 ] || fail "nothing was taken"
run 0 pdh undo
run 0 pdh import tests/files/01-frontline.csv --layout our-frontline -n --json
same "$(printf %s "$out" | jq -c '[.rows[] | [.line, .title, .state]]')" "$told" "its rows"
run 0 pdh import tests/files/01-frontline.csv -n --json
get '[.layout, .created] | map(tostring) | join(" ")' "our-frontline $n"
rm "$own/our-frontline.yaml"
ok "a known heading"

run 0 pdh import tests/files/22-outlook.csv --match PD --hours 1h --yes --save-layout my-events --json
n=$(printf %s "$out" | jq .created)
[ "$n" -gt 0 ] || fail "no event was taken"
run 0 pdh undo
run 0 pdh import tests/files/22-outlook.csv --layout my-events --yes --json
get .created "$n"
run 0 pdh undo
rm "$own/my-events.yaml"
ok "events that are chosen"

# ---- what no layout can tell
for name in Haus ../haus -haus 'a b' '' 1haus; do
	run 2 pdh import "$HOME/first.csv" "--save-layout=$name"
done
printf '2026-01-05,Makerspace,1\n' >"$HOME/bare.csv"
run 5 pdh import "$HOME/bare.csv" --map date=A,title=B,hours=C --save-layout bare
has 'has no heading'
printf 'Date,X,X\n2026-01-05,Makerspace,1\n' >"$HOME/twice.csv"
run 5 pdh import "$HOME/twice.csv" --map title=B,hours=C --save-layout twice
has 'several columns are called "X"'
run 5 pdh import tests/files/01-frontline.csv --save-layout mine
has 'knows this heading already'
run 5 pdh import tests/files/37-badge-ob2.json --hours 1h --yes --save-layout badge
has 'has no columns'
run 0 pdh export -o "$HOME/all.json"
run 2 pdh import "$HOME/all.json" --save-layout all
has 'needs no layout'
same "$(cd "$own" && echo *)" 'credits.yaml heim.yaml' "the folder"
ok "refusals"
