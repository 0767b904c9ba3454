#!/bin/sh
# pdh query: SQL over views of the records, by a process of its own that can do nothing else.
manual=$PWD/docs/pdh-query.7
. tests/support/func.sh
dana
run 0 pdh log 2.5h "Primary sources" --topic literacy --kind workshop --provider AASL --date 2026-03-13
run 0 pdh log 20m "Two things" --topic safety,literacy --date 2026-03-12 --note "=1+1"
run 0 pdh log 0.3ceu "MARC" --date 2026-03-11 --only il-pel
run 0 pdh log 6h "Ahead" --date 2027-01-05 --planned

# as FILTER VALUE SQL
as() {
	run 0 pdh query "$3" --json
	get "$1" "$2"
}

as '.schema + " " + (.rows | length | tostring) + " " + (.columns | join(","))' "pdh.query/1 5 id,title" \
	"select id, title from entries"
as '[.rows[] | "\(.topic)=\(.h)"] | join(" ")' "literacy=2.5 literacy,safety=0.333333333333333 null=137.5" \
	"select topic, sum(hours) as h from entries group by 1 order by topic is null, topic"
as '[.rows[] | "\(.name) \(.x)"] | join(",")' "literacy 10200000,safety 1200000" \
	"select name, sum(exact) x from topics join entries using (id) group by name"
as '.rows[0] | "\(.hours) \(.amount) \(.unit) \(.exact)"' "null 0.3 CEU 1080000" "select * from entries where title = 'MARC'"
as '.rows[0] | "\(.day) \(.first_day) \(.planned) \(.duty) \(.scope)"' "2027-01-05 null 1 0 all" \
	"select * from entries where title = 'Ahead'"
as '.rows | length' 1 "select count(*) from entries where length(uid) = 32"
as '[.rows[] | .credential + " " + .expires] | join(",")' "fp 2026-05-30,il-pel 2029-06-30,tx-lib 2027-08-31" \
	"select credential, expires from credentials"
as '.rows[0] | "\(.first_day) \(.last_day) \(.closed_on) \(.pack)"' "2022-09-01 2027-08-31 null us-tx-school-librarian" \
	"select * from cycles where credential = 'tx-lib'"
as '.rows[0].n' "$(pdh credential show tx-lib --json | jq '.credentials[0].items | length')" \
	"select count(*) as n from items where credential = 'tx-lib'"
as '.rows | length' 0 "select * from imports"
echo "A certificate" >"$HOME/proof.txt"
run 0 pdh attach 2,3 "$HOME/proof.txt"
run 0 pdh attach --credential il-pel "$HOME/proof.txt"
as '[.rows[] | "\(.file) \(.size) \(.id) \(.credential)"] | join(",")' \
	"proof.txt 14 2 null,proof.txt 14 3 null,proof.txt 14 null il-pel" "select * from evidence order by id is null, id"
as '.rows[0].n' 4 "select count(*) as n from entries where id not in (select id from evidence where id is not null) or id = 3"
run 0 pdh edit 2 --submitted tx-lib
as '[.rows[] | "\(.id) \(.credential) \(.state) \(.day) \(.hours)"] | join(",")' "2 tx-lib submitted 2026-03-14 null" \
	"select * from standing"
run 0 pdh have add exam 5312 --score 158 --on 2026-03-02 --expires 2031-03-02
run 0 pdh have add credits "library media" --credits 9sh --on 2025-05-15 --place UNT
as '[.rows[] | "\(.kind) \(.code) \(.score) \(.amount) \(.unit) \(.place) \(.day) \(.expires)"] | join(",")' \
	"exam 5312 158 null null null 2026-03-02 2031-03-02,credits null null 9 semester hour UNT 2025-05-15 null" "select * from have"
run 0 pdh credential add us-mo-certificate --pursuing --as mo
as '[.rows[] | select(.step == "exam") | "\(.credential) \(.pack) \(.path) \(.kind) \(.done_on)"] | join(",")' \
	"mo us-mo-certificate first exam null" "select * from pursued"
as '.rows[0].n' "$(pdh credential show mo --json | jq '.credentials[0].items | length')" "select count(*) as n from pursued"
run 0 pdh undo
as '.rows | length' 0 "select * from pursued"
ok "what is stored can be selected"

counted=$(pdh status tx-lib --json | jq '.credentials[0].counted.exact')
as '.rows[0].x' "$counted" "select sum(exact) as x from accepted where credential = 'tx-lib'"
needs=$(pdh status --json | jq -r '[.credentials[] | .alias as $a | .needs[] | "\($a) \(.id) \(.state) \(.have.exact) \(.short.exact)"] | sort | join(";")')
as '[.rows[] | "\(.credential) \(.rule) \(.state) \(.exact) \(.missing_exact)"] | sort | join(";")' "$needs" "select * from needs"
limits=$(pdh status --json | jq -r '[.credentials[] | .alias as $a | .limits[] | "\($a) \(.id) \(.at_most.exact) \(.cut.exact)"] | sort | join(";")')
as '[.rows[] | "\(.credential) \(.rule) \(.at_most_exact) \(.cut_exact)"] | sort | join(";")' "$limits" "select * from limits"
ok "so can what the rules say, as status says it"

