"""Helps to write gold: passages to ask about, votes of readers, and a check of every question written."""

import re
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass, replace
from operator import attrgetter
from pathlib import Path
from random import Random
from typing import Any

from eval.datasets.questions import Evidence, Question, addresses
from eval.files import read_jsonl
from index import Chunk, Document, InputError, Snapshot
from index.analysis.detect import detect
from index.analysis.sentences import sentences

SEED = 0


@dataclass(frozen=True, slots=True)
class Vote:
    """A quotation that answered a question, and its balance: thumbs up minus thumbs down."""

    question: str
    language: str
    document: str
    quote: str
    balance: int


def passages(snapshot: Snapshot, gold: Sequence[Question]) -> Iterator[tuple[Document, Chunk]]:
    """A passage of every document; documents that no gold question quotes come first. The order is always the same."""
    ids = addresses(snapshot)
    quoted = {ids.get(each.document) for question in gold for each in question.evidence}
    order = [listed.id for listed in snapshot.listing()]
    Random(SEED).shuffle(order)
    for id in sorted(order, key=quoted.__contains__):
        numbers = snapshot.document_chunks(id)
        for chunk, document in snapshot.chunks([Random(f"{SEED}{id}").choice(numbers)]):
            yield document, chunk


def question_of(
    written: str, quote: str | None, answers: Sequence[str], document: Document, name: str, ids: Collection[str]
) -> Question:
    """A gold question as a person wrote it, under the next free id.

    Args:
        quote: words of the document that answer; their whole sentences are quoted. None if nothing answers.
        answers: wordings of the answer; or several answers apart by ";", each in its wordings apart by "|".
        name: what gold is to call the document: its file or its id.
        ids: those already taken.

    Raises:
        InputError: there is no question, or the words do not stand in the document, word for word, in one place.
    """
    if not any(map(str.isalnum, written)):
        raise InputError("there is no question")
    language = detect(written)
    id = next_id(language, ids)
    if quote is None:
        return Question(id, written.strip(), language)
    evidence = (Evidence(name, _quotation(quote, document)),)
    several = [_wordings(each) for each in "|".join(answers).split(";")]
    points = tuple(filter(None, several)) if len(several) > 1 else ()
    given = (", ".join(wordings[0] for wordings in points),) if points else several[0]
    return Question(id, written.strip(), language, given, evidence, points=points)


def _wordings(answer: str) -> tuple[str, ...]:
    return tuple(filter(None, map(str.strip, answer.split("|"))))


def next_id(prefix: str, ids: Collection[str]) -> str:
    """The first id with a prefix that is not taken.

    >>> next_id("en", {"en-001", "en-003"})
    'en-002'
    """
    number = 1
    while f"{prefix}-{number:03}" in ids:
        number += 1
    return f"{prefix}-{number:03}"


def _quotation(words: str, document: Document) -> str:
    """The whole sentences of a document that hold some words; any white space matches any other."""
    start, end = place_of(words, document.text)
    around = [(a, b) for a, b in sentences(document.text, document.language) if a < end and b > start]
    if around:
        start, end = around[0][0], around[-1][1]
    return document.text[start:end]


def place_of(words: str, text: str) -> tuple[int, int]:
    """The one place where some words stand in a document's text; any white space matches any other.

    Raises:
        InputError: they stand nowhere, or at several places.
    """
    pattern = r"\s+".join(map(re.escape, words.split()))
    matches = list(re.finditer(pattern, text))
    if not matches or not any(map(str.isalnum, words)):
        raise InputError("the document does not hold that, character by character", "copy it from the passage")
    if len(matches) > 1:
        raise InputError(f"that stands at {len(matches)} places in the document", "copy more of the sentence")
    return matches[0].span()


def read_votes(path: Path) -> list[Vote]:
    """The votes that `kenes chat --feedback FILE` kept, added up for each question and quotation, in their order.

    Raises:
        InputError: the file cannot be read, or a line is not a vote.
    """
    found: dict[Vote, int] = {}
    votes = read_jsonl(path, _vote, "vote", "collect votes with kenes chat --feedback FILE")
    last = {ballot or str(line): vote for line, (ballot, vote) in enumerate(votes)}
    for vote in filter(attrgetter("balance"), last.values()):
        subject = replace(vote, balance=0)
        found[subject] = found.get(subject, 0) + vote.balance
    return [replace(subject, balance=balance) for subject, balance in found.items()]


def _vote(row: Any) -> tuple[str, Vote]:
    """The ballot that a vote is on, of which only the last counts, empty for none; and the vote."""
    balance = {"up": 1, "down": -1, "none": 0}[row["vote"]]
    vote = Vote(str(row["question"]), str(row["language"]), str(row["document"]), str(row["quote"]), balance)
    return str(row.get("ballot", "")), vote
