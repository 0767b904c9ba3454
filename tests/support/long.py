"""A long write beside other clients.

long.py SOCKET OLD NEW WHAT COMMAND...: runs the command, whose write is a long one, and asks the daemon meanwhile how many
activities there are. Only OLD and NEW are right, and never OLD behind NEW. Once a write is refused because the long one is
under way, it does WHAT: "read" nothing else; "log" logs an entry by pdh, which has to wait for its turn; "hurry" does so
with no patience; "hup", "kill" and "stop" do that to the daemon. Prints what the command printed, and ends as it did. No
time is measured: what is answered before the command ends was answered beside it."""
import os
import signal
import socket
import subprocess
import sys
import tempfile

import msgpack

PATH, OLD, NEW, WHAT, *COMMAND = sys.argv[1:]
OLD, NEW = int(OLD), int(NEW)
AFTER = (NEW, NEW + 1) if WHAT == "log" else (NEW,)
LOG = ["log", "1h", "Logged beside it", "--date", "2026-03-01"]


class Client:
    def __init__(self):
        self.socket = socket.socket(socket.AF_UNIX)
        self.socket.connect(PATH)
        self.unpacker = msgpack.Unpacker(raw=False)

    def call(self, method, params):
        """(error, result), or None where the daemon is gone."""
        try:
            self.socket.sendall(msgpack.packb([0, 1, method, [params]]))
            while data := self.socket.recv(1 << 16):
                self.unpacker.feed(data)
                for message in self.unpacker:
                    return message[2:]
        except OSError:
            pass
        return None


def activities(client):
    answer = client.call("activity.list", {"limit": 1})
    if answer is None:
        return None
    assert answer[0] is None, answer
    return sum(t["entries"] for t in answer[1]["totals"])


def is_barred(client):
    """Asked by a request that changes nothing: a write, though a dry one, would have the preview of an import begin anew."""
    answer = client.call("upload.drop", {"token": "0" * 32})
    error = answer and answer[0]
    assert not error or (error["name"] == "busy" and "is under way, " in error["message"]), error
    return bool(error)


def do(pid):
    """What is done beside it, and the exit status that it is to have."""
    if WHAT == "log":
        return subprocess.Popen(["pdh", *LOG, "-q"]), 0
    if WHAT == "hurry":
        return subprocess.Popen(["pdh", "--timeout", "0.1", *LOG, "-q"], stderr=subprocess.DEVNULL), 7
    if WHAT == "stop":
        return subprocess.Popen(["pdh", "daemon", "stop", "-q"], stdout=subprocess.DEVNULL), 0
    if WHAT in ("kill", "hup"):
        os.kill(pid, signal.SIGKILL if WHAT == "kill" else signal.SIGHUP)
    return None, 0


reader, writer = Client(), Client()
pid = reader.call("daemon.status", {})[1]["pid"]
assert activities(reader) == OLD
said = tempfile.TemporaryFile("w+")
command = subprocess.Popen(COMMAND, stdout=said, stderr=subprocess.STDOUT)
other, wanted, barred, beside, seen = None, 0, False, 0, OLD
while command.poll() is None:
    if not barred and is_barred(writer):
        barred = True
        other, wanted = do(pid)
    now = activities(reader)
    if now is None:
        break
    assert now == OLD == seen or now in AFTER, (seen, now)
    seen = now
    beside += barred and now == OLD and command.poll() is None
command.wait()
said.seek(0)
print(said.read(), end="")
assert barred, "nothing was refused while it ran"
assert beside or WHAT in ("kill", "stop"), "nobody was answered while it ran"
if other:
    assert other.wait() == wanted, other.returncode
if WHAT not in ("kill", "stop"):
    assert activities(reader) == NEW + (WHAT == "log"), activities(reader)
sys.exit(command.returncode)
