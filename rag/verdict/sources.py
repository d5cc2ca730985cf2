"""How many independent sources say something: copies, reprints and translations of one report are one source, and so is a sentence
that stands word for word in several articles, as at the foot of every page of a site.
"""

import re
from collections.abc import Sequence
from functools import lru_cache

from index import Document
from index.analysis.terms import figures, stems
from rag.retrieval.near_duplicates import DuplicateGroups, words
from rag.types import Reading
from rag.understanding.days import published_days
from rag.verdict.names import shared, spellings_in

NEAR_DAYS = 3  # days between a report and its translation
FEWEST = 3  # numbers that two reports must share
SAME_NUMBERS = 0.7  # of the numbers of both: translations share all (1.0 of 12 pairs), others at most half
FEW_NUMBERS, SAME_NAMES, SAME_LENGTH = 0.5, 0.4, 0.9  # of what is shared where numbers are few
FEWEST_NAMES = 2
TRANSLATED_LENGTH = 0.8  # of the longer text; of 4,523 pairs of translations .99 are nearer in length
FEWEST_WORDS, FEWEST_WORDS_OF_PAPERS = (
    4,
    8,
)  # of a sentence that is not written twice by chance, and by two papers that are known
LONGEST = 20_000  # characters; a longer text is no report


def independent(readings: Sequence[Reading]) -> int:
    """How many sources tell some readings: those that depend on another one do not count."""
    return len(reports(readings))


def reports(readings: Sequence[Reading]) -> list[list[Reading]]:
    """The readings of each independent source: copies, reprints, translations and repeated sentences hang together, and so do one paper's."""
    groups: list[list[Reading]] = []
    copies = DuplicateGroups()

    def are_one(one: Reading, other: Reading) -> bool:
        return depends(one.document, other.document, copies) or repeats(one, other)

    for reading in readings:
        same = [group for group in groups if any(are_one(reading, other) for other in group)]
        rest = [group for group in groups if group not in same]
        groups = [*rest, [reading, *(each for group in same for each in group)]]
    return groups


def repeats(one: Reading, other: Reading) -> bool:
    """Whether two readings stand in one sentence, word for word; two papers may use the same few words by chance."""
    here, there = (words(each.sentence.casefold()) for each in (one, other))
    papers = {one.document.source, other.document.source}
    return here == there and len(here) >= (FEWEST_WORDS if None in papers else FEWEST_WORDS_OF_PAPERS)


def depends(one: Document, other: Document, copies: DuplicateGroups | None = None) -> bool:
    """Whether two documents are one report: of one paper, copies, one that names the other, or translations."""
    if one.id == other.id or (one.source is not None and one.source == other.source):
        return True
    if (copies or DuplicateGroups()).are_copies(one, other):
        return True
    return _names_source(one, other) or _names_source(other, one) or _are_translations(one, other)


def _names_source(document: Document, other: Document) -> bool:
    """Whether a document names the paper that another one is from; a paper of several words in any of their forms."""
    if not other.source or len(document.text) > LONGEST:
        return False
    paper = stems(other.source, document.language)
    if len(paper) < 2 or other.source in document.text:
        return bool(re.search(rf"(?<!\w){re.escape(other.source)}(?!\w)", document.text))
    found = _stems(document.text, document.language)
    return any(found[at : at + len(paper)] == tuple(paper) for at in range(len(found) - len(paper) + 1))


def _are_translations(one: Document, other: Document) -> bool:
    """Whether two documents tell the same numbers within some days; few numbers, and the same names at the same length."""
    if max(len(one.text), len(other.text)) > LONGEST or not _are_near(one, other):
        return False
    numbers, others = (_figures(each.text, each.language) for each in (one, other))
    both, either = len(numbers & others), len(numbers | others)
    shorter, longer = sorted((len(one.text), len(other.text)))
    if one.language != other.language and shorter < TRANSLATED_LENGTH * longer:
        return False
    if both >= FEWEST and both >= SAME_NUMBERS * either:
        return True
    return one.language != other.language and both >= FEW_NUMBERS * either and _are_alike(one, other)


def _are_alike(one: Document, other: Document) -> bool:
    """Whether two documents are of one length and name the same."""
    shorter, longer = sorted((one, other), key=lambda each: len(each.text))
    if len(shorter.text) < SAME_LENGTH * len(longer.text):
        return False
    names, others = (spellings_in(f"{each.title}. {each.text}", each.language) for each in (one, other))
    both = len(shared(names, others))
    return both >= FEWEST_NAMES and both >= SAME_NAMES * min(len(names), len(others))


def _are_near(one: Document, other: Document) -> bool:
    days, others = published_days(one.published), published_days(other.published)
    return days is None or others is None or abs((days.first - others.first).days) <= NEAR_DAYS


@lru_cache(64)
def _figures(text: str, language: str) -> frozenset[str]:
    return figures(text, language)


@lru_cache(64)
def _stems(text: str, language: str) -> tuple[str, ...]:
    return tuple(stems(text, language))
