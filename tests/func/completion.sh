#!/bin/bash
# Completion in the three shells, with values in use; the manual page names every command.
. tests/support/func.sh
dana
run 0 pdh log 1h "Tabs" --topic "early literacy" --provider "ESC Region 13" --date yesterday
for shell in bash zsh fish; do
	pdh completion $shell >"$HOME/complete.$shell"
done
run 0 bash -n "$HOME/complete.bash"
run 0 zsh -n "$HOME/complete.zsh"
run 0 fish --no-execute "$HOME/complete.fish"
run 0 shellcheck -s bash -e SC2046 "$HOME/complete.bash"

in_bash() {
	COMP_WORDS=("${@:2}")
	COMP_CWORD=$(($# - 2))
	COMP_LINE="${*:2}"
	COMP_POINT=${#COMP_LINE}
	COMPREPLY=()
	_pdh
	out="${COMPREPLY[*]}"
	[ "$out" = "$1" ] || fail "bash completes ${*:2}: wanted $1"
}
# shellcheck source=/dev/null
. "$HOME/complete.bash"
in_bash "log list" pdh l
in_bash "add list show edit renew cycle issue pause resume retire rm item" pdh credential ""
in_bash "add edit done rm" pdh cred item ""
in_bash "fp il-pel tx-lib" pdh credential show ""
in_bash "tx-lib" pdh st t
in_bash 'early\ literacy' pdh log 1h x --topic e
in_bash 'ESC\ Region\ 13' pdh log --provider ES
in_bash "--approval" pdh log --appr
in_bash "2 1" pdh show ""
in_bash "us-tx-school-librarian" pdh init --credential us-tx-school-l
in_bash "fp il-pel tx-lib 2 1" pdh explain ""
in_bash "tx-lib" pdh explain 2 t
in_bash "--as-of" pdh explain 2 --as
in_bash "clearance course" pdh credential item add tx-lib x --kind c
in_bash "bash zsh fish" pdh completion ""
in_bash 'birth\ month=' pdh credential add us-ny-ctle --fact b
in_bash 'certificate=esol certificate=other' pdh credential add us-ny-ctle --fact ce
in_bash 'situation=working situation=national-board situation=national-certificate situation=not-working' \
	pdh credential edit il-pel --fact s
in_bash "2022" pdh status tx-lib --cycle 20
in_bash "recorded" pdh log 1h x --delivery r
in_bash "participant presenter" pdh log 1h x --role p
in_bash "approved pending refused" pdh log 1h x --approval ""
in_bash "month kind topic provider" pdh report chart --by ""
in_bash "@waybar @i3blocks @starship @tmux" pdh status --format @
in_bash "desktop mail command calendar" pdh remind test ""
in_bash "auto no" pdh status --bars ""
in_bash "workshop work-experience" pdh list --kind work
in_bash 'early\ literacy=' pdh log 2h x --split e
in_bash 'math,early\ literacy' pdh log 1h x --topic math,ea
in_bash "hours\\>= hours\\<= hours\\> hours\\< hours:" pdh list hou
in_bash "topic:\"early literacy\"" pdh list "'topic:ea"
in_bash "hours>=1 and planned" pdh list "'hours>=1 and plan"
in_bash "--kind=workshop --kind=work-experience" pdh list --kind=work
in_bash "--json=id,title" pdh list --json=id,ti
in_bash "activity.added" pdh watch --event activity.a
in_bash "co" pdh path compare co
in_bash "US-TX" pdh credential add clearance --jurisdiction US-TX
in_bash "2022" pdh list --for tx-lib --cycle 2
in_bash "pmi-ccrs" pdh import x.csv --layout pmi
in_bash "contact\\ hour" pdh import x.csv --unit con
# What readline cuts at : and = is one word all the same.
COMP_WORDS=(pdh list topic : early)
COMP_CWORD=4
COMP_LINE="pdh list topic:early"
COMP_POINT=${#COMP_LINE}
_pdh
same "${COMPREPLY[*]}" '\"early\ literacy\"' "what follows the colon"
# Bash lets it be called only while it completes.
# shellcheck disable=SC2317
compopt() { files=$2; }
files=
in_bash "us-tx-school-librarian" pdh rules test us-tx-school-l
same "$files" default "names of files"
ok "bash"

# Each option that takes a value, and each word of a command, has values, or is free: what only the person knows.
free=" credit/CREDIT title/TEXT note/NOTE times/INT skip/TEXTS at/TIME at/WORD pause/CREDIT map/TEXTS hours/CREDIT where/TEXTS \
match/TEXTS sheet/TEXT save_layout/WORD same/TEXTS take/IDS limit/INT keep/INT name/TEXT text/TEXT alias/ALIAS number/NUMBER \
required/CREDIT needs/TEXTS limits/TEXTS opening/TEXTS counted/CREDIT carried/CREDIT why/TEXT code/WORD score/INT draw/INT \
year/INT add/TEXTS lead/TEXT after/TEXT from/TEXTS quiet/WORD to/TEXT seconds/INT before/INT sql/NOTE since_seq/INT level/WORD "
run 0 pdh log 1h "Walk" --date yesterday --kind workshop --role presenter --provider ALA --provider-id 77 --place Austin \
	--course LS-1 --topic ethics
echo "title,date,hours" >"$HOME/walk.csv"
echo "Row,2026-01-05,1" >>"$HOME/walk.csv"
run 0 pdh import "$HOME/walk.csv" --yes --opening keep
run 0 pdh attach 2 "$HOME/walk.csv"
run 0 pdh have add exam "TExES 150" --score 250 --on 2020-01-05
run 0 pdh credential item add tx-lib "Fee" --kind fee --due 2026-12-01
run 0 pdh credential add us-tx-principal --as walker --expires 2029-03-31
awk -F'[(,"]+ *' '/^METHOD\(/ { split($0, q, "\""); verb = q[4] }
	/^  PARAM\(/ && $4 != "BOOL" && verb !~ /^(_|$)/ {
		split($0, q, "\""); how = q[2]; split(how, flag, ",")
		if (how != "") print verb "|" flag[1] "|" $3 "/" $4
	}' common/methods.def >"$HOME/walk"
[ "$(wc -l <"$HOME/walk")" -gt 300 ] || fail "the table was not read"
compopt() { files=$2; }
nothing=
while IFS="|" read -r verb flag name; do
	case $free in *" $name "*) continue ;; esac
	read -ra words <<<"pdh $verb"
	case $flag in
	-*) words+=("$flag") ;;
	2) words+=(tx-lib) ;;
	esac
	[ "$verb $flag" != "path --path" ] || words=(pdh path us-tx-school-librarian --path)
	[ "$verb $flag" != "path --add" ] || words=(pdh path us-ar-license --add)
	files=
	COMP_WORDS=("${words[@]}" "")
	COMP_CWORD=${#words[@]}
	COMP_LINE="${words[*]} "
	COMP_POINT=${#COMP_LINE}
	_pdh 2>"$HOME/said"
	[ ! -s "$HOME/said" ] || fail "${words[*]} prints: $(cat "$HOME/said")"
	[ ${#COMPREPLY[@]} -gt 0 ] || [ "$files" ] || nothing="$nothing ${words[*]} ($name);"
	printf '%s\n' "$COMP_LINE" >>"$HOME/lines"
done <"$HOME/walk"
same "$nothing" "" "what completes to nothing"
run 0 fish -c "source $HOME/complete.fish; for l in (cat $HOME/lines); test (count (complete -C \$l)) -gt 0; or echo \$l; end"
same "$out" "" "what completes to nothing in fish"
mkdir "$HOME/nobody"
run 0 env HOME="$HOME/nobody" XDG_RUNTIME_DIR="$HOME/nobody" pdh _complete --plain --no-spawn -- log 1h x --topic .
same "$out" "" "values without a daemon"
same "$(ls -A "$HOME/nobody")" "" "what completion leaves behind"
ok "every option has values"

in_fish() {
	out=$(fish -c "source $HOME/complete.fish; complete -C '$2'" | cut -f 1 | tr '\n' ' ')
	[ "$out" = "$1 " ] || fail "fish completes $2: wanted $1"
}
in_fish "list log" "pdh l"
in_fish "add done edit rm" "pdh cred item "
in_fish "fp il-pel tx-lib walker" "pdh credential show "
in_fish "early literacy" "pdh log 1h x --topic ea"
in_fish "--approval" "pdh log --appr"
in_fish "recorded" "pdh log 1h x --delivery r"
in_fish "2022" "pdh status tx-lib --cycle 20"
in_fish "birth month=" "pdh credential add us-ny-ctle --fact b"
in_fish "tests/layers.txt" "pdh rules check tests/lay"
in_fish "clearance" "pdh rules test clea"
ok "fish"

# zsh has no function to ask; its own line editor runs on a pseudo terminal.
mkdir "$HOME/zsh"
cp "$HOME/complete.zsh" "$HOME/zsh/_pdh"
in_zsh() {
	out=$(zsh -f tests/support/complete.zsh "$HOME/zsh" "$2" | sed 's/\x1b\[[0-9;?]*[a-zA-Z]//g')
	has "$1"
}
in_zsh "retire" "pdh credential "
in_zsh "early" "pdh log 1h x --topic e"
in_zsh "Tabs" "pdh show "
in_zsh "situation" "pdh credential edit il-pel --fact s"
in_zsh "layers.txt" "pdh rules check tests/lay"
in_zsh "il-pel" "pdh explain "
in_zsh "in-person" "pdh log 1h x --delivery "
in_zsh "2022" "pdh status tx-lib --cycle 20"
ok "zsh"

run 0 pdh help --man
man=$out
run 0 pdh api --json
for verb in $(printf '%s' "$out" | jq -r '.methods[].verb // empty | select(startswith("_") | not) | gsub(" "; "_")'); do
	case $man in
	*".It Cm ${verb//_/ }"*) ;;
	*) fail "the manual does not have ${verb//_/ }" ;;
	esac
	read -ra words <<<"${verb//_/ }"
	run 0 pdh "${words[@]}" --help
	has "usage: pdh ${verb//_/ }"
	[ "$(printf '%s\n' "$out" | wc -L)" -le 80 ] || fail "wider than 80 columns"
done
ok "help and manual for every command"
