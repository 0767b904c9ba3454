#!/bin/sh
# Several credentials at once, what they need besides hours, and their life.
. tests/support/func.sh
dana

run 0 pdh credential list
has "tx-lib" "····0093" "30 Jun 2029" "fp" "due soon"
lacks 12340093
run 0 pdh credential show il-pel --reveal
has 12340093
printf '99887766\n' >"$HOME/number"
run 0 pdh credential edit tx-lib --number - --level standard --endorsement "school library" <"$HOME/number"
lacks 99887766
run 0 pdh credential show tx-lib --json
get '.credentials[0] | .level + " " + .endorsements[0] + " " + .number' "standard school library ****7766"
ok "numbers are masked"

run 0 pdh log 6h "Summer institute" --date 2026-03-01
has "tx-lib   +6.0" "il-pel   +6.0"
lacks "fp "
run 0 pdh status --json
get '.credentials | map(.alias + " " + .state) | join(", ")' "fp due-soon, il-pel behind, tx-lib behind"
ok "one activity counts for each"

run 0 pdh credential add --title "City archivist" --hours 40 --every 2y --expires 2027-08-31
run 0 pdh status city --json
get '.credentials[0] | .required.amount + " " + .cycle.from' "40.0 2025-09-01"
run 0 pdh credential edit city --hours 30
run 0 pdh status city --json
get '.credentials[0].required.amount' 30.0
run 2 pdh credential add --title "No length" --hours 40 --expires 2027-08-31
has "--every"
run 2 pdh credential add us-tx-school-librarian
has "--expires"
run 5 pdh credential add us-tx-school-librarian --as tx-lib --expires 2027-08-31
has "--as"
ok "a board without a pack"

# The first year of an attorney is two, from the birth month after admission; hours of the year before it count.
run 0 pdh credential add us-tx-attorney --issued 2025-03-20 --fact "birth month=9" --as bar
has "1 Sep 2025 to 31 Aug 2027"
run 0 pdh log 2h "Evidence" --date 2024-09-01 --only bar
run 0 pdh log 3h "Evidence again" --date 2024-08-31 --only bar
run 0 pdh status bar --json
get '.credentials[0].counted.amount' 8.0
run 0 pdh credential rm bar --yes
ok "a first cycle begins where the pack says"

# What is not hours.
run 0 pdh credential item add tx-lib "Dyslexia training" --kind course --due 2026-04-30
has "Dyslexia training" "30 Apr 2026"
item=$(pdh credential show tx-lib --json | jq '.credentials[0].items[0].id')
run 0 pdh status tx-lib
has "Dyslexia training" "47 days"
run 8 pdh status tx-lib --check
at 2026-05-01T08:00:00
run 9 pdh status tx-lib --check
run 0 pdh credential item done "$item" --on 2026-04-29
run 0 pdh credential show tx-lib --json
get '.credentials[0].items[0] | .state + " " + .done_on' "done 2026-04-29"
run 0 pdh credential item edit "$item" --title "Dyslexia course" --expires 2031-04-29
run 0 pdh credential item rm "$item"
run 0 pdh undo
run 0 pdh credential show tx-lib
has "Dyslexia course"
ok "items are due, overdue, done"

# A pause moves the pace and nothing else.
at 2026-03-14T09:30:00
before=$(pdh status il-pel --json | jq -r '.credentials[0].pace.expected.exact')
run 0 pdh credential pause il-pel --from 2025-09-01 --until 2026-02-28 --why leave
run 0 pdh status il-pel --json
[ "$(printf '%s' "$out" | jq '.credentials[0].pace.expected.exact')" -lt "$before" ] || fail "the pace did not move"
get '.credentials[0].cycle.to' 2029-06-30
run 5 pdh credential pause il-pel --from 2026-01-01
has "pause"
run 0 pdh credential pause il-pel
run 0 pdh status il-pel --json
get '.credentials[0].state' paused
run 0 pdh credential resume il-pel
run 5 pdh credential resume il-pel
has "neither paused nor retired"
ok "a pause"

# The end of a cycle.
before=$(pdh status --json)
run 0 pdh credential renew tx-lib --dry-run
has "137.5" "Nothing was stored"
same "$(pdh status --json)" "$before" "status after a dry run"
run 0 pdh credential renew tx-lib
has "31 Aug 2032" "short by 62.5 h"
run 0 pdh credential show tx-lib --json
get '.credentials[0].cycles | map(.from + " " + .counted.amount) | join(", ")' "2027-09-01 0.0, 2022-09-01 137.5"
run 0 pdh undo
same "$(pdh status --json)" "$before" "status after undo of renew"
at 2027-09-01T00:00:01
run 9 pdh status tx-lib --check
has LAPSED
at 2026-03-14T09:30:00
ok "a cycle is closed, stays readable, and comes back"

run 0 pdh credential retire fp
run 0 pdh status --json
get '.credentials | map(.alias) | join(" ")' "city il-pel tx-lib"
run 0 pdh credential list --all
has "fp" "retired"
run 5 pdh credential retire fp
has "pdh credential resume fp watches it again"
run 0 pdh credential resume fp --json
get '.credential.retired_on' null
run 0 pdh status --json
get '.credentials | map(.alias) | join(" ")' "city fp il-pel tx-lib"
run 0 pdh undo
run 2 pdh credential rm fp
has "--yes" "retire"
run 0 pdh credential rm fp --yes
run 3 pdh credential show fp
run 0 pdh undo
run 0 pdh credential show fp
ok "retired, removed, and back"
