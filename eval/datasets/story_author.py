"""Helps to write developing stories: articles become a story's, words are looked up in them, a question gets its kind."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from eval.datasets.author import place_of
from index import Document

Row = dict[str, Any]


@dataclass(slots=True)
class Told:
    """What the articles of a story say to a question.

    Attributes:
        words: what answers, word for word, by the article's id in the story.
        same: the articles that tell one value, for each value.
    """

    words: dict[str, str] = field(default_factory=dict)
    same: list[list[str]] = field(default_factory=list)

    def add(self, article: str, words: str, value: int | None) -> None:
        """Take in what an article says: one of the values so far, by its number, or a value of its own for None."""
        self.words[article] = words
        if value is None:
            self.same.append([article])
        else:
            self.same[value].append(article)

    def values(self) -> list[str]:
        """Every value, as the first article has it."""
        return [self.words[articles[0]] for articles in self.same]


def articles_of(documents: Iterable[Document]) -> list[Row]:
    """Documents as articles of a story, a1, a2 …, oldest first; what a document lacks is left out."""
    return [_article(f"a{number}", each) for number, each in enumerate(sorted(documents, key=_published), 1)]


def _article(id: str, document: Document) -> Row:
    row = {"id": id, "lang": document.language, "date": document.published, "source": document.source}
    row |= {"title": document.title, "text": document.text}
    return {key: value for key, value in row.items() if value}


def _published(document: Document) -> str:
    return document.published or ""


def words_of(article: Row, typed: str) -> str:
    """The words of an article that a person copied, as they stand there.

    Raises:
        InputError: it does not hold them in one place.
    """
    start, end = place_of(typed, article["text"])
    return str(article["text"][start:end])


def kinds_of(told: Told) -> tuple[str, ...]:
    """The kinds that a question may be of, by what is told."""
    if len(told.same) > 1:
        return "supersede", "conflict", "as_of"
    if not told.same:
        return ("none",)
    return ("agree",) if len(told.words) > 1 else ("single",)


def question_row(
    questions: Mapping[str, str],
    told: Told,
    kind: str,
    articles: Sequence[Row],
    copies: Sequence[Sequence[str]],
    held: int | None = None,
) -> Row:
    """A question as a story holds it, its values newest first.

    Args:
        questions: by language.
        copies: the articles that are one report.
        held: the value that answers, of a question `as_of` a day.
    """
    dates = {article["id"]: article.get("date", "") for article in articles}
    same = sorted(told.same, key=lambda group: max(map(dates.__getitem__, group)), reverse=True)
    values = [{"article": article, "answer": words} for article, words in told.words.items()]
    row = {"kind": kind, "questions": dict(questions), "values": values, "same": same, "copies": list(copies)}
    return row if held is None else row | {"as_of": {"article": told.same[held][0]}}
