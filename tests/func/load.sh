#!/bin/sh
# pdh import of what pdh export wrote: another computer has the same records, and nothing comes in twice.
. tests/support/func.sh
dana
run 0 pdh log 2.5h 'Quote "x", =1+1' --topic a,b --split a=20m --only tx-lib --date 2026-01-05 --provider AASL
run 0 pdh log 1h "Reading" --date 2025-01-05
run 0 pdh remind policy fp --lead 60d,1d
run 0 pdh import tests/files/01-frontline.csv --opening keep
run 0 pdh export -o "$HOME/all.json"

run 0 pdh daemon stop
mv "$HOME/.local" "$HOME/old"
run 0 pdh import "$HOME/all.json" -n
has 'everything, by pdh export' '7 new' 'Nothing was stored'
run 0 pdh import "$HOME/all.json"
has 'Take it back: pdh undo'
run 0 pdh export -o "$HOME/again.json"
cmp "$HOME/all.json" "$HOME/again.json" || fail "other bytes"
run 0 pdh history --json
get '.changes[0].what' 'load all.json, 7 entries, 3 credentials'
run 0 pdh status tx-lib --json
get '.credentials[0].alias' tx-lib
ok "another computer has the same"

run 0 pdh import "$HOME/all.json"
has '7 you have' 'tx-lib, il-pel, fp: there already' 'Nothing new; nothing written.'
run 0 sh -c 'pdh import - <"$HOME/all.json"'
has '7 you have'
run 0 pdh edit 2 --title Other
run 0 pdh import "$HOME/all.json" --json
get .changed 1
get '.rows[0].why' '#2 says otherwise; --update changes it'
run 0 pdh import "$HOME/all.json" --update
run 0 pdh export -o "$HOME/again.json"
cmp "$HOME/all.json" "$HOME/again.json" || fail "other bytes after --update"
ok "nothing comes in twice"

run 0 pdh undo
run 0 pdh undo
run 0 pdh undo
run 0 pdh export
get '.credentials | length' 0
get '.rules | length' 0
run 0 pdh redo
run 0 pdh export -o "$HOME/again.json"
cmp "$HOME/all.json" "$HOME/again.json" || fail "other bytes after redo"
ok "undo takes it back"

sed 's/export\/1/export\/2/' "$HOME/all.json" >"$HOME/new.json"
run 10 pdh import "$HOME/new.json"
has 'new.json' 'written by a newer pdh (pdh.export/2)'
uid=$(jq -r '.activities[1].uid' "$HOME/all.json")
line=$(grep -n "$uid" "$HOME/all.json" | cut -d : -f 1)
sed "$line{p;s/\"id\":2/\"id\":999/}" "$HOME/all.json" >"$HOME/twice.json"
run 5 pdh import "$HOME/twice.json"
has "twice.json: uid $uid twice (lines $line and $((line + 1)))"
head -n "$line" "$HOME/all.json" >"$HOME/cut.json"
run 5 pdh import "$HOME/cut.json"
has "cut off after line $line"
run 0 pdh remind policy fp --by command:/bin/true
run 0 pdh export -o "$HOME/runs.json"
run 0 pdh daemon stop
rm -rf "$HOME/.local"
run 5 pdh import "$HOME/runs.json"
has 'reminders of fp would run "/bin/true"; say --programs'
run 0 pdh import "$HOME/runs.json" --programs
ok "refusals"

# ---- an export without activities says what it brought
run 0 pdh daemon stop
rm -rf "$HOME/.local"
run 0 pdh have add exam 5312 --score 158 --on 2026-03-02
run 0 pdh have add exam 162 --score 158 --on 2026-03-03
run 0 pdh export -o "$HOME/have.json"
run 0 pdh daemon stop
rm -rf "$HOME/.local"
run 0 pdh import "$HOME/have.json" -n
has 'to store' '2 qualifications'
lacks 'none that can be taken'
run 0 pdh import "$HOME/have.json"
has 'stored' '2 qualifications' 'pdh undo'
run 0 pdh history --json
get '.changes[0].what' 'load have.json, 2 qualifications'
run 0 pdh import "$HOME/have.json"
has 'Nothing new; nothing written.'
lacks 'none that can be taken' 'qualifications'
ok "an export that has no activities says what is stored"
