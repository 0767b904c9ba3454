#!/bin/sh
# A msgpack-RPC client that knows nothing of pdh: the session of python3-pynvim.
. tests/support/func.sh
dana
run 0 $python - "$XDG_RUNTIME_DIR/pdh/sock" <<'PY'
import hashlib
import sys
from pynvim.msgpack_rpc import socket_session

session = socket_session(sys.argv[1])
session.error_wrapper = lambda error: Exception(error["message"])
logged = session.request("activity.add", {"title": "Makerspace safety", "credit": "1.5h", "done_on": "2026-03-13"})
activity = logged["activities"][0]
assert activity["credit"] == {"exact": 5400000, "amount": "1.5", "unit": "hour"}, activity
exact = session.request("activity.add", {"title": "Exact", "credit": {"exact": 5400000, "unit": "hour"},
                                         "done_on": "2026-03-12"})
assert exact["activities"][0]["credit"]["amount"] == "1.5"
listed = session.request("activity.list", {"since": "2026-03-01"})
assert [a["title"] for a in listed["activities"] if a["kind"] != "opening"] == ["Makerspace safety", "Exact"], listed
standing = {c["alias"]: c for c in session.request("status.get")["credentials"]}
assert standing["tx-lib"]["counted"]["amount"] == "134.5", standing
try:
    session.request("activity.add", {"title": "Later", "credit": "1h", "done_on": "2026-03-15"})
    sys.exit("no error")
except Exception as e:
    assert "future" in str(e), e
api = session.request("api.info")
assert {"activity.add", "status.get", "change.undo"} <= {m["name"] for m in api["methods"]}
assert session.request("change.undo", {"dry_run": True})["dry_run"]

# It attaches a proof in two pieces, and reads it back.
data = bytes(range(256)) * 3000
sent = session.request("upload.begin", {"size": len(data), "purpose": "evidence"})
assert sent["got"] == 0, sent
half = 524288
for at in (0, half, half):
    got = session.request("upload.write", {"token": sent["token"], "offset": at, "data": data[at:at + half]})["got"]
assert got == len(data), got
kept = session.request("evidence.add", {"upload": sent["token"], "ids": [activity["id"]], "name": "../safe ty.bin",
                                        "sha256": hashlib.sha256(data).hexdigest()})["evidence"][0]
assert kept["name"] == "safe ty.bin" and kept["size"] == len(data), kept
back = b"".join(session.request("evidence.get", {"id": kept["id"], "offset": at})["data"] for at in (0, half))
assert back == data

# It subscribes to events, and is sent them as notifications on the same connection.
events = []
begun = session.request("events.subscribe", {"event": ["activity"]})["since_seq"]
def seen(name, args):
    events.append((name, args[0]))
    if len(events) == 2:
        session.stop()
def log():
    for title in ("First", "Second"):
        session.request("activity.add", {"title": title, "credit": "1h", "done_on": "2026-03-11"})
session.run(lambda *request: None, seen, log)
assert [name for name, event in events] == ["event", "event"], events
assert [event["event"] for name, event in events] == ["activity.added"] * 2, events
assert [event["text"] for name, event in events] == ["1.0 h First", "1.0 h Second"], events
assert events[0][1]["seq"] > begun and events[1][1]["seq"] == events[0][1]["seq"] + 1, events
print("ok a stock msgpack-RPC client logs an hour and reads it back")
PY
printf '%s\n' "$out"
