"""Finds what says something new among many candidates: near-duplicates may be thousands, and to compare two takes long."""

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from itertools import islice

from index import Chunk, Document, Snapshot

OF_A_DOCUMENT = 4  # chunks that are compared of one article
NEW = 2  # as many chunks that say something new as one searcher finds at first
READ_AT_ONCE = 100  # chunks
_SENTENCE = re.compile(r"[.!?…\n]+\s*")
_TELLING = re.compile(r"(?<=[^.!?…] )[A-ZА-ЯЁӘҒҚҢӨҰҮҺІ]\w*|\b[^\W\d_]*\d\w*")  # names inside a sentence, and numbers
HALF = 0.5  # of the sentences

Found = tuple[Chunk, Document]


class Told:
    """What the chunks that were looked at say: their sentences, their numbers and names, and how many are of each document."""

    def __init__(self) -> None:
        self._sentences: set[str] = set()
        self._telling: set[str] = set()
        self._of: Counter[str] = Counter()

    def adds(self, chunk: Chunk) -> bool:
        """Whether a chunk has a number or a name that none before it had, or other sentences for the most part; it is counted from now on.

        A document that has had its share adds nothing.

        >>> told = Told()
        >>> [told.adds(Chunk(str(at), 0, 0, 0, text)) for at, text in enumerate((
        ...     "About 40 laws will be changed. So says the head of the group in Astana.",
        ...     "So says the head of the group in Astana. About 40 laws will be changed. We have asked why.",
        ...     "About 45 laws will be changed. So says the head of the group in Astana."))]
        [True, False, True]
        """
        found = set(_SENTENCE.split(chunk.text))
        telling = set(_TELLING.findall(chunk.text))
        self._of[chunk.document_id] += 1
        is_new = len(found & self._sentences) < HALF * len(found) or not telling <= self._telling
        self._sentences |= found
        self._telling |= telling
        return is_new and self._of[chunk.document_id] <= OF_A_DOCUMENT


def in_turn(rankings: Iterable[Iterable[tuple[int, float]]]) -> Iterator[int]:
    """The chunk numbers of several rankings, each once: the first of each, then the second.

    >>> list(in_turn([[(7, 0.9), (8, 0.8)], [(9, 3.0), (7, 2.0), (5, 1.0)]]))
    [7, 9, 8, 5]
    """
    columns = [[id for id, _ in ranking] for ranking in rankings]
    deepest = max(map(len, columns), default=0)
    ids = (column[at] for at in range(deepest) for column in columns if at < len(column))
    yield from dict.fromkeys(ids)


def worth_comparing(
    snapshot: Snapshot, rankings: Sequence[Sequence[tuple[int, float]]], first: int
) -> tuple[list[int], list[Found]]:
    """The first chunks of every ranking, and of those further down some that say something new; and what repeats those before it.

    Args:
        rankings: chunk numbers and scores, best first.
        first: so many of each are compared whatever they say.
    """
    ids = list(in_turn(ranking[:first] for ranking in rankings))
    known = set(ids)
    deeper = [id for id in in_turn(ranking[first:] for ranking in rankings) if id not in known]
    if not deeper:
        return ids, []
    told, repeating = Told(), list[Found]()
    for chunk, _ in snapshot.chunks(ids):
        told.adds(chunk)
    most = len(ids) + NEW * first
    rest = iter(deeper)
    while len(ids) < most and (block := list(islice(rest, READ_AT_ONCE))):
        for id, (chunk, document) in zip(block, snapshot.chunks(block), strict=True):
            if told.adds(chunk):
                ids.append(id)
            else:
                repeating.append((chunk, document))
    return ids, repeating
