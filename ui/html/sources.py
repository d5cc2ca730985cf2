"""Where words come from, as HTML: articles with source, date and place, citations with their quotation, passages."""

from collections.abc import Iterable, Iterator, Sequence
from pathlib import PurePath

from index import Document
from index.analysis.languages import LANGUAGES
from index.store.types import ListedDocument
from index.types import page_of
from rag import Answer, Citation, ListedArticle, OtherPoint, Passage, Point
from ui.html.element import Html, element, joined
from ui.html.texts import label, renamed
from ui.html.wording import day

AROUND = 120  # characters of a passage that are shown before and after its best sentence
LEAD = 160  # of a passage that has none
SHOWN_COPIES = 3


def marked(answer: Answer, point: Point | OtherPoint) -> Html:
    """The sentence of a point with its words marked in it."""
    before, words, after = answer.split(point)
    return joined(before, element("mark", words), after)


def chips(answer: Answer, point: Point | OtherPoint, language: str) -> Html:
    """A button for each citation of a point; the one of its sentence leads to the words in it.

    The first stays on the line of the word before it: no line may be broken inside `held`.
    """
    first = answer.quotation_of(point)
    further = [each for each in answer.citations_of(point) if each is not first] if isinstance(point, Point) else []
    held = element("span", "\N{NO-BREAK SPACE}", _chip(first, point, language), class_="held")
    return element("span", held, *(_chip(each, None, language) for each in further), class_="chips")


def _chip(citation: Citation, point: Point | OtherPoint | None, language: str) -> Html:
    return element(
        "button",
        f"[{citation.number}]",
        type="button",
        class_="chip",
        data_quote=citation.quote,
        **renamed(language, "open_source", number=citation.number, title=citation.title),
        **place_of(citation, point),
    )


def place_of(citation: Citation, point: Point | OtherPoint | None) -> dict[str, str | int | None]:
    """Where a click leads, the words of a point included; the hash tells whether the article is still the one that was read."""
    return {
        "data_open": citation.document_id,
        "data_sha": citation.document_sha256,
        "data_start": citation.start,
        "data_end": citation.end,
        "data_number": citation.number,
        "data_words": f"{point.start},{point.end}" if point else None,
    }


def sources(answer: Answer, language: str) -> Html:
    """The citations in their order: those of `chips`."""
    return element("ol", *(_source(answer, each, language) for each in answer.citations), class_="sources")


def _source(answer: Answer, citation: Citation, language: str) -> Html:
    copies = [copy.source or copy.title for copy in answer.copies_of(citation)]
    named = ", ".join(dict.fromkeys(copies[:SHOWN_COPIES]))
    point, quoted = _quoting(answer, citation), None
    if not isinstance(point, Point):  # else it is a sentence above
        quoted = element("q", quotation(answer, citation), class_="quote", lang=citation.language)
    return element(
        "li",
        title(citation.title, citation.language, **place_of(citation, point)),
        about(citation, language),
        place(citation.path, citation.page, citation.line, language),
        named and element("span", label(language, "also_in"), " ", named, class_="about"),
        quoted,
    )


def quotation(answer: Answer, citation: Citation) -> Html:
    """The quotation of a citation, with the words in it that answer, or say otherwise, made strong."""
    point = _quoting(answer, citation)
    if point is None:
        return joined(citation.quote)
    before, words, after = answer.split(point)
    return joined(before, element("strong", words), after)


def _quoting(answer: Answer, citation: Citation) -> Point | OtherPoint | None:
    """The point whose sentence the citation quotes; None if it only says the same."""
    points: tuple[Point | OtherPoint, ...] = (*answer.points, *answer.others)
    return next((point for point in points if answer.quotation_of(point) is citation), None)


def title(text: str, spoken: str, **attributes: str | int | bool | None) -> Html:
    """The title of an article as a button that opens it."""
    return element("button", text, type="button", class_="link", lang=spoken, **attributes)


def listed(article: ListedArticle | ListedDocument, language: str) -> Html:
    """An article as a row of a list; a click opens it from its beginning."""
    opened = title(article.title, article.language, data_open=article.id, data_start=0, data_end=0)
    return element("li", opened, about(article, language))


def passages(found: Sequence[Passage], key: str, language: str, *, opened: bool, first: int = 1) -> Html | None:
    """Passages with their best sentence, numbered from `first`, under a text that folds them away; None if there are none."""
    if not found:
        return None
    listed = element("ol", *(_passage(passage, language) for passage in found), start=first)
    return element("details", element("summary", label(language, key)), listed, open=opened)


def _passage(passage: Passage, language: str) -> Html:
    document, chunk = passage.document, passage.chunk
    start, end = passage.best or (chunk.start, chunk.end)
    opened: dict[str, str | int | bool] = {
        "data_open": document.id,
        "data_sha": document.sha256,
        "data_start": start,
        "data_end": end,
        "data_passage": True,
    }
    return element(
        "li",
        title(document.title, document.language, **opened),
        about(document, language),
        place(document.path, page_of(document, chunk.start), document.line, language),
        element("span", nearest(passage), class_="lead", lang=document.language),
    )


def nearest(passage: Passage) -> Html:
    """The best sentence of a passage, marked, with what stands around it; of one without, how it begins."""
    text = passage.chunk.text
    if passage.best is None:
        return joined(shortened(" ".join(text.split()), LEAD))
    start, end = (offset - passage.chunk.start for offset in passage.best)
    before = shortened(text[:start][::-1], AROUND)[::-1]
    return joined(before, element("mark", text[start:end]), shortened(text[end:], AROUND))


def shortened(text: str, length: int) -> str:
    """The beginning of a text, up to the end of a word where it has any.

    >>> shortened("one two three", 9)
    'one two…'
    """
    if len(text) <= length:
        return text
    return text[:length].rsplit(" ", 1)[0] + "…"


def about(document: Document | Citation | ListedDocument | ListedArticle, language: str) -> Html:
    """Source, date and language of a document."""
    date = document.published and dated_label(document.published, language)
    parts = [part for part in (document.source, date, in_language(document.language, language)) if part]
    return element("span", *between(parts, " · "), class_="about")


def dated_label(published: str, language: str) -> Html:
    """A date in words, which follow the language of the page."""
    wording = day(published)
    return label(language, wording[0], **wording[1]) if wording else joined(published)


def in_language(code: str, language: str) -> Html:
    """The name of a language in the page's; of one that has none there, its code."""
    return label(language, f"in_{code}") if code in LANGUAGES else joined(code)


def place(path: str, page: int | None, line: int | None, language: str) -> Html:
    """The file of a document and where in it; without its folder, which is nobody's business on another machine."""
    parts = [
        PurePath(path).name,
        *([] if page is None else [label(language, "on_page", page=page)]),
        *([] if line is None else [label(language, "on_line", line=line)]),
    ]
    return element("span", *between(parts, ", "), class_="about")


def badge(point: Point, answer: Answer, language: str) -> Html | None:
    """The language of a sentence where it is another than that of the question."""
    spoken = answer.quotation_of(point).language
    if spoken == answer.language:
        return None
    return element("span", in_language(spoken, language), class_="badge", data_aloud=True)


def between(parts: Iterable[str], separator: str) -> Iterator[str]:
    """The parts with a separator between each two."""
    for at, part in enumerate(parts):
        if at:
            yield separator
        yield part
