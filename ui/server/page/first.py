"""The first screen: made once for each generation of the index, and never kept waiting for themes that are still to be found."""

import asyncio

from rag.themes.first_look import is_due, kept_look
from rag.themes.kept import stamp
from ui.html.element import Html
from ui.html.first_screen import facts_of, themes_of_all, welcome
from ui.server.queue import AskQueue

Made = tuple[int, int]  # the generation of the index, and the stamp of its kept themes


class FirstScreen:
    """Makes the first screen in each language; of what it takes nothing is done twice while the index stays as it is."""

    def __init__(self, queue: AskQueue) -> None:
        self._queue = queue
        self._made: dict[str, tuple[Made, Html]] = {}  # by language

    async def shown(self, language: str) -> Html:
        """The first screen, with the themes that are at hand; if others are to be found, the page asks for `themes`."""
        now = await self._now()
        if language not in self._made or self._made[language][0] != now:
            facts = await self._queue.look(lambda snapshot: facts_of(snapshot, language))
            found = await asyncio.to_thread(kept_look, self._queue.reader, language)
            self._made[language] = now, welcome(facts, found, language, due=await self._is_due())
        return self._made[language][1]

    async def themes(self, language: str) -> Html:
        """The themes, as soon as they are found."""
        if self._queue.finder and await self._is_due():
            await self._queue.finder.find()
        return themes_of_all(await asyncio.to_thread(kept_look, self._queue.reader, language), language)

    async def _is_due(self) -> bool:
        return self._queue.finder is not None and await asyncio.to_thread(is_due, self._queue.reader)

    async def _now(self) -> Made:
        generation = await self._queue.look(lambda snapshot: snapshot.generation)
        return generation, await asyncio.to_thread(stamp, self._queue.reader.cache)
