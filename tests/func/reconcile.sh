#!/bin/sh
# pdh reconcile: a board's list beside the person's own, paired one to one.
. tests/support/func.sh

run 0 pdh init --no-input --name "Dana Reyes"
run 0 pdh credential add --as lic --title "License" --expires 2027-08-31 --hours 100 --every 5y
run 0 pdh log 2h "Story time in two languages" --date 2026-01-10 --provider AASL
run 0 pdh log 2.5h "Teaching with primary sources" --date 2026-01-20 --provider "Region 13" --course RS-7
run 0 pdh log 1h "Wednesday PLC" --date 2026-01-07
run 0 pdh log 1h "Wednesday PLC" --date 2026-01-14
run 0 pdh log 3h "Not posted at all" --date 2026-01-02 --provider "Hill Country ISD"
run 0 pdh log 1h "Too new to be posted" --date 2026-03-01
run 0 pdh log 1h "Planned one" --date 2026-04-01 --planned
run 0 pdh log 4h "For another" --date 2026-01-03 --not lic
cat >"$HOME/board.csv" <<'CSV'
Course Name,Completion Date,Hours,Course ID
"Story time, two languages",2/15/2026,2,
Primary sources,1/20/2026,2.0,RS-7
Wednesday PLC,1/14/2026,1,
CPR,10/3/2025,2,
Story time in two languages,8/1/2025,2,
CSV

run 0 pdh reconcile lic "$HOME/board.csv" --json
get .both 2
get '[.differ[] | "\(.id) \(.credit.amount) \(.board.amount)"] | join(" ")' '2 2.5 2.0'
get '[.board[].title] | sort | join("; ")' 'CPR; Story time in two languages'
get '[.mine[].id] | sort | map(tostring) | join(" ")' '3 5 6'
get '[.late[].id] | sort | map(tostring) | join(" ")' '3 5'
get .op null
run 0 pdh reconcile lic "$HOME/board.csv"
has 'both          2' 'mine only     3' 'board only    2' 'differ        1' 'mine 2.5 h, board 2.0 h' \
	'2 entries are not posted after 30 days' '--letter' 'Nothing was written'
run 0 pdh history --json
get '.changes | length' 10
ok "compared"

run 0 pdh reconcile lic "$HOME/board.csv" --letter
has 'To: Hill Country ISD' 'completed "Not posted at all", for 3.0 h.' 'Subject: Credit not posted: Not posted at all' '3.0 h' 'not on the list of License'
lacks 'posted: Too new'
ok "letters"

run 0 pdh reconcile lic "$HOME/board.csv" --save -n
has '3 entries are marked'
same "$(sqlite3 "$HOME/.local/share/pdh/pdh.db" 'SELECT count(*) FROM standing')" 0 "dry"
run 0 pdh reconcile lic "$HOME/board.csv" --save
has '3 entries are marked' 'pdh undo'
same "$(sqlite3 "$HOME/.local/share/pdh/pdh.db" 'SELECT group_concat(activity_id || state) FROM standing')" \
	'1posted,2differs,4posted' "stored"
run 0 pdh query "select s.*, e.title from standing s join entries e using (id) order by id" --json
get '.columns | join(",")' id,credential,state,day,unit,hours,exact,title
get '[.rows[] | "\(.id) \(.credential) \(.state) \(.day) \(.unit) \(.hours) \(.exact)"] | join(";")' \
	'1 lic posted 2026-03-14 null null null;2 lic differs 2026-03-14 hour 2 7200000;4 lic posted 2026-03-14 null null null'
run 0 pdh show 2
has 'lic has 2.0 h'
run 0 pdh show 1
has 'posted by lic, seen on 14 Mar 2026'
run 0 pdh undo
same "$(sqlite3 "$HOME/.local/share/pdh/pdh.db" 'SELECT count(*) FROM standing')" 0 "undone"
run 0 pdh redo
ok "saved and undone"

