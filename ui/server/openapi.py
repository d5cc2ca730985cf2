"""The OpenAPI 3.1 description of the JSON interface, made of the answer's schema, the filters and the fields of what is told."""

import json
from dataclasses import fields
from functools import cache
from importlib.metadata import version
from pathlib import Path
from typing import Any, get_args, get_type_hints

import rag
from index import Document
from index.analysis.languages import LANGUAGES
from index.store.types import ListedDocument, Source
from rag.timeline.types import Change
from rag.understanding.question import QUESTION_LIMIT
from rag.verdict.values import Kind
from ui.requests import CAUTIONS, DATES, FILTERS, MOST, MOST_SHOWN, SHOWN, known_keys

Schema = dict[str, Any]

ANSWER = Path(rag.__file__).with_name("answer.schema.json")

TEXT: Schema = {"type": "string"}
TEXT_OR_NONE: Schema = {"type": ["string", "null"]}
COUNT: Schema = {"type": "integer", "minimum": 0}
NUMBER: Schema = {"type": "number"}
COUNTS: Schema = {"type": "object", "additionalProperties": COUNT}
QUESTION: Schema = {"type": "string", "minLength": 1, "maxLength": QUESTION_LIMIT}
TYPES: dict[Any, Schema] = {
    str: TEXT,
    int: COUNT,
    str | None: TEXT_OR_NONE,
    int | None: {"type": ["integer", "null"], "minimum": 0},
    tuple[int, ...]: {"type": "array", "items": COUNT},
}
EARLIER: Schema = {
    "type": ["object", "null"],
    "description": "What was asked and answered before, for a question that leans on it (“and when?”).",
    "properties": {
        "question": {"description": "`understood` of that answer.", "type": "string", "maxLength": QUESTION_LIMIT},
        "answer": {"description": "Its `answer`.", "type": ["string", "null"], "maxLength": QUESTION_LIMIT},
        "document": {"description": "`document_id` of its first citation.", **TEXT_OR_NONE},
        "end": {"description": "`end` of its first citation.", **TYPES[int | None]},
        "topic": {"description": "`understood` of the last question before it that named something.", **TEXT_OR_NONE},
    },
    "required": ["question"],
    "additionalProperties": False,
}
FROM: Schema = {"type": "integer", "minimum": 0, "maximum": MOST}
KEYS: dict[str, Schema] = {
    "question": {"description": "In English, Russian or Kazakh.", **QUESTION},
    "query": {"description": "A question or key words.", **QUESTION},
    "top": {
        "description": "How many to show.",
        "type": "integer",
        "minimum": 1,
        "maximum": MOST_SHOWN,
        "default": SHOWN,
    },
    "caution": {"description": "How sure to be before answering.", "enum": list(CAUTIONS), "default": "normal"},
    "verbatim": {"description": "Ask exactly what is written.", "type": "boolean", "default": False},
    "earlier": EARLIER,
    "spoken": {
        "description": "The language of who asks, for words that several languages have.",
        "enum": list(LANGUAGES),
    },
    "search": {"description": "Words of the title or source.", "type": "string"},
    "first": {"description": "How many to pass over.", "default": 0, **FROM},
    "start": {"description": "The first character, counted from 0.", **FROM},
    "end": {"description": "The character after the last.", **FROM},
    "language": {"description": "To name themes in; by default that of most articles.", "enum": list(LANGUAGES)},
    "documents": {"description": "Look only in the documents of these ids."},
    "sources": {"description": "Look only in articles from these sources; /api/sources lists them."},
    "languages": {"description": "Look only in articles in these languages: en, ru, kk."},
    "after": {"description": "Look only in articles of this year, month or day, or later."},
    "before": {"description": "Look only in articles of this year, month or day, or earlier."},
}
TEXTS: Schema = {"items": TEXT}  # an array
DATE: Schema = {"pattern": "^(?!0000)[0-9]{4}(-(0[1-9]|1[0-2])(-(0[1-9]|[12][0-9]|3[01]))?)?$"}  # a text

