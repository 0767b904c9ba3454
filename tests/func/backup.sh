#!/bin/bash
# pdh backup, restore and reset: everything is kept and comes back, and whatever is in doubt changes nothing.
. tests/support/func.sh
dana
data=$HOME/.local/share/pdh
backups=$HOME/.local/state/pdh/backups
run 0 pdh log 1h "Before the backup" --date 2026-02-01
# A proof as it lies in the store.
proof=$(printf 'a certificate' | sha256sum | cut -d ' ' -f 1)
mkdir -p -m 700 "$data/evidence/${proof:0:2}"
printf 'a certificate' >"$data/evidence/${proof:0:2}/$proof"

run 0 pdh backup
has "$backups/2026-03-14T093000" '1 proof, 1 of them new' 'pdh restore'
backup=$backups/2026-03-14T093000
(cd "$backup" && sha256sum -c --quiet manifest-sha256.txt) || fail "the manifest is wrong"
same "$(stat -c %a "$backup")" 700 "mode of the folder"
same "$(stat -c %i "$backup/evidence/$proof")" "$(stat -c %i "$data/evidence/${proof:0:2}/$proof")" "a proof is linked"
at 2026-03-15T09:30:00
run 0 pdh backup --json
get .added 0
get .proofs 1
ok "records and proofs are kept, a proof once"

run 0 pdh export
before=$out
run 0 pdh log 2h "After the backup" --date 2026-03-01
run 0 pdh export
after=$out
run 0 pdh restore "$backup" -n
has 'would be' '2 activities, 1 proof' '3 activities; 1 change since then would go' 'Nothing was done'
run 0 pdh export
same "$out" "$after" "after a dry run"
rm "$data/evidence/${proof:0:2}/$proof"
run 0 pdh restore "$backup"
has '1 change since then went' "$data/pdh.db.before-"
run 0 pdh export
same "$out" "$before" "restored, under a daemon that ran"
[ -f "$data/evidence/${proof:0:2}/$proof" ] || fail "the proof is not back"
run 0 pdh history --json
get '.changes[0].what' 'log #2 1.0 h Before the backup'
kept=$(echo "$data"/pdh.db.before-*)
same "$(sqlite3 "$kept" 'SELECT count(*) FROM activity')" 3 "what was there is kept"
run 0 pdh daemon stop
rm "$data/pdh.db"
run 0 pdh restore "$backup"
run 0 pdh export
same "$out" "$before" "where nothing was"
ok "it comes back, and what was there stays beside"

