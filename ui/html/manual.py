"""The JSON interface as a page to read, made of its OpenAPI description: what each path takes, and a command to copy."""

import json
import shlex
from collections.abc import Iterable
from pathlib import Path
from typing import Any
from urllib.parse import quote, urlencode

from ui.html.element import Html, element, joined

Schema = dict[str, Any]

STYLE = Path(__file__).with_name("static") / "manual.css"


def as_page(described: Schema, server: str) -> str:
    """The page.

    Args:
        described: in OpenAPI 3.1, see `ui.server.openapi`.
        server: its address, for the commands.
    """
    paths = described["paths"].items()
    operations = [
        _operation(method.upper(), path, operation, server)
        for path, methods in paths
        for method, operation in methods.items()
    ]
    refusals = described["components"]["responses"].items()
    return (
        '<!doctype html><html lang="en"><head><meta charset="utf-8">'
        '<meta name="viewport" content="width=device-width, initial-scale=1">'
        f"{element('title', 'Kenes for programs')}<style>{STYLE.read_text('utf-8')}</style></head><body>"
        + element(
            "main",
            element("h1", "Kenes for programs"),
            element("p", described["info"]["description"]),
            element("p", element("a", "openapi.json", href="/api/openapi.json"), " describes all of it to programs."),
            *operations,
            element("h2", "Errors"),
            _rows((status, response["description"]) for status, response in refusals),
        )
        + "</body></html>\n"
    )


def _operation(method: str, path: str, operation: Schema, server: str) -> Html:
    told = [(each["name"], _about(each["schema"], required=each["required"])) for each in operation["parameters"]]
    address, body = server + path.replace("{id}", "ID"), ""
    if method == "POST":
        content = operation["requestBody"]["content"]["application/json"]
        schema = content["schema"]
        told = [
            (name, _about(each, required=name in schema["required"])) for name, each in schema["properties"].items()
        ]
        body = f" -d {shlex.quote(json.dumps(content['examples']['usual']['value'], ensure_ascii=False))}"
    address += _query(operation["parameters"])
    return element(
        "section",
        element("h2", f"{method} {path}"),
        element("p", operation["summary"], "."),
        element("pre", element("code", f"curl {shlex.quote(address)}{body}")),
        _rows(told) if told else None,
    )


def _query(parameters: Iterable[Schema]) -> str:
    given = {each["name"]: each["example"] for each in parameters if "example" in each}
    return f"?{urlencode(given, doseq=True, quote_via=quote)}" if given else ""


def _rows(rows: Iterable[tuple[str, str]]) -> Html:
    return element("dl", *(joined(element("dt", name), element("dd", told)) for name, told in rows))


def _about(schema: Schema, *, required: bool) -> str:
    """What a value means and what it may be, in words."""
    allowed = ", ".join(schema.get("enum", ()))
    told = [schema.get("description", ""), f"One of {allowed}." if allowed else ""]
    if "maximum" in schema and "default" in schema:
        told.append(f"From {schema['minimum']} to {schema['maximum']}.")
    if "default" in schema:
        told.append(f"If not given: {json.dumps(schema['default'])}.")
    if required:
        told.append("Needed.")
    return " ".join(filter(None, told))
