#!/bin/sh
# Installs into a scratch folder, looks at what arrived, uninstalls, and wants nothing left.
#   check-install.sh SCRATCH     with MAKE and MODE in the environment
set -eu

scratch=$1
rm -rf "$scratch"
mkdir -p "$scratch"
trap 'rm -rf "$scratch"' EXIT

fail() {
	echo "check-install: $1" >&2
	exit 1
}
make_to() {
	"$MAKE" -s --no-print-directory MODE="$MODE" "$@" >"$scratch/log" 2>&1 && return
	cat "$scratch/log" >&2
	fail "make $* failed"
}

# A package is made with DESTDIR: all files arrive below it, none of them knows it.
root=$scratch/root
make_to install DESTDIR="$root" prefix=/usr
for file in bin/pdh bin/pdhd libexec/pdh/pdh-read lib/systemd/user/pdhd.socket lib/systemd/user/pdhd.service lib/systemd/user/pdhd-sandbox.conf \
	share/man/man1/pdh.1 share/man/man5/pdh-rules.5 share/man/man5/pdh-layouts.5 share/man/man7/pdh-dates.7 share/man/man7/pdh-filters.7 share/man/man7/pdh-json.7 \
	share/man/man8/pdhd.8 \
	share/bash-completion/completions/pdh share/zsh/site-functions/_pdh \
	share/fish/vendor_completions.d/pdh.fish share/pdh/packs/us-tx-school-librarian.yaml \
	share/pdh/layouts/generic.yaml share/pdh/pack.schema.json; do
	[ -s "$root/usr/$file" ] || fail "$file did not arrive"
done
[ -z "$(grep -rlF "$root" "$root" || true)" ] || fail "a file knows the folder it was staged in"
grep -qx 'ExecStart=/usr/bin/pdhd.*' "$root/usr/lib/systemd/user/pdhd.service" ||
	fail "pdhd.service does not start /usr/bin/pdhd"
bash -n "$root/usr/share/bash-completion/completions/pdh"
zsh -n "$root/usr/share/zsh/site-functions/_pdh"
fish --no-execute "$root/usr/share/fish/vendor_completions.d/pdh.fish"
make_to uninstall DESTDIR="$root" prefix=/usr
left=$(find "$root" ! -type d -o -name '*pdh*')
[ -z "$left" ] || fail "uninstall left $left"

# In a prefix of its own the programs find each other, and systemd finds the units right.
own=$scratch/own
make_to install prefix="$own"
"$own/bin/pdh" version >/dev/null
"$own/bin/pdhd" --version >/dev/null
HOME=$scratch XDG_RUNTIME_DIR=$scratch systemd-analyze verify --user --man=no \
	"$own/lib/systemd/user/pdhd.socket" "$own/lib/systemd/user/pdhd.service" >"$scratch/log" 2>&1 ||
	{ cat "$scratch/log" >&2; fail "systemd-analyze finds fault with the units"; }
[ ! -s "$scratch/log" ] || { cat "$scratch/log" >&2; fail "systemd-analyze complains about the units"; }

# How much the service could do, in tenths, as systemd counts: nothing may make it more.
#   exposed FOLDER MOST
exposed() {
	HOME=$scratch XDG_RUNTIME_DIR=$scratch systemd-analyze security --user --offline=true --no-pager --threshold="$2" \
		"$1/pdhd.service" >"$scratch/log" 2>&1 ||
		fail "the service is exposed more than $2: $(tail -1 "$scratch/log")"
}
units=$own/lib/systemd/user
exposed "$units" 55
# With the drop-in, as if it were part of the unit: not every systemd-analyze reads drop-ins of a file.
mkdir "$scratch/tight"
cat "$units/pdhd.service" "$units/pdhd-sandbox.conf" >"$scratch/tight/pdhd.service"
cp "$units/pdhd.socket" "$scratch/tight"
exposed "$scratch/tight" 16
HOME=$scratch XDG_RUNTIME_DIR=$scratch systemd-analyze verify --user --man=no "$scratch/tight/pdhd.service" \
	>"$scratch/log" 2>&1 || { cat "$scratch/log" >&2; fail "systemd-analyze finds fault with the drop-in"; }
[ ! -s "$scratch/log" ] || { cat "$scratch/log" >&2; fail "systemd-analyze complains about the drop-in"; }
make_to uninstall prefix="$own"
left=$(find "$own" ! -type d)
[ -z "$left" ] || fail "uninstall left $left"