# ---- whatever is in doubt
refused() {
	run "${2:-5}" pdh restore "$HOME/bad"
	has 'nothing was restored' "$1"
	run 0 pdh export
	same "$out" "$before" "after: $1"
	set -- "$data/pdh.db.restore"
	[ ! -e "$1" ] || fail "left behind: $1"
	rm -rf "$HOME/bad"
}
bad() {
	cp -a "$backup" "$HOME/bad"
	chmod -R u+w "$HOME/bad"
}
bad
printf x >>"$HOME/bad/evidence/$proof"
refused "a proof does not match its hash: $proof" 1
bad
printf x >>"$HOME/bad/pdh.db"
refused 'its records do not match their hash' 1
bad
rm "$HOME/bad/evidence/$proof"
refused "it lacks evidence/$proof"
bad
rm "$HOME/bad/evidence/$proof"
ln -s /etc/hostname "$HOME/bad/evidence/$proof"
refused "it lacks evidence/$proof"
bad
mv "$HOME/bad/evidence" "$HOME/elsewhere"
ln -s "$HOME/elsewhere" "$HOME/bad/evidence"
refused "it lacks evidence/$proof"
rm -rf "$HOME/elsewhere"
bad
echo "$proof  evidence/../../../etc/passwd" >>"$HOME/bad/manifest-sha256.txt"
refused 'its manifest names what no backup has'
bad
echo "nonsense" >>"$HOME/bad/manifest-sha256.txt"
refused 'a line of its manifest cannot be read'
bad
rm "$HOME/bad/manifest-sha256.txt"
refused 'it has no manifest-sha256.txt'
bad
sed -i '/pdh.db/d' "$HOME/bad/manifest-sha256.txt"
refused 'its manifest has no pdh.db'
# Hashes that are right say nothing about what is in a file.
again() {
	(cd "$HOME/bad" && sha256sum pdh.db >manifest-sha256.txt)
}
bad
head -c 20000 /dev/urandom >"$HOME/bad/pdh.db"
again
refused 'its records cannot be used'
bad
sqlite3 "$HOME/bad/pdh.db" 'PRAGMA user_version = 999'
again
refused 'written by a newer pdh'
bad
dd if=/dev/zero of="$HOME/bad/pdh.db" bs=4096 seek=3 count=8 conv=notrunc 2>/dev/null
again
refused 'its records cannot be used'
# Nor does its version say that it has what that version has.
for change in 'lacks the column activity.title;ALTER TABLE activity RENAME title TO name' \
	'lacks the column evidence_of.;DROP TABLE evidence_of' \
	'lacks the trigger activity_sum_insert;DROP TRIGGER activity_sum_insert' \
	'has the trigger evil, which is not of pdh;CREATE TRIGGER evil AFTER INSERT ON activity BEGIN DELETE FROM person; END'; do
	bad
	sqlite3 "$HOME/bad/pdh.db" "${change#*;}"
	again
	refused "${change%%;*}"
done
mkfifo "$HOME/fifo"
bad
rm "$HOME/bad/pdh.db"
mv "$HOME/fifo" "$HOME/bad/pdh.db"
refused 'it lacks pdh.db'
run 3 pdh restore "$HOME/nowhere"
ok "whatever is in doubt changes nothing"

# ---- a disk without room, and kill -9
run 0 pdh log 1h "One more" --date 2026-03-02
run 0 pdh export
before=$out
count=$(find "$backups" -mindepth 1 -maxdepth 1 -name '2*' | wc -l)
(ulimit -f 8 && pdh backup) >"$HOME/said" 2>&1 && fail "no room, and no error"
grep -q 'may not grow' "$HOME/said" || fail "no reason: $(cat "$HOME/said")"
same "$(find "$backups" -mindepth 1 -maxdepth 1 -name '2*' | wc -l)" "$count" "backups after one that had no room"
(ulimit -f 8 && pdh restore "$backup") >"$HOME/said" 2>&1 && fail "no room, and no error"
run 0 pdh export
same "$out" "$before" "after a restore without room"
for n in 0 0.002 0.005 0.01 0.02 0.04; do
	{ timeout -s KILL "$n" pdhd --keep backup >/dev/null || true; } 2>/dev/null
done
for folder in "$backups"/2*; do
	(cd "$folder" && sha256sum -c --quiet manifest-sha256.txt) || fail "half a backup: $folder"
done
run 0 pdh export -o "$HOME/now.json"
for n in 0.002 0.005 0.01 0.015 0.02 0.03 0.05; do
	{ timeout -s KILL "$n" pdhd --keep restore folder "$backup" >/dev/null || true; } 2>/dev/null
	run 0 pdh doctor
	has 'is sound'
	run 0 pdh list --all --json
	printf '%s' "$out" | jq -e '.activities | length | . == 2 or . == 3' >/dev/null || fail "half restored"
done
run 0 pdh restore "$backup"
# Wherever it was cut off: what SQLite, the copy of a proof and the manifest leave.
mkdir -p -m 700 "$backups/.new/evidence" "$HOME/away"
touch "$backups/.new/pdh.db" "$backups/.new/pdh.db-journal" "$backups/.new/evidence/$proof" \
	"$backups/.new/manifest-sha256.txt.4711.new" "$HOME/away/pdh.db"
