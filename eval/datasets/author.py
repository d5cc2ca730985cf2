"""Helps to write gold: passages to ask about, questions made of what people voted on, and a check of what was written."""

import json
import re
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from random import Random
from typing import Any

from eval.datasets.gold import Evidence, Question, addresses
from index import Chunk, Document, InputError, Snapshot, detect
from index.analysis.sentences import sentences

SEED = 0


@dataclass(frozen=True, slots=True)
class Vote:
    """What people said of a quotation that answered a question: thumbs up less thumbs down."""

    question: str
    language: str
    document: str
    quote: str
    balance: int


def passages(snapshot: Snapshot, gold: Sequence[Question]) -> Iterator[tuple[Document, Chunk]]:
    """A passage of every document, those first that no gold question quotes; else in an order that is always the same."""
    ids = addresses(snapshot)
    quoted = {ids.get(each.document) for question in gold for each in question.evidence}
    order = [id for id, *_ in snapshot.listing()]
    Random(SEED).shuffle(order)
    for id in sorted(order, key=quoted.__contains__):
        numbers = [number for (number,) in snapshot.rows("SELECT id FROM chunks WHERE document_id = ?", (id,))]
        for chunk, document in snapshot.chunks([Random(f"{SEED}{id}").choice(numbers)]):
            yield document, chunk


def question_of(
    written: str, quote: str | None, answers: Sequence[str], document: Document, name: str, ids: Collection[str]
) -> Question:
    """A gold question of what a person wrote; its id is the next that is free.

    Args:
        quote: words of the document that answer; the sentences that they stand in are quoted. None if nothing does.
        name: what gold is to call the document, its file or its id.
        ids: those that are taken.

    Raises:
        InputError: there is no question, or the words do not stand in the document, word for word, in one place.
    """
    if not any(map(str.isalnum, written)):
        raise InputError("there is no question")
    evidence = () if quote is None else (Evidence(name, _quotation(quote, document)),)
    language = detect(written)
    number = next(number for number in range(1, len(ids) + 2) if f"{language}-{number:03}" not in ids)
    return Question(
        id=f"{language}-{number:03}",
        question=written.strip(),
        language=language,
        answers=tuple(answer.strip() for answer in answers if answer.strip()) if quote is not None else (),
        evidence=evidence,
    )


def _quotation(words: str, document: Document) -> str:
    """The whole sentences of a document in which some words stand; line breaks and blanks are one and the same."""
    pattern = r"\s+".join(map(re.escape, words.split()))
    places = [match.span() for match in re.finditer(pattern, document.text)] if any(map(str.isalnum, words)) else []
    if not places:
        raise InputError("the document does not hold that, character by character", "copy it from the passage")
    if len(places) > 1:
        raise InputError(f"that stands at {len(places)} places in the document", "copy more of the sentence")
    ((start, end),) = places
    around = [(a, b) for a, b in sentences(document.text, document.language) if a < end and b > start]
    return document.text[around[0][0] : around[-1][1]] if around else document.text[start:end]


def read_votes(path: Path) -> list[Vote]:
    """The votes that `kenes chat --feedback FILE` has kept, those on one question and quotation together, in their order.

    Raises:
        InputError: the file cannot be read, or holds something else than votes.
    """
    balance: dict[tuple[str, str, str, str], int] = {}
    for number, line in enumerate(_lines(path), 1):
        try:
            row: Any = json.loads(line)
            key = (str(row["question"]), str(row["language"]), str(row["document"]), str(row["quote"]))
            balance[key] = balance.get(key, 0) + {"up": 1, "down": -1}[row["vote"]]
        except (ValueError, KeyError, TypeError):
            raise InputError(
                f"{path} line {number} is no vote", "collect votes with kenes chat --feedback FILE"
            ) from None
    return [Vote(*key, votes) for key, votes in balance.items()]


def _lines(path: Path) -> list[str]:
    try:
        return [line for line in path.read_text("utf-8").splitlines() if line.strip()]
    except (OSError, UnicodeDecodeError) as error:
        raise InputError(f"{path} cannot be read: {getattr(error, 'strerror', None) or 'not UTF-8'}") from None
