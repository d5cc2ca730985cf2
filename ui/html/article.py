"""An article as HTML, open at a place: the quotation highlighted, the text around it, earlier and later one click away."""

from urllib.parse import urlsplit

from index import Document
from ui.html.answer import about
from ui.html.element import Html, element
from ui.html.texts import button, label

AROUND = 900  # characters shown before and after a quotation, and added by a click


def evidence(
    document: Document, start: int, end: int, shown: tuple[int, int] | None, language: str, *, passage: bool = False
) -> Html:
    """The panel of a document.

    Args:
        document: what is quoted.
        start: first character of the quotation.
        end: the one after its last.
        shown: what was shown until now, if more is asked for; None to open at the quotation.
        language: of the page.
        passage: whether it is a passage that was only found, and quoted by nothing.
    """
    first, last = window(document.text, *(shown or (start, end)))
    place: dict[str, str | int | bool | None] = {
        "data_open": document.id,
        "data_sha": document.sha256,
        "data_start": start,
        "data_end": end,
        "data_passage": passage,
        "data_shown": f"{first},{last}",
    }
    earlier = later = None
    if first > 0:
        earlier = button(language, "earlier", class_="more", **place)
    if last < len(document.text):
        later = button(language, "later", class_="more", **place)
    return element(
        "article",
        element("h2", document.title, lang=document.language, tabindex=-1),
        element("p", about(document, language)),
        _link(document.url, language),
        earlier,
        _text(document, (first, last), (start, end), passage=passage),
        later,
        _proof(document, start, end, language),
        class_="evidence",
    )


def _text(document: Document, shown: tuple[int, int], quoted: tuple[int, int], *, passage: bool) -> Html:
    """What is shown of a text, with the quotation or the passage marked in it."""
    text, (first, last), (start, end) = document.text, shown, quoted
    mark = element("mark", text[start:end], class_="passage" if passage else None)
    return element("div", text[first:start], mark, text[end:last], class_="text", lang=document.language)


def _proof(document: Document, start: int, end: int, language: str) -> Html:
    place = label(language, "place", id=document.id, start=start, end=end)
    return element("p", place, " ", element("span", f"SHA-256 {document.sha256}"), class_="proof")


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
