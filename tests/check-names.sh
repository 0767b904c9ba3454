#!/bin/sh
# Fails where docs/design.md, docs/CONTRIBUTING.md or README.md names a file, a function, a struct or a make target that the
# tree does not have.
set -eu
pages=${1:-"docs/design.md docs/CONTRIBUTING.md README.md"}
tree=$(find client common daemon docs schema systemd tests -type f)
bad=0

missing() {
	echo "$1: there is no $2" >&2
	bad=1
}
# Files, with as much of their path as the page gives; stars stand for anything, NN and capitals for a name.
has_file() {
	pattern=$(printf %s "${1#./}" | sed 's/[.]/\\./g; s/\*/[^ ]*/g; s/NN_name/[0-9][0-9]_[a-z_]*/; s/[A-Z][A-Z]*/[^ ]*/g')
	printf '%s\n' "$tree" | grep -qE "(^|/)$pattern\$"
}
has_code() {
	grep -rqE --include='*.c' --include='*.h' --include='*.def' "\\b$1" client common daemon tests
}
for page in $pages; do
	quoted=$(tr '\n' ' ' <"$page" | grep -oE '`[^`]+`' | tr -d '`')
	for file in $(printf '%s\n' "$quoted" | grep -E '^[a-zA-Z0-9_./*-]+\.(c|h|def|sh|sql|txt|svg)$' | sort -u); do
		has_file "$file" || missing "$page" "file $file"
	done
	for room in $(printf '%s\n' "$quoted" | grep -E '^[a-z_./-]+/$' | sort -u); do
		printf '%s\n' "$tree" | grep -qE "(^|/)$room" || missing "$page" "folder $room"
	done
	for name in $(printf '%s\n' "$quoted" | grep -oE '\b[a-z][a-z0-9_]*\(\)' | tr -d '()' | sort -u); do
		has_code "$name\\(" || missing "$page" "function $name()"
	done
	for name in $(grep -oE '(struct|enum) [a-z_]+' "$page" | sed 's/.* //' | sort -u); do
		has_code "$name\\b" || missing "$page" "struct or enum $name"
	done
	for name in $(grep -oE '(`|^    )make [a-z-]+' "$page" | sed 's/.* //' | sort -u); do
		grep -qE "^[a-z -]*\b$name\b.*:" Makefile || missing "$page" "make target $name"
	done
done
exit $bad
