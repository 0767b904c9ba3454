"""An older daemon: stands before a real one, and knows some parameters not.

older.py SOCKET REAL NAME...: requests with one of the names are refused as daemons refuse what they have not heard of."""
import os
import socket
import sys
import threading

import msgpack

PATH, REAL, *UNKNOWN = sys.argv[1:]


def refuse(number, method, name):
    error = {"code": 2, "message": '%s has no parameter "%s"' % (method, name), "field": name, "hint": ""}
    return msgpack.packb([1, number, error, None])


def serve(client):
    real = socket.socket(socket.AF_UNIX)
    real.connect(REAL)
    answers = msgpack.Unpacker(raw=False)
    unpacker = msgpack.Unpacker(raw=False)
    while data := client.recv(1 << 16):
        unpacker.feed(data)
        for kind, number, method, params in unpacker:
            given = params[0] if params else {}
            unknown = [n for n in UNKNOWN if n in given]
            if unknown:
                client.sendall(refuse(number, method, unknown[0]))
                continue
            real.sendall(msgpack.packb([kind, number, method, params]))
            answered = False
            while not answered:
                answers.feed(real.recv(1 << 16))
                for message in answers:
                    client.sendall(msgpack.packb(message))
                    answered = message[0] == 1
    client.close()


listener = socket.socket(socket.AF_UNIX)
listener.bind(PATH)
listener.listen(8)
print("ready", flush=True)
while True:
    threading.Thread(target=serve, args=(listener.accept()[0],), daemon=True).start()
