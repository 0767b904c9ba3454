#!/bin/sh
# pdh rules try: the same record under another board.
. tests/support/func.sh
dana

run 0 pdh log 45h "Book" --kind self-study --date 2026-02-01
run 0 pdh log 30h "PLC" --date 2025-02-01
before=$(stored)

run 0 pdh rules try us-il-pel-teacher --for tx-lib --expires 2030-06-30
has "us-il-pel-teacher 2026." "IL Educator License, teacher (tried)" "to 30 Jun 2030" "176.5 / 120 h" \
	'Also needed: Which fits you' '--fact "situation=..."' "Nothing was saved."
lacks "pdh explain tried"
run 0 pdh rules try us-il-pel-teacher --for tx-lib --expires 2030-06-30 --fact situation=national-board --json
get '.schema' pdh.rules.try/1
get '.credentials[0] | "\(.alias) \(.required.amount) \(.counted.amount)"' "us-il-pel-teacher 60.0 176.5"
get '.unanswered | length' 0
ok "a move to another state, with the record of a credential"

# The old board's cycle is none of the new one's: its calendar says, or asks for what it needs.
run 2 pdh rules try us-il-pel-teacher --for tx-lib
has "When does your cycle end?"
run 0 pdh rules try us-il-pel-teacher --for tx-lib --issued 2023-02-10 --json
get '.credentials[0] | "\(.cycle.from) \(.cycle.to)"' "2023-02-10 2028-06-30"
run 0 pdh rules try us-tx-school-librarian --for tx-lib --json
get '.credentials[0].cycle.to' 2027-08-31
ok "the cycle is that of the new board"

run 0 pdh rules try us-tx-principal --issued 2024-02-10 --fact "birth month=3"
has "to 31 Mar 2029" "70.0 / 200 h" "at most 40.0 h, so 5.0 h do not count"
run 0 pdh rules try us-pa-act-48 --expires 2028-06-30 --json
get '.credentials[0] | "\(.cycle.from) \(.cycle.to) \(.counted.amount)"' "2023-07-01 2028-06-30 75.0"
run 0 pdh rules try us-pa-act-48 --expires 2028-06-30 --as-of 2025-12-31 --json
get '.credentials[0].counted.amount' 30.0
ok "another position, and another board's calendar"

run 5 pdh rules try us-tx-principal --issued 2024-02-10
has "us-tx-principal needs to know the birth month" '--fact "birth month=..."'
run 2 pdh rules try us-pa-act-48
has "When does your cycle end?"
run 3 pdh rules try us-pa-act-84
has 'did you mean "us-pa-act-48"?'
run 3 pdh rules try us-pa-act-48 --for tx-lob
has 'did you mean "tx-lib"?'
run 2 pdh rules try us-pa-act-48 --expires soon
ok "what is missing or unknown is said"

same "$(stored)" "$before" "the database"
run 3 pdh status tried
ok "nothing of it is stored"
