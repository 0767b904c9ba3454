"""A client that does everything wrong. Prints a line that begins with ok for each thing the daemon withstands."""
import os
import random
import select
import socket
import struct
import sys
import time

import msgpack

PATH = sys.argv[1]


def connect():
    s = socket.socket(socket.AF_UNIX)
    # Blocking, as a client's: then a full backlog is waited for.
    s.setsockopt(socket.SOL_SOCKET, socket.SO_SNDTIMEO, struct.pack("ll", 20, 0))
    s.setsockopt(socket.SOL_SOCKET, socket.SO_RCVTIMEO, struct.pack("ll", 20, 0))
    s.connect(PATH)
    return s


def request(number, method, params=None):
    return msgpack.packb([0, number, method, [params] if params is not None else []])


def read_answer(s, unpacker=None):
    unpacker = unpacker or msgpack.Unpacker(raw=False)
    while True:
        for message in unpacker:
            return message
        data = s.recv(65536)
        if not data:
            return None
        unpacker.feed(data)


def status():
    with connect() as s:
        s.sendall(request(1, "daemon.status"))
        answer = read_answer(s)
        assert answer[2] is None, answer
        return answer[3]


PID = status()["pid"]


def resident_kib():
    with open(f"/proc/{PID}/status") as f:
        return next(int(line.split()[1]) for line in f if line.startswith("VmRSS"))


def alive():
    assert status()["pid"] == PID, "another daemon answers"


def send_and_drain(data):
    """Sends, and reads until the daemon closes; returns what it said."""
    with connect() as s:
        try:
            s.sendall(data)
            s.shutdown(socket.SHUT_WR)
        except (BrokenPipeError, ConnectionResetError):
            pass
        said = b""
        try:
            while chunk := s.recv(65536):
                said += chunk
        except ConnectionResetError:
            pass
        return said


def refused(data, what):
    said = send_and_drain(data)
    answer = msgpack.unpackb(said, raw=False) if said else None
    assert answer is None or answer[2] is not None, answer
    alive()
    return answer


def garbage():
    chance = random.Random(20260314)
    for _ in range(300):
        send_and_drain(chance.randbytes(chance.randrange(1, 400)))
    whole = request(7, "activity.add", {"title": "x", "credit": "1h", "done_on": "2099-01-01"})
    for _ in range(300):
        broken = bytearray(whole)
        for _ in range(chance.randrange(1, 4)):
            broken[chance.randrange(len(broken))] = chance.randrange(256)
        if b"2099" in broken:
            send_and_drain(bytes(broken))
    alive()
    print("ok garbage and broken requests")


def huge():
    before = resident_kib()
    for head in (b"\xdd\xff\xff\xff\xff", b"\xdf\xff\xff\xff\xff", b"\xc6\xff\xff\xff\xff", b"\xdb\xff\xff\xff\xff",
                 b"\x94\x00\x01\xdb\x7f\xff\xff\xff", b"\x94\x00\x01\xa1x\x91\xdf\x00\x10\x00\x00",
                 b"\xc9\xff\xff\xff\xff\x01"):
        refused(head + b"x" * 1000, head)
    refused(request(1, "activity.add", {"note": "x" * (2 << 20)}), "2 MiB")
    refused(b"\x91" * 100000, "deep")
    refused(b"\x94\x00\x01\xa1x" + b"\x91" * 64 + b"\xc0", "64 levels")
    refused(msgpack.packb([0, 1, "activity.list", [{"text": [0] * 70000}]]), "70,000 values")
    grown = resident_kib() - before
    assert grown < 16 * 1024, f"grew by {grown} KiB"
    print("ok huge lengths and deep nesting are refused before memory is taken")


def shapes():
    for message in ([], [0], [0, 1], [1, 1, None, None], [2, "daemon.status", []], [0, "x", "daemon.status", []],
                    [0, 1, 5, []], [0, 1, "daemon.status", {}], [0, 1, "daemon.status", [1]],
                    [0, 1, "daemon.status", [{}, {}]], [0, -1, "daemon.status", []], {}, None, 5, "text", [3, 1, "x", []],
                    [0, 1, "daemon.status", [{1: 2}]], [0, 1, "", []], [0, 1, "x" * 5000, []]):
        refused_or_answered = send_and_drain(msgpack.packb(message))
        assert len(refused_or_answered) < 4096
    alive()
    print("ok messages of the wrong shape")


def split():
    with connect() as s:
        for byte in request(9, "status.get"):
            s.sendall(bytes([byte]))
        assert read_answer(s)[1] == 9
    print("ok a request that comes one byte at a time")


def pipelined():
    with connect() as s:
        n = 2000
        s.sendall(b"".join(request(i, "daemon.status") for i in range(n)))
        unpacker = msgpack.Unpacker(raw=False)
        for i in range(n):
            answer = read_answer(s, unpacker)
            assert answer[1] == i and answer[2] is None
    print("ok 2,000 requests before the first answer, answered in order")


def slow_reader():
    before = resident_kib()
    with connect() as s:
        s.setblocking(False)
        sent, one = 0, request(1, "api.info")
        # Until the daemon takes no more: its answers fill the socket, and it stops reading.
        while True:
            _, writable, _ = select.select([], [s], [], 0.5)
            if not writable:
                break
            try:
                sent += s.send(one * 50)
            except BlockingIOError:
                continue
            assert sent < 64 << 20, "the daemon goes on reading"
        alive()
        grown = resident_kib() - before
        assert grown < 24 * 1024, f"grew by {grown} KiB for one that does not read"
    alive()
    print("ok a reader that does not read is not read from")


def flood():
    held, refused_busy = [], 0
    for _ in range(400):
        try:
            s = connect()
            held.append(s)
        except (BlockingIOError, ConnectionRefusedError, TimeoutError):
            break
    try:
        held[-1].sendall(request(1, "daemon.status"))
    except BrokenPipeError:
        pass  # it was told and closed already; what it was told can still be read
    answer = read_answer(held[-1])
    busy = answer is None or (answer[2] and answer[2]["name"] == "busy")
    for s in held:
        s.close()
    deadline = time.monotonic() + 20
    while True:
        try:
            if status()["clients"] < 10:
                break
        except (AssertionError, TypeError):
            pass
        assert time.monotonic() < deadline, "clients that left are still counted"
    assert busy, answer
    alive()
    print("ok more clients than it serves: the rest is told that it is busy")


def half_closed():
    for _ in range(200):
        with connect() as s:
            s.sendall(request(1, "status.get")[:-3])
    for _ in range(200):
        with connect() as s:
            s.sendall(request(1, "api.info"))
    # Those that left may still be counted, and then a new client is told that it is busy.
    descriptors = len(os.listdir(f"/proc/{PID}/fd"))
    deadline = time.monotonic() + 20
    while descriptors > 40 and time.monotonic() < deadline:
        descriptors = len(os.listdir(f"/proc/{PID}/fd"))
    alive()
    assert descriptors <= 40, f"{descriptors} descriptors are open"
    print("ok clients that leave in the middle leave nothing behind")


for attack in (garbage, huge, shapes, split, pipelined, slow_reader, flood, half_closed):
    attack()
