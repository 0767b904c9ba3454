# Turns SQL into C: queries.sql and views.sql, cut at their "-- name: x" lines, into QUERY(x, "…"), and every other file
# whole, in the order given, into MIGRATION(1, "0001_init", "…"), numbered as its name is. Comment lines are dropped.

function quote(line) {
	gsub(/\\/, "\\\\", line)
	gsub(/"/, "\\\"", line)
	return "\"" line "\\n\""
}

function finish() {
	if (open)
		print ")"
	open = 0
}

FNR == 1 && FILENAME !~ /(queries|views)\.sql$/ {
	finish()
	name = FILENAME
	sub(/.*\//, "", name)
	sub(/\.sql$/, "", name)
	printf "MIGRATION(%d, \"%s\",", name + 0, name
	open = 1
}

/^-- name: / {
	finish()
	printf "QUERY(%s,", $3
	open = 1
}

/^[ \t]*--/ || /^[ \t]*$/ { next }

{
	sub(/[ \t]+--[ \t].*$/, "")
	printf "\n\t%s", quote($0)
}

END { finish() }
