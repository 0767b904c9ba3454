"""Whether the packs say no more than what was read: tests/facts.txt has the figures that stood in the sources of each place,
and how sure they are. Refused are

- a rule or step that cites no source, and is not unsure with a reason;
- a source whose mark is surer than what was read at its address;
- a figure that stands nowhere in what was read of its place, or only where it is less sure than the source that is cited.

Differences that a person has looked at stand in tests/facts-accepted.txt, each with why; one that is no difference any more is
refused, too. The figures 0 and 1 are not looked at."""
import glob
import re
import sys

import yaml

RANK = {"confirmed": 0, "second-hand": 1, "from memory": 2}
NOWHERE = 3
# What a rule, a unit, a calendar or a step counts. Words such as titles have figures too, which are read by people.
RULE_KEYS = ("need", "limit", "credit", "carry", "adjust", "window", "due", "open", "late", "by day", "every", "lasts")
STEP_KEYS = ("years", "months", "credits", "areas", "exam", "fee", "within", "lasts")
# The same, as it is told elsewhere: months as years, days as months or weeks, parts as shares.
SAME = {"12": "1", "24": "2", "36": "3", "48": "4", "60": "5", "84": "7", "180": "6", "42": "6", "0.5": "50%", "0.25": "25%"}


def rows(path):
    with open(path, encoding="utf-8") as f:
        return [line.rstrip("\n").split("\t") for line in f if line.strip() and not line.startswith("#")]


def address(url):
    """What tells two addresses apart: not the protocol, www. or a slash at the end."""
    return re.sub(r"^https?://(www\.)?|[/.]+$", "", url.replace("%24", "$")).lower().replace("./", "/")


class Facts:
    """The best mark of each figure of a place, and of each address."""

    def __init__(self, path):
        self.figures, self.addresses = {}, {}
        for place, mark, url, figures in (r + [""] * (4 - len(r)) for r in rows(path)):
            rank = RANK[mark.replace("-", " ") if mark == "from-memory" else mark]
            for figure in figures.split():
                self._best(self.figures, (place, figure), rank)
            if url != "-":
                self._best(self.addresses, (place, address(url)), rank)

    @staticmethod
    def _best(table, key, rank):
        table[key] = min(rank, table.get(key, NOWHERE))

    def figure(self, places, figure):
        forms = {figure, SAME.get(figure, figure)}
        if "/" in figure:
            part, whole = figure.split("/")
            forms |= {whole, f"{100 * int(part) / int(whole):g}%"}
        return min(self.figures.get((p, f), NOWHERE) for p in places for f in forms)

    def address(self, places, url):
        return min(self.addresses.get((p, address(url)), NOWHERE) for p in places)


def figures(value):
    """The figures of a value in the language of packs, dates left out."""
    if isinstance(value, dict):
        for key, v in value.items():
            if key not in ("where", "only if", "unless", "title", "by", "active"):
                yield from figures(v)
    elif isinstance(value, list):
        for v in value:
            yield from figures(v)
    else:
        text = re.sub(r"\b\d{4}-\d{2}(-\d{2})?\b|\b\d\d-\d\d\b", " ", str(value))
        # An hour that is worth something else: 900 min is 15 hours.
        text = re.sub(r"\b(\d+) min\b", lambda m: m[1] if int(m[1]) % 60 else str(int(m[1]) // 60), text)
        for number, percent in re.findall(r"(?<![\w./])(\d+(?:\.\d+|/\d+)?)\s*(%)?", text):
            if number not in ("0", "1"):
                yield number + percent


def load(path):
    with open(path, encoding="utf-8") as f:
        # PyYAML takes the end of a question in a flow map for a key of YAML 1.1.
        text = re.sub(r': ([^"\'{}\[\],\n]*\?)(?=[,}])', r': "\1"', f.read())
    # As for the loader every value is text.
    return yaml.load(text, Loader=yaml.BaseLoader)


def steps_of(steps):
    for step in steps:
        group = next((k for k in ("all of", "one of", "n of") if k in step), None)
        if group:
            yield from steps_of(step[group])
        else:
            yield step


class Pack:
    def __init__(self, path, facts):
        self.pack, self.facts, self.found = load(path), facts, []
        self.id = self.pack["pack"]
        self.places = [p for p in (self.id, self.pack.get("jurisdiction")) if p]
        self.sources = self.pack.get("sources") or {}

    def differs(self, where, what, why):
        self.found.append((self.id, where, what, why))

    def cited(self, where, part):
        """The mark that a rule or a step relies on; NOWHERE where it says itself that it is not sure."""
        cite, unsure = part.get("cite"), part.get("level") in ("unsure", "should")
        if cite is not None and cite not in self.sources:
            self.differs(where, "cite", f"{cite} is none of the pack's sources")
        elif cite is None and not (part.get("level") == "unsure" and part.get("why")):
            self.differs(where, "cite", "it cites no source, and does not say that it is unsure and why")
        elif cite is not None and not unsure:
            return RANK[self.sources[cite]["mark"]]
        return NOWHERE

    def counted(self, where, value, mark):
        for figure in dict.fromkeys(figures(value)):
            known = self.facts.figure(self.places, figure)
            if known == NOWHERE:
                self.differs(where, figure, "was read nowhere")
            elif mark < known:
                self.differs(where, figure, f"is {words[known]} and cited as {words[mark]}")

    def look(self):
        for name, source in self.sources.items():
            known = self.facts.address(self.places, source["url"]) if "url" in source else NOWHERE
            if RANK[source["mark"]] < known < NOWHERE:
                self.differs("sources", name, f"was read as {words[known]}, and is {source['mark']} here")
        for rule in self.pack.get("rules", []):
            mark = self.cited(rule["id"], rule)
            for key in RULE_KEYS:
                if key in rule:
                    self.counted(rule["id"], rule[key], mark)
        self.counted("units", {k: v for k, v in (self.pack.get("units") or {}).items() if v != "60 min"}, NOWHERE)
        self.counted("calendar", (self.pack.get("calendar") or {}).get("length", ""), NOWHERE)
        for name, path in (self.pack.get("paths") or {}).items():
            for step in steps_of(path["steps"]):
                where = f"{name}.{step['id']}"
                mark = self.cited(where, step)
                for key in STEP_KEYS:
                    if key in step:
                        self.counted(where, step[key], mark)
            self.counted(name + ".gives", (path.get("gives") or {}).get("term", ""), NOWHERE)
        return self.found


words = {rank: word for word, rank in RANK.items()}


def main(facts_file, accepted_file, packs):
    facts, found = Facts(facts_file), []
    for path in packs:
        found += Pack(path, facts).look()
    accepted = {tuple(r[:3]) for r in rows(accepted_file)}
    unreasoned = [r for r in rows(accepted_file) if len(r) < 4 or not r[3].strip()]
    new = [d for d in found if d[:3] not in accepted]
    stale = accepted - {d[:3] for d in found}
    for pack, where, what, why in new:
        print(f"{pack}\t{where}\t{what}\t{why}")
    for r in sorted(stale):
        print("\t".join(r) + "\tstands in the list of accepted differences, and is none")
    for r in unreasoned:
        print("\t".join(r) + "\tis accepted, and nobody says why")
    return 1 if new or stale or unreasoned else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1], sys.argv[2], sys.argv[3:] or sorted(glob.glob("schema/packs/*.yaml"))))
