"""Answers to keep as Markdown; nothing in it is read as markup by a Markdown reader."""

import re
from collections.abc import Iterator, Mapping, Sequence

from index import Document
from rag import Answer, Citation, ListedArticle, OtherPoint, Passage, Point
from ui.html.texts import say
from ui.html.wording import aside, confidence, dated, headline, is_rewritten, numbers, otherwise

CONTEXT = 300  # characters on each side of a quotation


def as_markdown(answers: Sequence[Answer], documents: Mapping[str, Document], language: str) -> str:
    """Answers with their quotations, the context of these and hashes; of one that was not found, what came nearest."""
    parts = [part for answer in answers for part in _parts(answer, documents, language)]
    if any(answer.points for answer in answers):
        parts.append(say(language, "how_to_prove"))
    return "\n\n".join(parts) + "\n"


def _parts(answer: Answer, documents: Mapping[str, Document], language: str) -> list[str]:
    parts = [f"# {plain(answer.question)}", *_verdict(answer, language)]
    if answer.points:
        parts += [part for each in answer.citations for part in _source(each, documents[each.document_id], language)]
    elif answer.passages:
        parts += [f"## {say(language, 'nearest_passages')}", *map(_passage, answer.passages)]
    return parts


def _verdict(answer: Answer, language: str) -> Iterator[str]:
    if is_rewritten(answer.question, answer.understood):
        yield f"{say(language, 'understood')} {plain(answer.understood)}"
    if key := headline(answer):
        yield f"**{say(language, key)}**"
    for point in answer.points:
        yield f"> {_marked(answer, point)} {_escaped(numbers(point.citations))}"
        if told := confidence(answer, point, language):
            yield told
    if answer.status != "answered":
        yield plain(answer.reason.text(language))
    if answer.articles:
        yield "\n".join(f"- {_listed(article)}" for article in answer.articles)
    if answer.others:
        rows = (f"- **{_escaped(other.text)}** {_escaped(aside(other, language))}" for other in answer.others)
        yield "\n".join([say(language, otherwise(answer)), "", *rows])


def _listed(article: ListedArticle) -> str:
    return plain(" · ".join(filter(None, (article.title, article.source, article.published, article.language))))


def _marked(answer: Answer, point: Point | OtherPoint) -> str:
    before, words, after = map(_escaped, answer.split(point))
    return _at_line_start(f"{before}**{words}**{after}")


def _source(citation: Citation, document: Document, language: str) -> Iterator[str]:
    before = document.text[max(0, citation.start - CONTEXT) : citation.start]
    after = document.text[citation.end : citation.end + CONTEXT]
    date = citation.published and dated(citation.published, language)
    yield f"## \\[{citation.number}\\] {plain(citation.title)}"
    yield plain(" · ".join(filter(None, (citation.source, date, citation.language, citation.url))))
    yield f"> …{plain(before)} **{plain(citation.quote)}** {plain(after)}…"
    yield plain(say(language, "place", id=citation.document_id, start=citation.start, end=citation.end))
    yield f"SHA-256 `{citation.document_sha256}`"


def _passage(passage: Passage) -> str:
    """The title of a passage, and its best sentence; of one without, the whole."""
    start, end = passage.best or (passage.chunk.start, passage.chunk.end)
    return f"{plain(passage.document.title)}\n\n> {plain(passage.document.text[start:end])}"


def plain(text: str) -> str:
    r"""A text on one line, with everything escaped that Markdown gives a meaning to.

    >>> plain("1. a\n*b* <c> [d](e)")
    '1\\. a \\*b\\* \\<c\\> \\[d\\](e)'
    """
    return _at_line_start(_escaped(text.strip()))


def _escaped(text: str) -> str:
    """A part of a line: blanks at its ends stay."""
    return re.sub(r"([\\`*_\[\]<>#|~$!&])", r"\\\1", re.sub(r"\s+", " ", text))


def _at_line_start(escaped: str) -> str:
    """Escape what would make a list or a heading of a line."""
    return re.sub(r"^(\d*)([-+=.)])", r"\1\\\2", escaped)
