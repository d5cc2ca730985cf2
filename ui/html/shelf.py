"""A list of articles as HTML, each of which a click opens from its beginning."""

from collections.abc import Sequence

from index.store.types import ListedDocument
from ui.html.element import Html, element
from ui.html.sources import listed
from ui.html.texts import button, label


def articles_found(found: Sequence[ListedDocument], first: int, total: int, language: str) -> Html:
    """Articles from number `first` on, of `total`, with how many there are and a button for the rest.

    >>> 'data-text="no_articles_found"' in articles_found((), 0, 0, "en")
    True
    """
    following = first + len(found)
    count = label(language, "articles_found", count=total) if total else label(language, "no_articles_found")
    return element(
        "div",
        element("p", count, class_="count"),
        element("ol", *(listed(each, language) for each in found), start=first + 1),
        button(language, "more_articles", class_="more", data_first=following) if following < total else None,
    )
