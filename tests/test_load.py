"""The load benchmark: what its people ask and open, and what they count; against a server of a few lines."""

import asyncio
import json
import random
import time
from types import SimpleNamespace
from urllib.parse import unquote

import httpx
import pytest

from eval.benchmarks import load
from eval.benchmarks.load import NO_REPLY, Figures, Person, Seen, percentile, rows
from index import InputError

pytestmark = pytest.mark.slow

CITED = {"citations": [{"document_id": "a/b?"}], "passages": [{"document_id": "c"}]}


def server(answers: list[httpx.Response], asked: list[str], shelf: list[str] | None = None) -> httpx.AsyncClient:
    """A client whose server gives these answers in turn to questions, a row of the shelf to the page, and a document to all else."""
    shelf = [] if shelf is None else shelf

    def reply(request: httpx.Request) -> httpx.Response:
        if not request.url.path.startswith("/api/"):
            shelf.append(request.url.raw_path.decode())
            return httpx.Response(200, text='<button data-open="a&amp;b">A</button>')
        if request.url.path == "/api/ask":
            asked.append(json.loads(request.content)["question"])
            return answers.pop(0)
        asked.append(unquote(request.url.raw_path.decode()))
        return httpx.Response(200, json={})

    return httpx.AsyncClient(base_url="http://127.0.0.1", transport=httpx.MockTransport(reply))


async def ask_and_open(answers: list[httpx.Response], asked: list[str]) -> Seen:
    seen = Seen()
    async with server(list(answers), asked) as client:
        person = Person(client, seen)
        for _ in answers:
            await person.open_source(await person.ask("Why?"))
    return seen


def test_people_ask_and_open_what_is_cited_first_and_count_what_is_no_answer() -> None:
    asked: list[str] = []
    refused = {"citations": [], "passages": [{"document_id": "c"}]}
    answers = [httpx.Response(200, json=CITED), httpx.Response(200, json=refused), httpx.Response(503, json={})]
    seen = asyncio.run(ask_and_open([*answers, httpx.Response(500, json={})], asked))
    assert asked == ["Why?", "/api/documents/a/b?", "Why?", "/api/documents/c", "Why?", "Why?"]
    assert (len(seen.asked), len(seen.opened), seen.busy, seen.faults) == (4, 2, 1, [500])


@pytest.mark.parametrize("fault", [httpx.ReadTimeout("60 s"), httpx.ConnectError("refused")])
def test_what_gets_no_reply_is_a_fault_and_no_answer_however_fast(fault: httpx.TransportError) -> None:
    def reply(request: httpx.Request) -> httpx.Response:
        raise fault

    async def visit(seen: Seen) -> dict[str, object]:
        async with httpx.AsyncClient(base_url="http://127.0.0.1", transport=httpx.MockTransport(reply)) as client:
            person = Person(client, seen)
            await person.arrive()
            await person.browse("Who paid?")
            await person.open_source(CITED)
            answer = await person.ask("Why?")
            with pytest.raises(InputError, match="replies no more"):
                await person.ask_until_quick("Why?")
            return answer

    seen = Seen()
    assert asyncio.run(visit(seen)) == {}
    assert (len(seen.asked), len(seen.opened), len(seen.shelved)) == (2, 1, 6)
    assert seen.faults == [NO_REPLY] * 9


def test_a_refusal_is_no_quick_answer() -> None:
    asked: list[str] = []

    async def wait() -> None:
        async with server([httpx.Response(503, json={}), httpx.Response(200, json=CITED)], asked) as client:
            await Person(client, Seen()).ask_until_quick("Why?")

    asyncio.run(wait())
    assert asked == ["Why?", "Why?"]


def test_people_ask_until_their_time_is_over(monkeypatch: pytest.MonkeyPatch) -> None:
    asked: list[str] = []
    clock = SimpleNamespace(monotonic=lambda: float(len(asked)), perf_counter=time.perf_counter)

    async def no_wait(seconds: float) -> None:
        assert seconds >= 0

    async def talk() -> None:
        async with server([httpx.Response(200, json={})] * 9, asked) as client:
            await Person(client, Seen()).converse(["Why?", "How?"], 2.5, random.Random(0))

    monkeypatch.setattr(load, "time", clock)
    monkeypatch.setattr(load, "asyncio", SimpleNamespace(sleep=no_wait))
    asyncio.run(talk())
    assert len(asked) == 3
    assert set(asked) <= {"Why?", "How?"}


def test_people_look_for_an_article_on_the_shelf_letter_by_letter_and_open_it() -> None:
    shelf: list[str] = []

    async def look() -> Seen:
        seen = Seen()
        async with server([], [], shelf) as client:
            person = Person(client, seen)
            await person.arrive()
            await person.browse("Who paid the bridges?")
        return seen

    seen = asyncio.run(look())
    articles = "/page/articles?language=en"
    typed = [f"{articles}&search={word}" for word in ("b", "brid", "bridges")]
    assert shelf == ["/", "/page/first?language=en", articles, *typed, "/page/evidence"]
    assert len(seen.shelved) == 7


def test_the_table_names_every_figure() -> None:
    crowd = Seen(asked=[0.1, 0.2, 0.9], opened=[0.01], shelved=[0.02, 0.03], busy=2, faults=[500])
    figures = Figures(crowd, Seen(asked=[1.0], busy=7), memory=300, growth=-4, burst_answered=9.04, burst_recovered=11)
    told = [figure for _, figure in rows(figures)]
    assert told == [
        *("3", "200 ms", "900 ms", "900 ms", "10 ms", "25 ms", "30 ms", "1", "2"),
        *("300 MB, -4 MB", "9.0 s", "7", "0", "11.0 s"),
    ]
    assert [percentile([3.0, 1.0, 2.0], share) for share in (0.0, 0.34, 0.99)] == [1.0, 2.0, 3.0]
