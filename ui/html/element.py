"""Builds HTML by calls in which every string is text: nothing that an article or a question holds becomes markup."""

from html import escape
from itertools import starmap


class Html(str):
    """Markup made by `element`; any other string is text, and is escaped."""

    __slots__ = ()


def element(name: str, /, *children: str | None, **attributes: str | int | bool | None) -> Html:
    """An element with its children; None is left out. It is one line, so that no Markdown reader takes it apart.

    Attributes are written as Python can: `class_`, `data_start`, `aria_label`. True gives a bare attribute.

    >>> element("p", "1 < 2", element("mark", "it's"), class_="a b", hidden=True)
    '<p class="a b" hidden>1 &lt; 2<mark>it&#x27;s</mark></p>'
    """
    head = "".join(starmap(_attribute, attributes.items()))
    return Html(f"<{name}{head}>{joined(*children)}</{name}>")


def _attribute(key: str, value: str | int | bool | None) -> str:
    if value is None or value is False:
        return ""
    name = key.strip("_").replace("_", "-")
    return f" {name}" if value is True else f' {name}="{text(str(value))}"'


def joined(*children: str | None) -> Html:
    """Markup and texts one after the other."""
    return Html("".join(_escaped(child) for child in children if child is not None))


def _escaped(child: str) -> Html:
    return child if isinstance(child, Html) else text(child)


def text(plain: str) -> Html:
    r"""A text escaped for elements and for quoted attributes.

    >>> text('a"\n<b>')
    'a&quot;&#10;&lt;b&gt;'
    """
    return Html(escape(plain).replace("\n", "&#10;").replace("\r", "&#13;"))
