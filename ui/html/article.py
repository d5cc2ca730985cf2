"""An article as HTML, open at a place: the quotation highlighted, the text around it, earlier and later one click away."""

from urllib.parse import urlsplit

from index import Document
from ui.html.answer import about
from ui.html.element import Html, element, joined
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
    text = document.text
    place: dict[str, str | int | bool | None] = {
        "data_open": document.id,
        "data_sha": document.sha256,
        "data_start": start,
        "data_end": end,
        "data_passage": passage,
    }
    return element(
        "article",
        element("h2", document.title, lang=document.language, tabindex=-1),
        element("p", about(document, language)),
        _link(document.url, language),
        button(language, "earlier", class_="more", **place, data_shown=f"{first},{last}") if first > 0 else None,
        element(
            "div",
            joined(
                text[first:start],
                element("mark", text[start:end], class_="passage" if passage else None),
                text[end:last],
            ),
            class_="text",
            lang=document.language,
        ),
        button(language, "later", class_="more", **place, data_shown=f"{first},{last}") if last < len(text) else None,
        element(
            "p",
            label(language, "place", id=document.id, start=start, end=end),
            " ",
            element("span", f"SHA-256 {document.sha256}"),
            class_="proof",
        ),
        class_="evidence",
    )


def window(text: str, start: int, end: int) -> tuple[int, int]:
    r"""A part of a text around a place, where that is not far from the start of a paragraph to the end of one.

    >>> window("one\ntwo\nthree", 4, 7)
    (0, 13)
    """
    first, last = max(0, start - AROUND), min(len(text), end + AROUND)
    paragraph = text.rfind("\n", max(0, first - AROUND), first) + 1
    foot = text.find("\n", last, last + AROUND)
    return paragraph or (0 if first <= AROUND else first), (foot if foot >= 0 else min(len(text), last + AROUND))


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
