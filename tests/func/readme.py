"""Runs the sessions of a README as they are printed, one after the other, in the home there is.

    readme.py README [write]

A session is a fenced block "console". A line that begins with "$ " is a command, and goes on behind a backslash; what
follows is what it prints, where the README shows that, and a line "..." stands for any lines. Blanks are alike, so that
lines may break elsewhere, and the home is /home/dana. With "write" the README gets what is printed now: behind a
command without "...".
"""
import os
import re
import subprocess
import sys

# What a person answers to `pdh init`; an empty one is Enter.
ANSWERS = "Dana Reyes\ntx libr\n\naugust\n31 aug 2027\n131.5\n"


def sessions(text):
    """Yields [place of the command, its end, end of what it shows] for each command."""
    for block in re.finditer(r"^```console\n(.*?)^```$", text, re.M | re.S):
        place = block.start(1)
        commands = list(re.finditer(r"^\$ (?:.*\\\n)*.*\n", block.group(1), re.M))
        ends = [c.start() for c in commands[1:]] + [len(block.group(1))]
        for command, end in zip(commands, ends):
            yield place + command.start(), place + command.end(), place + end


def printed(command):
    words = ["sh", "-c", command]
    if command.strip() == "pdh init":
        terminal = os.path.join(os.path.dirname(os.path.abspath(__file__)), "terminal.py")
        words = [sys.executable, terminal, "80", "pdh", "init"]
    done = subprocess.run(words, input=ANSWERS, text=True, capture_output=True, cwd=os.environ["HOME"])
    out = (done.stdout + done.stderr).replace("\r", "").replace(os.environ["HOME"], "/home/dana")
    if done.returncode != 0:
        sys.exit(f"FAIL: {command}: exit status {done.returncode}\n{out}")
    return re.sub(r"<(.*?)>$", r"\1", out, flags=re.M) if words[0] != "sh" else out


def alike(shown, out):
    parts = [" ".join(part.split()) for part in re.split(r"^\.\.\.$", shown, flags=re.M)]
    out = " ".join(out.split())
    if len(parts) == 1:
        return parts[0] == out
    return re.fullmatch(".*".join(re.escape(part) for part in parts), out) is not None


def trim(out):
    return "".join(line.rstrip() + "\n" for line in out.splitlines())


def main(readme, write):
    with open(readme, encoding="utf-8") as file:
        text = file.read()
    new, last, count = "", 0, 0
    for start, begin, end in sessions(text):
        out, shown = printed(text[start + 2:begin]), text[begin:end]
        new += text[last:begin]
        if write and not re.search(r"^\.\.\.$", shown, re.M):
            shown = trim(out)
        elif shown.strip() and not alike(shown, out):
            sys.exit(f"FAIL: {text[start:begin]}prints\n{out}\nand not\n{shown}\nPDH_WRITE_GOLDEN=1 writes it anew")
        new += shown
        last = end
        count += 1
    if count < 20:
        sys.exit(f"FAIL: only {count} commands are in {readme}")
    if write:
        with open(readme, "w", encoding="utf-8") as file:
            file.write(new + text[last:])


main(sys.argv[1], sys.argv[2:] == ["write"])
