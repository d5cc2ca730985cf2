"""What was found, as HTML: the points that answer, what other articles say otherwise, or what came nearest."""

from rag import Answer, Code, OtherPoint, Point, Reason
from ui.html.element import Html, element, joined
from ui.html.overview import articles, offers
from ui.html.sources import badge, between, chips, dated_label, marked, passages, sources
from ui.html.texts import explained, label
from ui.html.wording import headline, likelihood, otherwise, relation

HINTS = {  # what to do about a reason; about any other, "try_no_answer"
    Code.NO_MATCH: "try_no_match",
    Code.EMPTY_INDEX: "try_empty_index",
    Code.FILTERED_OUT: "try_filtered_out",
}


NEAREST = 3  # passages that a refusal shows unfolded


def verdict(answer: Answer, language: str) -> Html:
    """The answer without its tools: `data-aloud` stands on what a screen reader reads out when it arrives."""
    found = _found(answer, language) if answer.points else _nothing(answer, language)
    return joined(_headline(answer, language), *found, offers(answer, language))


def _headline(answer: Answer, language: str) -> Html | None:
    key = headline(answer)
    return element("p", label(language, key), class_="verdict", data_aloud=True) if key else None


def _found(answer: Answer, language: str) -> list[Html | None]:
    cited = {citation.document_id for citation in answer.citations}
    further = [passage for passage in answer.passages if passage.document.id not in cited]
    return [
        why(answer.reason, language) if answer.status == "overview" else None,
        _points(answer, language),
        why(answer.reason, language) if answer.status == "unsure" else None,
        _otherwise(answer, language),
        sources(answer, language),
        passages(further, "more_passages", language, opened=False),
    ]


def _nothing(answer: Answer, language: str) -> list[Html | None]:
    is_match = answer.reason.code is not Code.NO_MATCH
    near = NEAREST if is_match else len(answer.passages)  # what matches nothing is not "on this"
    return [
        why(answer.reason, language),
        articles(answer, language),
        passages(answer.passages[:near], "nearest_passages", language, opened=is_match),
        passages(answer.passages[near:], "more_passages", language, opened=False, first=near + 1),
        _hint(answer, language),
    ]


def _hint(answer: Answer, language: str) -> Html | None:
    if answer.status == "overview" or answer.reason.code is Code.UNCLEAR:
        return None
    return element("p", label(language, HINTS.get(answer.reason.code, "try_no_answer")), class_="try")


def _points(answer: Answer, language: str) -> Html:
    """One point as it is, several as a list."""
    if len(answer.points) == 1:
        return _point(answer, answer.points[0], language)
    return element("ul", *(element("li", _point(answer, each, language)) for each in answer.points), class_="points")


def _point(answer: Answer, point: Point, language: str) -> Html:
    """A sentence with the words that answer marked, its citations, how likely it is, and how many say the same."""
    sentence = element("span", marked(answer, point), lang=answer.quotation_of(point).language, data_aloud=True)
    return joined(
        element(
            "p",
            sentence,
            chips(answer, point, language),
            badge(point, answer, language),
            class_="sentence",
        ),
        _confidence(answer, point, language),
    )


def _confidence(answer: Answer, point: Point, language: str) -> Html | None:
    key, parts = likelihood(answer, point), []
    if key:
        dot = element("span", class_=f"dot {key}", aria_hidden="true")
        hundred = explained(language, "of_hundred", count=round(100 * point.confidence))
        figure = element("span", f"{point.confidence:.2f}", class_="figure", **hundred)
        parts += [joined(dot, label(language, key)), figure]
    if point.sources > 1:
        parts.append(label(language, "sources_agree", count=point.sources))
    return element("p", *between(parts, " · "), class_="confidence") if parts else None


def _otherwise(answer: Answer, language: str) -> Html | None:
    """What other articles say instead, with its date; in words whether that is earlier, later or neither."""
    if not answer.others:
        return None
    rows = [_other(answer, other, language) for other in answer.others]
    return element(
        "div",
        element("p", label(language, otherwise(answer)), data_aloud=True),
        element("ul", *rows),
        class_="otherwise",
    )


def _other(answer: Answer, other: OtherPoint, language: str) -> Html:
    words = element("mark", other.text, lang=answer.quotation_of(other).language)
    when = [label(language, relation(other)), *([dated_label(other.published, language)] if other.published else [])]
    said = element("span", words, " (", *between(when, ", "), ")", data_aloud=True)
    return element("li", said, chips(answer, other, language))


def why(reason: Reason, language: str) -> Html:
    """The reason of a verdict as a paragraph."""
    return element("p", reason_in_words(reason, language), class_="why", data_aloud=True)


def reason_in_words(reason: Reason, language: str) -> Html:
    """Why it was answered or not."""
    return joined(*between((label(language, key, **gaps) for key, gaps in reason.sentences()), " "))
