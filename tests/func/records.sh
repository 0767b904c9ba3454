#!/bin/sh
# The record that is meant is the one that is read and written, whichever daemon runs.
. tests/support/alone.sh
. tests/support/func.sh
dana
usual=$HOME/.local/share/pdh/pdh.db
other=$HOME/other.db
before=$(stored)
titles() {
	sqlite3 "$1" "SELECT group_concat(title, '|') FROM (SELECT title FROM activity ORDER BY id)"
}

run 0 env PDH_DATABASE="$other" pdh log 1h "In the other" --date yesterday
run 0 env PDH_DATABASE="$other" pdh list --json
get '.activities | map(.title) | join("|")' "In the other"
same "$(stored)" "$before" "the usual record"
run 0 pdh list --json
get '.activities | map(.title) | join("|")' "Opening balance for tx-lib"
run 0 env PDH_DATABASE="$other" pdh daemon status --json
get '.database' "$other"
run 0 pdh daemon status --json
get '.database' "$usual"
ok "PDH_DATABASE beside a running daemon"

run 0 env XDG_DATA_HOME="$HOME/data" pdh log 1h "In the data" --date yesterday
same "$(titles "$HOME/data/pdh/pdh.db")" "In the data" "the record there"
same "$(stored)" "$before" "the usual record"
run 0 env XDG_DATA_HOME="$HOME/data" pdh daemon stop
has "stopped"
run 0 env XDG_DATA_HOME="$HOME/data" pdh daemon stop
has "was not running"
run 0 env XDG_DATA_HOME="$HOME/.local/share/" pdh list --json
get '.activities | map(.title) | join("|")' "Opening balance for tx-lib"
ok "another data folder beside a running daemon"

# A second home of the same user, as with sudo or HOME=…: both are the usual one of somebody.
mkdir "$HOME/second"
run 0 env HOME="$HOME/second" pdh log 1h "In the second" --date yesterday
same "$(titles "$HOME/second/.local/share/pdh/pdh.db")" "In the second" "the record of the second home"
same "$(stored)" "$before" "the usual record"
run 0 pdh daemon stop
run 0 env HOME="$HOME/second" pdh list --json
get '.activities | map(.title) | join("|")' "In the second"
run 0 pdh list --json
get '.activities | map(.title) | join("|")' "Opening balance for tx-lib"
run 0 env HOME="$HOME/second" pdh daemon stop
has "stopped"
run 0 pdh daemon status
ok "a second home beside the first"

# By another name it is the same.
ln -s "$HOME/.local/share" "$HOME/linked"
pid=$(pdh daemon status --format '{pid}')
run 0 env PDH_DATABASE="$HOME/linked/pdh/pdh.db" pdh daemon status --json
get '.pid' "$pid"
run 0 env XDG_DATA_HOME="$HOME/linked" pdh list --json
get '.activities | map(.title) | join("|")' "Opening balance for tx-lib"
ok "a link to the record is the record"

# Who names a socket is told when its daemon keeps another record.
socket=$XDG_RUNTIME_DIR/pdh/sock
run 5 env PDH_DATABASE="$other" pdh --socket "$socket" log 1h "Wrong" --date yesterday
has "keeps $usual" "$other is meant" "leave out --socket"
run 5 env PDH_DATABASE="$other" PDH_SOCKET="$socket" pdh list --json
get '.code + " " + .field' "refused database"
run 5 env PDH_DATABASE="$other" pdh --socket "$socket" daemon stop
run 0 pdh daemon status
run 0 pdh --socket "$socket" list
same "$(stored)" "$before" "the usual record"
same "$(titles "$other")" "In the other" "the other record"
ok "a named socket with another record is refused"

# A socket without a daemon, while the daemon of the record listens elsewhere.
run 0 env PDH_SOCKET="$HOME/nobody" pdh list --json
get '.activities | map(.title) | join("|")' "Opening balance for tx-lib"
run 0 env PDH_SOCKET="$HOME/nobody" pdh daemon stop
has "was not running"
run 0 pdh daemon status --json
get '.pid' "$pid"
ok "nobody is locked out by the name of a socket"

run 2 env PDH_DATABASE=other.db pdh list
has 'PDH_DATABASE is "other.db"' "absolute path"
run 2 env PDH_DATABASE=other.db pdhd
has "absolute path"
ok "a relative database is refused"

# On the wire.
cat >"$HOME/ask.py" <<'P'
import msgpack, socket, sys
s = socket.socket(socket.AF_UNIX)
s.connect(sys.argv[1])
for database in [None, {"path": sys.argv[2]}, {"path": "/x"}, {"path": "/x", "inode": 1, "device": 1}, "x", {}, {"path": 1}]:
    params = {} if database is None else {"database": database}
    s.sendall(msgpack.packb([0, 1, "change.list", [params]]))
    u = msgpack.Unpacker()
    while True:
        u.feed(s.recv(65536))
        answer = next(iter(u), None)
        if answer:
            break
    print(answer[2] and answer[2]["code"])
P
run 0 $python "$HOME/ask.py" "$socket" "$usual"
same "$(echo $out)" "None None 5 5 2 2 2" "codes"
ok "the key of a request"
run 0 env PDH_DATABASE="$other" pdh daemon stop