run 0 pdh query "select id, title, hours from entries where hours < 10 order by id"
has "id  title            hours" " 2  Primary sources    2.5" " 3  Two things       0.333" " 5  Ahead                6"
run 0 pdh query "select * from entries where id = 2"
has "provider     AASL" "exact        9000000"
lacks provider_id
run 0 pdh query "select id from entries where 0"
same "$out" "No rows." "an empty answer"
run 3 pdh query "select id from entries where 0" --fail-empty
run 0 pdh query "select id, note, null as x from entries where note is not null" --csv
same "$out" "$(printf "id,note,x\r\n3,'=1+1,\r")" "CSV"
run 0 pdh query "select id, note from entries where id = 3" --plain --header
same "$out" "$(printf 'id\tnote\n3\t=1+1')" "lines"
as '.columns | join(",")' "a,a:2" "select 1 as a, 2 as a"
as '.rows[0].b' "00ff" "select x'00ff' as b"
run 0 pdh query "select 9223372036854775807 as i" --json
has '{"i":9223372036854775807}'
run 0 sh -c 'echo "select 7 as n;" | pdh query - --plain'
same "$out" 7 "SQL from standard input"
ok "as a table, paragraphs, CSV, lines and JSON"

run 2 pdh query "select hour from entries"
has 'there is no column "hour"' 'did you mean "hours"?'
run 2 pdh query "select * from entrys"
has 'there is no view "entrys"' 'did you mean "entries"?'
run 2 pdh query "select * form entries"
has 'sql cannot be read at'
run 2 pdh query "select"
run 2 pdh query "select nosuch(1)"
has "there is no function nosuch()"
run 2 pdh query "select 1; select 2"
has "more than one statement"
run 2 pdh query "select id from topics join entries"
has "say of which, as entries.id"
run 2 pdh query "select 1" --format '{a}'
run 2 pdh query "select 1" --csv --json
run 2 pdh query "select 1" --json=rows
run 2 pdh query "select hour from entries" --json
get '.code + " " + .field' "usage sql"
ok "a slip is told in plain words"

before=$(stored)
for sql in "delete from entries" "update entries set title = 'x'" "insert into entries (id) values (9)" "drop table entries" \
	"create table x (y)" "create temp view x as select 1" "attach '$HOME/x.db' as x" "pragma user_version = 7" "pragma table_info(entries)" \
	"vacuum" "begin" "select load_extension('x')" "explain select 1" "select * from sqlite_schema" \
	"with a as (select * from sqlite_schema) select * from a" "select * from pragma_database_list"; do
	run 5 pdh query "$sql"
	has "may only select"
done
for table in activity change credential main.activity records.activity sqlite_sequence; do
	status=0
	out=$(pdh query "select * from $table" 2>&1) || status=$?
	[ "$status" -eq 2 ] || [ "$status" -eq 5 ] || fail "$table can be read"
done
run 2 pdh query "with entries as (select * from activity) select * from entries"
[ ! -e "$HOME/x.db" ] || fail "a file was made"
ok "nothing but the views can be read, and nothing written"

run 0 pdh query "with recursive n(i) as (select 1 union all select i + 1 from n where i < 100000) select i from n" --plain
same "$(printf '%s\n' "$out" | tail -1)" 100000 "the last row that is allowed"
run 5 pdh query "with recursive n(i) as (select 1 union all select i + 1 from n where i < 100001) select i from n" --plain
has "sql has more than 100000 rows in its answer"
[ "$(printf '%s\n' "$out" | wc -l)" -lt 4 ] || fail "rows of a refused answer"
run 5 pdh query "select hex(zeroblob(16000000)) || hex(zeroblob(16000000))"
has "more memory than it may"
ok "answers are bounded"

same "$(stored)" "$before" "the records"
run 0 pdh daemon stop
run 0 pdh query "select count(*) as n from entries" --plain
same "$out" 5 "without a daemon"
run 7 pdh daemon status
run 1 env PDH_DATABASE="$HOME/none.db" pdh query "select 1"
has "cannot read the database"
ok "no daemon is needed, and none is started"

run 0 pdh query
has "entries: An activity." "exact"
run 0 pdh query --json
printf '%s' "$out" | jq -r '.views[] | .name as $v | ".Ss \($v)", (.columns[] | ".It Li \(.name) Pq \(.type)")' >"$HOME/views"
sed -n '/^\.Sh VIEWS/,/^\.Sh SEE/p' "$manual" | grep -E '^\.(Ss|It)' >"$HOME/manual"
cmp "$HOME/views" "$HOME/manual" || fail "pdh-query(7) has other views or columns"
for view in $(printf '%s' "$out" | jq -r '.views[].name'); do
	want=$(pdh query --json | jq -r --arg v "$view" '.views[] | select(.name == $v) | [.columns[].name] | join(",")')
	as '.columns | join(",")' "$want" "select * from $view"
done
ok "the list, the manual and the views have the same columns"
