"""Checks gold questions: quotations that no longer match, questions that stand twice or in two sets, sets out of balance."""

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import combinations

import numpy as np

from eval.datasets.gold import Question, addresses, span
from eval.measures.answers import normalised
from index import LANGUAGES, Embedder, Snapshot

ALIKE = 0.8  # of the words of two questions are shared: too much alike
LEAST_REFUSALS, MOST_REFUSALS = 0.1, 0.5  # share of questions without an answer
UNEVEN = 3  # times as many questions in one language as in another
MEANT = 0.94  # cosine of two questions: they may ask the same
_WORD = re.compile(r"\w+")


@dataclass(frozen=True, slots=True)
class Finding:
    """Something wrong with gold. A `fault` makes figures wrong; the rest makes them say less."""

    fault: bool
    id: str
    what: str


def check(
    questions: Sequence[Question], against: Sequence[Question], snapshot: Snapshot, embedder: Embedder
) -> list[Finding]:
    """Everything wrong with a set.

    Args:
        against: a set that must share no question with it, as what is tuned on must not be tested on.
        snapshot: of the index that the quotations are from.
        embedder: tells which questions mean the same.
    """
    return [
        *forms(questions),
        *quotations(questions, snapshot),
        *wordings(questions),
        *doubles(questions),
        *leaks(questions, against),
        *meanings(questions, against, embedder),
        *balance(questions),
    ]


def forms(questions: Sequence[Question]) -> Iterator[Finding]:
    """Questions, ids and answers without a word in them, and languages that Kenes does not know."""
    for question in questions:
        for name, text in (
            ("id", question.id),
            ("question", question.question),
            *(("answer", a) for a in question.answers),
        ):
            if not any(map(str.isalnum, text)):
                yield Finding(True, question.id, f"its {name} has no word in it")
        if question.language not in LANGUAGES:
            yield Finding(False, question.id, f'its language is "{question.language}", none of {", ".join(LANGUAGES)}')


def quotations(questions: Sequence[Question], snapshot: Snapshot) -> Iterator[Finding]:
    """Quotations and documents that are not in the index."""
    ids = addresses(snapshot)
    for question in questions:
        for each in question.evidence:
            if span(each, ids, snapshot) is None:
                there = "holds it no more" if each.document in ids else "is not in the index"
                yield Finding(True, question.id, f'{each.document} {there}: "{each.quote[:60]}"')
        for name in question.documents or ():
            if name not in ids:
                yield Finding(True, question.id, f"it is asked of {name}, which is not in the index")
        if question.documents is not None:
            for each in question.evidence:
                if each.document not in question.documents:
                    yield Finding(True, question.id, f"{each.document} answers it, but it is not asked of that")


def wordings(questions: Sequence[Question]) -> Iterator[Finding]:
    """Answers in words that no quotation holds, so that the words of an article can never match them."""
    for question in questions:
        quoted = [normalised(each.quote) for each in question.evidence]
        if question.answers and not any(normalised(answer) in quote for answer in question.answers for quote in quoted):
            yield Finding(
                False, question.id, f'no quotation holds an answer as it is worded: "{question.answers[0][:60]}"'
            )


def doubles(questions: Sequence[Question]) -> Iterator[Finding]:
    """Questions that stand twice in a set: the same words, asked of the same documents."""
    for one, other in combinations(questions, 2):
        if one.documents == other.documents and alike(one.question, other.question) == 1:
            yield Finding(True, other.id, f'it asks the same as "{one.id}"')


def leaks(questions: Sequence[Question], against: Sequence[Question]) -> Iterator[Finding]:
    """Questions that stand in both sets, or nearly so."""
    for one in questions:
        for other in against:
            if (shared := alike(one.question, other.question)) >= ALIKE:
                yield Finding(
                    shared == 1, one.id, f'it shares {shared:.0%} of its words with "{other.id}" of the other set'
                )


def meanings(questions: Sequence[Question], against: Sequence[Question], embedder: Embedder) -> Iterator[Finding]:
    """Questions that mean nearly the same as one of another set, in other words: a person has to tell.

    Only those are named that the same quotation answers, or that neither set has an answer to. Across languages vectors
    lie further apart, so that most are missed there.
    """
    if not questions or not against:
        return
    ours, theirs = (
        np.concatenate([embedder.embed_query(each.question).vectors for each in side]) for side in (questions, against)
    )
    for one, cosines in zip(questions, ours @ theirs.T, strict=True):
        for other, cosine in zip(against, cosines.tolist(), strict=True):
            shared = set(one.evidence) & set(other.evidence) or not (one.answerable or other.answerable)
            if cosine >= MEANT and shared:
                yield Finding(
                    False, one.id, f'it may ask the same as "{other.id}" of the other set: "{other.question}"'
                )


def alike(one: str, other: str) -> float:
    """Share of the words of two questions that both have (Jaccard).

    >>> alike("How many laws?", "how many LAWS"), alike("How many laws?", "How many articles?")
    (1.0, 0.5)
    """
    words, others = (frozenset(_WORD.findall(each.lower())) for each in (one, other))
    return len(words & others) / max(1, len(words | others))


def balance(questions: Sequence[Question]) -> Iterator[Finding]:
    """What the set asks too little or too much of."""
    if not questions:
        yield Finding(True, "", "there is no question")
        return
    refusals = sum(not question.answerable for question in questions) / len(questions)
    if not LEAST_REFUSALS <= refusals <= MOST_REFUSALS:
        yield Finding(False, "", f"{refusals:.0%} of the questions have no answer; between 10 % and 50 % tell more")
    languages = Counter(question.language for question in questions).most_common()
    if languages[0][1] > UNEVEN * languages[-1][1]:
        (most, many), (least, few) = languages[0], languages[-1]
        yield Finding(False, "", f"{many} questions are in {most}, only {few} in {least}")
    for language, count in languages:
        if not 0 < sum(not question.answerable for question in questions if question.language == language) < count:
            yield Finding(False, "", f"of the questions in {language} all have an answer, or none has")
