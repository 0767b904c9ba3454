#!/bin/sh
# The gates of `make check`, in the order in which a mistake is cheapest to find; the first that fails ends it.
# Ends with one line, "N passed, N failed": tests counted one by one where a gate runs tests, else the gate.
set -u

tally=$(mktemp)
trap 'rm -f "$tally"' EXIT
trap 'exit 130' INT TERM
passed=0
failed=0

finish() {
	echo "$passed passed, $failed failed"
	[ "$failed" -eq 0 ]
	exit
}

gate() {
	name=$1
	shift
	echo "== $name"
	: >"$tally"
	begun=$(date +%s)

	status=0
	PDH_TALLY=$tally "$MAKE" -s --no-print-directory "$@" || status=$?
	good=$(awk '{ n += $1 } END { print n + 0 }' "$tally")
	bad=$(awk '{ n += $2 } END { print n + 0 }' "$tally")
	[ -s "$tally" ] || good=$((status == 0))
	[ "$status" -eq 0 ] || [ "$bad" -gt 0 ] || bad=1
	passed=$((passed + good))
	failed=$((failed + bad))

	took="$(($(date +%s) - begun)) s"
	if [ "$failed" -gt 0 ]; then
		echo "FAILED: $name, after $took. Alone: make $*"
		finish
	fi
	echo "passed: $name, $took"
}

gate "formatted as .clang-format says" check-format
gate "layers point one way" check-layers
gate "SQL stays in schema/" check-sql
gate "builds without a warning" -j2 MODE=check all
gate "the client links neither libuv nor SQLite" MODE=check check-client
gate "unit tests and corpora of the fuzzers under ASan and UBSan" -j2 SAN=address,undefined san-part
gate "unit tests that sanitizers change" -j2 MODE=check unit-bare
gate "documents are fresh" MODE=check check-docs
gate "a changed pack has a higher version" MODE=check check-packs
gate "packs say no more than what was read" MODE=check check-facts
gate "functional tests" MODE=check func
gate "install and uninstall" MODE=check check-install
gate "clang-tidy" -j2 tidy
gate "functional tests under ASan and UBSan, a part" -j2 SAN=address,undefined san-func
finish
