"""Proves a saved answer against an index: every quotation verbatim at its place, every document unchanged."""

import hashlib
from typing import Any

from index import Document, InputError, Snapshot

_ABOUT = ("title", "source", "published", "url", "language")
_FIELDS = {"document_id": str, "start": int, "end": int}


def prove(answer: Any, snapshot: Snapshot) -> tuple[int, list[str]]:
    """Check every quotation and every passage of an answer's JSON.

    Returns:
        how many places were checked, and a sentence for each that differs; all is proved when there is none.

    Raises:
        InputError: it is not the JSON of an answer.
    """
    if not isinstance(answer, dict) or not all(isinstance(answer.get(key), list) for key in ("citations", "passages")):
        raise InputError("this is not the JSON of an answer", "kenes ask QUESTION --json > ANSWER.json")
    problems: list[str] = []
    for kind, quoted in (("citations", "quote"), ("passages", "text")):
        for position, place in enumerate(answer[kind], 1):
            problems += [f"{kind[:-1]} {position}: {problem}" for problem in _check(place, quoted, snapshot)]
    problems += _check_answer(answer)
    return len(answer["citations"]) + len(answer["passages"]), problems


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
    return problems


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


def _check_answer(answer: dict[str, Any]) -> list[str]:
    """The answer must stand at its place in its sentence, and the sentence be the quotation of citation 1."""
    text, sentence, start = answer.get("answer"), answer.get("sentence"), answer.get("answer_start")
    if answer.get("status") != "answered":
        return [] if text is None and not answer["citations"] else ["it is not answered, yet holds an answer"]
    if not answer["citations"]:
        return ["it is answered, yet cites nothing"]
    problems = []
    cited = answer["citations"][0]
    if sentence != cited["quote"]:
        problems.append("its sentence is not the quotation of citation 1")
    at = start - cited["start"] if type(start) is int else -1
    if not isinstance(text, str) or not isinstance(sentence, str) or at < 0 or not sentence.startswith(text, at):
        problems.append("its answer does not stand at its place in its sentence")
    return problems


def _short(text: str) -> str:
    return repr(text if len(text) <= 60 else text[:59] + "…")
