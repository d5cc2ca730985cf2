"""reStructuredText: .rst. Unknown directives and roles, such as Sphinx has, keep their words."""

import re
from collections.abc import Iterator
from typing import Any

from index.articles.encoding.decode import decode
from index.articles.markup.html_tree import Node
from index.articles.markup.page import plain_from_tree
from index.articles.metadata.article import article
from index.articles.source_file import SourceFile
from index.types import Article, BadArticle

# Roles of Sphinx: :doc:`words <target>` and :ref:`words`; docutils knows neither.
_ROLE = re.compile(r":[a-zA-Z][\w:.+-]*:`~?([^`<]*?)(?:\s*<[^`<>]*>)?`")
_SETTINGS = {
    "file_insertion_enabled": False,
    "raw_enabled": False,
    "report_level": 5,
    "halt_level": 5,
    "input_encoding": "unicode",
    "doctitle_xform": True,
    "docinfo_xform": True,
    "smart_quotes": False,
    "trim_footnote_reference_space": True,
    "line_length_limit": 1_000_000,
    "syntax_highlight": "none",
}
_SKIPPED = {"comment", "system_message", "substitution_definition", "target", "meta", "label", "footnote_reference"}
_SKIPPED |= {"citation_reference", "docinfo", "colspec", "pending", "raw", "index", "topic"}
_NAMES = {"title": "h2", "subtitle": "h2", "bullet_list": "ul", "enumerated_list": "ol", "list_item": "li", "row": "tr"}
_NAMES |= {"entry": "td", "literal_block": "pre", "doctest_block": "pre", "line_block": "pre", "definition_list": "dl"}
_NAMES |= {
    "definition_list_item": "dd",
    "field_list": "dl",
    "field": "dd",
    "option_list": "dl",
    "option_list_item": "dd",
}
_INLINE = set(
    "emphasis strong literal reference title_reference inline subscript superscript abbreviation acronym".split()
)
_INLINE |= {"problematic", "generated", "math"}


def read(file: SourceFile) -> Iterator[Article | BadArticle]:
    """Read a file as one article."""
    from docutils.core import publish_doctree

    raw = file.read()
    source, notes = decode(raw)
    if not source.strip():
        return
    _keep_unknown_directives()
    document = publish_doctree(_ROLE.sub(r"\1", source), settings_overrides=_SETTINGS)
    text, left_out = plain_from_tree(Node("body", children=_children(document)))
    if text:
        yield article(file, text, _fields(document), raw=raw, is_paper=True, notes=notes + left_out)


def _keep_unknown_directives() -> None:
    """Let directives that docutils does not know keep their content, as those of Sphinx have some."""
    from docutils import nodes
    from docutils.parsers.rst import Directive, directives

    class Unknown(Directive):  # type: ignore[misc]
        optional_arguments = 1
        final_argument_whitespace = True
        has_content = True

        def run(self) -> list[Any]:
            container = nodes.container()
            if self.name not in _SILENT:
                if self.arguments and self.name in _SPOKEN:
                    container += nodes.paragraph(text=self.arguments[0])
                self.state.nested_parse(self.content, self.content_offset, container)
            return [container]

    known = directives.directive
    if getattr(known, "keeps_unknown", False):
        return

    def directive(name: str, language: Any, document: Any) -> tuple[Any, list[Any]]:
        found, messages = known(name, language, document)
        return (found, messages) if found else (Unknown, [])

    directive.keeps_unknown = True  # type: ignore[attr-defined]
    directives.directive = directive


_SILENT = {"toctree", "index", "highlight", "currentmodule", "module", "tabularcolumns", "only", "autosummary"}
_SPOKEN = {"versionadded", "versionchanged", "deprecated", "seealso", "centered", "admonition"}


def _children(node: Any) -> list[str | Node]:
    found: list[str | Node] = []
    for child in node.children:
        name = child.tagname
        if name == "#text":
            found.append(str(child))
        elif name == "image":
            found.append(Node("img", f'alt="{child["alt"]}"' if child.get("alt") else ""))
        elif name == "enumerated_list":
            found.append(Node("ol", f'start="{child.get("start", 1)}"', _children(child)))
        elif name == "line_block":
            found.append(
                Node("pre", children=[line.astext() + "\n" for line in child.findall() if line.tagname == "line"])
            )
        elif name == "table":
            found += _table(child)
        elif name in ("footnote", "citation"):
            found.append(Node("p", children=_children(child)))
        elif name in _INLINE:
            found += _children(child)
        elif name not in _SKIPPED:
            found.append(Node(_NAMES.get(name, "div"), children=_children(child)))
    return found


def _table(table: Any) -> list[str | Node]:
    """A table, with its title before it."""
    titles: list[str | Node] = [
        Node("p", children=_children(each)) for each in table.children if each.tagname == "title"
    ]
    rows: list[str | Node] = []
    for row in table.findall():
        if row.tagname == "row":
            cell_name = "th" if row.parent.tagname == "thead" else "td"
            cells = [
                Node(
                    cell_name,
                    f'colspan="{cell.get("morecols", 0) + 1}" rowspan="{cell.get("morerows", 0) + 1}"',
                    _children(cell),
                )
                for cell in row.children
            ]
            rows.append(Node("tr", children=list[str | Node](cells)))
    return [*titles, Node("table", children=rows)]


def _fields(document: Any) -> dict[str, Any]:
    """The title, and what stands in the fields under it."""
    fields: dict[str, Any] = {"title": document.get("title") or None}
    for info in document.findall():
        if info.tagname == "field" and info.parent.tagname == "docinfo":
            fields[info.children[0].astext().lower()] = " ".join(info.children[1].astext().split())
        elif info.parent is not None and info.parent.tagname == "docinfo":
            fields[info.tagname] = " ".join(info.astext().split())
    return fields


READERS = {".rst": read}
