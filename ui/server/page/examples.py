"""Finds questions for the first screen that these articles are known to answer."""

from collections.abc import Iterable
from itertools import chain, islice

from index import KenesError
from index.analysis.languages import LANGUAGES
from ui.server.queue import AskQueue

WANTED = 3  # questions in each language
TRIED = 8  # titles
# About the seeds; where none of them is answered, the titles of the articles are tried.
QUESTIONS = {
    "en": (
        "How many laws must change?",
        "How many articles of the Constitution will be revised?",
        "Who is Yerzhan Zhienbayev?",
    ),
    "ru": (
        "Сколько законов придётся изменить?",
        "Сколько статей Конституции изменят?",
        "Кто такой Ержан Жиенбаев?",
        "Как будет называться новый парламент?",
    ),
    "kk": ("Қанша заң өзгереді?", "Конституцияның қанша бабы өзгереді?", "Қанша өтініш түсті?"),
}


def find_examples(queue: AskQueue) -> dict[str, list[str]]:
    """Questions that are answered, by language; asking them loads the model. A language without any borrows the others'."""
    with queue.reader.snapshot() as snapshot:
        titles = [(listed.language, listed.title) for listed in snapshot.listing()]
    found = {language: _in_language(queue, language, titles) for language in LANGUAGES}
    every = list(chain.from_iterable(found.values()))
    return {language: questions or every[:WANTED] for language, questions in found.items()}


def _in_language(queue: AskQueue, language: str, titles: Iterable[tuple[str, str]]) -> list[str]:
    own = [title.rstrip("?!. ") + "?" for spoken, title in titles if spoken == language]
    if not own:
        return []
    return _answered(queue, QUESTIONS.get(language, ())) or _answered(queue, own[:TRIED])


def _answered(queue: AskQueue, questions: Iterable[str]) -> list[str]:
    return list(islice(filter(lambda question: _is_answered(queue, question), questions), WANTED))


def _is_answered(queue: AskQueue, question: str) -> bool:
    try:
        return queue.assistant.ask(question).status == "answered"
    except KenesError:
        return False
