#!/bin/sh
# pdh prompt, the one-line file behind it, and the formats for status bars.
. tests/support/func.sh
line=$XDG_RUNTIME_DIR/pdh/line

run 0 pdh prompt
same "$out" "" "the prompt where nothing is set up"
[ ! -e "$XDG_RUNTIME_DIR/pdh/sock" ] || fail "a prompt started the daemon"
ok "a prompt says nothing and starts nothing"

dana
run 0 pdh prompt
same "$out" "PD:3!" "tx-lib and il-pel are behind and fp is due soon"
same "$(cat "$line")" "2026-03-14 PD:3!" "the line"
same "$(stat -c %a "$line")" 600 "the mode of the line"
run 0 pdh prompt --json
get '.schema + " " + .as_of + " " + .text' "pdh.prompt/1 2026-03-14 PD:3!"
ok "what needs attention is counted, in a file that its owner alone reads"

# The prompt believes the file and nobody else while it is of today.
echo "2026-03-14 PD:7!" >"$line"
run 0 pdh prompt
same "$out" "PD:7!" "the prompt"
echo "2026-03-13 PD:7!" >"$line"
run 0 pdh prompt
same "$out" "PD:3!" "the prompt with a line of yesterday"
rm "$line"
run 0 pdh prompt
same "$out" "PD:3!" "the prompt without a line"
ok "a line of another day is not believed"

run 0 pdh daemon stop
at 2026-03-15T09:30:00
run 0 pdh prompt
same "$out" "" "the prompt without a daemon"
run 0 pdh status
same "$(cat "$line")" "2026-03-15 PD:3!" "the line of a new daemon"
ok "it is written by whoever starts"

was=$(stat -c %i "$line")
run 0 pdh log 1h "Something" --date 2026-03-14
same "$(stat -c %i "$line")" "$was" "the file after a change that does not matter here"
run 0 pdh credential edit fp --expires 2031-05-30
same "$(cat "$line")" "2026-03-15 PD:2!" "the line"
[ "$(stat -c %i "$line")" != "$was" ] || fail "the line was written in place"
run 0 pdh log 90h "A lot" --date 2026-03-14
same "$(cat "$line")" "2026-03-15" "the line when all is well"
run 0 pdh prompt
same "$out" "" "the prompt when all is well"
run 0 pdh prompt --json
get '.text' null
run 0 pdh undo
same "$(cat "$line")" "2026-03-15 PD:2!" "the line after undo"
ok "it follows what is stored, and is written when it changes"

at 2031-05-01T09:30:00
run 0 pdh list
same "$(cat "$line")" "2031-05-01 PD:6!" "the line on a later day"
ok "it follows the day"

run 0 pdh daemon stop
same "$(cat "$line")" "2031-05-01 PD:6!" "the line after the end"
run 0 pdh prompt
same "$out" "PD:6!" "the prompt after the end"
ok "it outlives the daemon, for its day"

mkdir "$HOME/elsewhere"
run 0 pdh status --socket "$HOME/elsewhere/other"
same "$(cat "$HOME/elsewhere/other.line")" "2031-05-01 PD:6!" "the line of another socket"
run 0 pdh daemon stop --socket "$HOME/elsewhere/other"
ok "each socket has a line of its own"

# The formats for bars, as their programs take them.
at 2026-03-14T09:30:00
run 0 pdh edit 1 --title "Opening"
run 0 pdh credential edit fp --expires 2026-05-30 --title 'A <b> & #[x]'
run 0 pdh status --format @waybar
get '.text + " " + .class + " " + .alt' "PD:3! behind behind"
get '.tooltip | split("\n") | .[0]' "A &lt;b&gt; &amp; #[x]: due soon (fp 77d)"
run 0 pdh status --format @i3blocks
same "$(echo "$out" | wc -l)" 3 "the lines for i3blocks"
has "fp 77d | il-pel" "
PD:3!
#E5A50A"
run 0 pdh status fp --format @tmux
same "$out" "#[fg=yellow]fp 77d#[default]" "tmux's line"
run 0 pdh status --format @starship
same "$out" "PD:3!" "starship's text"
run 0 pdh status --as-of 2031-08-01 --format @waybar
get '.class' lapsed
run 0 pdh credential edit fp --expires 2031-05-30
run 0 pdh status fp --format @starship
same "$out" "" "starship's text when all is well"
run 0 pdh status fp --format @waybar
get '.text + " " + .class' "PD ok"
run 0 pdh status fp --format @tmux
has "#[fg=green]fp"
run 2 pdh status --format @polybar
has '"@polybar"' "@waybar, @i3blocks, @tmux and @starship"
run 2 pdh list --format @waybar
has "goes with pdh status"
run 0 env PDH_SOCKET="$HOME/none.sock" PDH_DATABASE="$HOME/none.db" sh -c '
	pdh status --format @tmux; pdh status --format @i3blocks; pdh status --format @waybar; pdh daemon stop >/dev/null'
get '.text + .tooltip + .class' none
ok "bars get their formats"
