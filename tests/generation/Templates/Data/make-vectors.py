"""Makes the vectors beside this file from cases.txt and families/, with Jinja2 as the reference. Needs python3-jinja2 (3.1 or later):
    python3 make-vectors.py
"""
import json
import pathlib

import oracle

here = pathlib.Path(__file__).parent
talk = [{"role": role, "content": content} for role, content in
        [("system", "Be kind."), ("user", " Hi "), ("assistant", "Hello."), ("user", "Bye")]]
conversations = {
    "question": [("user", "How are you?")],
    "told": [("system", "You are brief."), ("user", "How are you?")],
    "turns": [("user", "One"), ("assistant", " Two "), ("user", "Three\nlines\n")],
    "told turns": [("system", " Say \"yes\". "), ("user", "Caf\u00e9 \U0001f642 <b>"), ("assistant", "yes"), ("user", "{{ 7 * 7 }}")],
    "answered": [("user", "One"), ("assistant", "Two")],
    "twice": [("user", "One"), ("user", "Two")],
    "answer first": [("assistant", "Two"), ("user", "One")],
    "late system": [("user", "One"), ("assistant", "Two"), ("system", "Now."), ("user", "Three")],
    "tool": [("user", "One"), ("tool", "{\"t\": 1}")],
    "thought": [("user", "One"), ("assistant", "<think>\nhm\n</think>\n\nTwo"), ("user", "Three")],
    "empty": [],
}


def write(name, rows):
    (here / name).write_text("[\n" + ",\n".join(json.dumps(row) for row in rows) + "\n]\n")


expanded = False
cases = []
for line in (here / "cases.txt").read_text(encoding="utf-8").splitlines():
    if line.startswith("# "):
        expanded = line == "# -- white space"
    elif line:
        template = line.replace("\\n", "\n").replace("\\r", "\r").replace("\\t", "\t") if expanded else line
        cases.append({"template": template, **oracle.render(template, talk)})
write("cases.vectors.json", cases)

rows = []
for file in sorted((here / "families").glob("*.jinja")):
    template = file.read_text(encoding="utf-8")
    for name, turns in conversations.items():
        messages = [{"role": role, "content": content} for role, content in turns]
        rows.append({"family": file.stem, "conversation": name, "messages": messages, **oracle.render(template, messages)})
write("families.vectors.json", rows)
