#!/bin/sh
# Builds the Debian packages of this tree, and has lintian look at them. build.sh FOLDER
set -eu

folder=$1
version=$(sed -n 's/^#define PDH_VERSION "\(.*\)"/\1/p' common/api.h)
source=$folder/pdh-$version
when=$(git log -1 --format=%cD 2>/dev/null || date -R -r common/api.h)

rm -rf "$folder"
mkdir -p "$source"
tar -c --exclude=./build --exclude=./.git . | tar -x -C "$source"
cp -R systemd/deb "$source/debian"
rm "$source/debian/build.sh" "$source/debian/try.sh"
cat >"$source/debian/changelog" <<CHANGELOG
pdh ($version) unstable; urgency=medium

  * Version $version: see /usr/share/doc/pdh/changelog.gz.

 -- $(sed -n 's/^Maintainer: //p' systemd/deb/control)  $when
CHANGELOG

(cd "$source" && dpkg-buildpackage -us -uc -b >"../build.log" 2>&1) ||
	{ tail -40 "$folder/build.log" >&2; exit 1; }
lintian --fail-on error,warning "$folder"/*.changes
ls "$folder"/*.deb
