#!/bin/sh
# Fails where an #include breaks tests/layers.txt, and where more than two files of one layer include each other in a
# circle. A header and the source of the same name count as one file there.
set -eu

# shellcheck disable=SC2046
exec awk '
function pattern(glob) {
	gsub(/\./, "\\.", glob)
	gsub(/\*/, ".*", glob)
	return "^" glob "$"
}
function matches(globs, name,    parts, n, i) {
	n = split(globs, parts, ",")
	for (i = 1; i <= n; i++)
		if (name ~ pattern(parts[i])) {
			named[parts[i]]
			return 1
		}
	return 0
}
# Whether a file of line `from` may include one of line `to`.
function allowed(from, to,    parts, n, i) {
	if (layer[from] == layer[to])
		return 1
	n = split(may[from], parts, ",")
	for (i = 1; i <= n; i++)
		if (parts[i] == "*" || parts[i] == layer[to] ||
		    (sub(/^\.\./, "", parts[i]) && to <= last[parts[i]]))
			return 1
	return 0
}
function row_of(file,    i) {
	for (i = 1; i <= rows; i++)
		if (matches(files[i], file))
			return i
	return 0
}
function complain(text) {
	printf "%s:%d: %s\n", FILENAME, FNR, text
	bad = 1
}
function ours(name,    target) {
	target = row_of(name)
	if (!target)
		complain(name " belongs to no layer; give it one in tests/layers.txt")
	else if (layer[target] != "generated" && name !~ /\//)
		complain("write the include of " name " from the root")
	else if (!allowed(row, target))
		complain("layer " layer[row] " may not include " name " of layer " layer[target])
	else if (layer[row] == layer[target])
		edge(stem(FILENAME), stem(name))
}
function stem(file) {
	sub(/\.[ch]$/, "", file)
	return file
}
function edge(from, to) {
	if (from != to && !((from, to) in seen)) {
		seen[from, to]
		next_of[from] = next_of[from] " " to
	}
}
# Marks all that `from` includes, by way of others too.
function follow(start, from,    parts, n) {
	for (n = split(next_of[from], parts, " "); n > 0; n--)
		if (!((start, parts[n]) in reached)) {
			reached[start, parts[n]]
			follow(start, parts[n])
		}
}
function find_circles(    a, b, n, circle) {
	for (a in next_of)
		follow(a, a)
	for (a in next_of) {
		if (a in told)
			continue
		n = 1
		circle = a
		for (b in next_of)
			if (a != b && (a, b) in reached && (b, a) in reached) {
				n++
				told[b]
				circle = circle ", " b
			}
		if (n > 2) {
			print "include each other in a circle: " circle
			bad = 1
		}
	}
}
FILENAME == "tests/layers.txt" {
	if (/^[^#]/ && NF) {
		if (NF != 4)
			complain("a layer has four columns")
		rows++
		layer[rows] = $1; last[$1] = rows; files[rows] = $2; may[rows] = $3; outside[rows] = $4
		if ($4 != "-" && $4 != "*")
			libraries = libraries "," $4
	}
	next
}
FNR == 1 {
	row = row_of(FILENAME)
	if (!row)
		complain("this file belongs to no layer; give it one in tests/layers.txt")
}
!row { next }
/^[ \t]*#[ \t]*include[ \t]*"/ {
	split($0, word, "\"")
	ours(word[2])
}
/^[ \t]*#[ \t]*include[ \t]*</ {
	name = $0
	sub(/^[^<]*</, "", name)
	sub(/>.*/, "", name)
	if (matches(substr(libraries, 2), name) && !matches(outside[row], name))
		complain("layer " layer[row] " may not include <" name ">")
}
END {
	for (i = 1; i <= rows; i++)
		for (n = split(files[i], parts, ","); n > 0; n--)
			if (!(parts[n] in named) && layer[i] != "generated") {
				print "tests/layers.txt: no file is " parts[n]
				bad = 1
			}
	find_circles()
	exit bad
}
' tests/layers.txt $(find common daemon client tests -name '*.[ch]' -o -name '*.def' | sort)
