"""Many at once: whom the daemon answers, and in which order.

crowd.py TRIAL SOCKET: prints what it saw; fails where that is not as it should be. Order is seen by numbers that the
daemon counts, and the daemon is stopped while requests are put before it, so that no time is measured."""
import atexit
import concurrent.futures
import os
import resource
import select
import signal
import socket
import struct
import sys

import msgpack

TRIAL, PATH = sys.argv[1:]
MANY = 1500


def connect():
    s = socket.socket(socket.AF_UNIX)
    for which in (socket.SO_SNDTIMEO, socket.SO_RCVTIMEO):
        s.setsockopt(socket.SOL_SOCKET, which, struct.pack("ll", 120, 0))
    s.connect(PATH)
    return s


def request(number, method, params=None):
    return msgpack.packb([0, number, method, [params] if params is not None else []])


def answers(s, n=1):
    """The next n messages, fewer where the daemon closes before."""
    unpacker, got = msgpack.Unpacker(raw=False), []
    while len(got) < n:
        try:
            data = s.recv(1 << 16)
        except ConnectionResetError:
            break
        if not data:
            break
        unpacker.feed(data)
        got.extend(unpacker)
    return got


def status(s=None):
    s = s or connect()
    s.sendall(request(1, "daemon.status"))
    return answers(s)[0][3]


PID = status()["pid"]


def hold():
    atexit.register(go_on)
    os.kill(PID, signal.SIGSTOP)


def go_on():
    try:
        os.kill(PID, signal.SIGCONT)
    except ProcessLookupError:
        pass  # it ended, as it was told to


def known():
    """A client that the daemon has let in."""
    s = connect()
    status(s)
    return s


def ask_a_lot(s):
    """Puts searches before the daemon, more than it reads at a time."""
    s.setblocking(False)
    text = "nothing of the kind"
    wanted = b"".join(request(i, "activity.list", {"text": text}) for i in range(MANY))
    sent = s.send(wanted)
    assert sent == len(wanted), sent
    s.setblocking(True)


def fair():
    first, other = known(), known()
    before = status()["requests"]
    hold()
    ask_a_lot(first)
    other.sendall(request(7, "daemon.status"))
    go_on()
    served = answers(other)[0][3]["requests"] - before
    got = answers(first, MANY)
    assert [a[1] for a in got] == list(range(MANY)), "not all, or not in order"
    assert all(a[2] is None for a in got)
    assert served < 200, f"{served} requests of one client went before the only one of another"
    assert status()["pid"] == PID


def crowd():
    """Each of many hogs gets on, and one who asks once is not behind them all."""
    hogs, other = [known() for _ in range(4)], known()
    before = status()["requests"]
    hold()
    for s in hogs:
        ask_a_lot(s)
    other.sendall(request(7, "daemon.status"))
    go_on()
    served = answers(other)[0][3]["requests"] - before
    # All at once: one that is not read for a minute is given up.
    with concurrent.futures.ThreadPoolExecutor(len(hogs)) as pool:
        every = list(pool.map(lambda s: answers(s, MANY), hogs))
    for got in every:
        assert [a[1] for a in got] == list(range(MANY)), "not all, or not in order"
    assert served < 400, f"{served} requests of others went before one"


def term():
    s = known()
    hold()
    ask_a_lot(s)
    os.kill(PID, signal.SIGTERM)
    go_on()
    got = answers(s, MANY)
    assert len(got) < 200, f"{len(got)} requests were answered before SIGTERM was heard"


def tell():
    """Fifty who watch and are far behind, and one who asks the daemon to end: its request is heard between."""
    watchers, stopper = [known() for _ in range(50)], known()
    hold()
    for w in watchers:
        w.sendall(request(1, "events.subscribe", {"since_seq": 0}))
    stopper.sendall(request(1, "daemon.stop"))
    go_on()
    assert answers(stopper)[0][2] is None
    told = 0
    for w in watchers:
        got = answers(w, 1 << 30)
        seqs = [m[2][0]["seq"] for m in got if m[0] == 2]
        assert seqs == list(range(1, len(seqs) + 1)), "missed or repeated"
        told += len(seqs)
    assert told < 20000, f"{told} events were told before a request was heard"


def drip():
    """Byte by byte, and never whole."""
    s = connect()
    s.sendall(b"\x94\x00\x01\xdb\x00\x00\xff\xff")
    for _ in range(400):
        if select.select([s], [], [], 0.05)[0]:
            break
        s.sendall(b"x")
    else:
        raise AssertionError("half a frame is kept for as long as bytes drip")
    said = answers(s)
    assert said and said[0][2]["message"] == "the rest of the request did not come in time", said
    assert status()["pid"] == PID


def limit(n):
    before = resource.prlimit(PID, resource.RLIMIT_NOFILE)
    resource.prlimit(PID, resource.RLIMIT_NOFILE, (n, before[1]))
    atexit.register(resource.prlimit, PID, resource.RLIMIT_NOFILE, before)
    return before


def no_room():
    """Descriptors run out: who comes is turned away, and who is there is served."""
    inside = known()
    taken = set(map(int, os.listdir(f"/proc/{PID}/fd")))
    before = limit(min(set(range(1000)) - taken) + 5)
    held = []
    turned_away = 0
    for _ in range(60):
        s = connect()
        try:
            s.sendall(request(1, "daemon.status"))
        except BrokenPipeError:
            pass
        got = answers(s)
        turned_away += not got
        held.append(s)
    assert turned_away > 20, turned_away
    status(inside)
    limit(before[0])
    assert status()["pid"] == PID
    print(turned_away)


def no_spare():
    """Not even one descriptor to turn anybody away with: they wait, and nothing turns in vain."""
    inside = known()
    before = limit(3)
    waits = connect()
    waits.sendall(request(1, "daemon.status"))
    for _ in range(20):
        status(inside)
    limit(before[0])
    assert answers(waits)[0][2] is None


def places():
    held = [connect() for _ in range(140)]
    for s in held:
        assert status(s)["pid"] == PID


{f.__name__: f for f in (fair, crowd, term, tell, drip, no_room, no_spare, places)}[TRIAL]()
