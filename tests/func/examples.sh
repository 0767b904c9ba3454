#!/bin/sh
# pdh(1): every example is a command line that pdh reads, just as the manual prints it, and every command is in it.
. tests/support/func.sh
docs=$PWD/docs
manual=$docs/pdh.1
cd "$HOME"

mandoc -T ascii -O width=400 "$manual" | col -bx >printed
sed -n '/^EXAMPLES/,/^SEE ALSO/s/^     \([^ ].*\)/\1/p' printed | grep 'pdh' | sed 's/   *[A-Z].*//' >examples
[ "$(wc -l <examples)" -gt 80 ] || fail "only $(wc -l <examples) examples are printed"

# With nobody at the socket what is read well ends with another status than that of usage.
mkdir -p .local/share/bash-completion/completions .minisign pd
echo '{"sessions":[{"title":"A session","credit":"1h"}]}' >conference.json
export PDH_NO_SPAWN=1 PDH_SOCKET="$HOME/nobody"
while IFS= read -r line; do
	status=0
	sh -c "$line" </dev/null >said 2>&1 || status=$?
	[ "$status" -ne 2 ] || fail "\"$line\" is refused: $(cat said)"
done <examples
ok "each example is read as it is printed"

pdh help all | sed -n 's/^  pdh \([a-z -]*[a-z]\)  .*/\1/p' >commands
while IFS= read -r command; do
	grep -q "^     $command" printed || fail "pdh $command is not in the manual"
done <commands
ok "each command is in the manual"

sed -n '/^EXIT STATUS/,/^EXAMPLES/s/^     \([0-9][0-9]*\) .*/\1/p' printed >statuses
sort -n statuses | cmp -s - statuses || fail "exit statuses are out of order: $(tr '\n' ' ' <statuses)"
[ "$(wc -l <statuses)" -gt 9 ] || fail "too few exit statuses"
ok "exit statuses are in the order of their numbers"

run 0 pdh help reports
has "pdh report transcript"
run 0 pdh help dates
has "man pdh-dates"
for page in "$docs"/pdh-*.[57]; do
	topic=${page##*/pdh-}
	topic=${topic%.*}
	run 0 pdh help "$topic"
	has "man pdh-$topic"
done
run 2 pdh help nothing-like-it
ok "a topic is explained like a command"

# pdh-json(7): the parts of an export and the states of a credential, in their order.
unset PDH_NO_SPAWN PDH_SOCKET
dana
run 0 pdh export -o -
printf '%s' "$out" | jq -r 'keys_unsorted[]' | sed 1d >parts
sed -n '/^and it has a list for each part/,/bytes of proofs/p' "$docs/pdh-json.7" | tr '\n' ' ' | sed 's/([^)]*)//g' |
	tr -c 'a-z_' '\n' | grep -xFf parts | diff parts - || fail "pdh-json(7) has other parts of an export"
for state in $(sed -n '/^CHOICE(STATE,/,/^END_CHOICE/s/.*VALUE.*"\(.*\)").*/\1/p' "$docs/../common/choices.def"); do
	sed -n '/^States are words/,/of an item/p' "$docs/pdh-json.7" | grep -qw -e "$state" || fail "pdh-json(7) lacks the state $state"
done
ok "pdh-json(7) has each part of an export and each state"
