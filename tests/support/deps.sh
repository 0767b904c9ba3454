#!/bin/sh
# Installs what is missing of the Debian packages of a set: build, test (build and what `make check` runs), deb, fuzz.
#   deps.sh [--hint] SET     --hint only says what would be done, and fails
# Silent when nothing is missing. "a|b" means either; the first that the archive has is installed.
set -eu

hint=
[ "$1" = --hint ] && hint=1 && shift

build='gcc make libc6-dev pkg-config libuv1-dev libsqlite3-dev libmsgpack-dev|libmsgpack-c-dev
	libjansson-dev libfyaml-dev libsystemd-dev libutf8proc-dev
	libical-dev libzip-dev libexpat1-dev zlib1g-dev libpango1.0-dev libsodium-dev'
test='libcmocka-dev clang-format clang-tidy mold mandoc jq sqlite3 python3-pynvim python3-jsonschema python3-yaml python3-icalendar dbus-daemon python3-dbus python3-gi dunst xvfb bash zsh fish bash-completion
	poppler-utils qpdf minisign chromium unzip shellcheck strace systemd procps util-linux locales'
case $1 in
build) wanted=$build ;;
test) wanted="$build $test" ;;
coverage) wanted="$build $test gcovr" ;;
deb) wanted="$build debhelper dpkg-dev fakeroot lintian debootstrap" ;;
fuzz) wanted="$build clang libclang-rt-14-dev|libclang-rt-dev" ;;
*) echo "deps.sh: no set of packages is called '$1'" >&2; exit 1 ;;
esac

installed() {
	dpkg-query -W -f '${db:Status-Status}\n' "$1" 2>/dev/null | grep -qx installed
}

# One of the alternatives that is there, or fails.
any_installed() {
	for package in $(echo "$1" | tr '|' ' '); do
		installed "$package" && return 0
	done
	return 1
}

# The first of the alternatives that the archive has.
choose() {
	for package in $(echo "$1" | tr '|' ' '); do
		if [ "$package" = "$1" ] || apt-cache show "$package" >/dev/null 2>&1; then
			echo "$package"
			return
		fi
	done
	echo "${1%%|*}"
}

if ! command -v dpkg-query >/dev/null 2>&1; then
	echo "This is no Debian; install by your own means what Debian calls $wanted" >&2
	exit 1
fi

missing=
for entry in $wanted; do
	any_installed "$entry" || missing="$missing $entry"
done
[ -n "$missing" ] || exit 0

names=
for entry in $missing; do
	names="$names $(choose "$entry")"
done

if [ -n "$hint" ]; then
	echo "Packages are missing. Run \`make deps\`, or as root: apt-get install$names" >&2
	exit 1
fi
if [ "$(id -u)" -eq 0 ]; then
	root=
elif command -v sudo >/dev/null 2>&1; then
	root=sudo
else
	echo "Packages are missing. Run as root: apt-get install$names" >&2
	exit 1
fi

log=$(mktemp)
trap 'rm -f "$log"' EXIT
run() {
	echo "\$ ${root:+$root }$*"
	$root env DEBIAN_FRONTEND=noninteractive "$@" >"$log" 2>&1 && return
	cat "$log" >&2
	echo "That failed. Run as root: apt-get update && apt-get install$names" >&2
	exit 1
}
run apt-get -q update
# A second look: with fresh lists the choice among alternatives may be another.
names=
for entry in $missing; do
	names="$names $(choose "$entry")"
done
# shellcheck disable=SC2086
run apt-get -q install -y --no-install-recommends $names
