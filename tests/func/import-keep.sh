#!/bin/sh
# pdh import --keep: the file itself is evidence of its import.
. tests/support/func.sh

run 0 pdh init --no-input --name "Dana Reyes"
run 0 pdh credential add --as lic --title "License" --expires 2027-08-31 --hours 100 --every 5y

# ---- the file itself, kept with its import
cat >"$HOME/board list.csv" <<'CSV'
Date,Title,Hours
2025-05-01,Kept one,1h
2025-05-02,Kept two,2h
CSV
run 0 pdh import "$HOME/board list.csv" --keep -n
has 'would be kept itself'
run 0 pdh evidence --json
get '.evidence | length' 0
run 0 pdh import "$HOME/board list.csv" --keep --json
get .created 2
proof=$(printf '%s' "$out" | jq .evidence)
batch=$(printf '%s' "$out" | jq .batch)
first=$(printf '%s' "$out" | jq .first)
run 0 pdh show "$first" --json
get '.activities[0].imported[0]' "line 2 of board list.csv, import $batch, kept as proof $proof"
get '.activities[0].evidence | length' 0
run 0 pdh show "$first"
has 'from' 'kept as proof'
run 0 pdh evidence --json
get '.evidence[0].of[0].import' "$batch"
get '.evidence[0].of[0].activity' null
get '.evidence[0].media_type' text/csv
run 0 pdh evidence --for lic --json
get '.evidence | length' 1
run 0 pdh import show "$batch" --json
get .evidence "$proof"
run 0 pdh import list --json
get '.imports[0].evidence' "$proof"
run 0 pdh evidence save "$proof" "$HOME/saved.csv"
cmp -s "$HOME/saved.csv" "$HOME/board list.csv" || fail "the file came back otherwise"
run 0 pdh import "$HOME/board list.csv" --keep
has 'the same file is kept already' '2 you have' 'nothing written'
run 0 pdh export -o "$HOME/kept.json"
run 0 pdh undo
run 0 pdh evidence --json
get '.evidence | length' 0
run 0 pdh list --all --json
get '.activities | length' 0
run 0 pdh redo
run 0 pdh show "$first" --json
get '.activities[0].imported | length' 1
run 2 pdh import "$HOME/kept.json" --keep
has 'pdh backup keeps everything'
ok "a file is kept with its import, in one change"

# The file came before without --keep: its entries are traced to it all the same.
printf 'Date,Title,Hours\n2025-06-01,Late one,1h\n' >"$HOME/late.csv"
run 0 pdh import "$HOME/late.csv" --json
id=$(printf '%s' "$out" | jq .first)
run 0 pdh import "$HOME/late.csv" --keep --json
get .have 1
[ "$(printf '%s' "$out" | jq .op)" != null ] || fail "nothing was kept"
run 0 pdh show "$id" --json
get '.activities[0].imported | length' 2
run 0 pdh undo
has 'kept late.csv, which had nothing new'
run 0 pdh import "$HOME/late.csv" -n
has '1 you have'
ok "a file that has nothing new is kept too"

# ---- out and in again: the file is named, its bytes are in backups alone
run 0 pdh import "$HOME/late.csv" --keep
run 0 pdh export -o "$HOME/all.json"
grep -q '"import_files"' "$HOME/all.json" || fail "the export does not name the file"
run 0 pdh reset --yes "Dana Reyes"
run 0 pdh import "$HOME/all.json"
run 0 pdh export -o "$HOME/again.json"
cmp -s "$HOME/all.json" "$HOME/again.json" || fail "another export came back"
run 0 pdh evidence --json
get '.evidence | length' 2
get '.evidence[1].of[0].title' late.csv
ok "what an export says of a kept file comes back"
