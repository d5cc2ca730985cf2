"""Questions for the day or the author of an article that they name by its title: its file tells them, and no sentence does."""

from collections.abc import Iterable, Sequence
from dataclasses import replace

from index import Document, Snapshot
from index.analysis.languages import record
from index.analysis.languages.record import whole_words
from index.analysis.terms import words
from rag.answer import Answer, ListedArticle
from rag.overview import without_points
from rag.reading.answer_type import AnswerType, expected_answer_type
from rag.reason import Code, Reason
from rag.types import Passage, Query
from rag.understanding.question import Meant


def articles_asked(query: Query, found: Sequence[Passage]) -> list[ListedArticle]:
    """The articles among some passages whose day or author a question asks for by their title, and whose file gives it."""
    known, kind = record(query.language).titles, expected_answer_type(query.text)
    if kind not in (AnswerType.TIME, AnswerType.PERSON) or not whole_words(known.written).search(query.text):
        return []
    documents = {each.document.id: each.document for each in found}.values()
    return [
        ListedArticle(each.id, each.title, each.source, each.published, each.language, each.path)
        for each in documents
        if (each.published if kind is AnswerType.TIME else each.source) and _asks_of(query, each)
    ]


def answer_of_articles(question: str, meant: Meant, snapshot: Snapshot, articles: Iterable[ListedArticle]) -> Answer:
    """The articles that are asked for, with the date and the source that they bear."""
    return replace(without_points(question, meant, snapshot), reason=Reason(Code.ARTICLE), articles=tuple(articles))


def _asks_of(query: Query, document: Document) -> bool:
    """Whether a question names the title of a document, and says nothing else but what it asks for."""
    known = record(query.language)
    small = known.little_words
    asked, title = f" {' '.join(words(query.text))} ", f" {' '.join(words(document.title))} "
    before, named, after = asked.partition(title)
    rest = whole_words(f"{known.titles.article}|{known.titles.written}").sub(" ", f"{before} {after}")
    return bool(title.strip() and named) and small.issuperset(rest.split())
