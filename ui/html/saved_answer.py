"""Answers to keep, one or a whole conversation: as an HTML file that checks its own quotations, as Markdown, as JSON."""

import base64
import hashlib
import json
import re
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import Any

from index import Document, InputError
from rag import Answer, Citation, Point
from ui.html.element import Html, element, joined
from ui.html.saved_markdown import as_markdown
from ui.html.sources import about, marked, nearest, place, quotation
from ui.html.texts import say
from ui.html.verdict import reason_in_words
from ui.html.wording import aside, confidence, headline, is_rewritten, numbers, otherwise
from ui.paths import without_folders
from ui.requests import parse_json

PROOF = Path(__file__).with_name("static") / "proof.js"
STYLE = Path(__file__).with_name("static") / "proof.css"

Documents = Mapping[str, Document]
Kind = Callable[[Sequence[Answer], Documents, str], str]


def as_html(answers: Sequence[Answer], documents: Documents, language: str) -> str:
    """One file that holds everything: the answers, every cited text, and a script that checks them against each other."""
    script, style = PROOF.read_text("utf-8"), STYLE.read_text("utf-8")
    held = {
        "answer": as_data(answers),
        "documents": {id: document.text for id, document in documents.items()},
        "words": {key: say(language, key) for key in ("proved", "broken")},
    }
    data = json.dumps(held, ensure_ascii=False).replace("<", "\\u003c")
    policy = f"default-src 'none'; style-src '{_hash(style)}'; script-src '{_hash(script)}'"
    body = _sheets(answers, documents, language)
    title = element("title", answers[0].question)
    return (
        f'<!doctype html><html lang="{language}"><head><meta charset="utf-8">'
        f'<meta http-equiv="Content-Security-Policy" content="{policy}">'
        '<meta name="viewport" content="width=device-width, initial-scale=1">'
        f"{title}<style>{style}</style></head><body>{body}"
        f'<script type="application/json" id="held">{data}</script><script>{script}</script></body></html>\n'
    )


def as_json(answers: Sequence[Answer], _: Documents, __: str) -> str:
    """What `as_data` gives, indented."""
    return json.dumps(as_data(answers), ensure_ascii=False, indent=2) + "\n"


def as_data(answers: Sequence[Answer]) -> Any:
    """One answer as `answer.schema.json` describes it, several as {"answers": [...]}; `kenes prove` reads both."""
    rows = [without_folders(answer.to_json()) for answer in answers]
    return rows[0] if len(rows) == 1 else {"answers": rows}


KINDS: dict[str, tuple[Kind, str, str]] = {
    "markdown": (as_markdown, "md", "text/markdown"),
    "json": (as_json, "json", "application/json"),
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


def _sheets(answers: Sequence[Answer], documents: Documents, language: str) -> Html:
    return element(
        "main",
        element("p", "Kenes", class_="name"),
        element("p", say(language, "unproved"), id="verdict", role="status"),
        *(_sheet(answer, documents, language) for answer in answers),
        element("p", say(language, "how_to_prove"), class_="about"),
    )


def _sheet(answer: Answer, documents: Documents, language: str) -> Html:
    key = headline(answer)
    quoted = [_quoted(answer, citation, documents[citation.document_id], language) for citation in answer.citations]
    return element(
        "article",
        element("h1", answer.question),
        _showing(answer, language),
        key and element("p", say(language, key), class_="headline"),
        *(_point(answer, point, language) for point in answer.points),
        None if answer.status == "answered" else element("p", reason_in_words(answer.reason, language)),
        _articles(answer, language),
        _otherwise(answer, language),
        *quoted,
        *(() if answer.points else _nearest(answer, language)),
        class_=answer.status,
    )


def _articles(answer: Answer, language: str) -> Html | None:
    rows = [element("li", each.title, " ", about(each, language)) for each in answer.articles]
    return element("ol", *rows, class_="nearest") if rows else None


def _showing(answer: Answer, language: str) -> Html | None:
    if not is_rewritten(answer.question, answer.understood):
        return None
    return element("p", say(language, "understood"), " ", element("q", answer.understood))


def _point(answer: Answer, point: Point, language: str) -> Html:
    quoted = element("blockquote", marked(answer, point), f" {numbers(point.citations)}")
    told = confidence(answer, point, language)
    return joined(quoted, element("p", told) if told else None)


def _otherwise(answer: Answer, language: str) -> Html | None:
    if not answer.others:
        return None
    rows = [element("li", element("mark", other.text), f" {aside(other, language)}") for other in answer.others]
    return joined(element("p", say(language, otherwise(answer))), element("ul", *rows, class_="others"))


def _nearest(answer: Answer, language: str) -> list[Html]:
    """What came nearest, each with its best sentence; they are not cited, and so not proved."""
    rows = [
        element("li", passage.document.title, element("p", nearest(passage), lang=passage.document.language))
        for passage in answer.passages
    ]
    if not rows:
        return []
    return [element("h2", say(language, "nearest_passages")), element("ol", *rows, class_="nearest")]


def _quoted(answer: Answer, citation: Citation, document: Document, language: str) -> Html:
    text = document.text
    return element(
        "section",
        element("h2", f"[{citation.number}] {citation.title}"),
        element("p", about(citation, language), " ", place(citation.path, citation.page, citation.line, language)),
        citation.url and element("p", citation.url, class_="about"),
        element(
            "div",
            text[: citation.start],
            element("mark", quotation(answer, citation)),
            text[citation.end :],
            class_="text",
            lang=citation.language,
        ),
        element("p", say(language, "place", id=citation.document_id, start=citation.start, end=citation.end)),
        element("p", f"SHA-256 {citation.document_sha256}", class_="hash"),
    )
