"""Opens pages in headless Chromium, without anything between: page.py FILE...

Prints what is wrong with each: where the page asks for anything, where the console says anything, and where landmarks, headings, tables, pictures
or contrast are not as they have to be."""

import json
import os
import subprocess
import sys
import tempfile

# What is looked at in the page; each sentence is a fault.
LOOK = r"""
(() => {
  const faults = [], all = q => [...document.querySelectorAll(q)];
  const want = (ok, text) => { if (!ok) faults.push(text); };
  want(document.title.trim(), "no title");
  want(document.documentElement.lang === "en", "no language");
  for (const name of ["header", "main", "nav", "h1"])
    want(all(name).length === 1, `${all(name).length} times ${name}`);
  want(all("script, iframe, object, embed, link, img").length === 0, "something that is fetched or run");
  for (const s of all("section")) {
    const head = document.getElementById(s.getAttribute("aria-labelledby"));
    want(head && head.parentNode === s && head.textContent.trim(), "a section without a heading");
  }
  let level = 0;
  for (const h of all("h1, h2, h3, h4")) {
    const now = Number(h.tagName[1]);
    want(now <= level + 1, `${h.tagName} after h${level}: ${h.textContent}`);
    level = now;
  }
  for (const a of all("nav a"))
    want(document.getElementById(a.getAttribute("href").slice(1)), `nowhere: ${a.href}`);
  for (const t of all("table")) {
    want(t.caption && t.caption.textContent.trim(), "a table without a caption");
    want([...t.querySelectorAll("thead th")].every(h => h.scope === "col"), "a head without a scope");
  }
  for (const v of all("svg")) {
    const title = document.getElementById(v.getAttribute("aria-labelledby"));
    want(v.getAttribute("role") === "img" && title && title.textContent.trim(), "a picture without a title");
  }
  const ids = all("[id]").map(e => e.id);
  want(new Set(ids).size === ids.length, "an id twice");
  const parse = c => (c.match(/[\d.]+/g) || []).map(Number);
  const light = ([r, g, b]) => {
    const f = v => (v /= 255) <= 0.04045 ? v / 12.92 : ((v + 0.055) / 1.055) ** 2.4;
    return 0.2126 * f(r) + 0.7152 * f(g) + 0.0722 * f(b);
  };
  const ground = e => {
    for (; e; e = e.parentElement) {
      const c = parse(getComputedStyle(e).backgroundColor);
      if (c.length === 3 || c[3] === 1) return c;
    }
    return [255, 255, 255];
  };
  let texts = 0;
  for (const e of all("body *")) {
    if (![...e.childNodes].some(n => n.nodeType === 3 && n.nodeValue.trim()) || e.tagName === "title") continue;
    const style = getComputedStyle(e), inside = e.closest("svg");
    const a = light(parse(inside ? style.fill : style.color)), b = light(ground(e));
    const ratio = (Math.max(a, b) + 0.05) / (Math.min(a, b) + 0.05);
    texts++;
    want(ratio >= 4.5, `contrast ${ratio.toFixed(2)}: ${e.textContent.trim().slice(0, 40)}`);
  }
  want(texts > 20, `only ${texts} texts`);
  return faults;
})()
"""
NARROW = """document.documentElement.scrollWidth > innerWidth ? ["wider than a telephone: " +
  document.documentElement.scrollWidth] : []"""
PRINT = """getComputedStyle(document.querySelector("nav")).display === "none" ? [] : ["nav on paper"]"""


class Browser:
    """Chromium, spoken to in its own protocol over two pipes: no port, no driver."""

    def __init__(self, folder):
        self.to, self.of = None, None
        theirs_in, self.to = os.pipe()
        self.of, theirs_out = os.pipe()

        def place():
            os.dup2(theirs_in, 3)
            os.dup2(theirs_out, 4)

        self.child = subprocess.Popen(
            ["chromium", "--headless=new", "--no-sandbox", "--disable-gpu", "--disable-dev-shm-usage",
             "--no-first-run", "--remote-debugging-pipe", "--user-data-dir=" + folder, "about:blank"],
            preexec_fn=place, pass_fds=(3, 4), close_fds=True,
            stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        os.close(theirs_in)
        os.close(theirs_out)
        self.number, self.rest, self.events, self.session = 0, b"", [], None

    def receive(self):
        while b"\0" not in self.rest:
            piece = os.read(self.of, 1 << 16)
            if not piece:
                raise SystemExit("chromium went away")
            self.rest += piece
        one, self.rest = self.rest.split(b"\0", 1)
        return json.loads(one)

    def call(self, method, **params):
        self.number += 1
        request = {"id": self.number, "method": method, "params": params}
        if self.session:
            request["sessionId"] = self.session
        os.write(self.to, json.dumps(request).encode() + b"\0")
        while True:
            answer = self.receive()
            if answer.get("id") == self.number:
                if "error" in answer:
                    raise SystemExit(f"{method}: {answer['error']}")
                return answer["result"]
            self.events.append(answer)

    def wait_for(self, method):
        while not any(e.get("method") == method for e in self.events):
            self.events.append(self.receive())

    def value(self, expression):
        result = self.call("Runtime.evaluate", expression=expression, returnByValue=True)
        if "exceptionDetails" in result:
            raise SystemExit(str(result["exceptionDetails"]))
        return result["result"]["value"]

    def end(self):
        self.session = None
        self.call("Browser.close")
        self.child.wait()


def look(browser, url):
    browser.session, browser.events = None, []
    target = browser.call("Target.createTarget", url="about:blank")["targetId"]
    browser.session = browser.call("Target.attachToTarget", targetId=target, flatten=True)["sessionId"]
    for domain in ("Page", "Network", "Log", "Runtime"):
        browser.call(domain + ".enable")
    browser.call("Page.navigate", url=url)
    browser.wait_for("Page.loadEventFired")
    faults = browser.value(LOOK)
    browser.call("Emulation.setDeviceMetricsOverride", width=360, height=800, deviceScaleFactor=1, mobile=True)
    faults += browser.value(NARROW)
    browser.call("Emulation.setEmulatedMedia", media="print")
    faults += browser.value(PRINT)
    for event in browser.events:
        params = event.get("params", {})
        if event["method"] == "Network.requestWillBeSent" and params["request"]["url"] != url:
            faults.append("asks for " + params["request"]["url"])
        if event["method"] in ("Log.entryAdded", "Runtime.consoleAPICalled", "Runtime.exceptionThrown"):
            faults.append("the console: " + json.dumps(params)[:200])
    return faults


def main():
    with tempfile.TemporaryDirectory() as folder:
        browser = Browser(folder)
        for file in sys.argv[1:]:
            for fault in look(browser, "file://" + os.path.abspath(file)):
                print(f"{os.path.basename(file)}: {fault}")
        browser.end()


main()
