"""Finds questions for the first screen that these articles are known to answer rightly."""

from collections.abc import Iterable
from itertools import chain, islice

from index import KenesError
from index.analysis.languages import LANGUAGES
from ui.server.queue import AskQueue

WANTED = 3  # questions in each language
# About the seeds, each with words that the right answer holds. Articles that do not answer them get no examples: of
# titles no questions can be made.
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


def find_examples(queue: AskQueue) -> dict[str, list[str]]:
    """Questions that are answered rightly, by language; asking them loads the model. A language without any borrows the others'."""
    found = {language: list(islice(_right(queue, language), WANTED)) for language in LANGUAGES}
    every = list(chain.from_iterable(found.values()))
    return {language: questions or every[:WANTED] for language, questions in found.items()}


def _right(queue: AskQueue, language: str) -> Iterable[str]:
    return (question for question, words in QUESTIONS.get(language, ()) if _is_right(queue, language, question, words))


def _is_right(queue: AskQueue, language: str, question: str, words: str) -> bool:
    """Whether a question gets an answer with these words, of an article in its own language."""
    try:
        answer = queue.assistant.ask(question)
    except KenesError:
        return False
    if answer.status != "answered":
        return False
    return words in answer.points[0].text and answer.citations[0].language == language
