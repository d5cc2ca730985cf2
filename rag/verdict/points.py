"""Several answers to a question that asks for more than one: which parties, who spoke, why, what did she say."""

import functools
import re
from collections.abc import Callable, Iterable, Sequence
from dataclasses import replace

from index.analysis.languages import RECORDS, record
from index.analysis.languages.record import whole_words
from index.analysis.terms import figures, stems
from rag.reading.answer_type import AnswerType, expected_answer_type
from rag.reading.contacts import CONTACTS
from rag.reading.extract import Candidate, Pointing
from rag.types import Query, Reading
from rag.verdict.comparison import pointings
from rag.verdict.enumeration import enumerates, is_between_items
from rag.verdict.grouping import Group, is_one_sentence
from rag.verdict.listed import is_one_list
from rag.verdict.matter import names_of
from rag.verdict.names import Name, shared, surely_names
from rag.verdict.question_stems import is_told_in_its_words
from rag.verdict.values import Kind, Statement, same_value

MOST = 7
LIKELY_ENOUGH = 5.0  # log-odds that further words of a passage may be below its best ones
# Share of the least confidence from which words are said beside the likeliest ones, if they stand in one sentence, as items of a list.
# In `eval/datasets/own/dev.jsonl`, where these answer, so do the five such; of those that are less likely hardly half.
ITEM = 0.83
OWN_WORDS = 0.5  # the same of words that other articles tell in sentences with all words of the question
# Cosine of words from which they are one answer: of the answers in `eval/datasets/own` .97 are that near to their translations, and
# .03 to other answers of their article. Of sentences after their titles it tells that less well (AUROC .87 against .99).
NEAR = 0.85
NEAR_IN_ONE = 0.95  # the same of words of one article, which are seldom told twice, and of other words of one language
_ONE_VALUE = (AnswerType.NUMBER, AnswerType.TIME, *CONTACTS)  # kinds of which a question wants one value


def asks_for_several(question: str) -> bool:
    """Whether a question asks for more than one answer; one for a number or a time never does.

    >>> [asks_for_several(each) for each in ("Which parties took part?", "Кто выступил?", "Неге?", "Who is mayor?", "How many?")]
    [True, True, True, False, False]
    """
    if expected_answer_type(question) in _ONE_VALUE:
        return False
    return bool(_asking().search(question))


def may_be_several(query: Query) -> bool:
    """Whether a question asks for more than one answer, or does not say how many: what was lost, who is on the council."""
    if expected_answer_type(query.text) in _ONE_VALUE:
        return False
    return asks_for_several(query.text) or bool(
        re.search(record(query.language).lists.asks_any, query.text, re.IGNORECASE)
    )


def asks_for_cause(query: Query) -> bool:
    """Whether a question asks what something came from: articles that name other causes disagree."""
    return bool(re.search(record(query.language).answers.asks_cause, query.text, re.IGNORECASE))


@functools.cache
def _asking() -> re.Pattern[str]:
    patterns = [each for known in RECORDS.values() for each in (known.answers.asks_list, known.lists.asks_speakers)]
    return re.compile("|".join(f"(?:{each})" for each in patterns), re.IGNORECASE)


def pointed_at(candidate: Candidate) -> list[Pointing]:
    """The words of a passage that were pointed at, the likeliest first, the items of one enumeration as one.

    The reader may point at some items apart from the others: at "the mill and the pier" of "the lake, the mill and the pier".
    """
    found: list[Pointing] = []
    for each in sorted(pointings(candidate), key=lambda pointing: pointing.reading.start):
        if found and _goes_on(found[-1], each):
            found[-1] = _joined(found[-1], each)
        else:
            found.append(each)
    return sorted(found, key=lambda pointing: -pointing.score)


def likely_enough(pointed: Sequence[Pointing]) -> list[Pointing]:
    """Those of the words of a passage, the likeliest first, that are nearly as likely as these."""
    return [each for each in pointed if each.score >= pointed[0].score - LIKELY_ENOUGH]


