"""Whether schema/pack.schema.json and pdh-rules(5) say what the loader does: the schema takes every pack and refuses
mistakes, and both know each word of the loader's tables and no other."""
import glob
import json
import re
import sys

import jsonschema
import yaml

with open("schema/pack.schema.json", encoding="utf-8") as f:
    schema = json.load(f)
jsonschema.Draft202012Validator.check_schema(schema)
validator = jsonschema.Draft202012Validator(schema)
bad = []


def valid(text):
    # PyYAML takes the end of a question in a flow map for a key of YAML 1.1.
    text = re.sub(r': ([^"\'{}\[\],\n]*\?[^"\'{}\[\],\n]*)(?=[,}])', r': "\1"', text)
    # As for the loader every value is text.
    return [e.message for e in validator.iter_errors(yaml.load(text, Loader=yaml.BaseLoader))]


for path in glob.glob("schema/packs/*.yaml") + glob.glob("tests/rules/*.yaml"):
    with open(path, encoding="utf-8") as f:
        bad += [f"{path}: {message}" for message in valid(f.read())]
head = "pack: x\nversion: 1\n"
if valid(head + "extends: y\ndrop: [a]\nrules: [{id: a, need: {activities: 2}}]\n"):
    bad.append("an overlay is refused")
for mistake in ("", "titel: X\n", "title: X\nrules: [{id: a, nead: 1}]\n", "title: X\nread: soon\n", "title: X\ndrop: [a]\n",
                "title: X\nrules: [{id: a, need: {activties: 2}}]\n"):
    if not valid(head + mistake):
        bad.append(f"it takes {mistake!r}")

# A row of a table: {"word", whether it is needed, what reads it, ...}; of what is expected: {"word", EXPECT_..., ...}.
row = re.compile(r'\{"([A-Za-z_ ]+)",\s*(?:true|false|EXPECT_)')
sources = ""
for path in (*glob.glob("daemon/pack/**/*.c", recursive=True), *glob.glob("daemon/path/*.c")):
    with open(path, encoding="utf-8") as f:
        sources += f.read()


def properties(node):
    if isinstance(node, dict):
        yield from node.get("properties", {})
        for v in node.values():
            yield from properties(v)
    elif isinstance(node, list):
        for v in node:
            yield from properties(v)


def enums(node):
    if isinstance(node, dict):
        yield from (v for v in node.get("enum", []) if isinstance(v, str))
        for v in node.values():
            yield from enums(v)
    elif isinstance(node, list):
        for v in node:
            yield from enums(v)


# Words that selectors, units and facts take come from lists of their own.
lists = ""
for path in (*glob.glob("daemon/rules/*.h"), "common/credit.h", "common/fact.h", "common/choices.def"):
    with open(path, encoding="utf-8") as f:
        lists += f.read()
known, loader, words = set(properties(schema)), set(row.findall(sources)), set(enums(schema))
bad += [f"the loader has a key the schema lacks: {word}" for word in sorted(loader - known)]
bad += [f"the schema has a word the loader lacks: {word}" for word in sorted((known - loader) | words)
        if f'"{word}"' not in sources + lists]
types = re.search(r"define FACT_TYPE_MAP.*?\n\n", lists, re.S).group()
chosen = set(re.findall(r'[({]"?(?:[A-Z_]+, )?"?([a-z][a-z -]*)"', types))
chosen |= set(re.findall(r'VALUE\(ACT, \w+,\s*"([a-z -]+)"\)', lists))
bad += [f"the loader has a word the schema lacks: {word}" for word in sorted(chosen - words)]
if len(loader) < 60 or len(chosen) < 12:
    bad.append("the tables of the loader were not found")

# In the manual a key or a word is what stands behind Cm, up to the next macro: .It Cm by : Cm issue | now
with open("docs/pdh-rules.5", encoding="utf-8") as f:
    scopes = re.findall(r"\bCm ((?:(?!\b[A-Z][a-z]\b).)*)", f.read())
taught = {word.strip(" .:;|{}") for scope in scopes for word in re.split(r" [,:|;.] ?", scope + " ")}
arrays = re.findall(r"static const char \*const (?:kinds|formats|roles|approvals|vocabulary|words|anchors)\[[^]]*\] = {(.*?)};",
                    sources, re.S)
listed = set(re.findall(r'"([a-z][a-z -]*[a-z])"', "".join(arrays)))
listed |= set(re.findall(r'{"([a-z ]+)", WINDOW_', sources)) | set(re.findall(r'X\([A-Z_]+, "([^"]+)"', lists))
bad += [f"the manual lacks {word}" for word in sorted((loader | chosen | listed) - taught)]
bad += [f"the manual has a word the loader lacks: {word}" for word in sorted(taught)
        if re.match("[a-z]", word) and f'"{word.removeprefix("distinct ")}"' not in sources + lists]
if len(listed) < 120 or len(taught) < 240:
    bad.append("the words of the loader or of the manual were not found")
print("\n".join(bad))
sys.exit(bool(bad))
