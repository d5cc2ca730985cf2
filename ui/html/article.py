"""An article as HTML, open at a place: the quotation highlighted, the text around it, earlier and later one click away."""

from dataclasses import dataclass
from urllib.parse import urlsplit

from index import Document
from index.types import page_of
from ui.html.element import Html, element, joined
from ui.html.sources import about
from ui.html.texts import button, label

AROUND = 900  # characters shown before and after a quotation, and added by a click


@dataclass(frozen=True, slots=True)
class Place:
    """A place in a document, in characters of its text.

    Attributes:
        start, end: of the quotation.
        words: start and end of the words in it that answer; None if it has none of its own.
        passage: whether it was only found, and is quoted by nothing.
        number: of the citation that it belongs to; None if it was opened by another way.
    """

    start: int
    end: int
    words: tuple[int, int] | None = None
    passage: bool = False
    number: int | None = None


def evidence(document: Document, place: Place, shown: tuple[int, int] | None, language: str) -> Html:
    """The panel of a document.

    Args:
        document: what is quoted.
        place: where.
        shown: what was shown until now, if more is asked for; None to open at the quotation.
        language: of the page.
    """
    first, last = window(document.text, *(shown or (place.start, place.end)))
    again: dict[str, str | int | bool | None] = {
        "data_open": document.id,
        "data_sha": document.sha256,
        "data_start": place.start,
        "data_end": place.end,
        "data_words": place.words and f"{place.words[0]},{place.words[1]}",
        "data_passage": place.passage,
        "data_number": place.number,
        "data_shown": f"{first},{last}",
    }
    earlier = later = None
    if first > 0:
        earlier = button(language, "earlier", class_="more", **again)
    if last < len(document.text):
        later = button(language, "later", class_="more", **again)
    return element(
        "article",
        _bar(document, place, language),
        _link(document.url, language),
        earlier,
        _text(document, (first, last), place),
        later,
        _proof(document, place, language) if place.end > place.start else None,
        class_="evidence",
    )


def _bar(document: Document, place: Place, language: str) -> Html:
    """What stays on top while the text is scrolled: number, title, source, date and page, and the way out."""
    number = place.number and f"[{place.number}] "
    title = element("span", document.title, lang=document.language)
    page = page_of(document, place.start)
    where = None if page is None else joined(" · ", label(language, "on_page", page=page))
    return element(
        "header",
        element("h3", number or None, title, tabindex=-1),
        button(language, "close", class_="close"),
        element("p", about(document, language), where),
        button(language, "ask_article", class_="ask-about", data_about=document.id),
        class_="bar",
    )


def _text(document: Document, shown: tuple[int, int], place: Place) -> Html:
    """What is shown of a text, with the quotation marked in it, and in that the words that answer made strong."""
    text, (first, last) = document.text, shown
    mark = element("mark", _quotation(text, place), class_="passage" if place.passage else None)
    if place.start == place.end:  # opened to be read, at no quotation
        mark = joined()
    return element(
        "div", text[first : place.start], mark, text[place.end : last], class_="text", lang=document.language
    )


def _quotation(text: str, place: Place) -> Html:
    if place.words is None:
        return joined(text[place.start : place.end])
    start, end = place.words
    return joined(text[place.start : start], element("strong", text[start:end]), text[end : place.end])


def _proof(document: Document, place: Place, language: str) -> Html:
    told = label(language, "place", id=document.id, start=place.start, end=place.end)
    return element(
        "details",
        element("summary", label(language, "proof")),
        element("p", told, " ", element("span", f"SHA-256 {document.sha256}")),
        class_="proof",
    )


def window(text: str, start: int, end: int) -> tuple[int, int]:
    r"""A part of a text around a place, where that is not far from the start of a paragraph to the end of one.

    >>> window("one\ntwo\nthree", 4, 7)
    (0, 13)
    """
    first, last = max(0, start - AROUND), min(len(text), end + AROUND)
    paragraph = text.rfind("\n", max(0, first - AROUND), first) + 1
    foot = text.find("\n", last, last + AROUND)
    if not paragraph and first > AROUND:
        paragraph = first
    if foot < 0:
        foot = min(len(text), last + AROUND)
    return paragraph, foot


def _link(url: str | None, language: str) -> Html | None:
    if not url:
        return None
    if not is_web(url):
        return element("p", url)
    return element(
        "p", element("a", label(language, "open_page"), " ", url, href=url, rel="noopener noreferrer", target="_blank")
    )


def is_web(url: str) -> bool:
    """Whether an address is a plain web page, and no script.

    >>> is_web("https://orda.kz/a"), is_web("javascript:alert(1)"), is_web("//x"), is_web("http://[")
    (True, False, False, False)
    """
    try:
        parts = urlsplit(url)
    except ValueError:
        return False
    return parts.scheme in ("http", "https") and bool(parts.netloc)