EXAMPLES: dict[str, Schema] = {
    "question": {"question": "How many laws must change?", "languages": ["en"], "top": 3},
    "query": {"query": "single-chamber parliament"},
}
REFUSALS = {
    "400": "the request cannot be used",
    "401": "a name and a password are needed",
    "403": "pages of another site may not ask",
    "404": "there is nothing here",
    "405": "the path is not answered so; the header `allow` says how",
    "413": "the request is larger than 64 KB",
    "421": "the server does not go by that name",
    "500": "a fault of the index or the installation",
    "503": "too many questions are waiting; ask again in a few seconds",
}


@cache
def description() -> Schema:
    """The description, with the answer's own schema."""
    answer = json.loads(ANSWER.read_text("utf-8").replace("#/$defs/", "#/components/schemas/"))
    parts = answer.pop("$defs")
    answer.pop("$schema")
    error = object_of({"error": TEXT, "fix": TEXT_OR_NONE})
    return {
        "openapi": "3.1.0",
        "info": {
            "title": "Kenes",
            "version": version("kenes"),
            "description": "Ask a folder of articles: the exact words that answer, with citations that can be proved. "
            "Every error is {error, fix}: what is wrong, and what mends it. Offsets count characters from 0.",
        },
        "servers": [{"url": "/", "description": "this server"}],
        "security": [{}, {"password": []}],
        "paths": _paths(),
        "components": {
            "securitySchemes": {
                "password": {"type": "http", "scheme": "basic", "description": "With kenes chat --auth alone."}
            },
            "schemas": {**parts, "answer": answer, **_results(), "error": error},
            "responses": {status: _json(what, "error") for status, what in REFUSALS.items()},
        },
    }


def _paths() -> Schema:
    window = (
        {**KEYS["start"], "default": 0},
        {**KEYS["end"], "description": "The character after the last, or the end."},
    )
    id = {"name": "id", "in": "path", "required": True, "schema": {**TEXT, "minLength": 1, "maxLength": 500}}
    part = [id, *map(_parameter, ("start", "end"), window)]
    listing = [_parameter(name, _key(name)) for name in ("search", "first", "top", *FILTERS)]
    themes = [_parameter(name, _key(name)) for name in ("language", *FILTERS)]
    example = EXAMPLES["question"]["question"]
    over_time = [_parameter("question", KEYS["question"], required=True, example=example)]
    over_time += [_parameter(name, _key(name)) for name in FILTERS]
    return {
        "/api/ask": _asking("ask", "Answer a question", "question", "answer"),
        "/api/search": _asking("search", "Find passages", "query", "found"),
        "/api/documents": {"get": _operation("documents", "List the articles, newest first", "listing", listing)},
        "/api/documents/{id}": {"get": _operation("document", "Read an article, or a part of it", "document", part)},
        "/api/sources": {"get": _operation("sources", "List the sources, the largest first", "sources")},
        "/api/themes": {"get": _operation("themes", "What the articles are about", "themes", themes)},
        "/api/timeline": {"get": _operation("timeline", "What the articles said over time", "timeline", over_time)},
        "/api/status": {"get": _operation("status", "What is indexed, and with what", "status")},
    }


def _asking(id: str, summary: str, key: str, result: str) -> Schema:
    """A path that takes a JSON object, or all but `earlier` in its address."""
    names = known_keys(key)
    body = object_of({name: in_body(name) for name in names}, required=[key])
    content = {"application/json": {"schema": body, "examples": {"usual": {"value": EXAMPLES[key]}}}}
    in_address = [
        _parameter(name, _key(name), required=name == key, example=EXAMPLES[key].get(name))
        for name in names
        if name != "earlier"
    ]
    return {
        "get": _operation(f"{id}_by_address", f"{summary}, asked in the address", result, in_address),
        "post": {
            **_operation(id, summary, result),
            "requestBody": {"required": True, "content": content},
        },
    }


