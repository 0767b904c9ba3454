#!/bin/sh
# Packs are open data: an ordinary reader of YAML reads them.
. tests/support/func.sh

python3 - <<'PYTHON'
import glob
import sys
import yaml


def same(path, as_typed, as_text):
    """Names, and what a name is cited by, are texts to every reader."""
    if isinstance(as_typed, dict):
        for (key, value), (word, text) in zip(as_typed.items(), as_text.items()):
            if not isinstance(key, str):
                sys.exit(f"{path}: {word}: quote it, a reader of YAML 1.1 takes it for a {type(key).__name__}")
            same(f"{path}: {word}", value, text)
            if word == "cite" and not isinstance(value, (str, list)):
                sys.exit(f"{path}: cite {text}: quote it")
    elif isinstance(as_typed, list):
        for value, text in zip(as_typed, as_text):
            same(path, value, text)


packs = sorted(glob.glob("schema/packs/*.yaml"))
for pack in packs:
    with open(pack, encoding="utf-8") as f:
        text = f.read()
    try:
        typed = yaml.safe_load(text)
    except (yaml.YAMLError, ValueError) as e:
        sys.exit(f"{pack}: {e}")
    same(pack, typed, yaml.load(text, yaml.BaseLoader))
print("ok every pack is read alike")
PYTHON
