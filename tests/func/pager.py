"""A person at a terminal of 24 rows who leaves the pager: runs a command, interrupts it and presses q once the screen is full, and prints
what was shown, then "quit". Exits as the command did."""
import fcntl
import os
import pty
import struct
import sys
import termios

pid, fd = pty.fork()
if pid == 0:
    fcntl.ioctl(0, termios.TIOCSWINSZ, struct.pack("HHHH", 24, 80, 0, 0))
    os.execvp(sys.argv[1], sys.argv[1:])
shown = b""
keys = [b"\x03", b"q"]
while True:
    try:
        some = os.read(fd, 65536)
    except OSError:
        break
    if not some:
        break
    shown += some
    # less stops with a colon on its last line, and again when it was interrupted.
    if keys and shown.removesuffix(b"\x1b[K").endswith(b":"):
        os.write(fd, keys.pop(0))
_, status = os.waitpid(pid, 0)
sys.stdout.write(shown.decode(errors="replace"))
print("" if keys else "quit")
sys.exit(os.waitstatus_to_exitcode(status))
