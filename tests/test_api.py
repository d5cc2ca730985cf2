"""The JSON interface of the server: the answers of the command line, and clear refusals."""

import hashlib
import json
from typing import Any
from urllib.parse import quote

import httpx
import jsonschema
import pytest

from tests.test_cli import LAWS, SCHEMA
from tests.test_guard import traversals
from ui.server.api import description


def post(chat: str, path: str, body: Any) -> httpx.Response:
    content = body if isinstance(body, bytes) else json.dumps(body).encode()
    return httpx.post(chat + path, content=content, timeout=30)


def test_ask_gives_the_answer_of_the_schema(chat: str) -> None:
    reply = post(chat, "/api/ask", {"question": LAWS, "top": 2, "languages": ["en"]})
    answer = reply.json()
    jsonschema.Draft202012Validator(SCHEMA).validate(answer)
    assert reply.status_code == 200
    assert answer["answer"] in answer["sentence"] == answer["citations"][0]["quote"]
    assert len(answer["passages"]) == 2


def test_search_and_documents(chat: str) -> None:
    found = post(chat, "/api/search", {"query": "single-chamber parliament", "top": 3}).json()
    assert len(found["passages"]) == 3
    passage = found["passages"][0]
    document = httpx.get(f"{chat}/api/documents/{passage['document_id']}").json()
    assert document["text"][passage["start"] : passage["end"]] == passage["text"]
    assert document["sha256"] == hashlib.sha256(document["text"].encode()).hexdigest()
    assert httpx.get(f"{chat}/api/documents/nowhere").status_code == 404


@pytest.mark.parametrize(
    ("body", "says"),
    [
        (b"{", "invalid JSON"),
        (b'{"question": NaN}', "invalid JSON"),
        (b"[]", "must be a JSON object"),
        ({}, '"question"'),
        ({"question": 1}, '"question"'),
        ({"question": ""}, "empty"),
        ({"question": "x" * 4001}, "4,001 characters"),
        ({"question": LAWS, "top": 0}, '"top"'),
        ({"question": LAWS, "top": True}, '"top"'),
        ({"question": LAWS, "after": "soon"}, "no date"),
        ({"question": LAWS, "languages": "en"}, "must be a list of strings"),
        ({"question": LAWS, "documents": ["nowhere"]}, "nowhere"),
        ({"question": LAWS, "wat": 1}, '"wat"'),
    ],
)
def test_what_cannot_be_asked_is_refused_with_the_reason(chat: str, body: Any, says: str) -> None:
    reply = post(chat, "/api/ask", body)
    assert reply.status_code == 400
    assert says in reply.json()["error"]


def test_an_article_that_has_changed_is_not_opened_at_the_old_place(chat: str) -> None:
    cited = post(chat, "/api/ask", {"question": LAWS}).json()["citations"][0]
    place = {"document": cited["document_id"], "start": cited["start"], "end": cited["end"], "language": "ru"}
    assert cited["quote"] in post(chat, "/page/evidence", {**place, "sha256": cited["document_sha256"]}).text
    changed = post(chat, "/page/evidence", {**place, "sha256": "0" * 64}).text
    assert cited["quote"] not in changed
    assert "изменили" in changed


def test_large_bodies_are_refused_with_a_message(chat: str) -> None:
    reply = post(chat, "/api/ask", {"question": "x" * 70_000})
    assert (reply.status_code, reply.json()["error"]) == (413, "the request is larger than 64 KB")


def test_the_description_is_sound_and_describes_the_answers(chat: str) -> None:
    described = httpx.get(f"{chat}/api/openapi.json").json()
    assert described == json.loads(json.dumps(description()))
    assert set(described["paths"]) == {"/api/ask", "/api/search", "/api/documents/{id}"}
    answer = post(chat, "/api/ask", {"question": LAWS}).json()
    jsonschema.Draft202012Validator({**described, "$ref": "#/components/schemas/answer"}).validate(answer)
    document = httpx.get(f"{chat}/api/documents/{answer['citations'][0]['document_id']}").json()
    jsonschema.Draft202012Validator({**described, "$ref": "#/components/schemas/document"}).validate(document)


def test_250_traversals_leak_nothing(chat: str) -> None:
    with httpx.Client(base_url=chat) as client:
        for path in traversals():
            reply = client.get(httpx.URL(chat, raw_path=quote(path, safe="/%\\;=").encode()))
            assert reply.status_code in (400, 404), path
            assert "root:" not in reply.text


def test_closed_doors_of_gradio_say_404(chat: str) -> None:
    for path in (
        "/gradio_api/upload",
        "/gradio_api/file=http://127.0.0.1:1/",
        "/monitoring",
        "/gradio_api/runs",
        "/docs",
    ):
        assert httpx.get(chat + path).status_code == 404
        assert httpx.post(chat + path, content=b"x").status_code == 404


def test_foreigners_are_refused(chat: str) -> None:
    assert httpx.get(chat, headers={"host": "evil.example"}).status_code == 421
    assert httpx.post(f"{chat}/api/ask", headers={"origin": "http://evil.example"}).status_code == 403


@pytest.mark.parametrize(
    "row",
    [
        {},
        [],
        {"document": "nowhere", "start": 0, "end": 1},
        {"document": "nowhere", "question": "x", "vote": "up", "start": 0, "end": 1},
    ],
)
def test_what_the_page_does_not_send_is_refused(chat: str, row: Any) -> None:
    for path in ("/page/evidence", "/page/vote", "/page/download/markdown"):
        assert 400 <= post(chat, path, row).status_code < 500, path
    assert post(chat, "/page/download/pdf", {"request": {"question": LAWS}}).status_code == 404
    assert httpx.get(f"{chat}/page/passwords.py").status_code == 404


ASKED = ["How many laws must change?", None, True, "", "", [], [], "en"]


def event(chat: str, data: Any, /, **more: Any) -> httpx.Response:
    config = httpx.get(f"{chat}/config").json()
    (function,) = [each["id"] for each in config["dependencies"] if len(each["inputs"]) == len(ASKED)]
    row = {"fn_index": function, "session_hash": "somebody", "data": data, **more}
    return httpx.post(f"{chat}/gradio_api/run/predict", json=row, timeout=60)


@pytest.mark.parametrize(
    ("at", "value"), [(5, ["de"]), (5, "en"), (5, 7), (6, ["nobody"]), (6, {"a": 1}), (7, "de"), (3, {"a": 1}), (0, {})]
)
def test_values_that_the_page_cannot_send_never_end_in_a_fault(chat: str, at: int, value: Any) -> None:
    reply = event(chat, [*ASKED[:at], value, *ASKED[at + 1 :]])
    assert reply.status_code in (200, 400)
    assert reply.json().get("error", "") in ("", "the page sends no such request")


@pytest.mark.parametrize(
    "more", [{"fn_index": 999}, {"fn_index": "a"}, {"data": "x"}, {"data": []}, {"session_hash": 1}]
)
def test_events_that_the_page_does_not_have_are_refused(chat: str, more: dict[str, Any]) -> None:
    assert event(chat, ASKED, **more).status_code == 400


def test_a_page_without_a_language_speaks_english(chat: str) -> None:
    assert 'data-language="en"' in event(chat, [*ASKED[:-1], None]).json()["data"][0]
