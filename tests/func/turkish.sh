#!/bin/sh
# In Turkish I and i are two letters. The words that pdh knows are the same in every locale.
. tests/support/func.sh

mkdir "$HOME/locales"
for charset in UTF-8 ISO-8859-9; do
	localedef --no-archive -i tr_TR -f "$charset" "$HOME/locales/tr_TR.$charset" 2>/dev/null ||
		[ -f "$HOME/locales/tr_TR.$charset/LC_CTYPE" ] || fail "no Turkish locale could be made"
done
export LOCPATH="$HOME/locales"
dana
run 0 pdh credential item add fp Prints --due 2026-03-20

# Every command says the same, and reads its words in any case.
while IFS='|' read -r wanted words; do
	eval "set -- $words"
	run "$wanted" pdh "$@"
	plain=$out
	for charset in UTF-8 ISO-8859-9; do
		LC_ALL=tr_TR.$charset run "$wanted" pdh "$@"
		[ "$charset" = UTF-8 ] || out=$(printf '%s' "$out" | iconv -f ISO-8859-9 -t UTF-8)
		[ "$charset" != UTF-8 ] || same "$out" "$plain" "pdh $words in tr_TR.$charset"
	done
done <<'TABLE'
0|help
0|help credential item add
0|status
0|log 15MIN "x" --date FRI --dry-run
0|log "2 HOURS" "x" --date "13 MARCH" --dry-run
0|log "2H 30MIN" "x" --date "LAST FRI" --topic IDEAS --dry-run
0|log 1CEU "x" --date "3 DAYS AGO" --dry-run
0|list --date THIS-WEEK
0|list --date LAST-MONTH
0|list --date 2026-Q1
0|credential add --title Istanbul --hours 1h --every 2Y --expires "31 JULY 2027" --dry-run
0|credential add us-tx-school-librarian --as IL2 --expires "31 AUG 2027" --fact "BIRTH MONTH=APRIL" --dry-run
0|credential pause il-pel --from "IN 3 DAYS" --until "FRI" --dry-run
0|plan --add "6H IDEAS MONTHLY UNTIL 2026-12"
0|log 1h x --planned=TRUE --duty=NO --date "IN 3 DAYS" --dry-run
0|credential item edit 3 --due NONE --dry-run
0|rules search ILLINOIS LIBRARIAN
0|remind list
2|list --limit I
2|credential add --title x --as İ
2|log 1x x
TABLE
ok "words and help are the same in Turkish"
