#!/bin/sh
# pdh attach and pdh evidence: what is kept, taken back, found damaged, and what a file may be called.
. tests/support/func.sh
dana
data=$HOME/.local/share/pdh
printf '%%PDF-1.4 certificate' >"$HOME/ala cert.pdf"
digest=$(sha256sum "$HOME/ala cert.pdf" | cut -d ' ' -f 1)
kept=$data/evidence/$(echo "$digest" | cut -c 1-2)/$digest
run 0 pdh log 2h "Story time" --date 2026-03-01
run 0 pdh log 1h "Archives" --date 2026-03-02

# ---- attached, once, whatever it proves
run 0 pdh attach 2 "$HOME/ala cert.pdf" --json
get .schema pdh.attach/1
get '.evidence[0].sha256' "$digest"
get '.evidence[0].name' 'ala cert.pdf'
get '.evidence[0].media_type' application/pdf
get '.evidence[0].keep_until' 2035-06-30
get '.evidence[0].of | map(.activity) | join(",")' 2
get .missing 1
same "$(stat -c %a "$kept")" 400 "mode of the file"
same "$(stat -c %a "$data/evidence")" 700 "mode of the folder"
cmp -s "$kept" "$HOME/ala cert.pdf" || fail "other bytes"
same "$(find "$data/evidence/incoming" -type f | wc -l)" 0 "left on the way"
run 0 pdh attach 2,3 "$HOME/ala cert.pdf"
has 'the same file is kept already, as proof of #2; it now proves #3' 'Take it back: pdh undo'
run 0 pdh attach 3 "$HOME/ala cert.pdf"
has 'Nothing changed'
run 0 pdh show 3 --json
get '.activities[0].evidence | join("|")' '1 ala cert.pdf'
run 0 pdh list --since 2026-03-01
has 'E evidence'
run 0 pdh attach --credential il-pel "$HOME/ala cert.pdf" --note "of both" --json
get '.evidence[0].of | length' 3
get '.evidence[0].note' 'of both'
run 0 pdh evidence of both --json
get '.evidence | length' 1
get '.files' 1
run 0 pdh evidence --for fp --json
get '.evidence | length' 0
run 0 pdh history --limit 1 --json
get '.changes[0].what' 'attach ala cert.pdf to il-pel'
ok "a proof is kept once, whatever it proves"

# ---- undo, redo, and the entry that goes and comes
run 0 pdh undo
run 0 pdh undo
run 0 pdh evidence --json
get '.evidence[0].of | map(.activity) | join(",")' 2
run 0 pdh undo
run 0 pdh evidence --json
get '.evidence | length' 0
[ -e "$kept" ] || fail "undo removed the file"
run 0 pdh evidence --orphans --json
get '.orphans[0].sha256' "$digest"
run 0 pdh redo
run 0 pdh rm 2
run 0 pdh evidence --json
get '.evidence[0].of | length' 0
run 0 pdh undo
run 0 pdh show 2 --json
get '.activities[0].evidence | length' 1
ok "undo takes a proof off, redo brings it back, and the file stays"

# ---- out again
run 0 pdh evidence save 1 "$HOME/copy.pdf" --json
get .size 20
cmp -s "$HOME/copy.pdf" "$kept" || fail "other bytes"
run 5 pdh evidence save 1 "$HOME/copy.pdf"
has 'is there already'
mkdir "$HOME/out"
run 0 pdh evidence save 1 "$HOME/out"
[ -f "$HOME/out/ala cert.pdf" ] || fail "not under its own name"
pdh evidence save 1 - | cmp -s - "$kept" || fail "other bytes on standard output"
run 3 pdh evidence save 9 "$HOME/nine"
[ ! -e "$HOME/nine" ] || fail "left a file"
head -c 3000000 /dev/urandom >"$HOME/large.bin"
run 0 pdh attach 3 "$HOME/large.bin" --json
get '.evidence[0].size' 3000000
pdh evidence save 2 - | cmp -s - "$HOME/large.bin" || fail "a large file is another"
run 0 pdh evidence rm 2
has 'large.bin taken off' 'Take it back: pdh undo'
ok "a proof comes out as it went in"

# ---- damaged, absent, and files that nothing speaks of
run 0 pdh evidence check --json
get '.damaged + .absent | length' 0
get .checked 1
get '.orphans | length' 1
get '.missing | map(.id) | join(",")' 3
chmod 600 "$kept" && printf x >>"$kept"
run 1 pdh evidence check
has 'the file is not what was stored'
run 1 pdh evidence save 1 "$HOME/spoiled.pdf"
has 'damaged'
rm "$kept"
run 1 pdh evidence check --json
get '.absent[0].id' 1
run 1 pdh evidence save 1 "$HOME/absent.pdf"
has 'is not there'
run 0 pdh evidence --json
get '.evidence[0].state' absent
run 0 pdh attach 2 "$HOME/ala cert.pdf"
run 0 pdh evidence check 1
has 'as it was stored'
run 0 pdh evidence purge --json
get '.removed | length' 0
get .later 1
find "$data/evidence" -type f -exec touch -d 2025-01-01 {} +
at 2026-05-01T09:30:00
run 0 pdh evidence purge -n --json
get '.removed | length' 1
run 0 pdh evidence purge
has 'Removed 1 file'
run 0 pdh evidence check --json
get '.checked, (.orphans | length) | tostring' '1
0'
at 2026-03-14T09:30:00
ok "damaged, absent and forgotten files are found"

