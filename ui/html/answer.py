"""One turn of the conversation as HTML: the question as it was understood, then the answer, or why there is none."""

import json
from collections.abc import Iterable, Iterator, Sequence
from pathlib import PurePath
from typing import cast

from index import Document
from index.analysis.languages import LANGUAGES
from index.types import page_of
from rag import Answer, Citation, Code, Passage, Point, Reason
from ui.html.element import Html, element, joined
from ui.html.texts import button, label, renamed

SURE, LIKELY = 0.8, 0.6  # confidence from which an answer is called so
LEAD = 160  # characters of a passage that are shown before it is opened
SHOWN_COPIES = 3
PASSING = ("busy", "fault")  # why a question failed that may be answered when it is asked again
HINTS = {  # what to do about a reason; about any other, "try_no_answer"
    Code.NO_MATCH: "try_no_match",
    Code.EMPTY_INDEX: "try_empty_index",
    Code.FILTERED_OUT: "try_filtered_out",
}

Request = dict[str, object]


def turn(answer: Answer, written: str, request: Request, language: str, *, feedback: bool) -> Html:
    """A question with its answer.

    Args:
        answer: what was found.
        written: the question as the person wrote it.
        request: what asks the same again through `/api/ask`.
        language: of the page.
        feedback: whether to offer a thumb up and a thumb down.
    """
    if answer.points:
        kind, body = "answered", _answered(answer, request, language, feedback)
    else:
        kind, body = "not-found", _not_found(answer, language)
    return _turn(kind, written, answer.question, language, joined(_narrowed(request, language), body))


def _narrowed(request: Request, language: str) -> Html | None:
    """The active filters as a line of HTML; None if there are none."""
    spoken = cast("Sequence[str]", request.get("languages", ()))
    parts: list[str] = [_named(code, language) for code in spoken]
    parts += cast("Sequence[str]", request.get("sources", ()))
    if "after" in request or "before" in request:
        parts.append(f"{request.get('after', '…')} – {request.get('before', '…')}")
    if not parts:
        return None
    return element("p", label(language, "only_in"), " ", *_between(parts, " · "), class_="understood")


def failed(question: str, key: str, language: str, detail: str | None = None, **values: int) -> Html:
    """A question that could not be asked, with a sentence that says why and what to do.

    Args:
        question: as the person wrote it.
        key: of the text that says why.
        language: of the page.
        detail: a sentence of the error itself, if there is one.
        values: for the gaps of that text.
    """
    parts = [element("p", label(language, key, **values), class_="why")]
    if detail:
        parts.append(element("p", detail))
    if key in PASSING:
        parts.append(button(language, "again", class_="tool", data_again=True))
    shown = _shortened(question, LEAD)
    return _turn("failed", shown, shown, language, element("div", *parts))


def _turn(kind: str, question: str, understood: str, language: str, body: Html) -> Html:
    note = None
    if understood != question:
        note = element("p", label(language, "understood"), " ", element("q", understood), class_="understood")
    return element(
        "article",
        element("h2", question, class_="asked"),
        note,
        body,
        class_=f"turn {kind}",
        data_language=language,
    )


def _answered(answer: Answer, request: Request, language: str, feedback: bool) -> Html:
    cited = {citation.document_id for citation in answer.citations}
    others = [passage for passage in answer.passages if passage.document.id not in cited]
    points = [_point(answer, point, language) for point in answer.points]
    sources = [_citation(answer, citation, language) for citation in answer.citations]
    return element(
        "div",
        *points,
        element("ol", *sources, class_="sources"),
        _passages(others, "more_passages", language, opened=False),
        _tools(answer, request, language, feedback),
        class_="body",
    )


def _point(answer: Answer, point: Point, language: str) -> Html:
    """A sentence with the words that answer marked, its citations, and how likely it is."""
    citations = answer.citations_of(point)
    chips = [_chip(citation, language) for citation in citations]
    sure = confidence_key(point.confidence)
    return joined(
        element("p", marked(answer, point), " ", *chips, class_="sentence", lang=citations[0].language),
        element(
            "p",
            element("span", class_=f"dot {sure}", aria_hidden="true"),
            label(language, sure),
            element("span", f" · {point.confidence:.2f}", class_="figure"),
            class_="confidence",
        ),
    )


def _not_found(answer: Answer, language: str) -> Html:
    return element(
        "div",
        element("p", label(language, "not_found"), class_="verdict"),
        element("p", reason(answer.reason, language), class_="why"),
        _passages(answer.passages, "nearest_passages", language, opened=True),
        element("p", label(language, HINTS.get(answer.reason.code, "try_no_answer")), class_="try"),
        class_="body",
    )


def marked(answer: Answer, point: Point) -> Html:
    """The sentence of a point with the words that answer marked in it."""
    before, words, after = answer.split(point)
    return joined(before, element("mark", words), after)


