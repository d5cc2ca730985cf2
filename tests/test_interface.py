"""The JSON interface as others see it: by address, listed, described, and of one shape in every error."""

import json
import random
import re
import shlex
from html import unescape
from typing import Any

import httpx
import jsonschema
import pytest

from tests.conftest import PATIENCE
from tests.test_cli import LAWS
from ui.server.openapi import description

DESCRIBED = json.loads(json.dumps(description()))


def get(chat: str, path: str, **parameters: Any) -> Any:
    reply = httpx.get(f"{chat}/api/{path}", params=parameters, timeout=PATIENCE)
    assert reply.status_code == 200, reply.text
    return reply.json()


def is_sound(value: Any, schema: str) -> None:
    jsonschema.Draft202012Validator({**DESCRIBED, "$ref": f"#/components/schemas/{schema}"}).validate(value)


def test_a_question_in_the_address_is_answered_as_one_in_a_body(chat: str) -> None:
    asked = {"question": LAWS, "languages": ["en", "ru"], "top": 2, "verbatim": True, "caution": "strict"}
    written = {**asked, "verbatim": "true"}
    by_address = get(chat, "ask", **written)
    by_body = httpx.post(f"{chat}/api/ask", json=asked, timeout=PATIENCE).json()
    assert {**by_address, "timings": None} == {**by_body, "timings": None}
    assert len(by_address["passages"]) == 2
    assert get(chat, "search", query="parliament", top=1)["passages"][0]["text"]


def test_a_follow_up_leans_on_what_is_told_with_it(chat: str) -> None:
    def ask(written: str, **earlier: Any) -> Any:
        return httpx.post(f"{chat}/api/ask", json={"question": written, "earlier": earlier}, timeout=PATIENCE).json()

    first = get(chat, "ask", question=LAWS)
    second = ask("and how many articles?", question=first["understood"], answer=first["answer"])
    assert second["understood"] == "How many articles must change?"
    unclear = ask("when?", question="How much will the bridge cost?")
    assert (unclear["reason_code"], unclear["offers"]) == ("unclear", ["The bridge: when?"])
    cited = first["citations"][0]
    more = ask("tell me more", question=LAWS, document=cited["document_id"], end=cited["end"])
    assert more["reason_code"] == "more"
    assert more["citations"][0]["start"] >= cited["end"]
    for answer in (second, unclear, more):
        is_sound(answer, "answer")


def test_every_article_is_listed_once_newest_first_and_can_be_read_in_parts(chat: str) -> None:
    parts = [get(chat, "documents", first=first, top=10) for first in (0, 10, 20, 30)]
    listed = [each for part in parts for each in part["documents"]]
    assert [len(part["documents"]) for part in parts] == [10, 10, 7, 0]
    assert len({each["id"] for each in listed}) == parts[0]["total"] == get(chat, "status")["documents"] == 27
    dates = [each["published"] or "" for each in listed]
    assert dates == sorted(dates, reverse=True)
    assert all("/" not in each["path"] for each in listed)
    kazakh = get(chat, "documents", languages="Kazakh", search="заң", top=100)["documents"]
    assert {each["language"] for each in kazakh} == {"kk"}
    whole = get(chat, f"documents/{listed[0]['id']}")
    part = get(chat, f"documents/{listed[0]['id']}", start=5, end=40)
    assert (part["text"], part["start"], part["end"]) == (whole["text"][5:40], 5, 40)
    assert part["sha256"] == whole["sha256"]
    is_sound(parts[0], "listing")
    is_sound(part, "document")


def test_sources_themes_and_status_are_as_described(chat: str) -> None:
    sources, themes, status = get(chat, "sources"), get(chat, "themes", language="en"), get(chat, "status")
    is_sound(sources, "sources")
    is_sound(themes, "themes")
    is_sound(status, "status")
    assert sum(each["documents"] for each in sources["sources"]) == status["documents"]
    assert sum(status["languages"].values()) == status["documents"]
    assert themes["articles"] + themes["copies"] == status["documents"]
    assert (status["model"], status["unfinished"]) == ("e5-small", False)


def test_a_timeline_is_as_described_and_in_the_order_of_time(chat: str) -> None:
    found = get(chat, "timeline", question="How many laws must change?", languages="en")
    is_sound(found, "timeline")
    dates = [each["first"] or "9999" for each in found["values"]]
    assert dates == sorted(dates)
    assert all(each["citation"]["language"] == "en" for value in found["values"] for each in value["tellings"])


