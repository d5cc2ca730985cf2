"""Groups articles that tell the same story in the same words: shared shingles of words, and facts that agree.

Articles are compared by their shingles, that is every five consecutive words (Broder, "On the resemblance and
containment of documents", 1997). Measured on 369 news articles in three languages: two different ones share at most 0.16
of the smaller one's shingles. A copy whose first and last fifth were rewritten shares 0.68 (median; 95 of 100 keep 0.52),
one with every twentieth word changed 0.78, one with an agency line before it 1.0. So from 0.5 on, two articles tell the
same story.

A copy that changes a number or a name is not a copy: it is a correction, or an error, and a reader must see both.
"""

import difflib
import functools
import re
from collections.abc import Iterator, Sequence
from typing import NamedTuple, TypeVar

from index import Document
from index.analysis.languages import RECORDS
from index.analysis.numerals import in_digits
from rag.types import Passage

SHINGLE = 5  # words
SAME_STORY = 0.5  # share of the smaller text's shingles
LONGEST = 50_000  # characters; a longer text is a book, and only the very same text is a copy of it
ALIKE = 3  # words; shorter runs of words that two sentences share are chance
CORRECTION = 5  # words; what is longer is another wording, or a sentence of its own
SENTENCE = 12  # words; numbers in so few stand for each other, in more only where the words around them do
REWORDED = 0.3  # share of long words that says that two pieces of text are two wordings of one
LONG = 5  # letters
LINES_KEPT = 256  # whose facts are kept: copies share most of their lines, and turn up in one search after another

T = TypeVar("T")
Block = difflib.Match  # where in the one text, where in the other, and how many words

_WORD = re.compile(r"\w+")
_SENTENCE_END = re.compile(r"\.\s+|\n+")
_NEGATIONS = frozenset(word for language in RECORDS.values() for word in language.negations)


class Difference(NamedTuple):
    """Words of two texts that stand between the same words before and after; `at_edge`: at the start or end of a text."""

    here: Sequence[str]
    there: Sequence[str]
    at_edge: bool


def words(text: str) -> list[str]:
    """The words and numbers of a text as they are written.

    >>> words("«Ten» laws, 10,000 letters.")
    ['Ten', 'laws', '10', '000', 'letters']
    """
    return _WORD.findall(text)


def facts(text: str, language: str) -> list[str]:
    """The words of a text, and its numbers in digits, however they are written.

    >>> facts("About forty-two of 1,600 laws", "en")
    ['About', '42', 'of', '1600', 'laws']
    """
    return [fact for line in text.split("\n") for fact in _facts_of_line(line, language)]  # no number goes over a line


@functools.lru_cache(LINES_KEPT)
def _facts_of_line(line: str, language: str) -> tuple[str, ...]:
    return tuple(words(in_digits(line, language)))


def shingles(text: str) -> frozenset[int]:
    """Every five consecutive words of a text, each as a number; all words as one shingle if there are fewer.

    The numbers differ from process to process: compare them within one only.
    """
    folded = words(text.casefold())
    found = zip(*(folded[at:] for at in range(SHINGLE)), strict=False)
    return frozenset(map(hash, found)) or frozenset([hash(tuple(folded))])


def overlap_coefficient(one: frozenset[T], other: frozenset[T]) -> float:
    """The share of the smaller set that is in the larger one; 0 if one is empty.

    >>> overlap_coefficient(frozenset([1, 2]), frozenset([2, 3, 4]))
    0.5
    """
    return len(one & other) / min(len(one), len(other)) if one and other else 0.0


def facts_agree(one: Sequence[str], other: Sequence[str], names_aside: frozenset[str] = frozenset()) -> bool:
    """Whether no number, "not" or name was changed between two texts that are alike otherwise.

    What counts is what replaces something else, or was put into or left out of a sentence. A paragraph that only one of
    the texts has contradicts nothing, and a line before or after the text may name another agency.

    Args:
        one: the words of a text, as `facts` makes them.
        other: those of the other text.
        names_aside: names that may differ, such as those of the papers themselves; case folded.

    >>> facts_agree("In all about 40 articles will be changed".split(), "In all about 45 articles will be changed".split())
    False
    """
    return not any(_contradicts(difference, names_aside) for difference in _differences(one, other))


def _differences(one: Sequence[str], other: Sequence[str]) -> Iterator[Difference]:
    """What stands before, between and after the runs of words that two texts share."""
    end = Block(len(one), len(other), 0)
    shared = [block for block in _shared_runs(one, other) if block.size >= ALIKE]
    start = other_start = 0
    for block in (*shared, end):
        yield Difference(one[start : block.a], other[other_start : block.b], start == 0 or block == end)
        start, other_start = block.a + block.size, block.b + block.size


def _shared_runs(one: Sequence[str], other: Sequence[str]) -> Iterator[Block]:
    """The runs of words that two texts have in common, in order; case does not count."""
    a, b = [word.casefold() for word in one], [word.casefold() for word in other]
    begin = _same_from_the_start(a, b)
    end = _same_from_the_start(a[begin:][::-1], b[begin:][::-1])  # both cut off, for the thorough search is slow
    middle = difflib.SequenceMatcher(None, a[begin : len(a) - end], b[begin : len(b) - end])
    yield Block(0, 0, begin)
    yield from (Block(begin + block.a, begin + block.b, block.size) for block in middle.get_matching_blocks())
    yield Block(len(a) - end, len(b) - end, end)


