#!/bin/sh
# Every mistake gets its exit status and a sentence that names the field, and changes nothing.
. tests/support/func.sh
dana
run 0 pdh log 2.5h "Teaching with primary sources" --date yesterday
before=$(stored)

# Exit status | arguments, one a word, _ for a space | what the sentence has
while IFS='|' read -r wanted words sentence; do
	set --
	for word in $words; do
		set -- "$@" "$(echo "$word" | tr _ ' ')"
	done
	run "$wanted" pdh "$@"
	has "$sentence"
	lacks "assert" "SQL" "errno"
	[ "$(printf '%s\n' "$out" | wc -l)" -le 2 ] || fail "more than a sentence and a hint"
	[ "$(stored)" = "$before" ] || fail "something was stored by: pdh $*"
done <<'TABLE'
2|lgo|did you mean "pdh log"?
2|delete 2|did you mean "pdh rm"?
2|remove 2|did you mean "pdh rm"?
2|add 1h x|hours are logged with "pdh log"
2|new|a credential is added with "pdh credential add"
2|modify 2|did you mean "pdh edit"?
2|find x|did you mean "pdh list WORDS"?
2|credential delete tx-lib|did you mean "pdh credential rm"?
2|credential new|did you mean "pdh credential add"?
2|credential unretire tx-lib|did you mean "pdh credential resume"?
2|import|Which file? Give its name.
3|import nowhere.csv|cannot read nowhere.csv
2|log 1h x --date 3/4/2026|--date: "3/4/2026": 3 April or 4 March? write 2026-04-03 or 2026-03-04
2|log 1h x --date last_month|is a period, Sun 1 Feb 2026 to Sat 28 Feb 2026; one day is asked for here
2|log 1,500h x|a decimal or a thousand? write 1.500 or 1500
2|log 9-11 x|may be times or an amount
2|credential ad|it has add, list
2|credential|needs another word
2|log --dat 3|did you mean --date?
2|log 1h|What did you do? Give a title.
2|log 1h x --date|--date needs a value
2|log 1h x --date --topic|--date needs a value
2|log soon x|"soon"
2|log 1h x --date 32_mar|--date: "32 mar" is not a day
2|log 1h x --date 2026-02-29|--date: "2026-02-29" is not a day
5|log 0 x|credit must be more than zero
5|log 1h x --date 2026-03-15|--date: Sun 15 Mar 2026 is in the future
5|log 1h x --from 2026-03-14 --date 2026-03-13|--from
3|log 1h x --only nope|--only: no credential is called "nope"
3|log --again 77|there is no activity #77
6|log 2.5h Teaching_with_primary_sources --date fri|looks like #2
2|log 1h x --only tx-lib --only|--only needs a value
2|list --limit x|--limit: "x" is not a whole number
2|list --limit 0|--limit must be 1 or more
2|list --date 2026-13|--date: "2026-13" is not a period
2|list --json=foo|is not among the fields
2|list --format {foo}|{foo} is not among
2|list --json --plain|one form
3|show 99|there is no activity #99
2|show x|"x" is not a whole number
2|show|Which activity? Give its number (pdh list).
3|edit 99 --hours 2|there is no activity #99
2|edit 2 --nope|did you mean --note?
5|edit 2 --date tomorrow|--date: Sun 15 Mar 2026 is in the future
3|rm 99|there is no activity #99
3|undo 999|there is no change 999
3|redo|nothing to redo
3|status nope|no credential is called "nope"
2|status --as-of foo|--as-of: "foo" is not a date
3|credential show nope|no credential is called "nope"
2|credential add|title
3|credential add us-tx-school-libraria|no rules pack
2|credential edit tx-lib --as 9|--as
5|credential edit tx-lib --as il-pel|--as: a credential of that name
5|credential edit tx-lib --expires none|--expires
2|credential edit tx-lib --begins none|--begins takes a day
2|credential add --title x --hours 4 --every 2y --issued none|--issued takes a day
2|credential renew tx-lib --expires none|--expires takes a day
2|credential pause tx-lib --until none|--until takes a day
2|log 1h x --date none|--date takes a day
2|list --since none|--since takes a day
2|status --as-of none|--as-of takes a day
2|rules try us-pa-act-48 --issued none|--issued takes a day
5|credential edit tx-lib --begins 2199-12-31|--begins
3|credential item done 99|there is no item 99
2|credential item add tx-lib x --kind foo|--kind
5|credential pause tx-lib --from 2026-04-01 --until 2026-03-01|--until
3|rules show nope|no rules pack "nope"
2|completion ksh|bash, zsh or fish
2|help lgo|did you mean
2|status --dry-run|--dry-run is for
2|list --check|--check is for
2|list --timeout 0|--timeout
2|list --color=blue|--color
2|version extra|unexpected word "extra"
TABLE
for words in "edit 2 --title" "credential edit tx-lib --as" "list --topic" "status" "show" "plan --add"; do
	# shellcheck disable=SC2086 # they are words
	run 2 pdh $words ""
done
has "is empty; it takes"
ok "mistakes are named and change nothing"

run 2 pdh log 1h "$(printf 'bell\007')"
has "control characters"
run 2 pdh log 1h "$(printf 'caf\351')"
has "UTF-8"
run 5 pdh log 1h "$(head -c 301 /dev/zero | tr '\0' x)"
has "300"
same "$(stored)" "$before" "the data after texts that cannot be kept"
ok "texts that cannot be kept"

# The same as objects, alone on standard error.
json=$(pdh show 99 --json 2>"$HOME/errors") && fail "no error"
[ -z "$json" ] || fail "an error on standard output"
out=$(cat "$HOME/errors")
get '.schema + " " + .code + " " + .field' "pdh.error/1 not_found id"
out=$(pdh lgo --json 2>&1 >/dev/null) && fail "no error"
get '.code + ": " + .hint' 'usage: did you mean "pdh log"?'
ok "errors as JSON on standard error"

run 1 sh -c 'pdh list >/dev/full'
has "cannot be written"
ok "an answer that cannot be written is an error"

run 0 pdh log 1h "Words" --kind workshop --topic literacy --provider "ALA" --date yesterday
for words in "--kind workshp|kind \"workshp\"; did you mean \"workshop\"?" "--topic litteracy|topic \"litteracy\"; did you mean \"literacy\"?" \
	"kind:workshp|did you mean \"workshop\"?" "not planned and provider:aal|did you mean \"ALA\"?"; do
	# shellcheck disable=SC2086 # they are words
	run 0 pdh list ${words%%|*}
	has "Nothing found." "${words#*|}"
	# shellcheck disable=SC2086
	run 0 pdh list ${words%%|*} --quiet
	lacks "did you mean"
done
run 0 pdh list --kind workshp --json
get '.activities | length' 0
run 0 pdh list --kind webinar
lacks "did you mean"
ok "a listing without entries names the word that was meant"
