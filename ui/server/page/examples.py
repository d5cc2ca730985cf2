"""Finds questions that these articles are known to answer: examples for the first screen, and what to ask after an answer.

Every question was asked before it is shown, and got the answer that was meant.
"""

import asyncio
import contextlib
import re
from collections.abc import AsyncIterator, Iterable
from itertools import zip_longest

from index import Document, Filters, KenesError, Snapshot
from index.analysis.languages import LANGUAGES
from rag import Answer
from rag.suggestions import Suggestion, is_right, suggestions
from ui.requests import Request
from ui.server.queue import AskQueue

WANTED = 3  # questions in each language
MOST_ARTICLES = 40  # looked at for examples, the newest
FIRST = 3  # paragraphs of an article that examples are made of
MOST_OF_EACH = 2  # questions that are made of an article
MOST_TRIED = 12  # questions, for examples in a language
MOST_TRIED_AFTER = 6  # questions, after an answer
# About the seeds, each with words that the right answer holds.
QUESTIONS = {
    "en": (
        ("How many laws must change?", "ten constitutional laws"),
        ("How many articles of the Constitution will be revised?", "40"),
        ("Who is Yerzhan Zhienbayev?", "deputy head"),
        ("When did the working group meet?", "19 January 2026"),
    ),
    "ru": (
        ("Сколько законов придётся изменить?", "десяти"),
        ("Сколько статей Конституции пересмотрят?", "40"),
        ("Кто директор Института парламентаризма?", "Наталья Пан"),
        ("Сколько палат будет в новом парламенте?", "одной палаты"),
        ("Сколько обращений граждан поступило?", "1600"),
        ("Кто такой Ержан Жиенбаев?", "заместитель руководителя"),
    ),
    "kk": (
        ("Қанша заң өзгереді?", "он конституциялық"),
        ("Конституцияның қанша бабы өзгереді?", "40"),
        ("Парламентаризм институтының директоры кім?", "Наталья Пан"),
        ("Жаңа парламентте неше палата болады?", "бір ғана"),
        ("Азаматтардан қанша өтініш түсті?", "1600"),
        ("Ержан Жиенбаев кім?", "орынбасары"),
    ),
}


class Examples:
    """Questions for the first screen, found once for each generation of the index."""

    def __init__(self, queue: AskQueue) -> None:
        self._queue = queue
        self._found: dict[tuple[int, str], list[str]] = {}
        self._finding = asyncio.Lock()

    async def find(self, language: str) -> list[str]:
        """At most three questions that are answered rightly; a language without any borrows another's."""
        async with self._finding:
            for each in (language, *LANGUAGES):
                if found := await self._in(each):
                    return found
        return []

    async def _in(self, language: str) -> list[str]:
        generation = await self._queue.look(lambda snapshot: snapshot.generation)
        key = generation, language
        if key not in self._found:
            self._found[key] = [question async for question in self._answered(language)]
        return self._found[key]

    async def _answered(self, language: str) -> AsyncIterator[str]:
        """The known questions first, then such as can be made of the newest articles, one of each."""
        count = 0
        for question, words in QUESTIONS.get(language, ()):
            answer = await self._ask(question)
            if count < WANTED and answer and _holds(answer, words, language):
                count += 1
                yield question
        made = await self._queue.look(lambda snapshot: _made(snapshot, language))
        for suggestion in made[: MOST_TRIED if count < WANTED else 0]:
            answer = await self._ask(suggestion.question)
            if count < WANTED and answer and is_right(suggestion, answer):
                count += 1
                yield suggestion.question

    async def _ask(self, question: str) -> Answer | None:
        with contextlib.suppress(KenesError):
            return await self._queue.ask(Request(question))
        return None


async def after(queue: AskQueue, document: Document, start: int, end: int, filters: Filters) -> list[str]:
    """At most three questions that the paragraphs of a quotation answer rightly; none while other people wait.

    Args:
        document: what is quoted, at `start` to `end`.
        filters: what was looked in, and will be.
    """
    found: list[str] = []
    for suggestion in suggestions(document, start, end)[:MOST_TRIED_AFTER]:
        answer = await queue.ask_idly(Request(suggestion.question, filters=filters, verbatim=True))
        if answer is None or len(found) == WANTED:
            break
        if is_right(suggestion, answer):
            found.append(suggestion.question)
    return found


def warm_up(queue: AskQueue) -> None:
    """Ask a question, which loads the model, so that nobody has to wait for it."""
    with contextlib.suppress(KenesError):
        queue.assistant.ask(QUESTIONS["en"][0][0])


def _holds(answer: Answer, words: str, language: str) -> bool:
    """Whether an answer has these words, and is of an article in that language."""
    return answer.status == "answered" and words in answer.points[0].text and answer.citations[0].language == language


def _made(snapshot: Snapshot, language: str) -> list[Suggestion]:
    """Suggestions of the newest articles in a language, the first one of each, then the second ones.

    They are made of the first paragraphs, which say what an article is about.
    """
    listed = snapshot.newest(MOST_ARTICLES, Filters(languages=(language,)))
    documents: Iterable[Document | None] = (snapshot.document(each.id) for each in listed)
    made = [_of_beginning(document)[:MOST_OF_EACH] for document in documents if document]
    in_turn = (suggestion for row in zip_longest(*made) for suggestion in row if suggestion)
    return list({suggestion.question: suggestion for suggestion in in_turn}.values())


def _of_beginning(document: Document) -> list[Suggestion]:
    starts = [0, *(found.end() for found in re.finditer(r"\n\n", document.text))]
    return [suggestion for start in starts[:FIRST] for suggestion in suggestions(document, start, start)]
