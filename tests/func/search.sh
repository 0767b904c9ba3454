#!/bin/sh
# Searches and filters, and what is done to all that they find.
. tests/support/func.sh

run 0 pdh init --no-input --name Dana
for line in '2.5h|K–12 budgets|--topic=Éthique|--provider=alla' '1h|C++ for all|--topic=ethique,law|--provider=ALLA' \
	'3h|R&D day|--kind=workshop' '90m|Plain C'; do
	IFS='|'
	# shellcheck disable=SC2086
	run 0 pdh log $line
	unset IFS
done

# finds WANTED COMMAND...: the numbers of the entries that it finds, in their order.
finds() {
	wanted=$1
	shift
	run 0 pdh "$@" --json
	get '[.activities[].id] | join(" ")' "$wanted"
}

finds 2 search C++
finds 2 search all c++
finds 1 search k-12
finds 1 search K12 BUDGETS
finds 3 search 'r&d'
finds '' search 'r&x'
finds 2 list c++ all
ok "words are found in any order, with their punctuation"

finds '2 1' list topic:ethique
finds 1 list 'topic:ÉTHIQUE and hours>=2 and not evidence'
finds '3 1' list 'hours>=2.5h'
finds '4 3' list provider:none
finds '3 2' list '(kind:workshop or topic:law)'
finds '2 1' search al --filter topic:ethique
finds '3 1 4 2' list --sort most
finds '2 1 4 3' list --sort title
finds '3' list --sort most --limit 1
run 2 pdh list topc:law
has '"topc"' 'did you mean topic?'
run 2 pdh list 'hours>=few'
has 'cannot read hours'
ok "filters are read, and slips are named"

run 2 pdh edit provider:alla --provider ALA
has '2 activities would be changed' --yes
run 0 pdh edit provider:alla --provider ALA --dry-run
has '#1' '#2' 'ALLA -> ALA'
run 0 pdh edit provider:alla --provider ALA --yes --json
get '[.entries[].id] | sort | join(" ")' '1 2'
finds '2 1' list provider=ala
run 0 pdh undo
finds '' list provider=ala
run 0 pdh edit topic:ethique --rename-topic éthique=ethics --yes
finds '2 1' list topic:ethics
finds 2 list topic:law
run 0 pdh undo
run 3 pdh edit topic:nothing --provider x --yes
ok "what a filter finds is edited in one change"

run 2 pdh rm 2-9
finds '4 3 2 1' list --sort added
run 0 pdh rm 2-9 --yes
finds 1 list --sort added
run 0 pdh undo
run 0 pdh rm 1,4
finds '3 2' list --sort added
run 0 pdh undo
run 0 pdh rm kind:workshop --yes
finds '4 2 1' list --sort added
run 0 pdh undo
run 2 pdh rm 3 kind:workshop
has 'do not go together'
run 2 pdh rm 3 --filter kind:workshop
run 2 pdh rm
ok "ranges, numbers and filters remove in one change"

typed() {
	printf "$1" >"$HOME/answers"
	shift
	"$python" tests/func/terminal.py 80 "$@" <"$HOME/answers"
}
run 130 typed "n\n" pdh rm 2-3
has 'Remove 2 activities?' '#2' '#3' 'nothing was removed'
finds '4 3 2 1' list --sort added
run 0 typed "y\n" pdh rm 2-3
finds '4 1' list --sort added
run 0 pdh undo
ok "at a terminal they are shown, and a question is asked"

run 0 pdh export --filter topic:ethique
get '[.activities[].id] | join(" ")' '1 2'
run 2 pdh export --filter topc:x
ok "an export has what a filter takes"