# ---- what no proof can be
run 5 pdh attach 2 "$HOME"
has 'is a folder'
mkfifo "$HOME/pipe"
run 5 pdh attach 2 "$HOME/pipe"
has 'not a regular file'
run 5 pdh attach 2 /dev/zero
: >"$HOME/empty"
run 5 pdh attach 2 "$HOME/empty"
has 'empty is empty'
truncate -s 104857601 "$HOME/huge"
run 5 pdh attach 2 "$HOME/huge"
has 'at most 100 MB'
run 3 pdh attach 2 "$HOME/nowhere.pdf"
run 3 pdh attach 99 "$HOME/copy.pdf"
has 'there is no activity #99'
run 2 pdh attach 2
run 2 pdh attach --item 1 --credential fp "$HOME/copy.pdf"
run 0 pdh evidence --json
get .files 1
same "$(find "$data/evidence/incoming" -type f | wc -l)" 0 "left on the way"
printf "#!/bin/sh\n" >"$HOME/prog"
run 0 pdh attach 2 "$HOME/prog" -n
has 'is a program' 'Nothing was stored'
ok "what is no file, is too large or empty is refused"

# ---- names of all kinds
name() {
	printf '%s' "$1$2" >"$HOME/$1"
	run 0 pdh attach 3 "$HOME/$1" --json
	get '.evidence[0].name' "$2"
}
name "$(printf 'new\nline\033[31m.pdf')" 'newline[31m.pdf'
name "$(printf 'cert\342\200\256fdp.exe')" 'certfdp.exe'
name "$(printf 'not\377utf8.pdf')" 'notutf8.pdf'
name 'C:\temp\cert.pdf' 'cert.pdf'
name '..hidden' 'hidden'
long=$(printf '%0240d' 7).pdf
name "$long" "$(printf '%0196d' 0).pdf"
run 0 pdh evidence
has 'certfdp.exe'
ok "names are cleaned"

# ---- another home, and a copy of the database beside this one
run 0 env PDH_DATABASE="$data/copy.db" pdh log 1h "Other" --date 2026-03-01
run 0 env PDH_DATABASE="$data/copy.db" pdh evidence --orphans --json
get '.orphans | length' 0
run 0 env PDH_DATABASE="$data/copy.db" pdh attach 1 "$HOME/copy.pdf" --json
get '.evidence[0].id' 1
[ -d "$data/copy.db.evidence" ] || fail "no store of its own"
run 0 env PDH_DATABASE="$data/copy.db" pdh daemon stop
run 0 pdh evidence --orphans --json
get '.orphans | length' 0
ok "another database has proofs of its own"

# ---- a certificate without an entry is a proposal
activities() {
	run 0 pdh list --all --json
	get '.activities | length' "$1"
}
answer() {
	printf '%b' "$1" >"$HOME/answers"
	run "$2" script -qefc "stty -echo; $3" /dev/null <"$HOME/answers"
}
activities 3
run 5 pdh attach tests/files/21-certificate.pdf
has 'no entry like it' 'pdh import tests/files/21-certificate.pdf --yes' 'nothing was kept'
activities 3
answer 'n\n' 0 'pdh attach tests/files/21-certificate.pdf'
has 'no entry like it. Log? [y/N]'
activities 3
answer 'y\n\n' 0 'pdh attach tests/files/21-certificate.pdf'
has 'reduce it by as much' '#4 is logged: 6.25' 'kept (proof'
run 0 pdh show 4 --json
get '.activities[0].title' 'Copyright and Fair Use for School Libraries'
get '.activities[0].evidence | length' 1
run 0 pdh undo
run 5 pdh attach tests/files/21-certificate.pdf
has 'like #4' 'pdh attach 4 tests/files/21-certificate.pdf'
answer 'n\n' 0 'pdh attach tests/files/21-certificate.pdf'
run 0 pdh show 4 --json
get '.activities[0].evidence | length' 0
answer '\n' 0 'pdh attach tests/files/21-certificate.pdf'
has 'proof of #4' '[Y/n]'
run 0 pdh show 4 --json
get '.activities[0].evidence | length' 1
run 0 pdh attach tests/files/21-certificate.pdf -n
run 5 pdh attach tests/files/01-frontline.csv
has 'neither a badge nor a certificate'
run 5 pdh attach tests/files/19-badge-ob3.json
has '2 credits of what' 'pdh attach tests/files/19-badge-ob3.json --unit hour'
run 5 pdh attach tests/files/19-badge-ob3.json --unit hour
has 'no entry like it' '2.0 h' 'nothing was kept'
run 2 pdh attach 2 tests/files/19-badge-ob3.json --unit hour
has 'is for what a badge or certificate says'
run 5 pdh attach "$HOME/copy.pdf"
activities 4
ok "what a certificate says is proposed, and taken with a yes"

