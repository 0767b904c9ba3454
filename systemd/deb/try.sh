#!/bin/sh
# Installs the packages of FOLDER in a fresh Debian 12 below it, goes through a first minute there, installs them once more,
# and removes them: nothing may be left. As root. try.sh FOLDER
set -eu

folder=$1
root=$folder/root
finish() {
	! mountpoint -q "$root/proc" || umount "$root/proc"
	rm -rf "$root"
}
trap finish EXIT

inside() {
	chroot "$root" env -i PATH=/usr/sbin:/usr/bin:/sbin:/bin LC_ALL=C.UTF-8 DEBIAN_FRONTEND=noninteractive "$@"
}
as_dana() {
	inside setpriv --reuid=dana --regid=dana --init-groups env -C /home/dana HOME=/home/dana XDG_RUNTIME_DIR=/run/dana "$@"
}
fail() {
	echo "try.sh: $1" >&2
	exit 1
}

finish
debootstrap --variant=minbase bookworm "$root" >"$folder/debootstrap.log" 2>&1 ||
	{ tail -5 "$folder/debootstrap.log" >&2; exit 1; }
mount -t proc proc "$root/proc"
cp "$folder"/*.deb "$root/root/"
inside sh -c 'apt-get -qq update && apt-get -qq install --no-install-recommends /root/*.deb man-db' >"$folder/install.log" 2>&1 ||
	{ tail -20 "$folder/install.log" >&2; exit 1; }
[ -L "$root/etc/systemd/user/sockets.target.wants/pdhd.socket" ] || fail "the socket is not there for every user"

inside useradd --create-home dana
inside install -d -m 700 -o dana /run/dana
as_dana pdh init --name Dana --pack us-tx-school-librarian --expires 2030-08-31 --fact "birth month=8" >/dev/null </dev/null
as_dana pdh log 2.5h "Teaching with primary sources" --date yesterday >/dev/null
as_dana pdh status | grep -q '2\.5 / 200 h' || fail "the first minute goes wrong"
as_dana sh -c 'printf "Title,Date,Hours\nBook study,2026-01-05,3\n" >one.csv && pdh import one.csv >/dev/null'
as_dana pdh report transcript tx-librarian -o one.pdf >/dev/null
as_dana pdh daemon stop >/dev/null
inside man -w pdh-rules >/dev/null || fail "there is no page for pdh-rules"

inside sh -c 'apt-get -qq install --reinstall /root/*.deb' >"$folder/upgrade.log" 2>&1 ||
	{ tail -20 "$folder/upgrade.log" >&2; exit 1; }
as_dana pdh status | grep -q ' / 200 h' || fail "the records did not outlast an upgrade"
as_dana pdh daemon stop >/dev/null
inside apt-get -qq purge pdh pdh-doc >"$folder/purge.log" 2>&1 || { tail -20 "$folder/purge.log" >&2; exit 1; }
left=$(find "$root/usr" "$root/etc" "$root/var/lib/systemd" -name '*pdh*' -not -path '*/dpkg/*')
[ -z "$left" ] || fail "purge left $left"
[ -s "$root/home/dana/.local/share/pdh/pdh.db" ] || fail "purge took the records"
echo "The packages install, work, upgrade and go."