def _operation(id: str, summary: str, result: str, parameters: list[Schema] | None = None) -> Schema:
    refusals = {status: {"$ref": f"#/components/responses/{status}"} for status in REFUSALS}
    return {
        "operationId": id,
        "summary": summary,
        "parameters": parameters or [],
        "responses": {"200": _json("done; finding nothing is a result, too", result), **refusals},
    }


def _parameter(name: str, schema: Schema, *, required: bool = False, example: Any = None) -> Schema:
    parameter = {"name": name, "in": "query", "required": required, "schema": schema}
    return {**parameter, "example": example} if example is not None else parameter


def _key(name: str) -> Schema:
    if name not in FILTERS:
        return KEYS[name]
    return {**KEYS[name], "type": "string", **DATE} if name in DATES else {**KEYS[name], "type": "array", **TEXTS}


def in_body(name: str) -> Schema:
    """The schema of a key in a body, where a filter may be null."""
    schema = _key(name)
    return {**schema, "type": [schema["type"], "null"]} if name in FILTERS else schema


def _results() -> dict[str, Schema]:
    """What is told besides answers and errors."""
    theme = {
        "name": TEXT,
        "language": TEXT,
        "articles": COUNT,
        "copies": COUNT,
        "documents": _list(TEXT),
        **dict.fromkeys(("languages", "months", "places", "sources"), COUNTS),
        "quotes": _list(_reference("citation")),
    }
    themes = {
        "version": {"const": 1},
        "language": TEXT,
        "articles": COUNT,
        "copies": COUNT,
        "themes": _list(object_of(theme)),
        "other": _list(TEXT),
    }
    telling = {"words": TEXT, "start": COUNT, "end": COUNT, "confidence": NUMBER, "citation": _reference("citation")}
    value = {
        "words": TEXT,
        "number": {"type": ["number", "null"]},
        "first": TEXT_OR_NONE,
        "last": TEXT_OR_NONE,
        "change": {"enum": list(get_args(Change))},
        "sources": COUNT,
        "tellings": _list(object_of(telling)),
    }
    gap = {"after": TEXT, "before": TEXT, "days": COUNT, "silent": COUNT}
    timeline = {
        "version": {"const": 1},
        **dict.fromkeys(("question", "understood", "language"), TEXT),
        "kind": {"enum": list(Kind)},
        "unit": TEXT,
        "values": _list(object_of(value)),
        "gaps": _list(object_of(gap)),
        "read": COUNT,
    }
    status = {
        "version": TEXT,
        "model": TEXT,
        "generation": COUNT,
        "documents": COUNT,
        "chunks": COUNT,
        "languages": COUNTS,
        "first": TEXT_OR_NONE,
        "last": TEXT_OR_NONE,
        "unfinished": {"type": "boolean"},
    }
    listed = {name: TYPES[type] for name, type in get_type_hints(ListedDocument).items()}
    return {
        "found": object_of({"query": TEXT, "passages": _list(_reference("passage"))}),
        "document": object_of({**_fields(Document), "start": COUNT, "end": COUNT}),
        "listing": object_of({"total": COUNT, "first": COUNT, "documents": _list(object_of(listed))}),
        "sources": object_of({"sources": _list(object_of(_fields(Source)))}),
        "themes": object_of(themes),
        "timeline": object_of(timeline),
        "status": object_of(status),
    }


def _fields(kind: Any) -> dict[str, Schema]:
    """A dataclass' fields, those that may be None nullable."""
    return {each.name: TYPES[each.type] for each in fields(kind)}


def _list(items: Schema) -> Schema:
    return {"type": "array", "items": items}


def object_of(properties: Schema, required: list[str] | None = None) -> Schema:
    """An object of these properties and no others; all are required, unless `required` names some."""
    return {
        "type": "object",
        "properties": properties,
        "required": list(properties) if required is None else required,
        "additionalProperties": False,
    }


def _json(what: str, schema: str) -> Schema:
    return {"description": what, "content": {"application/json": {"schema": _reference(schema)}}}


def _reference(schema: str) -> Schema:
    return {"$ref": f"#/components/schemas/{schema}"}
