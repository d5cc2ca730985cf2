"""The queue in which questions wait: a few are answered at a time, a bounded number waits, and the rest are turned away."""

import asyncio
import contextlib
from collections.abc import AsyncIterator, Callable
from concurrent.futures import ThreadPoolExecutor
from contextlib import asynccontextmanager
from functools import partial
from typing import Self, TypeVar

from index import Document, Filters, KenesError, OpenIndex, Snapshot
from index.analysis.detect import detect
from rag import Answer, Assistant, Passage
from rag.overview import answer_unclear
from rag.themes.kept import is_current
from rag.themes.report import ThemeReport
from rag.timeline.types import Timeline
from rag.understanding.follow_up import FollowUp, completed
from rag.understanding.said import Said
from rag.understanding.small_talk import asks_for_more
from ui.requests import Request
from ui.server.finding_themes import ThemeFinder

AT_ONCE = 1  # the encoder spreads one question over all cores; two at once were slower for each and for both
LONGEST_QUEUE = 60  # at seven answers a second or more, nobody waits for longer than about nine seconds

Result = TypeVar("Result")


class Busy(KenesError):
    """More questions are waiting than can be answered soon."""


class AskQueue:
    """Answers the questions of many people one after the other; it keeps none of them. Leaving it waits for what is being answered.

    Args:
        assistant: answers.
        reader: the same index, for what is only looked up.
        finder: finds its themes beside the answering; None finds them in this process, when they are asked for.
    """

    def __init__(self, assistant: Assistant, reader: OpenIndex, finder: ThemeFinder | None = None) -> None:
        self.assistant = assistant
        self.reader = reader
        self.finder = finder
        self._worker = ThreadPoolExecutor(AT_ONCE)  # the same threads every time: each keeps memory that it once took
        self._places = asyncio.Semaphore(AT_ONCE)
        self._inside = 0

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self._worker.shutdown(cancel_futures=True)  # before the index is closed, which it may be reading

    async def ask(self, asked: Request) -> Answer:
        """Answer a question when its turn comes, made whole by what was said before it.

        A question that cannot be made whole is not asked: its answer offers what may be meant.

        Raises:
            Busy: too many are waiting already.
            InputError: see `Assistant.ask`.
        """
        if asked.earlier and asks_for_more(asked.text, detect(asked.text)):
            return await self._in_turn(partial(self._more, asked, asked.earlier))
        follow_up = FollowUp(asked.text) if asked.verbatim else completed(asked.text, asked.earlier)
        if follow_up.question is None:
            return answer_unclear(asked.text, follow_up.offers)
        return await self._in_turn(partial(self._ask, asked, follow_up.question))

    async def ask_idly(self, asked: Request) -> Answer | None:
        """Answer a question that nobody asked yet; None while people wait, or where it cannot be asked."""
        if self._inside:
            return None
        with contextlib.suppress(KenesError):
            return await self._in_turn(partial(self._ask, asked, asked.text))
        return None

    def _ask(self, asked: Request, question: str) -> Answer:
        return self.assistant.ask(question, asked.top, asked.filters, asked.caution, asked.verbatim, asked.spoken)

    def _more(self, asked: Request, said: Said) -> Answer:
        return self.assistant.more(asked.text, said, asked.top, asked.filters)

    async def search(self, asked: Request) -> list[Passage]:
        """Search when its turn comes; errors as for `ask`."""
        return await self._in_turn(lambda: self.assistant.search(asked.text, asked.top, asked.filters))

    async def document(self, id: str) -> Document | None:
        """The document of that id, or None."""
        return await self.look(lambda snapshot: snapshot.document(id))

    async def like(self, words: str, filters: Filters) -> ThemeReport:
        """The articles about what some words name when their turn comes; see `Assistant.like`."""
        return await self._in_turn(lambda: self.assistant.like(words, filters))

    async def timeline(self, question: str, filters: Filters) -> Timeline:
        """What the articles said to a question over time, when its turn comes; see `Assistant.timeline`."""
        return await self._in_turn(lambda: self.assistant.timeline(question, filters))

    async def themes(self, filters: Filters | None, language: str | None) -> ThemeReport:
        """What the articles that pass are about, without waiting behind questions; see `Assistant.themes`."""
        if self.finder and not await asyncio.to_thread(is_current, self.reader):
            await self.finder.find()
        return await asyncio.to_thread(self.assistant.themes, filters, language)

    async def look(self, read: Callable[[Snapshot], Result]) -> Result:
        """What `read` takes out of the index, without waiting behind questions."""
        return await asyncio.to_thread(self._look, read)

    def _look(self, read: Callable[[Snapshot], Result]) -> Result:
        with self.reader.snapshot() as snapshot:
            return read(snapshot)

    async def _in_turn(self, work: Callable[[], Result]) -> Result:
        async with self._turn():
            return await asyncio.get_running_loop().run_in_executor(self._worker, work)

    @asynccontextmanager
    async def _turn(self) -> AsyncIterator[None]:
        if self._inside >= AT_ONCE + LONGEST_QUEUE:
            raise Busy("many questions are waiting just now", "ask again in a few seconds")
        self._inside += 1
        try:
            async with self._places:
                yield
        finally:
            self._inside -= 1
