#!/bin/sh
# Prints "pack version digest" of each shipped pack, and fails where a pack is not what the list has it to be and its
# version is not higher: a record may have pinned that version.
#   pack-digests.sh FOLDER LIST
set -eu

folder=$1
list=$2
{
	sed 's/^/old /' "$list"
	grep -m1 -H '^version:' "$folder"/*.yaml | sed 's|.*/\(.*\)\.yaml:version: *\([^ #]*\).*|version \1 \2|'
	sha256sum "$folder"/*.yaml | sed 's|^\(.\{16\}\).*/\(.*\)\.yaml|digest \2 \1|'
} | LC_ALL=C awk '
	# Whether version a comes after version b, by the numbers in them.
	function is_higher(a, b,	x, y, n, m, i) {
		n = split(a, x, /[^0-9]+/)
		m = split(b, y, /[^0-9]+/)
		for (i = 1; i <= n || i <= m; i++)
			if (x[i] + 0 != y[i] + 0)
				return x[i] + 0 > y[i] + 0
		return 0
	}
	$1 == "old" { rows++; pack[rows] = $2; was[rows] = $3; text[rows] = $4 }
	$1 == "version" { version[$2] = $3 }
	$1 == "digest" { order[++n] = $2; digest[$2] = $3 }
	END {
		for (i = 1; i <= rows; i++) {
			p = pack[i]
			if (!(p in digest) || text[i] == digest[p] || is_higher(version[p], was[i]))
				continue
			printf "%s: its text changed, and version %s is not higher than %s: raise it\n", p, version[p], was[i] >"/dev/stderr"
			bad = 1
		}
		for (i = 1; i <= n; i++)
			print order[i], version[order[i]], digest[order[i]]
		exit bad
	}'
