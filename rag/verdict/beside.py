"""Finds the sentences that go on with an answer: who else spoke, "He also promised …", the next lines of a list."""

import re
from collections.abc import Collection, Iterable, Sequence
from dataclasses import replace

from index.analysis.languages import record
from index.analysis.languages.record import whole_words
from index.analysis.sentences import sentences
from index.analysis.terms import stems
from rag.types import Passage, Query, Reading
from rag.verdict.enumeration import announces, is_item_line
from rag.verdict.names import names_in, shared, spellings_in


def asks_for_speakers(query: Query) -> bool:
    """Whether a question asks who spoke."""
    return bool(re.search(record(query.language).lists.asks_speakers, query.text, re.IGNORECASE))


def ends_with_name(reading: Reading) -> bool:
    """Whether words name somebody at their end, as "Senator Asel Kim" does, and "the Akorda press service" does not."""
    return any(name.end == len(reading.answer) for name in names_in(reading.answer, reading.document.language))


def beside(query: Query, passages: Iterable[Passage], sure: Sequence[Reading]) -> list[Passage]:
    """The sentences that go on with what was surely read, each as a passage of its own.

    To a question for speakers those of the same article that tell who speaks and name somebody; to others, what is added ("He also …"),
    listed in the next line, or announced together ("for two reasons").
    """
    found: list[Passage] = []
    for passage in passages:
        document, at = passage.document, passage.chunk.start
        here = [each.start - at for each in sure if each.document.id == document.id]
        spans = sentences(passage.chunk.text, document.language) if here else []
        telling = frozenset(
            number for number, (start, end) in enumerate(spans) if any(start <= each < end for each in here)
        )
        further = (
            _on_topic(query, passage, spans) if asks_for_speakers(query) else _going_on(query, passage, spans, telling)
        )
        found += [_alone(passage, *spans[number]) for number in sorted(further - telling)]
    return found


def _speaking(passage: Passage, spans: Sequence[tuple[int, int]]) -> set[int]:
    """Which sentences tell who speaks, and name somebody."""
    language = passage.document.language
    speaking = whole_words(record(language).lists.speaking)
    texts = [passage.chunk.text[start:end] for start, end in spans]
    return {number for number, text in enumerate(texts) if speaking.search(text) and names_in(text, language)}


def _on_topic(query: Query, passage: Passage, spans: Sequence[tuple[int, int]]) -> set[int]:
    """Those of them that name what the question says is spoken of, or whose title does."""
    found = _speaking(passage, spans)
    topic = re.search(record(query.language).lists.topic, query.text, re.IGNORECASE)
    if topic is None:
        return found
    document, small = passage.document, record(query.language).function_words
    spoken_of = frozenset(
        stems(" ".join(each for each in topic[1].split() if each.lower() not in small), query.language)
    )

    def is_named(number: int) -> bool:
        around = f"{document.title} {passage.chunk.text[slice(*spans[number])]}"
        return spoken_of <= frozenset(stems(around, document.language))

    return set(filter(is_named, found))


def _going_on(query: Query, passage: Passage, spans: Sequence[tuple[int, int]], telling: frozenset[int]) -> set[int]:
    """Which sentences stand in one row with telling ones."""
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
        if not telling.isdisjoint(row):
            found.update(row)
    return found - heads - others


def _rows(
    passage: Passage, spans: Sequence[tuple[int, int]], texts: Sequence[str], heads: Collection[int]
) -> list[list[int]]:
    """The numbers of the sentences, those together that go on with each other."""
    adding = re.compile(rf"\W*(?:{record(passage.document.language).lists.adding})\b", re.IGNORECASE)
    rows: list[list[int]] = []
    for number, text in enumerate(texts):
        is_far = "\n\n" in passage.chunk.text[spans[number - 1][1] : spans[number][0]] if number else True
        is_listed = (
            is_item_line(text) and number and (is_item_line(texts[number - 1]) or texts[number - 1].endswith(":"))
        )
        is_announced = rows and rows[-1][0] in heads and not is_far
        if number and (adding.match(text) or is_listed or is_announced):
            rows[-1].append(number)
        else:
            rows.append([number])
    return rows


def _is_head(sentence: str, language: str) -> bool:
    """Whether a sentence announces what the next ones tell: for "two reasons" the road was closed."""
    announced = whole_words(record(language).lists.announced)
    return sentence.endswith(":") or (
        ":" not in sentence and bool(announced.search(sentence)) and announces(sentence, language)
    )


def _alone(passage: Passage, start: int, end: int) -> Passage:
    at, text = passage.chunk.start, passage.chunk.text[start:end]
    return replace(passage, chunk=replace(passage.chunk, start=at + start, end=at + end, text=text))