def _same_from_the_start(a: Sequence[str], b: Sequence[str]) -> int:
    return next((at for at, (x, y) in enumerate(zip(a, b, strict=False)) if x != y), min(len(a), len(b)))


def _contradicts(difference: Difference, names_aside: frozenset[str]) -> bool:
    """Whether the two sides of a difference state different facts.

    | the difference is                                            | it contradicts if                          |
    |--------------------------------------------------------------|--------------------------------------------|
    | a correction: at most 5 words inside the text                | numbers differ, or names were exchanged    |
    | another wording: at most 12 words, or many long words shared | each side has a number that the other lacks |
    | a passage of its own                                         | never                                      |
    """
    here, there, at_edge = difference
    numbers, other_numbers = _numbers(here), _numbers(there)
    length = max(len(here), len(there))
    if length <= CORRECTION and not at_edge:
        return numbers != other_numbers or _names_exchanged(here, there, names_aside)
    if length <= SENTENCE or overlap_coefficient(_long_words(here), _long_words(there)) >= REWORDED:
        return bool(set(numbers) - set(other_numbers)) and bool(set(other_numbers) - set(numbers))
    return False


def _numbers(texts: Sequence[str]) -> list[str]:
    """Words with digits in them, and words such as "not"."""
    folded = map(str.casefold, texts)
    return [word for word in folded if word in _NEGATIONS or any(map(str.isdigit, word))]


def _names_exchanged(here: Sequence[str], there: Sequence[str], aside: frozenset[str]) -> bool:
    """Whether both sides have words, and not the same capitalised ones."""
    return bool(here and there) and _names(here) - aside != _names(there) - aside


def _names(texts: Sequence[str]) -> frozenset[str]:
    return frozenset(word.casefold() for word in texts if word[0].isupper())


def _long_words(texts: Sequence[str]) -> frozenset[str]:
    return frozenset(word.casefold()[:LONG] for word in texts if len(word) >= LONG)


class DuplicateGroups:
    """Groups the documents of one search by the story that they tell; each document is read once."""

    def __init__(self) -> None:
        self._shingles: dict[str, frozenset[int]] = {}  # of documents by id
        self._chunks: dict[tuple[str, int, int], frozenset[int]] = {}  # shingles of chunks by their places
        self._sentences: dict[str, frozenset[str]] = {}
        self._facts: dict[str, list[str]] = {}
        self._pairs: dict[tuple[str, str], bool] = {}
        self._first: dict[str, Document] = {}  # the first document of each group, by id
        self._group: dict[str, str] = {}

    def of(self, document: Document) -> str:
        """The group of a document: the id of the first document met that tells the story in the same words."""
        if document.id not in self._group:
            same = (first.id for first in self._first.values() if self.are_copies(document, first))
            group = self._group[document.id] = next(same, document.id)
            self._first.setdefault(group, document)
        return self._group[document.id]

    def are_copies(self, one: Document, other: Document) -> bool:
        """Whether two documents are the same story in the same language, with the same facts. Translations are not."""
        pair = (min(one.id, other.id), max(one.id, other.id))
        if pair not in self._pairs:
            self._pairs[pair] = self._compare(one, other)
        return self._pairs[pair]

    def _compare(self, one: Document, other: Document) -> bool:
        if one.id == other.id or one.language != other.language:
            return False
        if one.sha256 == other.sha256:
            return True
        if max(len(one.text), len(other.text)) > LONGEST:
            return False
        if self._sentences_of(one) == self._sentences_of(other):
            return True  # the same sentences, in whatever order, state the same
        if overlap_coefficient(self._of(one), self._of(other)) < SAME_STORY:
            return False
        papers = frozenset(words(f"{one.source or ''} {other.source or ''}".casefold()))
        return facts_agree(self._facts_of(one), self._facts_of(other), papers)

    def repeats(self, passage: Passage, other: Passage) -> bool:
        """Whether two passages of copies can stand for each other: the words of each are also in the other's document."""
        return (
            self.are_copies(passage.document, other.document)
            and self._stands_in(passage, other.document)
            and self._stands_in(other, passage.document)
        )

    def _stands_in(self, passage: Passage, document: Document) -> bool:
        asked = self._of_chunk(passage)
        return len(asked & self._of(document)) >= SAME_STORY * len(asked)

    def _of_chunk(self, passage: Passage) -> frozenset[int]:
        key = passage.document.id, passage.chunk.start, passage.chunk.end
        if key not in self._chunks:
            self._chunks[key] = shingles(passage.chunk.text)
        return self._chunks[key]

    def _of(self, document: Document) -> frozenset[int]:
        if document.id not in self._shingles:
            self._shingles[document.id] = shingles(document.text)
        return self._shingles[document.id]

    def _sentences_of(self, document: Document) -> frozenset[str]:
        if document.id not in self._sentences:
            self._sentences[document.id] = frozenset(_SENTENCE_END.split(document.text.strip(". \n")))
        return self._sentences[document.id]

    def _facts_of(self, document: Document) -> list[str]:
        if document.id not in self._facts:
            self._facts[document.id] = facts(document.text, document.language)
        return self._facts[document.id]
