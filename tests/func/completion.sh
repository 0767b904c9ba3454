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
in_bash "in-person live recorded self-paced" pdh log 1h x --delivery ""
in_bash "participant presenter" pdh log 1h x --role p
in_bash "approved pending refused" pdh log 1h x --approval ""
in_bash "month kind topic provider" pdh report chart --by ""
in_bash "@waybar @i3blocks @starship @tmux" pdh status --format @
in_bash "desktop mail command calendar" pdh remind test ""
in_bash "auto no" pdh status --bars ""
# Bash lets it be called only while it completes.
compopt() { files=$2; }
files=
in_bash "us-tx-school-librarian" pdh rules test us-tx-school-l
same "$files" default "names of files"
ok "bash"

in_fish() {
	out=$(fish -c "source $HOME/complete.fish; complete -C '$2'" | cut -f 1 | tr '\n' ' ')
	[ "$out" = "$1 " ] || fail "fish completes $2: wanted $1"
}
in_fish "list log" "pdh l"
in_fish "add done edit rm" "pdh cred item "
in_fish "fp il-pel tx-lib" "pdh credential show "
in_fish "early literacy" "pdh log 1h x --topic e"
in_fish "--approval" "pdh log --appr"
in_fish "in-person live recorded self-paced" "pdh log 1h x --delivery "
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