# traced_or_ended: strace holds the daemon $pid, or what it waits for has killed it already: the daemon writes by itself as
# well, such as after its start.
traced_or_ended() {
	grep -q "TracerPid:.*$tracer" "/proc/$pid/status" || ! kill -0 "$pid"
}

# ---- killed at each step, it is kept whole or not at all
if ! command -v strace >/dev/null || ! strace -o /dev/null true 2>/dev/null; then
	ok "killed at each step (not tried: nothing can be traced here)"
	exit 0
fi
pdh daemon stop >/dev/null
printf 'killed' >"$HOME/killed.pdf"
for call in openat:2 pwrite64 fsync fchmod link fsync:2 fsync:3 unlink fdatasync; do
	name=${call%:*}
	when=1
	[ "$name" = "$call" ] || when=${call#*:}
	pdh evidence --json >"$HOME/before"
	pid=$(pdh daemon status --json | jq .pid)
	strace -qq -p "$pid" -o "$HOME/trace" -e "trace=$name" -e "inject=$name:signal=KILL:when=$when" &
	tracer=$!
	until_true traced_or_ended
	pdh --timeout 20 attach 3 "$HOME/killed.pdf" >"$HOME/said" 2>&1 && told=0 || told=$?
	kill "$pid" 2>/dev/null || true
	wait "$tracer" 2>/dev/null || true
	run 0 pdh evidence check --json
	get '.damaged + .absent | length' 0
	run 0 pdh evidence --json
	n=$(printf '%s' "$out" | jq '[.evidence[] | select(.name == "killed.pdf")] | length')
	[ "$n" -eq 0 ] || [ "$told" -eq 0 ] || grep -q 'may be stored' "$HOME/said" || fail "$call: stored, but told as failed"
	[ "$n" -eq 1 ] || [ "$told" -ne 0 ] || fail "$call: told as stored"
	same "$(find "$data/evidence/incoming" -type f | wc -l)" 0 "left on the way"
	[ "$n" -eq 0 ] || run 0 pdh undo
done
ok "killed at each step, it is kept whole or not at all"

# ---- the disk is full at each step
for call in pwrite64 fsync link; do
	pid=$(pdh daemon status --json | jq .pid)
	strace -qq -p "$pid" -o "$HOME/trace" -e "trace=$call" -e "inject=$call:error=ENOSPC:when=1+" &
	tracer=$!
	until_true traced_or_ended
	run 1 pdh attach 3 "$HOME/killed.pdf"
	has 'No space left on device' 'make room on the disk'
	kill "$tracer"
	wait "$tracer" 2>/dev/null || true
	run 0 pdh evidence killed --json
	get '.evidence | length' 0
	same "$(find "$data/evidence/incoming" -type f | wc -l)" 0 "left on the way"
	run 0 pdh attach 3 "$HOME/killed.pdf"
	run 0 pdh undo
done
ok "a full disk keeps nothing, and says so"

# ---- several files are one change, and all or none
printf one >"$HOME/one.txt"
printf two >"$HOME/two.txt"
pdh export -o "$HOME/before.json"
changes=$(pdh history --json | jq '.changes[0].id')
run 3 pdh attach 2 "$HOME/one.txt" "$HOME/nowhere.pdf" "$HOME/two.txt"
run 5 pdh attach 2 "$HOME/one.txt" "$HOME"
same "$(pdh history --json | jq '.changes[0].id')" "$changes" "the last change"
run 0 pdh attach 2,3 "$HOME/one.txt" "$HOME/two.txt" --json
get '[.evidence[] | "\(.name) \([.of[].activity])"] | join(" ")' 'one.txt [2,3] two.txt [2,3]'
one=$(printf %s "$out" | jq '.evidence[0].id')
two=$(printf %s "$out" | jq '.evidence[1].id')
run 0 pdh history --limit 1
has 'attached 2 files, one.txt and others'
run 0 pdh undo
pdh export -o "$HOME/after.json"
cmp "$HOME/before.json" "$HOME/after.json" || fail "undo left something"
run 0 pdh redo
ok "several files"

# ---- off one of several
run 0 pdh evidence rm "$one" --from 2
has "one.txt (proof" 'taken off.' 'it is still one.txt of #3' 'pdh undo'
run 3 pdh evidence rm "$one" --from 2
has "proof $one is not of #2" 'it is one.txt of #3'
run 2 pdh evidence rm "$one" --from 3 --credential il-pel
run 0 pdh evidence rm "$one" --from 3 --json
get '.notes[0]' 'it proves nothing any more, and its file goes with pdh evidence purge'
run 3 pdh evidence rm "$one"
run 0 pdh undo
run 0 pdh undo
run 0 pdh evidence rm "$two" --from 2,3 -n
has 'would be taken off'
run 0 pdh undo
ok "off one of several"
