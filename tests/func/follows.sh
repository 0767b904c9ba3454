#!/bin/sh
# A credential that ends when another one does: by its pack's calendar, and not by what a person types twice.
. tests/support/func.sh
run 0 pdh init --no-input --name "Dana Reyes"

run 2 pdh credential add us-nd-library-credential --as lib --fact license=five-year
has "When does"
run 0 pdh credential add us-nd-license --as nd --fact license=five-year --expires 2027-04-11
run 0 pdh credential add us-nd-library-credential --as lib --fact license=five-year
has "11 Apr 2027"
lacks "ends when"
run 0 pdh status lib
lacks "ends when"
ok "it takes the last day of the one that it ends with"

run 5 pdh credential renew lib
has "lib ends when nd does, and that one ends on 11 Apr 2027 still: renew it first" "pdh credential renew nd"
run 0 pdh credential renew nd --expires 2032-04-11
run 0 pdh status lib --json
has "lib ends when nd does, which is on 11 Apr 2032 now" "pdh credential renew lib" "--expires 2032-04-11"
run 0 pdh credential renew lib
has "12 Apr 2027 to 11 Apr 2032"
run 0 pdh status lib
lacks "ends when"
ok "it is renewed after that one, and to the same day"

run 0 pdh credential edit lib --expires 2033-01-01
has "lib ends when nd does, which is on 11 Apr 2032" "lib --expires 2032-04-11"
run 0 pdh credential edit lib --expires 2032-04-11
lacks "ends when"
run 0 pdh credential retire nd
run 0 pdh credential edit lib --expires 2033-01-01
lacks "ends when"
ok "another day is doubted, for as long as the other is in use"

run 0 pdh rules diff us-nd-license us-nd-library-credential
has "with the credential of us-nd-license"
ok "a comparison of two packs tells it"
