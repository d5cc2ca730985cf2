"""The OpenAPI 3.1 description of the JSON interface, made of the answer's schema, the filters and the documents' fields."""

import json
from dataclasses import fields
from functools import cache
from importlib.metadata import version
from pathlib import Path
from typing import Any

import rag
from index import Document
from rag.understanding.question import QUESTION_LIMIT
from ui.requests import CAUTIONS, DATES, MOST_SHOWN, SHOWN, known_keys

Schema = dict[str, Any]

ANSWER = Path(rag.__file__).with_name("answer.schema.json")

TEXT: Schema = {"type": "string"}
TEXT_OR_NONE: Schema = {"type": ["string", "null"]}
TEXTS: Schema = {"type": "array", "items": TEXT}
DATE: Schema = {"type": "string", "pattern": "^[0-9]{4}(-[0-9]{2}(-[0-9]{2})?)?$"}
QUESTION: Schema = {"type": "string", "minLength": 1, "maxLength": QUESTION_LIMIT}
TYPES: dict[Any, Schema] = {str: TEXT, str | None: TEXT_OR_NONE, int | None: {"type": ["integer", "null"]}}
KEYS: dict[str, Schema] = {
    "question": QUESTION,
    "query": QUESTION,
    "top": {"type": "integer", "minimum": 1, "maximum": MOST_SHOWN, "default": SHOWN},
    "caution": {"enum": list(CAUTIONS), "default": "normal"},
    "verbatim": {"type": "boolean", "default": False},
    **dict.fromkeys(DATES, DATE),
}  # the other keys are lists of texts


@cache
def description() -> Schema:
    """The description, with the answer's own schema."""
    answer = json.loads(ANSWER.read_text("utf-8").replace("#/$defs/", "#/components/schemas/"))
    parts = answer.pop("$defs")
    answer.pop("$schema")
    found = {"query": TEXT, "passages": {"type": "array", "items": _reference("passage")}}
    error = {"error": TEXT, "fix": TEXT_OR_NONE}
    return {
        "openapi": "3.1.0",
        "info": {
            "title": "Kenes",
            "version": version("kenes"),
            "description": "Ask a folder of articles: the exact words that answer, with citations that can be proved.",
        },
        "paths": {
            "/api/ask": {"post": _operation("ask", "Answer a question", "question", "answer")},
            "/api/search": {"post": _operation("search", "Find passages", "query", "found")},
            "/api/documents/{id}": {"get": _document_operation()},
        },
        "components": {
            "schemas": {
                **parts,
                "answer": answer,
                "found": _object(found),
                "document": _document(),
                "error": _object(error),
            }
        },
    }


def _operation(id: str, summary: str, key: str, result: str) -> Schema:
    body = _object({name: KEYS.get(name, TEXTS) for name in known_keys(key)}, required=[key])
    return {
        "operationId": id,
        "summary": summary,
        "requestBody": {"required": True, "content": {"application/json": {"schema": body}}},
        "responses": {
            "200": _json("done; finding nothing is a result, too", result),
            "400": _json("the request cannot be used", "error"),
            "401": _json("a name and a password are needed", "error"),
            "413": _json("the request is larger than 64 KB", "error"),
            "503": _json("too many questions are waiting; ask again in a few seconds", "error"),
        },
    }


def _document_operation() -> Schema:
    return {
        "operationId": "document",
        "summary": "A document as it is stored",
        "parameters": [{"name": "id", "in": "path", "required": True, "schema": TEXT}],
        "responses": {"200": _json("the document", "document"), "404": _json("there is none", "error")},
    }


def _document() -> Schema:
    """A document's fields, those that may be None nullable."""
    return _object({each.name: TYPES.get(each.type, {}) for each in fields(Document)})


def _object(properties: Schema, required: list[str] | None = None) -> Schema:
    return {
        "type": "object",
        "properties": properties,
        "required": required or list(properties),
        "additionalProperties": False,
    }


def _json(what: str, schema: str) -> Schema:
    return {"description": what, "content": {"application/json": {"schema": _reference(schema)}}}


def _reference(schema: str) -> Schema:
    return {"$ref": f"#/components/schemas/{schema}"}
