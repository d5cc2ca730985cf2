"""Talks with a person who writes developing stories: finds articles, asks what each says to a question, keeps the story."""

from collections.abc import Iterator, Sequence
from pathlib import Path

from eval.datasets.author import next_id
from eval.datasets.stories import Story, append_stories
from eval.datasets.story_author import Row, Told, articles_of, kinds_of, question_row, words_of
from index import Document, InputError
from index.analysis.detect import detect
from rag import Assistant
from ui.cli import printing
from ui.cli.eval.asking import Enough, asked

FOUND = 20  # articles, for some words
LANGUAGES = {"en": "English", "ru": "Russian", "kk": "Kazakh"}
SEVERAL = "Several answers. n: the newest one holds, d: they differ, t: it is asked what held at an earlier time"
KINDS = {"n": "supersede", "d": "conflict", "t": "as_of"}


def write_stories(path: Path, known: Sequence[Story], assistant: Assistant) -> None:
    """Gather articles and questions to them, story after story, until the person has had enough."""
    append_stories(path, [])  # what cannot be written is said before anything is typed
    ids, kept = {each["id"] for each in known}, 0
    printing.line("A story is what several articles tell of one matter, with questions to them. q ends.")
    try:
        while True:
            topic, articles = _topic_and_articles(assistant)
            questions: list[Row] = []
            try:
                for question in _questions(articles):
                    questions.append(question)
                    printing.line(f"kept: {question['kind']}", 2)
            finally:
                if questions:
                    ids.add(id := next_id("story", ids))
                    append_stories(path, [{"id": id, "topic": topic, "articles": articles, "questions": questions}])
                    kept += 1
    except Enough:
        pass
    printing.line(f"{kept} stories kept in {path}")


def _topic_and_articles(assistant: Assistant) -> tuple[str, list[Row]]:
    """What a story is about, and its articles, which words find."""
    topic, chosen = "", dict[str, Document]()
    while True:
        printing.line()
        words = asked(
            "Words that find more of its articles (Enter: these are all)" if chosen else "What is the story about?",
            may_end=True,
        )
        if chosen and not words:
            return topic, articles_of(chosen.values())
        if words:
            topic = topic or words
            chosen |= _chosen([each for each in _found(words, assistant) if each.id not in chosen])


def _found(words: str, assistant: Assistant) -> list[Document]:
    return list({each.document.id: each.document for each in assistant.search(words, FOUND, None, 1)}.values())


def _chosen(found: Sequence[Document]) -> dict[str, Document]:
    """Those of some articles that the person takes."""
    for number, document in enumerate(found, 1):
        printing.line(f"{number:>3}. {_about(document.title, document.source, document.published)}")
    if not found:
        printing.line("No other article is found.")
        return {}
    numbers = _numbers("Which belong to it? Their numbers (Enter: none)", len(found))
    return {found[number].id: found[number] for number in numbers}


def _about(*given: str | None) -> str:
    return ", ".join(filter(None, given))


def _numbers(what: str, most: int) -> list[int]:
    """The numbers, counted from 0, that a person types, counted from 1."""
    while True:
        typed = asked(what).replace(",", " ").split()
        if all(each.isdecimal() and 1 <= int(each) <= most for each in typed):
            return list(dict.fromkeys(int(each) - 1 for each in typed))
        printing.note(f"numbers from 1 to {most}, such as 1 2", "red")


def _questions(articles: Sequence[Row]) -> Iterator[Row]:
    """Questions to the articles of a story, until the person types none."""
    copies = list(_copies(articles))
    while True:
        printing.line()
        written = asked("Question (Enter: the story is done)", may_end=True)
        if not written:
            return
        if not any(map(str.isalnum, written)):
            printing.note("there is no question", "red")
            continue
        questions, told = _in_each_language(written), _told(articles)
        kind = _kind(told)
        held = _held(told) if kind == "as_of" else None
        yield question_row(questions, told, kind, articles, copies, held)


def _copies(articles: Sequence[Row]) -> Iterator[list[str]]:
    """The articles that are one report, printed again or translated."""
    if len(articles) == 1:
        return
    printing.line()
    for number, article in enumerate(articles, 1):
        printing.line(f"{number:>3}. {_about(article.get('title'), article.get('source'), article.get('date'))}")
    what = "Which of them are one report, printed again or translated? Their numbers (Enter: no others)"
    while numbers := _numbers(what, len(articles)):
        yield [articles[number]["id"] for number in numbers]


def _in_each_language(written: str) -> dict[str, str]:
    language = detect(written)
    others = {
        code: asked(f"The same in {name} (Enter: leave it out)") for code, name in LANGUAGES.items() if code != language
    }
    return {language: written} | {code: question for code, question in others.items() if question}


def _told(articles: Sequence[Row]) -> Told:
    """What each article says to a question."""
    told = Told()
    for article in articles:
        printing.line()
        printing.line(_about(article.get("title"), article.get("source"), article.get("date")))
        print(article["text"])  # not wrapped, so that it can be copied
        if words := _words(article):
            told.add(article["id"], words, _which("Which answer is that? (Enter: another one)", told))
    return told


def _words(article: Row) -> str:
    """Words of an article, typed until they hold; empty for none."""
    while typed := asked("The words that answer, copied (Enter: it does not tell)"):
        try:
            return words_of(article, typed)
        except InputError as error:
            printing.note(str(error), "red")
    return ""


def _which(what: str, told: Told) -> int | None:
    """One of the answers so far, by its number counted from 0."""
    values = told.values()
    for number, value in enumerate(values, 1):
        printing.line(f"{number:>3}. “{value}”")
    numbers = _numbers(what, len(values)) if values else []
    return numbers[0] if numbers else None


def _held(told: Told) -> int:
    """The answer that held at the time that is asked about."""
    while (held := _which("Which of them held then?", told)) is None:
        pass
    return held


def _kind(told: Told) -> str:
    kinds = kinds_of(told)
    if len(kinds) == 1:
        return kinds[0]
    while (typed := asked(SEVERAL)) not in KINDS:
        pass
    return KINDS[typed]
