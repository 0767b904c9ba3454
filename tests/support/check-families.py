"""Whether the packs of a family speak alike: what one of them knows (a kind, a format or a topic and its other spellings,
a unit, a duty, the gate of approval) its sisters know too, or tests/families.yaml says why not. Packs of one authority are
a family, and those of a profession that the file names."""
import glob
import itertools
import re
import sys

import yaml


def load(path):
    with open(path, encoding="utf-8") as f:
        # PyYAML takes the end of a question in a flow map for a key of YAML 1.1.
        return yaml.load(re.sub(r': ([^"\'{}\[\],\n]*\?)(?=[,}])', r': "\1"', f.read()), Loader=yaml.BaseLoader)


def listed(value):
    return value if isinstance(value, list) else [value] if value else []


def folded(word):
    return re.sub(r"[-_ ]+", "-", word.lower()).strip("-")


def maps(node):
    """Every map in a tree."""
    if isinstance(node, dict):
        yield node
        node = list(node.values())
    for v in node if isinstance(node, list) else []:
        yield from maps(v)


def words_of(pack):
    """What a pack knows: {"topic ethics": the words that may stand for it}."""
    words = {}
    for sort in ("kind", "format", "topic"):
        known = pack.get(sort + "s") or {}
        for word, others in known.items() if isinstance(known, dict) else ((word, "") for word in known):
            words[f"{sort} {folded(word)}"] = {folded(w) for w in [word, *listed(others)]}
    for unit in pack.get("units") or {}:
        words[f"unit {unit}"] = {unit}
    for rule in pack.get("rules") or []:
        if "duty" in rule:
            words[f"duty {rule['duty']}"] = {rule["duty"]}
        if any("approval" in m for m in maps(rule)):
            words["gate approval"] = {"approval"}
    return words


def lacking(one, other):
    """What the other does not know of one's words: a word, or a spelling of a word that both have."""
    known = {}
    for key, words in other.items():
        known.setdefault(key.split(" ", 1)[0], set()).update(words)
    for key, words in one.items():
        sort, word = key.split(" ", 1)
        there = known.get(sort, set())
        if not words & there:
            yield key
        else:
            yield from (f"{sort} {w}" for w in sorted(words - there))


def families_of(packs, professions):
    """{name: packs} of each authority, and of each profession named."""
    found = {}
    for name, pack in packs.items():
        for family in [pack.get("authority"), *(p for p in listed(pack.get("profession")) if p in professions)]:
            found.setdefault(family, []).append(name)
    return {family: sorted(names) for family, names in found.items() if family and len(names) > 1}


packs = {}
for path in sorted(glob.glob("schema/packs/*.yaml")):
    pack = load(path)
    packs[pack["pack"]] = pack
told = load(sys.argv[1] if len(sys.argv) > 1 else "tests/families.yaml")
bad = []
for family, names in sorted(families_of(packs, told["professions"]).items()):
    excused = {}
    for reason in told["alike"].get(family, []):
        if not reason.get("why"):
            bad.append(f"{family}: {reason} has no reason")
        for pack, word in itertools.product(listed(reason["lacks"]), listed(reason["words"])):
            excused[pack, word] = False
    words = {name: words_of(packs[name]) for name in names}
    for one, other in itertools.permutations(names, 2):
        for word in lacking(words[one], words[other]):
            if (other, word) in excused:
                excused[other, word] = True
            else:
                bad.append(f"{family}: {one} knows {word}, {other} does not; teach it, or say why in tests/families.yaml")
    bad += [f"{family}: {pack} does not lack {word}, as tests/families.yaml says" for (pack, word), used in excused.items()
            if not used]
bad += [f"tests/families.yaml: {family} is no family" for family in told["alike"]
        if family not in families_of(packs, told["professions"])]
print("\n".join(bad))
sys.exit(bool(bad))
