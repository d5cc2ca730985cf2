"""Proves a saved answer against an index: every quotation verbatim at its place, every document unchanged.

It reads the JSON of versions 1 and 2.
"""

import hashlib
from typing import Any

from index import Document, InputError, Snapshot
from rag.answer import VERSION

_ABOUT = ("title", "source", "published", "url", "language")
_FIELDS = {"document_id": str, "start": int, "end": int}


def prove(answer: Any, snapshot: Snapshot) -> tuple[int, list[str]]:
    """Check every quotation and every passage of an answer's JSON, of several, of themes or of a timeline.

    Returns:
        how many places were checked, and a sentence for each that differs; all is proved when there is none.

    Raises:
        InputError: it is not the JSON of an answer.
    """
    if isinstance(answer, dict) and "themes" in answer:
        return _prove_themes(answer, snapshot)
    if isinstance(answer, dict) and "values" in answer:
        return _prove_timeline(answer, snapshot)
    if isinstance(answer, dict) and isinstance(answer.get("answers"), list):
        return _prove_conversation(answer["answers"], snapshot)
    return _prove_answer(answer, snapshot)


def _prove_answer(answer: Any, snapshot: Snapshot) -> tuple[int, list[str]]:
    _check_shape(answer)
    problems: list[str] = []
    for kind, quoted in (("citations", "quote"), ("other_citations", "quote"), ("passages", "text")):
        for position, place in enumerate(answer.get(kind, ()), 1):
            problems += [
                f"{kind[:-1].replace('_', ' ')} {position}: {problem}" for problem in _check(place, quoted, snapshot)
            ]
    problems += _check_points(answer)
    return sum(len(answer.get(kind, ())) for kind in ("citations", "other_citations", "passages")), problems


def _prove_conversation(answers: list[Any], snapshot: Snapshot) -> tuple[int, list[str]]:
    found = [_prove_answer(answer, snapshot) for answer in answers]
    problems = [f"answer {at}: {problem}" for at, (_, told) in enumerate(found, 1) for problem in told]
    return sum(checked for checked, _ in found), problems


def _prove_themes(report: dict[str, Any], snapshot: Snapshot) -> tuple[int, list[str]]:
    themes = report["themes"] if isinstance(report["themes"], list) else [None]
    if not all(isinstance(theme, dict) and isinstance(theme.get("quotes"), list) for theme in themes):
        raise InputError("its themes have no quotes", "kenes themes --json > THEMES.json")
    quotes = [(at, quote) for at, theme in enumerate(themes, 1) for quote in theme["quotes"]]
    problems = [f"theme {at}: {problem}" for at, quote in quotes for problem in _check(quote, "quote", snapshot)]
    return len(quotes), problems


def _prove_timeline(timeline: dict[str, Any], snapshot: Snapshot) -> tuple[int, list[str]]:
    values = timeline["values"] if isinstance(timeline["values"], list) else [None]
    if not all(isinstance(value, dict) and isinstance(value.get("tellings"), list) for value in values):
        raise InputError("its values have no tellings", "kenes timeline QUESTION --json > TIMELINE.json")
    tellings = [(at, each) for at, value in enumerate(values, 1) for each in value["tellings"]]
    problems = [f"value {at}: {problem}" for at, each in tellings for problem in _check_telling(each, snapshot)]
    return len(tellings), problems


def _check_telling(telling: Any, snapshot: Snapshot) -> list[str]:
    """The quotation must be at its place, and the words at theirs in it."""
    citation: Any = telling.get("citation") if isinstance(telling, dict) else None
    problems = _check(citation, "quote", snapshot)
    words, start = telling.get("words"), telling.get("start")
    if type(start) is not int or not isinstance(words, str):
        return [*problems, "its words have no place"]
    at = start - citation["start"]
    if at < 0 or not words or citation["quote"][at : at + len(words)] != words:
        problems.append(f"its words {_short(words)} do not stand at {start}")
    return problems


def _check_shape(answer: Any) -> None:
    version = answer.get("version", 1) if isinstance(answer, dict) else None
    if type(version) is int and version > VERSION:
        raise InputError(
            f"the answer was saved by a newer version of Kenes (format {version})", "prove it with that version"
        )
    lists = ("citations", "passages") if version == 1 else ("citations", "passages", "points", "others")
    if type(version) is not int or not all(isinstance(answer.get(name), list) for name in lists):
        raise InputError("this is not the JSON of an answer", "kenes ask QUESTION --json > ANSWER.json")
    if not isinstance(answer.get("other_citations", []), list):
        raise InputError("its other citations are no list", "save the answer again with --json")
    rows = [row for name in ("points", "others") for row in answer.get(name, ())]
    if not all(isinstance(row, dict) for row in rows):
        raise InputError("its points are not objects", "save the answer again with --json")


def _check(place: Any, quoted: str, snapshot: Snapshot) -> list[str]:
    fields = {**_FIELDS, quoted: str}
    if not isinstance(place, dict) or not all(type(place.get(name)) is kind for name, kind in fields.items()):
        raise InputError(
            f"a place in it lacks one of {', '.join(fields)}, or has it in another type",
            "save the answer again with --json",
        )
    document = snapshot.document(place["document_id"])
    if document is None:
        return [f'its document "{place["document_id"]}" is not in the index']
    problems = _check_copies(place, snapshot)
    found = hashlib.sha256(document.text.encode()).hexdigest()
    if place.get("document_sha256", found) != found:
        problems.append(
            f'document "{document.id}" has changed (sha256 {found[:12]}…, cited {str(place["document_sha256"])[:12]}…)'
        )
    problems += _check_about(place, document)
    start, end = place["start"], place["end"]
    if not 0 <= start < end <= len(document.text):
        return [
            *problems,
            f'{start} to {end} is no part of document "{document.id}" of {len(document.text)} characters',
        ]
    there = document.text[start:end]
    if there != place[quoted]:
        problems.append(
            f'at {start} to {end} document "{document.id}" says {_short(there)}, not {_short(place[quoted])}'
        )
    if not _is_within(place.get("best"), start, end):
        problems.append("its best sentence is no part of it")
    return problems