@pytest.mark.parametrize(
    ("method", "path", "status", "says"),
    [
        ("GET", "/api/ask", 400, '"question" is missing'),
        ("GET", "/api/ask?question=%3F%3F", 400, "no words"),
        ("GET", "/api/ask?question=a&question=b", 400, '"question" is given twice'),
        ("GET", "/api/ask?question=a&languages=fr", 400, '"fr"'),
        ("GET", "/api/search?query=a&sources=Nobody", 400, '"Nobody"'),
        ("GET", "/api/search?query=a&top=2.5", 400, '"top"'),
        ("GET", "/api/ask?question=a&documents=nowhere", 400, '"nowhere"'),
        ("GET", "/api/ask?question=a&verbatim=1", 400, '"verbatim"'),
        ("GET", "/api/ask?question=a&spoken=fr", 400, '"spoken" must be one of'),
        ("GET", "/api/ask?question=a&earlier=x", 400, '"earlier"'),
        ("GET", "/api/documents?first=-1", 400, '"first"'),
        ("GET", "/api/documents/nowhere", 404, "no document"),
        ("GET", "/api/themes?language=de", 400, '"language"'),
        ("GET", "/api/timeline", 400, '"question" is missing'),
        ("GET", "/api/timeline?question=a&top=2", 400, 'unknown key "top"'),
        ("GET", "/api/status?a=1", 400, 'unknown key "a"'),
        ("GET", "/api/nothing", 404, "nothing here"),
        ("GET", "/api/", 404, "nothing here"),
        ("POST", "/api/status", 405, "not answered so"),
        ("PUT", "/api/ask", 405, "only GET and POST"),
    ],
)
def test_every_error_says_what_is_wrong_in_one_shape(chat: str, method: str, path: str, status: int, says: str) -> None:
    reply = httpx.request(method, chat + path, timeout=PATIENCE)
    assert reply.status_code == status
    is_sound(reply.json(), "error")
    assert says in reply.json()["error"]
    assert ("allow" in reply.headers) == (status == 405)


def test_every_command_of_the_readable_page_works(chat: str) -> None:
    page = httpx.get(f"{chat}/api").text
    commands = [shlex.split(unescape(each)) for each in re.findall(r"<code>(.*?)</code>", page)]
    assert len(commands) == sum(len(methods) for methods in DESCRIBED["paths"].values())
    some = get(chat, "documents", top=1)["documents"][0]["id"]
    for _, address, *more in commands:
        body = {"content": more[1].encode()} if more else {}
        reply = httpx.request("POST" if more else "GET", address.replace("/ID", f"/{some}"), timeout=PATIENCE, **body)
        assert reply.status_code == 200, address
    assert "/api" in httpx.get(f"{chat}/page/first").text


def test_operations_have_names_of_their_own_and_examples_that_keep_to_their_schema() -> None:
    operations = [each for methods in DESCRIBED["paths"].values() for each in methods.values()]
    assert len({each["operationId"] for each in operations}) == len(operations) == 10
    bodies = [each["requestBody"]["content"]["application/json"] for each in operations if "requestBody" in each]
    assert len(bodies) == 2
    for body in bodies:
        jsonschema.Draft202012Validator(body["schema"]).validate(body["examples"]["usual"]["value"])
    assert DESCRIBED["security"] == [{}, {"password": []}]
    assert DESCRIBED["components"]["securitySchemes"]["password"]["scheme"] == "basic"


STRANGE = (
    "",
    "0",
    "-1",
    "1e9",
    "9" * 30,
    "true",
    "null",
    "[]",
    "2026-02-31",
    "сот",
    "қ" * 4001,
    "\x00",
    "\u202e",
    "' OR 1",
    "%",
)
USUAL = ("en", "2", "strict", "2026", "parliament", "true")


def strange_requests(count: int) -> list[tuple[str, str, dict[str, Any]]]:
    """Requests with right, wrong and hostile values for any of the keys of any path, the same ones every time."""
    chance = random.Random(19)
    operations = [(path, *each) for path, methods in DESCRIBED["paths"].items() for each in methods.items()]
    made = []
    for _ in range(count):
        path, method, operation = chance.choice(operations)
        if method == "post":
            known = list(operation["requestBody"]["content"]["application/json"]["schema"]["properties"])
            values: list[Any] = [*STRANGE, *USUAL, None, True, 3, 2.5, [], ["en"], [1], {}, {"question": "Who?"}]
        else:
            known = [each["name"] for each in operation["parameters"] if each["in"] == "query"]
            values = [*STRANGE, *USUAL]
        keys = chance.sample([*known, "other"], chance.randint(0, len(known)))
        made.append((method, path.replace("{id}", chance.choice(["x", "x/y", "%2e%2e%2fa", "a" * 500])), keys))
        made[-1] = (method, made[-1][1], {key: chance.choice(values) for key in keys})
    return made


def test_whatever_is_sent_the_reply_is_one_that_is_described(chat: str) -> None:
    seen = set()
    with httpx.Client(base_url=chat, timeout=PATIENCE) as client:
        for method, path, values in strange_requests(500):
            sent: dict[str, Any] = {"json": values} if method == "post" else {"params": values}
            reply = client.request(method, path, **sent)
            seen.add(reply.status_code)
            if reply.status_code != 200:
                assert reply.status_code in (400, 404), (path, values)
                is_sound(reply.json(), "error")
                continue
            replies = DESCRIBED["paths"][re.sub("/documents/.*", "/documents/{id}", path)][method]["responses"]
            schema = replies["200"]["content"]["application/json"]["schema"]["$ref"].rpartition("/")[2]
            is_sound(reply.json(), schema)
    assert seen == {200, 400, 404}
