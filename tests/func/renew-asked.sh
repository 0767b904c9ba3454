#!/bin/sh
# Renewing at a terminal: what is short or early is shown first, and asked about.
. tests/support/func.sh
typed() {
	printf "$1" >"$HOME/answers"
	shift
	"$python" tests/func/terminal.py 80 "$@" <"$HOME/answers"
}
run 0 pdh init --no-input --name "Dana Reyes"
run 0 pdh credential add us-tx-school-librarian --as tx --fact "birth month=8" --expires 2026-08-31 --opening 131.5h
before=$(stored)
run 130 typed "n\n" pdh credential renew tx
has "131.5 h of 200" "was short by 68.5 h" "it is early" "Renew it all the same? [y/N]" "nothing was renewed"
same "$(stored)" "$before" "what is stored"
run 130 typed "" pdh credential renew tx
same "$(stored)" "$before" "what is stored"
run 0 typed "y\n" pdh credential renew tx
has "Sep 2026 to 31 Aug 2031"
run 0 pdh undo
run 0 typed "" pdh credential renew tx --yes
lacks "all the same"
run 0 pdh undo
run 0 pdh credential renew tx
has "it is early" "was short by"
run 0 pdh undo
ok "what is short or early is asked about at a terminal, and told to a script"

# Late, and complete: nothing is asked.
at 2026-09-10T09:30:00
run 0 pdh log 68.5h "Dyslexia academy" --kind workshop --topic dyslexia --date 2026-08-30
run 0 typed "" pdh credential renew tx
lacks "all the same" "it is early"
has "Sep 2026 to 31 Aug 2031"
run 0 pdh credential add --title "City archivist" --hours 4 --begins 2024-01-01 --expires 2025-12-31 --as city --opening 4h
run 0 typed "soon\n31 dec 2027\n" pdh credential renew city
has "is not a date" "Jan 2026 to 31 Dec 2027"
ok "who renews late is asked for what no rule says, and for nothing else"

# Which one: the only one there is, or the one that is chosen at a terminal.
run 2 pdh credential renew
has "Which one was renewed?" "pdh credential list"
run 130 typed "" pdh credential renew
has "Which one was renewed" "City archivist" "nothing was renewed"
run 0 typed "city\n31 dec 2029\n" pdh credential renew --yes
has "Jan 2028 to 31 Dec 2029"
run 0 pdh undo
run 0 pdh credential retire tx
run 0 pdh credential renew --expires 2029-12-31
has "Jan 2028 to 31 Dec 2029"
run 0 pdh credential retire city
run 2 pdh credential renew
ok "a bare renewal is of the only one that is held, or asks which"