def _goes_on(one: Pointing, other: Pointing) -> bool:
    """Whether words follow others as the next item of an enumeration, or at once, hardly less likely or one word beside others."""
    here, there = one.reading, other.reading
    if not is_one_sentence(here, there) or there.start < here.end:
        return False
    text = here.document.text
    if text[here.end : there.start].strip():
        return is_between_items(text[here.end : there.start]) and enumerates(text[here.start : there.end])
    return abs(one.score - other.score) <= LIKELY_ENOUGH or 1 in (len(here.answer.split()), len(there.answer.split()))


def _joined(one: Pointing, other: Pointing) -> Pointing:
    likelier = max(one, other, key=lambda pointing: pointing.score)
    return replace(likelier, reading=replace(likelier.reading, start=one.reading.start, end=other.reading.end))


def sure_enough(query: Query, readings: Sequence[Reading], said: float) -> list[Reading]:
    """Those of some readings that are likely enough to be said, and what is hardly less likely beside them.

    Beside the likeliest one that is what its sentence lists, and what other articles tell in the question's own words.
    """
    sure = sorted((each for each in readings if each.confidence >= said), key=lambda each: -each.confidence)
    items = [each for each in readings if ITEM * said <= each.confidence < said]
    told = [each for each in readings if OWN_WORDS * said <= each.confidence < said]
    beside = [each for each in items if sure and is_one_sentence(sure[0], each)]
    said_of = {(each.document.id, each.sentence_end) for each in sure}
    told = [each for each in told if (each.document.id, each.sentence_end) not in said_of]
    return sure + beside + [each for each in told if sure and is_told_in_its_words(query, each)]


def of_those_named(query: Query, readings: Sequence[Reading], read: Iterable[Reading]) -> list[Reading]:
    """Those of some readings whose articles name what the question names, if any article that was read does."""
    asked = surely_names(query.text, query.language)

    def names(reading: Reading) -> bool:
        return bool(shared(asked, names_of(reading.document, reading.start)))

    return list(filter(names, readings)) if any(map(names, read)) else list(readings)


def distinct(groups: Sequence[Group], near: Callable[[Statement, Statement], float]) -> tuple[Group, ...]:
    """The groups, likeliest first, without those that say what a likelier one says, seven at most.

    Of one sentence only words that do not overlap are two answers; near words, as translations are, say one thing unless they name
    others.

    Args:
        near: the cosine of the words of two statements.
    """
    kept: list[Group] = []
    for group in groups:
        if not any(_repeats(group.first, other.first, near) for other in kept):
            kept.append(group)
    return tuple(kept[:MOST])


def _repeats(one: Statement, other: Statement, near: Callable[[Statement, Statement], float]) -> bool:
    here, there = one.reading, other.reading
    if here.document.id == there.document.id and here.start < there.end and there.start < here.end:
        return True
    if is_one_list(here, there):
        return here.answer == there.answer
    if one.kind is not Kind.WORDS and one.kind is other.kind:
        return same_value(_by_name(one), _by_name(other))
    if here.document.id != there.document.id:
        return near(one, other) >= (NEAR if _may_be_reworded(here, there) else NEAR_IN_ONE)
    return here.sentence_start != there.sentence_start and near(one, other) >= NEAR_IN_ONE


def _may_be_reworded(one: Reading, other: Reading) -> bool:
    """Whether words of two articles may be one answer told twice: in two languages, or half of the shorter one's words, its numbers among them."""
    language = one.document.language
    if other.document.language != language:
        return True
    here, there = (frozenset(stems(each.answer, language)) for each in (one, other))
    is_half = 2 * len(here & there) >= min(len(here), len(there))
    return is_half and figures(one.answer, language) == figures(other.answer, language)


def _by_name(person: Statement) -> Statement:
    """A statement whose names are without the offices that they begin with: Director Ivan Petrov."""
    office = whole_words(record(person.reading.document.language).answers.offices)

    def without(name: Name) -> Name:
        words = [word for word in name.words if not office.fullmatch(word.text)]
        return replace(name, words=tuple(words) or name.words)

    return replace(person, names=tuple(map(without, person.names)))
