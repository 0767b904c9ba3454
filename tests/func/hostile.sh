#!/bin/sh
# Whatever comes over the socket, the daemon goes on, stays small, and answers the others.
. tests/support/func.sh
dana
before=$(stored)
run 0 $python tests/support/hostile.py "$XDG_RUNTIME_DIR/pdh/sock"
printf '%s\n' "$out"
same "$(stored)" "$before" "the data"
run 0 pdh status
