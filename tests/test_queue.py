"""The queue: bounded, it tells the rest to come back, and is itself again afterwards."""

import asyncio
import threading
from pathlib import Path

import pytest

from index import IndexReader, InputError
from rag import Assistant
from ui.requests import Request
from ui.server import queue
from ui.server.queue import AskQueue, Busy


@pytest.fixture
def asking(seeds_folder: Path) -> AskQueue:
    return AskQueue(Assistant.open(seeds_folder), IndexReader(seeds_folder))


def test_what_does_not_fit_is_told_so_and_the_rest_is_answered(
    asking: AskQueue, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(queue, "LONGEST_QUEUE", 3)
    go = threading.Event()
    at_once: list[int] = []
    running = threading.Semaphore(0)

    def slow(*_: object) -> str:
        running.release()
        at_once.append(running._value)
        go.wait(10)
        running.acquire()
        return "answered"

    monkeypatch.setattr(asking.assistant, "ask", slow)

    async def crowd() -> list[object]:
        asked = [asyncio.create_task(asking.ask(Request("Why must laws change?"))) for _ in range(10)]
        await asyncio.sleep(0.2)
        go.set()
        return await asyncio.gather(*asked, return_exceptions=True)

    replies = asyncio.run(crowd())
    room = queue.AT_ONCE + 3
    assert replies[:room] == ["answered"] * room
    assert [type(reply) for reply in replies[room:]] == [Busy] * (10 - room)
    assert max(at_once) <= queue.AT_ONCE
    assert asking._inside == 0


def test_errors_leave_the_queue(asking: AskQueue) -> None:
    async def wrong() -> None:
        for _ in range(queue.AT_ONCE + queue.LONGEST_QUEUE + 1):
            with pytest.raises(InputError):
                await asking.ask(Request(""))

    asyncio.run(wrong())
    assert asking._inside == 0


def test_documents(asking: AskQueue) -> None:
    async def look() -> None:
        answer = await asking.ask(Request("How many laws must change?", top=1))
        document = await asking.document(answer.citations[0].document_id)
        assert document is not None
        assert answer.sentence in document.text
        assert await asking.document("nowhere") is None

    asyncio.run(look())


def test_leaving_waits_for_what_is_still_answered_after_all_who_asked_have_gone(
    asking: AskQueue, monkeypatch: pytest.MonkeyPatch
) -> None:
    begun, done = threading.Event(), threading.Event()

    def slow(*_: object) -> str:
        begun.set()
        done.wait(0.5)
        done.set()
        return "answered"

    monkeypatch.setattr(asking.assistant, "ask", slow)

    async def go_away() -> None:
        asked = asyncio.create_task(asking.ask(Request("Why must laws change?")))
        await asyncio.to_thread(begun.wait, 10)
        asked.cancel()

    with asking:
        asyncio.run(go_away())
        assert not done.is_set()
    assert done.is_set()
