"""Finds the sentences that go on with an answer: who else spoke, "He also promised …", what is forbidden besides."""

import functools
import re
from collections.abc import Collection, Iterable, Sequence
from dataclasses import replace

from index.analysis.languages import record
from index.analysis.languages.record import whole_words
from index.analysis.sentences import sentences
from rag.reading.context import sentence_at
from rag.reading.lists import is_item
from rag.types import Passage, Query, Reading
from rag.verdict.enumeration import announces
from rag.verdict.in_its_words import asks_for_speakers, tells_in_its_words, tells_who_speaks, topic_of
from rag.verdict.names import names_in, shared, spellings_in
from rag.verdict.question_stems import holds

NEAR = 30  # characters before what is announced, in which it is counted: two important "reasons"


def ends_with_name(reading: Reading) -> bool:
    """Whether words name somebody at their end, as "Senator Asel Kim" does, and "the Akorda press service" does not."""
    return any(name.end == len(reading.answer) for name in names_in(reading.answer, reading.document.language))


def adds(reading: Reading) -> bool:
    """Whether the sentence of words begins as one that adds to the one before it does: "He also promised …"."""
    document = reading.document
    start, end = sentence_at(document, reading.start)
    return bool(_adding(document.language).match(document.text[start:end]))


@functools.cache
def _adding(language: str) -> re.Pattern[str]:
    return re.compile(rf"\W*(?:{record(language).lists.adding}|{record(language).lists.attributing})\b", re.IGNORECASE)


def beside(query: Query, passages: Iterable[Passage], sure: Sequence[Reading]) -> list[Passage]:
    """The sentences that go on with what was surely read, each as a passage of its own.

    To a question for speakers those of the same article that tell who speaks and name somebody; to others, what is added ("He also …")
    or announced together ("for two reasons"). Of every article, what surely answers in the question's own words.
    """
    found: list[Passage] = []
    tells = tells_in_its_words(query)
    for passage in passages:
        document, at = passage.document, passage.chunk.start
        here = [each.start - at for each in sure if each.document.id == document.id]
        spans = sentences(passage.chunk.text, document.language)
        telling = frozenset(
            number for number, (start, end) in enumerate(spans) if any(start <= each < end for each in here)
        )
        further = _further(query, passage, spans, telling) if here else set()
        if tells and document.language == query.language:
            further |= {
                number for number, (start, end) in enumerate(spans) if tells(passage.chunk.text[start:end], document)
            }
        found += [_alone(passage, *spans[number]) for number in sorted(further - telling)]
    return found


def _further(query: Query, passage: Passage, spans: Sequence[tuple[int, int]], telling: frozenset[int]) -> set[int]:
    if asks_for_speakers(query):
        return _of_matter(passage, spans, topic_of(query) if _asks_about_topic(query) else frozenset())
    return _going_on(query, passage, spans, telling)


def _asks_about_topic(query: Query) -> bool:
    """Whether what a question names is what the speakers spoke of, right beside the verb, and not the meeting's matter."""
    lists = record(query.language).lists
    topic, asked = (re.search(each, query.text, re.IGNORECASE) for each in (lists.topic, lists.asks_speakers))
    if topic is None or asked is None:
        return False
    return not re.search(r"\w", query.text[min(topic.end(), asked.end()) : max(topic.start(), asked.start())])


def _of_matter(passage: Passage, spans: Sequence[tuple[int, int]], asked: frozenset[str]) -> set[int]:
    """Which sentences tell who speaks, and name somebody, and hold some stems, or their title does."""
    document = passage.document

    def is_told(number: int) -> bool:
        return holds(f"{document.title} {passage.chunk.text[slice(*spans[number])]}", document.language, asked)

    return set(filter(is_told, _speaking(passage, spans)))


def _speaking(passage: Passage, spans: Sequence[tuple[int, int]]) -> set[int]:
    """Which sentences tell who speaks, and name somebody."""
    texts = (passage.chunk.text[start:end] for start, end in spans)
    return {number for number, text in enumerate(texts) if tells_who_speaks(text, passage.document.language)}


def _going_on(query: Query, passage: Passage, spans: Sequence[tuple[int, int]], telling: frozenset[int]) -> set[int]:
    """Which sentences go on with telling ones, or are announced with them."""
    language = passage.document.language
    asked = spellings_in(query.text, query.language)
    texts = [passage.chunk.text[start:end] for start, end in spans]
    heads = {number for number, text in enumerate(texts) if _is_head(text, language)}
    others = {
        number
        for number in _speaking(passage, spans)
        if not shared(asked, spellings_in(texts[number], language))  # somebody else speaks
    }
    found: set[int] = set()
    for row in _rows(passage, spans, texts, heads):
        if here := telling.intersection(row):
            found.update(_said_with(row, min(here), texts, language))
    asking = {number for number, text in enumerate(texts) if text.rstrip().endswith("?")}
    return found - heads - others - asking


def _said_with(row: Sequence[int], telling: int, texts: Sequence[str], language: str) -> list[int]:
    """The sentences of a row that are told beside a telling one: what is added to, too, but nothing before what is only attributed."""
    attributing = re.compile(rf"\W*(?:{record(language).lists.attributing})\b", re.IGNORECASE)
    first = max((number for number in row if number <= telling and attributing.match(texts[number])), default=row[0])
    return [number for number in row if number >= first]


def _rows(
    passage: Passage, spans: Sequence[tuple[int, int]], texts: Sequence[str], heads: Collection[int]
) -> list[list[int]]:
    """The numbers of the sentences, those together that go on with each other."""
    adding = _adding(passage.document.language)
    rows: list[list[int]] = []
    for number, text in enumerate(texts):
        is_far = "\n\n" in passage.chunk.text[spans[number - 1][1] : spans[number][0]] if number else True
        is_announced = rows and rows[-1][0] in heads and not is_far
        if number and not is_item(text) and (adding.match(text) or is_announced):
            rows[-1].append(number)
        else:
            rows.append([number])
    return rows


def _is_head(sentence: str, language: str) -> bool:
    """Whether a sentence announces what the next ones tell: for "two reasons" the road was closed."""
    if ":" in sentence:
        return sentence.endswith(":")
    announced = whole_words(record(language).lists.announced).finditer(sentence)
    return any(announces(sentence[max(0, each.start() - NEAR) : each.end()], language) for each in announced)


def _alone(passage: Passage, start: int, end: int) -> Passage:
    at, text = passage.chunk.start, passage.chunk.text[start:end]
    return replace(passage, chunk=replace(passage.chunk, start=at + start, end=at + end, text=text))
