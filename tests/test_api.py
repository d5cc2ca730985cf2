"""The JSON interface of the server: the answers of the command line, and clear refusals."""

import hashlib
import json
from typing import Any
from urllib.parse import quote

import httpx
import jsonschema
import pytest

from eval.datasets.questions import GOLD, load_gold
from rag.reading.confidence import ConfidenceModel
from tests.conftest import PATIENCE
from tests.test_cli import LAWS, SCHEMA
from tests.test_guard import traversals
from ui.html.texts import say
from ui.server.openapi import description


def post(chat: str, path: str, body: Any) -> httpx.Response:
    content = body if isinstance(body, bytes) else json.dumps(body).encode()
    return httpx.post(chat + path, content=content, timeout=PATIENCE)


def test_no_folder_of_the_server_is_told(chat: str) -> None:
    answer = post(chat, "/api/ask", {"question": "How many laws must change?"}).json()
    assert answer["citations"][0]["path"] == "scope-of-laws.en.md"
    found = post(chat, "/api/search", {"query": "How many laws must change?"}).json()
    assert all("/" not in passage["path"] for passage in found["passages"] if "path" in passage)
    document = httpx.get(f"{chat}/api/documents/{answer['citations'][0]['document_id']}", timeout=PATIENCE).json()
    assert document["path"] == "scope-of-laws.en.md"


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
        (b"[]", '"question"'),
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
        ({"question": LAWS, "caution": "bold"}, "strict, normal, lenient"),
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
    assert {path.removeprefix("/api/") for path in described["paths"]} == {
        *("ask", "search", "documents", "documents/{id}", "sources", "themes", "timeline", "status")
    }
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


ASKED = {"question": LAWS, "earlier": None, "filters": {}, "caution": "normal", "language": "en"}


ANSWERED = 'class="confidence"'


@pytest.mark.parametrize(
    ("key", "value", "told"),
    [
        ("filters", {"after": "soon"}, 'data-text="bad_dates"'),
        ("filters", {"after": {"a": 1}}, 'data-text="bad_dates"'),
        ("filters", {"languages": 7}, 'data-text="bad_dates"'),
        ("filters", {"languages": ["de"]}, 'data-text="try_filtered_out"'),
        ("filters", {"sources": ["nobody"]}, 'data-text="try_filtered_out"'),
        ("question", "why " * 1100, 'data-text="too_long"'),
        ("question", "???", 'data-text="no_words"'),
        ("language", "de", ANSWERED),
        ("language", None, ANSWERED),
        ("filters", None, ANSWERED),
        ("earlier", "x", ANSWERED),
        ("earlier", {"question": 1}, ANSWERED),
        ("earlier", {"question": "x" * 60_000}, ANSWERED),
    ],
)
def test_a_turn_of_the_page_says_in_english_what_is_the_matter(chat: str, key: str, value: Any, told: str) -> None:
    reply = post(chat, "/page/ask", {**ASKED, key: value})
    assert reply.status_code == 200
    assert told in reply.json()["turn"]
    assert 'data-language="en"' in reply.json()["turn"]
    asked = told == ANSWERED or "try_filtered_out" in told
    assert (reply.json()["said"] is not None) == asked == ("turn failed" not in reply.json()["turn"])


@pytest.mark.parametrize("row", [[], {}, {"question": 1}, {"question": LAWS, "caution": "bold"}, {"question": None}])
def test_what_is_no_turn_is_refused(chat: str, row: Any) -> None:
    reply = post(chat, "/page/ask", row)
    assert reply.status_code == 400
    assert reply.json()["error"]


def test_a_turn_tells_what_the_next_question_may_lean_on(chat: str) -> None:
    said = post(chat, "/page/ask", ASKED).json()["said"]
    assert said["question"] == LAWS
    assert "ten" in said["answer"]
    leaning = post(chat, "/page/ask", {**ASKED, "question": "and how many articles?", "earlier": said}).json()
    assert leaning["said"]["question"] == "How many articles must change?"


def test_caution_decides_what_is_said(chat: str) -> None:
    """Words that lie between two thresholds are not said with the one, and said with the other; surer ones of another language may be."""
    thresholds = ConfidenceModel.load().thresholds
    between = [
        (question, confidence)
        for question, confidence in confidences(chat)
        if thresholds["lenient"]["en"] <= confidence < thresholds["strict"]["en"]
    ]
    refused = 0
    for question, confidence in between:
        strict, lenient = (
            post(chat, "/api/ask", {"question": question, "caution": caution}).json()
            for caution in ("strict", "lenient")
        )
        assert lenient["status"] == "answered"
        is_said = strict["status"] == "answered"
        assert not is_said or strict["confidence"] >= thresholds["strict"]["en"] > confidence
        refused += not is_said
        turns = [
            post(chat, "/page/ask", {**ASKED, "question": question, "caution": caution}).json()["turn"]
            for caution in ("strict", "lenient")
        ]
        assert ["turn answered" in turn for turn in turns] == [is_said, True]
        assert "&quot;caution&quot;: &quot;lenient&quot;" in turns[1]  # a file that is kept asks the same
    assert refused > len(between) / 2


def confidences(chat: str) -> list[tuple[str, float]]:
    """English gold questions with the confidence of their likeliest words."""
    questions = [each.question for each in load_gold(GOLD) if each.language == "en"]
    return [(each, post(chat, "/api/ask", {"question": each}).json()["confidence"]) for each in questions[:25]]


def test_the_first_screen_speaks_the_language_that_is_asked_for(chat: str) -> None:
    for language in ("en", "ru", "kk"):
        assert say(language, "lead") in httpx.get(f"{chat}/page/first", params={"language": language}).text
        examples = httpx.get(f"{chat}/page/examples", params={"language": language}, timeout=60).text
        assert say(language, "examples") in examples
        assert "data-ask" in examples
    assert say("en", "lead") in httpx.get(f"{chat}/page/first", params={"language": "xx"}).text
    assert httpx.get(f"{chat}/page/largest", params={"language": "xx"}, timeout=60).text.startswith(
        '<div class="themes">'
    )
    assert httpx.get(f"{chat}/page/alive").status_code == 204
