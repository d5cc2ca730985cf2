"""Parses HTML into a tree, forgivingly and in linear time: what `html.py` writes out as plain text."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from html import unescape

# Possessive, so that no input makes it go back; a tag ends at the next "<" at the latest, unless that is in quotes.
# As in browsers, a quotation mark opens a value only after "="; unlike there, one that nothing closes opens none.
_VALUE = r"""\"[^\"<]*+\"|'[^'<]*+'|\"[^\"]*+\"(?=[\s/>])|'[^']*+'(?=[\s/>])|[\"']?+[^\s<>\"']*+"""
_TAG = re.compile(rf"<(?P<end>/?)(?P<name>[a-zA-Z][^\s/<>]*+)(?P<attributes>(?:[^<>=]++|=\s*+(?:{_VALUE}))*+)>")
_ATTRIBUTE = re.compile(r"([^\s=/\"']++)(?:\s*+=\s*+(?:\"([^\"]*+)\"|'([^']*+)'|([^\s>\"']++)))?+")
_DEPTH_LIMIT = 150  # deeper elements count as part of the one around them
_VOID = set("area base br col embed hr img input link meta param source track wbr".split())
_SKIPPED = set("button head iframe noscript object script select style svg template textarea title".split())
BLOCKS = set(
    "address article aside blockquote body caption center dd details dialog div dl dt fieldset figcaption figure footer "
    "form h1 h2 h3 h4 h5 h6 header hr html legend li main nav ol p pre section summary table tbody td tfoot th thead tr "
    "ul".split()
)
# An element of the key ends the open elements of the value, as the end tags may be missing.
_ROWS = {"tr", "td", "th", "p", "li"}
_ENDS = {"li": {"li", "p"}, "dt": {"dt", "dd", "p"}, "dd": {"dt", "dd", "p"}, "td": {"td", "th", "p"}}
_ENDS |= {"th": _ENDS["td"], "tr": _ROWS, "tbody": _ROWS | {"thead", "tbody"}, "tfoot": _ROWS | {"thead", "tbody"}}
_BORDERS = {"table", "ul", "ol", "dl"}  # no end tag reaches out of these but their own


@dataclass(slots=True)
class Node:
    """An element. Its children are text, with entities decoded, and elements."""

    name: str
    attributes: str = ""
    children: "list[str | Node]" = field(default_factory=list)

    def attribute(self, name: str) -> str:
        """The value of an attribute; its name if it has no value, nothing if it is not there."""
        for key, *values in _ATTRIBUTE.findall(self.attributes):
            if key.lower() == name:
                return unescape("".join(values)).strip() or name
        return ""

    def find(self, name: str) -> "Iterator[Node]":
        """Every element of this name inside this one, in order."""
        for child in self.children:
            if isinstance(child, Node):
                if child.name == name:
                    yield child
                yield from child.find(name)


def parse(markup: str) -> Node:
    """The tree of some HTML. Comments, scripts, styles and form fields are left out."""
    root = Node("body")
    path = [root]  # open elements, outermost first
    for token in _tokens(markup):
        if isinstance(token, str):
            path[-1].children.append(token)
        elif token.name.startswith("/"):
            _close(path, token.name[1:], {token.name[1:]})
        else:
            if token.name in BLOCKS and path[-1].name == "p":
                path.pop()
            if ended := _ENDS.get(token.name):
                _close_all(path, ended)
            if token.name == "a" and _is_link(path[-1].children):
                path[-1].children.append(" ")  # links side by side, as menus have them, are no one word
            path[-1].children.append(token)
            if token.name not in _VOID and not token.attributes.endswith("/") and len(path) < _DEPTH_LIMIT:
                path.append(token)
    return root


def _is_link(children: "list[str | Node]") -> bool:
    """Whether the last child is a link."""
    last = children[-1] if children else ""
    return isinstance(last, Node) and last.name == "a"


def _close(path: list[Node], name: str, names: set[str]) -> None:
    """End the innermost open element of these names, and all inside it; nothing if there is none."""
    for at in range(len(path) - 1, 0, -1):
        if path[at].name in names:
            del path[at:]
            return
        if path[at].name in _BORDERS and name not in _BORDERS | BLOCKS - {"p", "li", "td", "th", "tr"}:
            return


def _close_all(path: list[Node], names: set[str]) -> None:
    """End open elements of these names, up to the table or list that is around."""
    for at in range(1, len(path)):
        if path[-at].name in _BORDERS:
            break
        if path[-at].name in names and all(node.name in names or node.name not in BLOCKS for node in path[-at:]):
            del path[-at:]
            return _close_all(path, names)
    return None


def _tokens(markup: str) -> Iterator[str | Node]:
    """Text, start tags, and end tags as nodes named "/p"."""
    ends = _Ends(markup)
    at = 0
    while at < len(markup):
        start = markup.find("<", at)
        if start != at:
            start = len(markup) if start < 0 else start
            yield unescape(markup[at:start])
            at = start
        elif tag := _TAG.match(markup, at):
            at = tag.end()
            name = tag["name"].lower().split(":")[-1]
            if name in _SKIPPED and not tag["end"] and not tag["attributes"].endswith("/"):
                at = ends.before(f"</{name}", at)
            else:
                yield Node(tag["end"] + name, tag["attributes"])
        elif markup.startswith("<!--", at):
            at = ends.after("-->", at + 4)
        elif markup.startswith("<![CDATA[", at):
            at += len("<![CDATA[")
        elif markup.startswith(("<!", "<?", "</"), at):
            at = ends.after(">", at + 2)
        else:
            yield "<"
            at += 1


class _Ends:
    """Finds where something ends that was opened. What is found nowhere is not looked for again."""

    def __init__(self, markup: str) -> None:
        self._lower = markup.lower() if len(markup.lower()) == len(markup) else markup
        self._missing: set[str] = set()

    def before(self, what: str, at: int) -> int:
        """The place of the next `what`, or `at` itself if it never comes."""
        found = -1 if what in self._missing else self._lower.find(what, at)
        if found < 0:
            self._missing.add(what)
        return max(found, at)

    def after(self, what: str, at: int) -> int:
        """The place behind the next `what`, or `at` itself if it never comes."""
        found = self.before(what, at)
        return at if what in self._missing else found + len(what)
