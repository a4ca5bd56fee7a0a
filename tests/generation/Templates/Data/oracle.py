"""Renders chat templates as Hugging Face's tokenizers do: Jinja2 in an immutable sandbox, with their settings, globals and filters."""
import datetime
import json

import jinja2
import jinja2.ext
import jinja2.nodes
import jinja2.sandbox


class Generation(jinja2.ext.Extension):
    tags = {"generation"}

    def parse(self, parser):
        line = next(parser.stream).lineno
        body = parser.parse_statements(["name:endgeneration"], drop_needle=True)
        return jinja2.nodes.CallBlock(self.call_method("_written"), [], [], body).set_lineno(line)

    def _written(self, caller):
        return caller()


def tojson(x, ensure_ascii=False, indent=None, separators=None, sort_keys=False):
    return json.dumps(x, ensure_ascii=ensure_ascii, indent=indent, separators=separators, sort_keys=sort_keys)


class Refusal(Exception):
    """What a template says of a conversation that it refuses."""


def raise_exception(message):
    raise Refusal(message)


environment = jinja2.sandbox.ImmutableSandboxedEnvironment(
    trim_blocks=True, lstrip_blocks=True, extensions=[Generation, jinja2.ext.loopcontrols])
environment.filters["tojson"] = tojson
environment.globals["raise_exception"] = raise_exception
environment.globals["strftime_now"] = lambda format: datetime.datetime(2024, 7, 26).strftime(format)


def render(template, messages, bos="<s>", eos="</s>"):
    """What comes out, as {"text": ...}, {"refusal": ...} or {"error": ...}."""
    tokens = {name: value for name, value in (("bos_token", bos), ("eos_token", eos)) if value is not None}
    try:
        text = environment.from_string(template).render(
            messages=messages, tools=None, documents=None, add_generation_prompt=True, **tokens)
        return {"text": text}
    except Refusal as refusal:
        return {"refusal": str(refusal)}
    except Exception as error:  # Whatever a template does wrong.
        return {"error": f"{type(error).__name__}: {error}"}