run 0 pdh backup
[ ! -e "$backups/.new" ] || fail "left: $(find "$backups/.new")"
# What is not from a backup stays, and does not stand in the way.
mkdir "$backups/.new"
echo mine >"$backups/.new/notes.txt"
run 0 pdh backup
same "$(cd "$backups" && echo .new*) $(cat "$backups/.new/notes.txt")" ".new mine" "a folder of that name"
rm -r "$backups/.new"
ln -s "$HOME/away" "$backups/.new"
run 0 pdh backup
[ -e "$HOME/away/pdh.db" ] || fail "a link was followed"
rm "$backups/.new"
set -- "$data/pdh.db.restore" "$backups/.new"
[ ! -e "$1" ] && [ ! -e "$2" ] || fail "what was killed left something behind: $*"
ok "cut off anywhere, the old records or the new ones are there"

# ---- another place, and the oldest ones
for day in 16 17 18 19; do
	at 2026-03-${day}T09:30:00
	run 0 pdh backup --keep 3
done
same "$(find "$backups" -mindepth 1 -maxdepth 1 -name '2*' | wc -l)" 3 "backups that are kept"
run 2 pdh backup --keep 2
mkdir "$HOME/stick"
run 0 pdh backup --to "$HOME/stick"
has "$HOME/stick/2026-03-19T093000"
(cd "$HOME/stick"/2026* && sha256sum -c --quiet manifest-sha256.txt) || fail "the copy is not whole"
run 0 pdh restore "$HOME/stick/2026-03-19T093000" -n
run 0 pdh doctor
has 'backup' '19 Mar 2026'
# Of several at once, into the folder of another too, none takes away what another makes.
other() {
	env XDG_DATA_HOME="$HOME/other/data" XDG_STATE_HOME="$HOME/other/state" XDG_RUNTIME_DIR="$HOME/other" "$@"
}
mkdir -m 700 "$HOME/other"
run 0 other pdh init --no-input --name "Somebody Else"
run 0 other pdh daemon stop
for n in 1 2 3 4; do
	{ pdhd --keep backup to "$HOME/stick" >"$HOME/said.$n" || echo "error $?" >>"$HOME/said.$n"; } &
	{ other pdhd --keep backup to "$HOME/stick" >"$HOME/said.$n.o" || echo "error $?" >>"$HOME/said.$n.o"; } &
done
wait
! grep -h -E '^(error|message)' "$HOME"/said.* || fail "one of several failed"
for folder in "$HOME"/stick/2*; do
	(cd "$folder" && sha256sum -c --quiet manifest-sha256.txt) || fail "half a backup: $folder"
done
run 0 pdh backup --to "$backups"
ok "another place, and how many are kept"

# ---- beginning anew
run 2 pdh reset
has 'it wants --yes and the name' 'pdh reset --yes "Dana Reyes"'
run 2 pdh reset --yes "Dana"
has 'that is another name'
run 2 pdh reset "Dana Reyes"
run 0 pdh reset -n
has 'Nothing was done'
run 0 pdh export
before=$out
run 0 pdh reset --yes "Dana Reyes"
has 'What was there is kept'
run 0 pdh export
get '.credentials | length' 0
last=$(find "$backups" -mindepth 1 -maxdepth 1 -name '2*' | sort | tail -1)
run 0 pdh restore "$last"
run 0 pdh export
same "$out" "$before" "restored after a reset"
ok "reset keeps a backup"

# ---- a plain copy of the file alone, once the daemon was idle
run 0 pdh daemon stop
pdhd --fold 1 >/dev/null 2>&1 &
until_true pdh status --no-spawn
run 0 pdh log 1h "Copied" --date 2026-03-05
until_true test ! -s "$data/pdh.db-wal"
cp "$data/pdh.db" "$HOME/alone.db"
run 0 pdh daemon stop
wait
same "$(sqlite3 "$HOME/alone.db" "SELECT count(*) FROM activity WHERE title = 'Copied'")" 1 "in a plain copy"
ok "a copy of the file alone has everything once the daemon was idle"
