#!/bin/sh
# Makes one small mistake after the other in a copy of the sources, and wants a test to find each.
#   mutants.sh LIST SCRATCH [WORD]      those alone whose line has WORD in it
# A mistake that no test finds is told, and that is a failure; so is one whose text is not found once in its file, or that
# does not compile. The format of LIST is in its head.
set -eu

list=$(realpath "$1")
scratch=$2
word=${3:-}
total=0
survived=0
broken=0
patched=

mkdir -p "$scratch"
scratch=$(realpath "$scratch")
tree=$scratch/tree
trap 'exit 130' INT TERM

# What was copied before stays where it is the same, so that little is built anew.
mkdir -p "$tree"
for part in Makefile common client daemon schema systemd docs tests; do
	find "$part" -type f | while read -r file; do
		cmp -s "$file" "$tree/$file" && continue
		mkdir -p "$tree/$(dirname "$file")"
		cp "$file" "$tree/$file"
	done
done
(cd "$tree" && find Makefile common client daemon schema systemd docs tests -type f) | while read -r file; do
	[ -e "$file" ] || rm "$tree/$file"
done
cd "$tree"

# The daemon's part is a library that programs load: a mistake costs one file and its link, and no program is linked anew.
export PKG_LIBS
cat >"$scratch/ar" <<'AR'
#!/bin/sh
# shellcheck disable=SC2086
shift
case $1 in
*/libdaemon.a) exec gcc -shared -Wl,-soname,"$(realpath -m "$1")" -o "$@" $PKG_LIBS ;;
*) exec ar qcsD "$@" ;;
esac
AR
chmod +x "$scratch/ar"
build() {
	"$MAKE" -s -j2 MODE=debug CFLAGS='-fPIC -O1 -g0' AR="$scratch/ar" "$@" >"$scratch/build.log" 2>&1
}

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

# The last line of the list that says what is usual for a folder with this file in it.
usual() {
	awk -v file="$1" '!/ => / && / @ / { split($0, part, " @ "); if (index(file, part[1]) == 1) tests = part[2] }
		END { print tests }' "$list"
}

# True where one of the tests fails; its name is in $killer.
is_found() {
	for killer; do
		case $killer in
		func:*) program=tests/func/${killer#func:}.sh ;;
		*) program=build/debug/tests/test_$killer ;;
		esac
		(
			ulimit -v 8000000
			PDH_BIN=$tree/build/debug/bin PDH_MODE=debug PDH_TEST_SECONDS=120 \
				tests/support/run.sh "$scratch/logs" "$program"
		) >"$scratch/run.log" 2>&1 || return 0
	done
	return 1
}

# Without a mistake they all pass, or what they find means nothing.
begin() {
	# shellcheck disable=SC2046
	set -- $(awk '!/^#/ && / @ / { sub(/.* @ /, ""); print }' "$list" | tr ' ' '\n' | sort -u)
	# shellcheck disable=SC2046
	if ! build all $(printf '%s\n' "$@" | sed -n '/:/!s|^|build/debug/tests/test_|p'); then
		tail -20 "$scratch/build.log"
		exit 1
	fi
	if is_found "$@"; then
		cat "$scratch/run.log"
		echo "without any mistake $killer fails"
		exit 1
	fi
}

restore() {
	[ -z "$patched" ] || cp "$scratch/original" "$patched"
	patched=
}

try() {
	file=$1 old=$2 new=$3
	shift 3
	restore
	if ! replaced "$file" "$old" "$new" >"$scratch/mutant"; then
		echo "STALE     $file: this is not there, or more than once: $old"
		broken=$((broken + 1))
		return
	fi
	cp "$file" "$scratch/original"
	patched=$file
	cp "$scratch/mutant" "$file"
	if ! build build/debug/libdaemon.a; then
		echo "BROKEN    $file: $old => $new does not compile:"
		grep -m 3 -E 'error|Error' "$scratch/build.log" || true
		broken=$((broken + 1))
	elif is_found "$@"; then
		echo "found     $file: $old => $new ($killer)"
	else
		echo "SURVIVED  $file: $old => $new"
		survived=$((survived + 1))
	fi
}

begin
while IFS= read -r line <&3; do
	case $line in
	"#"*) continue ;;
	*"$word"*" => "* | *" => "*"$word"*) ;;
	*) continue ;;
	esac
	total=$((total + 1))
	file=${line%%: *}
	change=${line#*: }
	tests=$(usual "$file")
	case $change in
	*" @ "*)
		tests=${change##* @ }
		change=${change% @ *}
		;;
	esac
	# shellcheck disable=SC2086
	try "$file" "${change%% => *}" "${change#* => }" $tests
done 3<"$list"
restore
echo "$total mutants, $survived survived, $broken that cannot be tried"
[ "$total" -gt 0 ] && [ $((survived + broken)) -eq 0 ]