def _is_within(best: Any, start: int, end: int) -> bool:
    """Whether a best sentence, if there is one, lies within a passage."""
    if best is None:
        return True
    if not isinstance(best, list) or len(best) != 2 or not all(type(offset) is int for offset in best):
        return False
    return bool(start <= best[0] < best[1] <= end)


def _check_about(place: dict[str, Any], document: Document) -> list[str]:
    return [
        f'its {name} is not that of document "{document.id}"'
        for name in _ABOUT
        if name in place and place[name] != getattr(document, name)
    ]


def _check_copies(place: dict[str, Any], snapshot: Snapshot) -> list[str]:
    """The documents that a passage names as its copies must be in the index, as they are named."""
    copies = place.get("copies", [])
    if not isinstance(copies, list) or not all(
        isinstance(copy, dict) and isinstance(copy.get("document_id"), str) for copy in copies
    ):
        raise InputError('"copies" in it is no list of documents', "save the answer again with --json")
    problems = []
    for copy in copies:
        document = snapshot.document(copy["document_id"])
        if document is None:
            problems.append(f'its copy "{copy["document_id"]}" is not in the index')
        else:
            problems += [f"of a copy, {problem}" for problem in _check_about(copy, document)]
    return problems


def _check_points(answer: dict[str, Any]) -> list[str]:
    """Every point must stand at its place in its sentence, and the sentence be the quotation of its first citation."""
    points = _points_of(answer)
    if answer.get("status") == "not_found":
        return ["it is not answered, yet holds an answer"] if points or answer["citations"] else []
    is_overview = answer.get("status") == "overview"
    if not is_overview and (not answer["citations"] or not points):
        return ["it is answered, yet cites nothing"]
    problems: list[str] = []
    for number, point in enumerate(points, 1):
        name = "its" if len(points) == 1 else f"point {number}: its"
        problems += [f"{name} {problem}" for problem in _check_point(point, answer["citations"])]
    return problems + _check_first(answer, {} if is_overview else points[0]) + _check_others(answer)


def _points_of(answer: dict[str, Any]) -> list[dict[str, Any]]:
    """The points of an answer. Version 1 has one, spread over the answer itself."""
    if answer.get("version", 1) > 1:
        points: list[dict[str, Any]] = answer["points"]
        return points
    text, start = answer.get("answer"), answer.get("answer_start")
    if text is None:
        return []
    end = start + len(text) if type(start) is int and isinstance(text, str) else None
    return [{"text": text, "start": start, "end": end, "sentence": answer.get("sentence"), "citations": [1]}]


def _check_point(point: dict[str, Any], citations: list[dict[str, Any]]) -> list[str]:
    numbers = point.get("citations")
    if not isinstance(numbers, list) or not numbers or not all(_is_number_of(number, citations) for number in numbers):
        return ["citations are not among those of the answer"]
    cited = citations[numbers[0] - 1]
    problems = []
    if point.get("sentence") != cited["quote"]:
        problems.append(f"sentence is not the quotation of citation {numbers[0]}")
    if not _stands_in(point, cited):
        problems.append("answer does not stand at its place in its sentence")
    return problems


def _is_number_of(number: Any, citations: list[dict[str, Any]]) -> bool:
    return type(number) is int and 1 <= number <= len(citations)


def _stands_in(point: dict[str, Any], cited: dict[str, Any]) -> bool:
    """Whether the words of a point are what the quotation holds at that place."""
    start, end = point.get("start"), point.get("end")
    if type(start) is not int or type(end) is not int:
        return False
    if not cited["start"] <= start < end <= cited["end"]:
        return False
    words = str(cited["quote"])[start - cited["start"] : end - cited["start"]]
    return bool(words == point.get("text"))


def _check_first(answer: dict[str, Any], first: dict[str, Any]) -> list[str]:
    """What an answer says of itself must be what its first point says."""
    fields = {"answer": "text", "answer_start": "start", "sentence": "sentence"}
    return [
        f"its {name} is not that of its first point"
        for name, own in fields.items()
        if answer.get(name) != first.get(own)
    ]


def _check_others(answer: dict[str, Any]) -> list[str]:
    citations = [*answer["citations"], *answer.get("other_citations", ())]
    return [
        f"other {number}: its {problem}"
        for number, other in enumerate(answer.get("others", ()), 1)
        for problem in _check_other(other, citations)
    ]


def _check_other(other: dict[str, Any], citations: list[dict[str, Any]]) -> list[str]:
    number: Any = other.get("citation")
    if not _is_number_of(number, citations):
        return ["citation is not among those of the answer"]
    cited = citations[number - 1]
    if other.get("sentence") != cited["quote"]:
        return [f"sentence is not the quotation of citation {number}"]
    problems = []
    if not _stands_in(other, cited):
        problems.append("words do not stand at their place in its sentence")
    if other.get("published") != cited.get("published"):
        problems.append(f"date is not that of citation {number}")
    return problems


def _short(text: str) -> str:
    return repr(text if len(text) <= 60 else text[:59] + "…")
