"""The JSON interface of the server: `/api/ask`, `/api/search`, `/api/documents/{id}`, described by `/api/openapi.json`."""

import json
from collections.abc import Awaitable, Callable
from dataclasses import asdict
from functools import cache, wraps
from pathlib import Path
from typing import Any

from fastapi import APIRouter, Request, Response
from fastapi.responses import JSONResponse

import rag
from index import InputError, KenesError
from ui.requests import FILTERS, MOST_SHOWN, SHOWN, parse_json, request_of
from ui.server.queue import Busy, Desk

SCHEMA = Path(rag.__file__).with_name("answer.schema.json")

Handler = Callable[[Request], Awaitable[Response]]


def api_routes(desk: Desk) -> APIRouter:
    """The routes, answered by a desk."""
    routes = APIRouter(prefix="/api")

    @routes.post("/ask")
    @refusing
    async def ask(request: Request) -> Response:
        asked = request_of(parse_json(await request.body()), "question")
        return JSONResponse((await desk.ask(asked.text, asked.top, asked.filters)).to_json())

    @routes.post("/search")
    @refusing
    async def search(request: Request) -> Response:
        asked = request_of(parse_json(await request.body()), "query")
        found = await desk.search(asked.text, asked.top, asked.filters)
        return JSONResponse({"query": asked.text, "passages": [passage.to_json() for passage in found]})

    @routes.get("/documents/{id:path}")
    @refusing
    async def document(request: Request) -> Response:
        found = await desk.document(request.path_params["id"])
        return JSONResponse(asdict(found)) if found else missing_document()

    @routes.get("/openapi.json")
    async def openapi() -> Response:
        return JSONResponse(description())

    return routes


def refusing(handler: Handler) -> Handler:
    """Turn the errors that a person can fix, and those of a crowded hour, into answers that say what to do."""

    @wraps(handler)
    async def guarded(request: Request) -> Response:
        try:
            return await handler(request)
        except KenesError as error:
            status = 503 if isinstance(error, Busy) else 400 if isinstance(error, InputError) else 500
            headers = {"retry-after": "5"} if status == 503 else None
            return JSONResponse({"error": error.what, "fix": error.fix}, status, headers)

    return guarded


def missing_document() -> Response:
    """Says that there is no such document, without repeating its name."""
    return JSONResponse({"error": "no document of that id in the index", "fix": None}, 404)


@cache
def description() -> dict[str, Any]:
    """The OpenAPI 3.1 description, with the answer's own schema."""
    answer = json.loads(SCHEMA.read_text("utf-8").replace("#/$defs/", "#/components/schemas/"))
    parts = answer.pop("$defs")
    answer.pop("$schema")
    texts = {"type": "array", "items": {"type": "string"}}
    date = {"type": "string", "pattern": "^[0-9]{4}(-[0-9]{2}(-[0-9]{2})?)?$"}
    asked = {"type": "string", "minLength": 1, "maxLength": 4000}
    wish = {
        "top": {"type": "integer", "minimum": 1, "maximum": MOST_SHOWN, "default": SHOWN},
        **{name: date if name in ("after", "before") else texts for name in FILTERS},
    }
    found = {"type": "array", "items": _reference("passage")}
    nullable = {"type": ["string", "null"]}
    columns = ("id", "title", "text", "source", "url", "published", "language", "sha256")
    document = {name: nullable if name in ("source", "url", "published") else {"type": "string"} for name in columns}
    return {
        "openapi": "3.1.0",
        "info": {
            "title": "Kenes",
            "version": "1",
            "description": "Ask a folder of articles: the exact words that answer, with citations that can be proved.",
        },
        "paths": {
            "/api/ask": {"post": _operation("Answer a question", {"question": asked, **wish}, "question", "answer")},
            "/api/search": {"post": _operation("Find passages", {"query": asked, **wish}, "query", "found")},
            "/api/documents/{id}": {
                "get": {
                    "summary": "A document as it is stored",
                    "parameters": [{"name": "id", "in": "path", "required": True, "schema": {"type": "string"}}],
                    "responses": {"200": _json("the document", "document"), "404": _json("there is none", "error")},
                }
            },
        },
        "components": {
            "schemas": {
                **parts,
                "answer": answer,
                "found": _object({"query": {"type": "string"}, "passages": found}),
                "document": _object(document),
                "error": _object({"error": {"type": "string"}, "fix": nullable}, required=["error"]),
            }
        },
    }


def _operation(summary: str, properties: dict[str, Any], required: str, result: str) -> dict[str, Any]:
    return {
        "summary": summary,
        "requestBody": {
            "required": True,
            "content": {"application/json": {"schema": _object(properties, required=[required])}},
        },
        "responses": {
            "200": _json("done; that nothing answers is a result, too", result),
            "400": _json("the request cannot be used", "error"),
            "413": _json("it is larger than 64 KB", "error"),
            "503": _json("too many questions are waiting; ask again in a few seconds", "error"),
        },
    }


def _object(properties: dict[str, Any], required: list[str] | None = None) -> dict[str, Any]:
    needed = list(properties) if required is None else required
    return {"type": "object", "properties": properties, "required": needed, "additionalProperties": False}


def _json(what: str, schema: str) -> dict[str, Any]:
    return {"description": what, "content": {"application/json": {"schema": _reference(schema)}}}


def _reference(schema: str) -> dict[str, str]:
    return {"$ref": f"#/components/schemas/{schema}"}
