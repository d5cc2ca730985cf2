"""The files that people added, as HTML: each with its articles and a button that takes it away again."""

from collections.abc import Mapping, Sequence

from index.store.types import ListedDocument
from ui.html.element import Html, element
from ui.html.sources import listed
from ui.html.texts import label, renamed

NAMED = 3  # articles of one file


def added(files: Mapping[str, Sequence[ListedDocument]], language: str) -> Html:
    """The files by name; none is a list without rows.

    >>> added({}, "en")
    '<ul class="added"></ul>'
    """
    return element("ul", *(_file(name, found, language) for name, found in files.items()), class_="added")


def _file(name: str, found: Sequence[ListedDocument], language: str) -> Html:
    removing = element(
        "button",
        label(language, "take_away"),
        type="button",
        data_remove=name,
        **renamed(language, "take_away_file", name=name),
    )
    head = element("p", element("span", name, class_="name"), removing)
    count = element("p", label(language, "articles_found", count=len(found)), class_="count")
    return element("li", head, count, element("ol", *(listed(each, language) for each in found[:NAMED])))