def confidence_key(confidence: float) -> str:
    """The text for a confidence: an estimated probability, put into words."""
    if confidence >= SURE:
        return "sure"
    return "likely" if confidence >= LIKELY else "perhaps"


def reason(reason: Reason, language: str) -> Html:
    """Why it was answered or not."""
    return joined(*_between((label(language, key, **gaps) for key, gaps in reason.sentences()), " "))


def about(document: Document | Citation, language: str) -> Html:
    """Source, date and language of a document."""
    named = _named(document.language, language)
    parts = [part for part in (document.source, document.published, named) if part]
    return element("span", *_between(parts, " · "), class_="about")


def _named(code: str, language: str) -> str:
    """The name of a language in the page's; of one that has none there, its code."""
    return label(language, f"in_{code}") if code in LANGUAGES else code


def place(path: str, page: int | None, line: int | None, language: str) -> Html:
    """The file of a document and where in it; without its folder, which is nobody's business on another machine."""
    parts = [
        PurePath(path).name,
        *([] if page is None else [label(language, "on_page", page=page)]),
        *([] if line is None else [label(language, "on_line", line=line)]),
    ]
    return element("span", *_between(parts, ", "), class_="about")


def _between(parts: Iterable[str], separator: str) -> Iterator[str]:
    for at, part in enumerate(parts):
        if at:
            yield separator
        yield part


def copied(answer: Answer) -> str:
    """An answer as it goes to the clipboard: the sentence, and where it stands."""
    first = answer.citations[0]
    place = ", ".join(filter(None, (first.title, first.source, first.published, first.url)))
    return f"“{first.quote}”\n— {place} (Kenes {first.document_id}, {first.start}–{first.end})"


def _chip(citation: Citation, language: str) -> Html:
    return element(
        "button",
        f"[{citation.number}]",
        type="button",
        class_="chip",
        **renamed(language, "open_source", number=citation.number, title=citation.title),
        **_place(citation.document_id, citation.document_sha256, citation.start, citation.end),
    )


def _place(document_id: str, sha256: str, start: int, end: int) -> dict[str, str | int]:
    """Where a click leads; the hash tells whether the article is still the one that was read."""
    return {"data_open": document_id, "data_sha": sha256, "data_start": start, "data_end": end}


def _citation(answer: Answer, citation: Citation, language: str) -> Html:
    copies = [copy.source or copy.title for copy in answer.copies_of(citation)]
    named = ", ".join(dict.fromkeys(copies[:SHOWN_COPIES]))
    quoted = None
    if citation.number > 1:  # the first one is the sentence above
        quoted = element("q", citation.quote, class_="quote", lang=citation.language)
    return element(
        "li",
        element(
            "button",
            citation.title,
            type="button",
            class_="link",
            lang=citation.language,
            **_place(citation.document_id, citation.document_sha256, citation.start, citation.end),
        ),
        about(citation, language),
        place(citation.path, citation.page, citation.line, language),
        named and element("span", label(language, "also_in"), " ", named, class_="about"),
        quoted,
    )


def _passages(passages: Sequence[Passage], key: str, language: str, *, opened: bool) -> Html | None:
    if not passages:
        return None
    listed = [_passage(passage, language) for passage in passages]
    return element("details", element("summary", label(language, key)), element("ol", *listed), open=opened)


def _passage(passage: Passage, language: str) -> Html:
    document, chunk = passage.document, passage.chunk
    title = element(
        "button",
        document.title,
        type="button",
        class_="link",
        lang=document.language,
        **_place(document.id, document.sha256, chunk.start, chunk.end),
        data_passage=True,
    )
    lead = _shortened(" ".join(chunk.text.split()), LEAD)
    return element(
        "li",
        title,
        about(document, language),
        place(document.path, page_of(document, chunk.start), document.line, language),
        element("span", lead, class_="lead", lang=document.language),
    )


def _shortened(text: str, length: int) -> str:
    """The beginning of a text, up to the end of a word where it has any."""
    if len(text) <= length:
        return text
    return text[:length].rsplit(" ", 1)[0] + "…"


def _tools(answer: Answer, request: Request, language: str, feedback: bool) -> Html:
    first = answer.citations[0]
    buttons = [
        button(language, "copy", class_="tool", data_copy=copied(answer)),
        button(language, "as_markdown", class_="tool", data_download="markdown"),
        button(language, "as_html", class_="tool", data_download="html"),
    ]
    if feedback:
        buttons += [
            button(language, "vote_up", class_="tool", data_vote="up"),
            button(language, "vote_down", class_="tool", data_vote="down"),
        ]
    return element(
        "p",
        *buttons,
        element("span", class_="told", role="status"),
        class_="tools",
        data_request=json.dumps(request, ensure_ascii=False),
        data_document=first.document_id,
        data_start=first.start,
        data_end=first.end,
    )