run 0 pdh list --unsubmitted lic --json
get '[.activities[].id] | sort | map(tostring) | join(" ")' '2 3 5 6'
get .logged.amount 7.5
run 0 pdh edit 5 --submitted lic
run 0 pdh list --unsubmitted lic --json
get '[.activities[].id] | sort | map(tostring) | join(" ")' '2 3 6'
get .logged.amount 4.5
run 0 pdh list primary --unsubmitted lic --json
get '[.activities[].id] | join(" ")' 2
run 0 pdh list --provider "region 13" --unsubmitted lic --json
get '[.activities[].id] | join(" ")' 2
run 0 pdh list --planned --unsubmitted lic --json
get '.activities | length' 0
run 3 pdh list --unsubmitted nobody
run 0 pdh show 5
has 'submitted to lic on 14 Mar 2026'
run 3 pdh edit 5 --submitted nobody
run 0 pdh reconcile lic "$HOME/board.csv" --json
get '[.mine[] | select(.state == "submitted") | .id] | join(" ")' 5
ok "submitted"

run 0 pdh reconcile lic "$HOME/board.csv" --take --save --json
get .taken 2
get '.board | length' 0
get .both 4
run 0 pdh list CPR --json
get '.activities[0].done_on' 2025-10-03
run 0 pdh reconcile lic "$HOME/board.csv" --take --json
get .taken 0
ok "taken"

# ---- both at once are one change, with one undo
run 0 pdh log 1h "Posted later" --date 2026-02-20
cat >"$HOME/more.csv" <<'CSV'
Course Name,Completion Date,Hours
Posted later,2/20/2026,1
Only there,11/3/2025,1.5
CSV
before=$(pdh history --json | jq '.changes | length')
pdh export -o "$HOME/before.json"
run 0 pdh reconcile lic "$HOME/more.csv" --take --save
has '1 line of the board logged.' '2 entries are marked as posted' 'pdh undo'
same "$(pdh history --json | jq '.changes | length')" "$((before + 1))" "changes"
run 0 pdh history
has 'compared lic, 1 taken, 2 entries'
run 0 pdh undo
run 0 pdh export -o "$HOME/after.json"
cmp "$HOME/before.json" "$HOME/after.json" || fail "undo left something"
ok "one change"

# ---- twice on the board, once here: the second is told, and not lost in silence
cat >"$HOME/twice.csv" <<'CSV'
Course Name,Completion Date,Hours
Posted later,2/20/2026,1
Posted later,2/20/2026,1
CSV
run 0 pdh reconcile lic "$HOME/twice.csv" --take
has '1 line of the board is left out: it says what an entry here says' '--allow-similar'
run 0 pdh reconcile lic "$HOME/twice.csv" --take --json
get '"\(.taken) \(.notes | length)"' "0 1"
ok "what is not taken is told"

# ---- an opening balance that covers what is taken: one has to say
run 0 pdh credential add --as old --title "Old" --expires 2027-08-31 --hours 100 --every 5y --opening 20h
opening=$(pdh list --kind opening --json | jq '.activities[0].id')
run 5 pdh reconcile old "$HOME/more.csv" --take --save
has 'would count beside the opening balance' '--opening reduce or keep'
run 0 pdh reconcile old "$HOME/more.csv" --take -n
has "#$opening, 20.0 h, covers days of these" '18.5 h, --opening keep leaves it'
run 0 pdh reconcile old "$HOME/more.csv" --take --save --opening keep
run 0 pdh show "$opening" --json
get '.activities[0].credit.amount' 20.0
run 0 pdh undo
run 2 pdh reconcile old "$HOME/more.csv" --take --opening perhaps
run 0 pdh reconcile old "$HOME/more.csv" --take --save --opening reduce
run 0 pdh show "$opening" --json
get '.activities[0].credit.amount' 18.5
run 0 pdh undo
run 0 pdh undo
ok "opening balances are asked about"

run 3 pdh reconcile nobody "$HOME/board.csv"
run 3 pdh reconcile lic "$HOME/none.csv"
run 2 pdh reconcile lic
printf 'A,B\n1,2\n' >"$HOME/bad.csv"
run 5 pdh reconcile lic "$HOME/bad.csv"
has 'no heading with a date, a title and hours'
ok "refusals"
