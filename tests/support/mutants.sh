#!/bin/sh
# Makes one small mistake after the other in a copy of the sources, and wants a test to find each.
#   mutants.sh LIST SCRATCH [WORD]      those alone whose line has WORD in it
# A mistake that no test finds is told, and that is a failure; so is one whose text is not found once in its file, or that
# does not compile. The format of LIST is in its head. As many are tried at a time as there are processors (PDH_JOBS), each in
# a tree of its own.
set -eu

parts='Makefile common client daemon schema systemd docs tests'

# The daemon's part is a library that programs load from beside them: a mistake costs one file and its link, no program is
# linked anew, and a tree may be copied.
build() {
	# shellcheck disable=SC2016
	"$MAKE" -s MODE=debug CC="$(command -v ccache || true) gcc" AR="$scratch/ar" CFLAGS='-fPIC -O1 -g0' PREFIX_MAP= \
		LDFLAGS='-Wl,-rpath,\$$ORIGIN/..' "$@"
}

program() {
	case $1 in
	func:*) echo "tests/func/${1#func:}.sh" ;;
	*) echo "build/debug/tests/test_$1" ;;
	esac
}

# passes LOGS PROGRAM...: in the tree that one stands in.
passes() {
	PDH_BIN=$PWD/build/debug/bin PDH_MODE=debug PDH_TEST_SECONDS=120 tests/support/run.sh "$@"
}

# ---- one mistake, in the tree of its slot -------------------------------------------------------------------------------

# The file with OLD, which is there once, replaced by NEW.
replaced() {
	OLD=$2 NEW=$3 awk '
		{ text = text $0 "\n" }
		END {
			old = ENVIRON["OLD"]
			at = index(text, old)
			if (!at || index(substr(text, at + 1), old))
				exit 1
			printf "%s%s%s", substr(text, 1, at - 1), ENVIRON["NEW"], substr(text, at + length(old))
		}' "$1"
}

# True where one of the tests fails; its name is in $killer.
is_found() {
	for killer; do
		# shellcheck disable=SC3045
		(ulimit -v 8000000 && passes "../logs$slot" "$(program "$killer")") >"../run$slot.log" 2>&1 || return 0
	done
	return 1
}

# Two programs instead of make, which would take as long as both. The flags are those that make wrote.
compile() {
	sh -c "$(cat build/debug/flags) -c $1 -o $2" &&
		find build/debug/obj/daemon -name '*.o' ! -path '*/daemon/main.o' -exec "$scratch/ar" qcsD build/debug/libdaemon.a {} +
}

try() {
	line=$1
	file=${line%%: *}
	object=build/debug/obj/${file%.c}.o
	change=${line#*: }
	tests=${change##* @ }
	change=${change% @ *}
	if ! replaced "$file" "${change%% => *}" "${change#* => }" >"../mutant$slot"; then
		echo "STALE     $file: this is not there, or more than once: ${change%% => *}"
		return
	fi
	cp "$file" "../source$slot"
	cp "$object" "../object$slot"
	cp "../mutant$slot" "$file"
	# shellcheck disable=SC2086
	if ! compile "$file" "$object" >"../build$slot.log" 2>&1; then
		echo "BROKEN    $file: $change does not compile: $(grep -m 1 -E 'error|Error' "../build$slot.log")"
	elif is_found $tests; then
		echo "found     $file: $change ($killer)"
	else
		echo "SURVIVED  $file: $change"
	fi
	cp "../source$slot" "$file"
	cp "../object$slot" "$object"
}

if [ "$1" = --one ]; then
	scratch=$2
	slot=${slot:?}
	cd "$scratch/tree$slot"
	try "$3"
	exit 0
fi

# ---- all of them --------------------------------------------------------------------------------------------------------

list=$(realpath "$1")
mkdir -p "$2"
scratch=$(realpath "$2")
jobs=${PDH_JOBS:-$(nproc)}
tree=$scratch/tree0

# The lines that are asked for, each with its tests: those that it names, or those usual for its folder.
chosen() {
	WORD=${1:-} awk '
		/^#/ || NF == 0 { next }
		!/ => / { split($0, part, " @ "); folder[++n] = part[1]; usual[n] = part[2]; next }
		!index($0, ENVIRON["WORD"]) { next }
		/ @ / { print; next }
		{
			for (i = 1; i <= n; i++)
				if (index($0, folder[i]) == 1)
					tests = usual[i]
			print $0 " @ " tests
		}' "$list"
}

sums() {
	# shellcheck disable=SC2086
	find $parts -type f -exec cksum {} + 2>/dev/null | sort
}

# What was copied before stays where it is the same, so that little is built anew.
copy_sources() {
	mkdir -p "$tree"
	sums >"$scratch/here"
	(cd "$tree" && sums) >"$scratch/there"
	comm -13 "$scratch/here" "$scratch/there" | cut -d ' ' -f 3- | (cd "$tree" && xargs -r -d '\n' rm)
	comm -23 "$scratch/here" "$scratch/there" | cut -d ' ' -f 3- | xargs -r -d '\n' cp --parents -t "$tree"
}

write_ar() {
	cat >"$scratch/ar" <<'AR'
#!/bin/sh
# shellcheck disable=SC2086
shift
case $1 in
*/libdaemon.a) exec gcc -shared -Wl,-soname,libdaemon.a -o "$@" $PKG_LIBS ;;
*) exec ar qcsD "$@" ;;
esac
AR
	chmod +x "$scratch/ar"
}

# Without a mistake all tests pass, or what they find means nothing.
begin() {
	# shellcheck disable=SC2046
	set -- $(for test in $(sed 's/.* @ //' "$scratch/chosen" | tr ' ' '\n' | sort -u); do program "$test"; done)
	# shellcheck disable=SC2046
	build -j"$jobs" all $(printf '%s\n' "$@" | grep '^build' || true) >"$scratch/build.log" 2>&1 ||
		{ tail -20 "$scratch/build.log"; exit 1; }
	passes "$scratch/logs" "$@" >"$scratch/run.log" 2>&1 || { tail -40 "$scratch/run.log"; exit 1; }
	n=1
	while [ $n -lt "$jobs" ]; do
		rm -rf "$scratch/tree$n"
		cp -a "$tree" "$scratch/tree$n"
		n=$((n + 1))
	done
}

told() {
	grep -c -E "^($1) " "$scratch/told" || true
}

self=$tree/$(realpath --relative-to=. "$0")
export MAKE PKG_LIBS
chosen "${3:-}" >"$scratch/chosen"
copy_sources
write_ar
cd "$tree"
begin
xargs -d '\n' -n 1 -P "$jobs" --process-slot-var=slot "$self" --one "$scratch" <"$scratch/chosen" | tee "$scratch/told"
echo "$(grep -c '' "$scratch/told") mutants, $(told SURVIVED) survived, $(told 'STALE|BROKEN') that cannot be tried"
[ -s "$scratch/told" ] && [ "$(told 'SURVIVED|STALE|BROKEN')" -eq 0 ]
