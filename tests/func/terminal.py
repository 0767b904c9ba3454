"""A person at a terminal: runs a command at a pty of so many columns, types an answer at each question, and prints what
was shown. Answers are the lines of standard input; where they end, Enter alone is typed if there is a second word
"enter", else the end of the input.

    terminal.py COLUMNS [enter=N] COMMAND...

Exits as the command did; 99 where more than N times Enter was wanted.
"""
import fcntl
import os
import pty
import select
import struct
import sys
import termios


def run(columns, enters, command, answers):
    pid, fd = pty.fork()
    if pid == 0:
        attributes = termios.tcgetattr(0)
        attributes[3] &= ~termios.ECHO
        termios.tcsetattr(0, termios.TCSANOW, attributes)
        fcntl.ioctl(0, termios.TIOCSWINSZ, struct.pack("HHHH", 24, columns, 0, 0))
        os.execvp(command[0], command)
    shown = b""
    answers = list(answers)
    while True:
        # A prompt ends its line with nothing but a space: the person answers what was asked, and never too early.
        waits = shown.endswith((b": ", b"] "))
        ready, _, _ = select.select([fd], [], [], 0.01 if waits else None)
        if ready:
            try:
                some = os.read(fd, 65536)
            except OSError:
                break
            if not some:
                break
            shown += some
        elif waits:
            if answers:
                text = answers.pop(0) + "\n"
            elif enters > 0:
                enters -= 1
                text = "\n"
            else:
                text = "\x04"
            shown += ("<" + text.strip("\n\x04") + ">\n").encode()
            os.write(fd, text.encode())
    _, status = os.waitpid(pid, 0)
    return shown.decode().replace("\r\n", "\n"), os.waitstatus_to_exitcode(status)


def main():
    words = sys.argv[1:]
    columns = int(words.pop(0))
    enters = int(words.pop(0)[6:]) if words[0].startswith("enter=") else 0
    shown, status = run(columns, enters, words, sys.stdin.read().splitlines())
    sys.stdout.write(shown)
    sys.exit(status)


main()
