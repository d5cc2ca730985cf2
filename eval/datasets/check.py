"""Checks gold questions: quotations that no longer match, doubles, leaks between two sets, sets out of balance."""

import re
from collections import Counter
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from itertools import combinations, product

import numpy as np
from numpy.typing import NDArray

from eval.datasets.questions import Question, addresses, span
from eval.measures.answers import normalised
from index import Embedder, Snapshot
from index.analysis.languages import LANGUAGES

ALIKE = 0.8  # share of common words from which two questions are too similar
LEAST_REFUSALS, MOST_REFUSALS = 0.1, 0.5  # share of questions without an answer
UNEVEN = 3  # times as many questions in one language as in another
SAME_MEANING = 0.94  # cosine from which two questions may ask the same
_WORD = re.compile(r"\w+")


@dataclass(frozen=True, slots=True)
class GoldIssue:
    """Something wrong with gold. A `fault` makes figures wrong; anything else makes them less telling."""

    fault: bool
    id: str
    what: str


def check(
    questions: Sequence[Question], against: Sequence[Question], snapshot: Snapshot, embedder: Embedder
) -> list[GoldIssue]:
    """Everything wrong with a set.

    Args:
        against: a set that must share no question with it, such as calibration questions with test questions.
        snapshot: of the index that the quotations come from.
        embedder: finds questions with the same meaning.
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


def forms(questions: Sequence[Question]) -> Iterator[GoldIssue]:
    """Ids, questions and answers without a word in them, and languages that Kenes does not know."""
    for question in questions:
        fields = [("id", question.id), ("question", question.question)]
        fields += [("answer", answer) for answer in question.answers]
        for name, text in fields:
            if not any(map(str.isalnum, text)):
                yield GoldIssue(True, question.id, f"its {name} has no word in it")
        if question.language not in LANGUAGES:
            known = ", ".join(LANGUAGES)
            yield GoldIssue(False, question.id, f'its language is "{question.language}", none of {known}')


def quotations(questions: Sequence[Question], snapshot: Snapshot) -> Iterator[GoldIssue]:
    """Quotations and documents that are not in the index."""
    ids = addresses(snapshot)
    for question in questions:
        for each in question.evidence:
            if each.document not in ids:
                yield GoldIssue(True, question.id, f'{each.document} is not in the index: "{each.quote[:60]}"')
            elif span(each, ids, snapshot) is None:
                yield GoldIssue(True, question.id, f'{each.document} holds it no more: "{each.quote[:60]}"')
        if question.documents is not None:
            yield from _restrictions(question, question.documents, ids)


def _restrictions(question: Question, documents: Sequence[str], ids: Collection[str]) -> Iterator[GoldIssue]:
    for name in documents:
        if name not in ids:
            yield GoldIssue(True, question.id, f"it is asked of {name}, which is not in the index")
    for each in question.evidence:
        if each.document not in documents:
            yield GoldIssue(True, question.id, f"{each.document} answers it, but it is not asked of that")


def wordings(questions: Sequence[Question]) -> Iterator[GoldIssue]:
    """Answers that no quotation holds in these words, so that words of an article can never match them."""
    for question in questions:
        quoted = "\n".join(normalised(each.quote) for each in question.evidence)
        if question.answers and not any(normalised(answer) in quoted for answer in question.answers):
            shown = question.answers[0][:60]
            yield GoldIssue(False, question.id, f'no quotation holds an answer as it is worded: "{shown}"')


def doubles(questions: Sequence[Question]) -> Iterator[GoldIssue]:
    """Questions that stand twice in a set: the same words, asked of the same documents."""
    for one, other in combinations(questions, 2):
        if one.documents == other.documents and alike(one.question, other.question) == 1:
            yield GoldIssue(True, other.id, f'it asks the same as "{one.id}"')


def leaks(questions: Sequence[Question], against: Sequence[Question]) -> Iterator[GoldIssue]:
    """Questions that are in both sets, word for word or nearly so."""
    for one, other in product(questions, against):
        common = alike(one.question, other.question)
        if common >= ALIKE:
            problem = f'it shares {common:.0%} of its words with "{other.id}" of the other set'
            yield GoldIssue(common == 1, one.id, problem)


def meanings(questions: Sequence[Question], against: Sequence[Question], embedder: Embedder) -> Iterator[GoldIssue]:
    """Questions that mean nearly the same as one of the other set, in other words; a person has to decide.

    Only pairs with the same quotation are named, and pairs that nothing answers. Vectors of different languages are
    further apart, so most pairs across languages are missed.
    """
    if not questions or not against:
        return
    cosines = _vectors(questions, embedder) @ _vectors(against, embedder).T
    for (row, one), (column, other) in product(enumerate(questions), enumerate(against)):
        if cosines[row, column] >= SAME_MEANING and _have_one_answer(one, other):
            problem = f'it may ask the same as "{other.id}" of the other set: "{other.question}"'
            yield GoldIssue(False, one.id, problem)


def _vectors(questions: Sequence[Question], embedder: Embedder) -> NDArray[np.float32]:
    """Unit vectors of questions, shape (questions, dim), by the encoder under which texts that mean the same are near."""
    return embedder.embed_documents([question.question for question in questions]).vectors


def _have_one_answer(one: Question, other: Question) -> bool:
    if not one.answerable and not other.answerable:
        return True
    return not set(one.evidence).isdisjoint(other.evidence)


def alike(one: str, other: str) -> float:
    """The share of common words among the words of two questions (Jaccard index).

    >>> alike("How many laws?", "how many LAWS"), alike("How many laws?", "How many articles?")
    (1.0, 0.5)
    """
    words = set(_WORD.findall(one.lower()))
    others = set(_WORD.findall(other.lower()))
    return len(words & others) / max(1, len(words | others))


def balance(questions: Sequence[Question]) -> Iterator[GoldIssue]:
    """What the set asks too little or too much of."""
    if not questions:
        yield GoldIssue(True, "", "there is no question")
        return
    refusals = sum(not question.answerable for question in questions) / len(questions)
    if not LEAST_REFUSALS <= refusals <= MOST_REFUSALS:
        yield GoldIssue(False, "", f"{refusals:.0%} of the questions have no answer; between 10 % and 50 % tell more")
    languages = Counter(question.language for question in questions)
    answerable = Counter(question.language for question in questions if question.answerable)
    ranked = languages.most_common()
    (most, many), (least, few) = ranked[0], ranked[-1]
    if many > UNEVEN * few:
        yield GoldIssue(False, "", f"{many} questions are in {most}, only {few} in {least}")
    for language, count in ranked:
        if answerable[language] in (0, count):
            yield GoldIssue(False, "", f"of the questions in {language} all have an answer, or none has")
