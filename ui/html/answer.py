"""One turn of the conversation as HTML: the question as it was understood, then the answer, or why there is none."""

import json
from collections.abc import Iterable, Iterator, Sequence
from typing import cast

from index import LANGUAGES, Document
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
    answered = bool(answer.points)
    body = _answered(answer, request, language, feedback) if answered else _not_found(answer, language)
    understood = answer.question if answer.question != written else None
    kind = "answered" if answered else "not-found"
    return _turn(kind, written, understood, language, joined(_narrowed(request, language), body))


def _narrowed(request: Request, language: str) -> Html | None:
    """In what the person let it look, if not in everything."""
    days = [str(request.get(name, "…")) for name in ("after", "before")]
    spoken, sources = (cast("Sequence[str]", request.get(name, ())) for name in ("languages", "sources"))
    parts = [
        *(_named(code, language) for code in spoken),
        *sources,
        *([" – ".join(days)] if days != ["…"] * 2 else []),
    ]
    return (
        element("p", label(language, "only_in"), " ", *_between(parts, " · "), class_="understood") if parts else None
    )


def failed(question: str, key: str, language: str, detail: str | None = None) -> Html:
    """A question that could not be asked, with a sentence that says why and what to do."""
    again = button(language, "again", class_="tool", data_again=True) if key in PASSING else None
    body = element("div", element("p", label(language, key), class_="why"), detail and element("p", detail), again)
    return _turn("failed", question[:LEAD] + ("…" if len(question) > LEAD else ""), None, language, body)


def _turn(kind: str, question: str, understood: str | None, language: str, body: Html) -> Html:
    note = None
    if understood:
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
    return element(
        "div",
        *(_point(answer, point, language) for point in answer.points),
        element("ol", *(_citation(answer, citation, language) for citation in answer.citations), class_="sources"),
        _passages(others, "more_passages", language, opened=False) if others else None,
        _tools(answer, request, language, feedback),
        class_="body",
    )


def _point(answer: Answer, point: Point, language: str) -> Html:
    """A sentence with the words that answer marked, its citations, and how likely it is."""
    citations = answer.citations_of(point)
    sure = confidence_key(point.confidence)
    return joined(
        element(
            "p", marked(answer, point), " ", *_chips(citations, language), class_="sentence", lang=citations[0].language
        ),
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
        _passages(answer.passages, "nearest_passages", language, opened=True) if answer.passages else None,
        element("p", label(language, HINTS.get(answer.reason.code, "try_no_answer")), class_="try"),
        class_="body",
    )


def marked(answer: Answer, point: Point) -> Html:
    """The sentence of a point with the words that answer marked in it."""
    before, words, after = answer.split(point)
    return joined(before, element("mark", words), after)


def confidence_key(confidence: float) -> str:
    """The text for a confidence: an estimated probability, put into words."""
    return "sure" if confidence >= SURE else "likely" if confidence >= LIKELY else "perhaps"


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


def _chips(citations: Iterable[Citation], language: str) -> list[Html]:
    return [
        element(
            "button",
            f"[{citation.number}]",
            type="button",
            class_="chip",
            **renamed(language, "open_source", number=citation.number, title=citation.title),
            **_place(citation.document_id, citation.document_sha256, citation.start, citation.end),
        )
        for citation in citations
    ]


def _place(document_id: str, sha256: str, start: int, end: int) -> dict[str, str | int]:
    """Where a click leads; the hash tells whether the article is still the one that was read."""
    return {"data_open": document_id, "data_sha": sha256, "data_start": start, "data_end": end}


def _citation(answer: Answer, citation: Citation, language: str) -> Html:
    copies = [copy.source or copy.title for copy in answer.copies_of(citation)]
    named = ", ".join(dict.fromkeys(copies[:SHOWN_COPIES]))
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
        element("span", label(language, "also_in"), " ", named, class_="about") if named else None,
        element("q", citation.quote, class_="quote", lang=citation.language) if citation.number > 1 else None,
    )


def _passages(passages: Iterable[Passage], key: str, language: str, *, opened: bool) -> Html:
    listed = [
        element(
            "li",
            element(
                "button",
                passage.document.title,
                type="button",
                class_="link",
                lang=passage.document.language,
                **_place(passage.document.id, passage.document.sha256, passage.chunk.start, passage.chunk.end),
                data_passage=True,
            ),
            about(passage.document, language),
            element("span", _lead(passage.chunk.text), class_="lead", lang=passage.document.language),
        )
        for passage in passages
    ]
    return element("details", element("summary", label(language, key)), element("ol", *listed), open=opened)


def _lead(text: str) -> str:
    flat = " ".join(text.split())
    return flat if len(flat) <= LEAD else flat[:LEAD].rsplit(" ", 1)[0] + "…"


def _tools(answer: Answer, request: Request, language: str, feedback: bool) -> Html:
    first = answer.citations[0]
    thumbs = (
        [button(language, f"vote_{way}", class_="tool", data_vote=way) for way in ("up", "down")] if feedback else []
    )
    return element(
        "p",
        button(language, "copy", class_="tool", data_copy=copied(answer)),
        button(language, "as_markdown", class_="tool", data_download="markdown"),
        button(language, "as_html", class_="tool", data_download="html"),
        *thumbs,
        element("span", class_="told", role="status"),
        class_="tools",
        data_request=json.dumps(request, ensure_ascii=False),
        data_document=first.document_id,
        data_start=first.start,
        data_end=first.end,
    )
