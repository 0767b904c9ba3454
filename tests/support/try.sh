#!/bin/sh
# The main job, for real, in a home of its own: nothing outside DIR is touched.
#   try.sh DIR     with PDH_BIN naming the folder of the programs
set -eu

dir=$1
own=$PWD/build/try/pdh

# A socket's path has 107 bytes; where the checkout lies too deep for that, /tmp has room.
run=$dir/run
[ ${#run} -le 90 ] || run=/tmp/pdh-try-$(id -u)

# From an earlier try: its daemon ends before its home goes.
[ ! -x "$dir/pdh" ] || PDH_NO_SPAWN=1 "$dir/pdh" daemon stop >/dev/null 2>&1 || true
rm -rf "$dir"
mkdir -p "$dir" "$run"
chmod 700 "$run"

# The wrapper is all that differs from an installed pdh: it points at the private home.
cat >"$dir/pdh" <<END
#!/bin/sh
export XDG_DATA_HOME='$dir/data' XDG_CONFIG_HOME='$dir/config' XDG_STATE_HOME='$dir/state'
export XDG_CACHE_HOME='$dir/cache' PDH_SOCKET='$run/sock'
unset PDH_DATABASE PDH_PACKS PDH_TEST_CLOCK
exec '$PDH_BIN/pdh' "\$@"
END
chmod +x "$dir/pdh"

# Echoes a command as one would type it, then runs it.
pdh() {
	printf '\n$ pdh'
	for word; do
		case $word in
		*[!A-Za-z0-9_./:=+-]*) printf ' "%s"' "$word" ;;
		*) printf ' %s' "$word" ;;
		esac
	done
	echo
	"$dir/pdh" "$@"
}

# Half of the five years have passed: the cycle ends with the month 30 months ahead.
expires=$(date -d "$(date -d "$(date +%Y-%m-01) +31 months" +%F) -1 day" +%F)

pdh init --no-input --name "Dana Reyes" --credential us-tx-school-librarian --as tx-lib \
	--expires "$expires" --opening 91.5h
pdh log 2.5h "Teaching with primary sources" --date yesterday --topic literacy --provider AASL --kind workshop
pdh log 9:00-12:00 "Makerspace safety" --date "3 days ago" --topic technology --provider "ESC Region 13" --kind workshop
pdh log 1h30 "Story time in two languages" --date "last mon" --topic literacy --provider TLA --kind workshop
pdh log 0.2ceu "MARC refresher" --date "last fri" --topic cataloging --provider OCLC --kind workshop
pdh log 6 "Copyright for school libraries" --date "10 days ago" --topic law --provider TASL --kind workshop
pdh status
pdh explain 6
pdh plan
"$dir/pdh" daemon stop >/dev/null

shown=$dir/pdh
[ "$shown" != "$own" ] || shown=build/try/pdh
cat <<END

This is a home of its own, in ${dir#"$PWD/"}; your own is untouched. Type next:

  $shown log 1h "The next thing you did" --date today
  $shown list --since "2 weeks ago"
END
