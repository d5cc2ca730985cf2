"""An answer to keep: as Markdown, or as one HTML file that checks its own quotations and hashes, without a network."""

import base64
import hashlib
import json
import re
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

from index import Document, InputError
from rag import Answer, Citation, Point
from ui.html.answer import about, confidence_key, marked, place, reason
from ui.html.element import Html, element, joined
from ui.html.texts import label, say
from ui.paths import without_folders
from ui.requests import parse_json

CONTEXT = 300  # characters on each side of a quotation in Markdown
PROOF = Path(__file__).with_name("static") / "proof.js"
STYLE = Path(__file__).with_name("static") / "proof.css"

Documents = Mapping[str, Document]
Kind = Callable[[Answer, Documents, str], str]


def as_markdown(answer: Answer, documents: Documents, language: str) -> str:
    """An answer with its quotations, their context and hashes; nothing in it is read as markup by a Markdown reader."""
    lines = [f"# {plain(answer.question)}", ""]
    if not answer.points:
        return "\n".join([*lines, f"**{say(language, 'not_found')}** {plain(answer.reason.text(language))}", ""])
    for point in answer.points:
        before, words, after = map(_escaped, answer.split(point))
        lines += [f"> {_at_line_start(f'{before}**{words}**{after}')} \\[{point.citations[0]}\\]", ""]
        lines += [_confidence(point, language), ""]
    for citation in answer.citations:
        lines += _source(citation, documents[citation.document_id], language)
    return "\n".join([*lines, say(language, "how_to_prove"), ""])


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


def as_html(answer: Answer, documents: Documents, language: str) -> str:
    """One file that holds everything: the answer, every cited text, and a script that checks them against each other."""
    script, style = PROOF.read_text("utf-8"), STYLE.read_text("utf-8")
    held = {
        "answer": without_folders(answer.to_json()),
        "documents": {id: document.text for id, document in documents.items()},
        "words": {key: say(language, key) for key in ("proved", "broken")},
    }
    data = json.dumps(held, ensure_ascii=False).replace("<", "\\u003c")
    policy = f"default-src 'none'; style-src '{_hash(style)}'; script-src '{_hash(script)}'"
    body = _sheet(answer, documents, language)
    title = element("title", answer.question)
    return (
        f'<!doctype html><html lang="{language}"><head><meta charset="utf-8">'
        f'<meta http-equiv="Content-Security-Policy" content="{policy}">'
        '<meta name="viewport" content="width=device-width, initial-scale=1">'
        f"{title}<style>{style}</style></head><body>{body}"
        f'<script type="application/json" id="held">{data}</script><script>{script}</script></body></html>\n'
    )


KINDS: dict[str, tuple[Kind, str, str]] = {
    "markdown": (as_markdown, "md", "text/markdown"),
    "html": (as_html, "html", "text/html"),
}


def read_saved(file: Path) -> Any:
    """The JSON of an answer that `kenes ask --json` or `as_html` wrote to a file.

    Raises:
        InputError: the file cannot be read, or holds no JSON.
    """
    try:
        return parse_json(held_answer(file.read_bytes()))
    except OSError as error:
        raise InputError(f"{file} cannot be read: {error.strerror}") from None
    except InputError as error:
        raise InputError(f"{file}: {error.what}", "kenes ask QUESTION --json > ANSWER.json") from None


def held_answer(page: bytes) -> bytes:
    """The JSON of the answer in a page that `as_html` made; anything else is given back as it is."""
    found = re.search(rb'<script type="application/json" id="held">(.*?)</script>', page, re.DOTALL)
    if not found:
        return page
    try:
        return json.dumps(json.loads(found[1])["answer"]).encode()
    except (ValueError, KeyError, TypeError):
        return page


def _hash(text: str) -> str:
    return "sha256-" + base64.b64encode(hashlib.sha256(text.encode()).digest()).decode()


def _sheet(answer: Answer, documents: Documents, language: str) -> Html:
    if answer.points:
        found = joined(*(_point(answer, point, language) for point in answer.points))
    else:
        found = joined(element("p", label(language, "not_found")), element("p", reason(answer.reason, language)))
    quoted = [_quoted(citation, documents[citation.document_id], language) for citation in answer.citations]
    return element(
        "main",
        element("p", "Kenes", class_="name"),
        element("h1", answer.question),
        found,
        element("p", say(language, "unproved"), id="verdict", role="status"),
        *quoted,
        element("p", say(language, "how_to_prove"), class_="about"),
    )


def _point(answer: Answer, point: Point, language: str) -> Html:
    quoted = element("blockquote", marked(answer, point), f" [{point.citations[0]}]")
    return joined(quoted, element("p", _confidence(point, language)))


def _confidence(point: Point, language: str) -> str:
    return f"{say(language, confidence_key(point.confidence))} ({point.confidence:.2f})"


def _quoted(citation: Citation, document: Document, language: str) -> Html:
    text = document.text
    return element(
        "section",
        element("h2", f"[{citation.number}] {citation.title}"),
        element("p", about(citation, language), " ", place(citation.path, citation.page, citation.line, language)),
        citation.url and element("p", citation.url, class_="about"),
        element(
            "div",
            text[: citation.start],
            element("mark", citation.quote),
            text[citation.end :],
            class_="text",
            lang=citation.language,
        ),
        element("p", say(language, "place", id=citation.document_id, start=citation.start, end=citation.end)),
        element("p", f"SHA-256 {citation.document_sha256}", class_="hash"),
    )


def _source(citation: Citation, document: Document, language: str) -> list[str]:
    before = document.text[max(0, citation.start - CONTEXT) : citation.start]
    after = document.text[citation.end : citation.end + CONTEXT]
    return [
        f"## \\[{citation.number}\\] {plain(citation.title)}",
        "",
        plain(" · ".join(filter(None, (citation.source, citation.published, citation.language, citation.url)))),
        "",
        f"> …{plain(before)} **{plain(citation.quote)}** {plain(after)}…",
        "",
        plain(say(language, "place", id=citation.document_id, start=citation.start, end=citation.end)),
        "",
        f"SHA-256 `{citation.document_sha256}`",
        "",
    ]
