"""Makes results of ranked passages: copies become one, no article crowds out the others, neighbours grow together."""

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from itertools import groupby, islice

from index import Chunk
from rag.retrieval.near_duplicates import Stories
from rag.types import Hit, Passage

PER_DOCUMENT = 2  # chunks of an article, before those of other articles
WIDEST = 3  # chunks in one passage
LOOKED_AT_FOR_COPIES = 10  # candidates after the last result
SAMPLE = 30  # characters


def results(
    candidates: Iterable[Passage], limit: int, per_document: int | None = None, *, fill: bool = True
) -> list[Passage]:
    """The best candidates as distinct results.

    A passage that repeats a better one from a copy of its article is not shown, and its document is listed in the
    better one's `copies`.

    Args:
        candidates: one chunk each, best first; no more than needed are taken.
        limit: how many results at most.
        per_document: the most chunks of one article (all copies of it counted as one). None: 2, and more only when the
            candidates are used up.
        fill: take those further chunks; without it, fewer results may come back than the candidates have to give.
    """
    shelf = _Shelf(per_document or PER_DOCUMENT)
    rest = iter(candidates)
    full = _fill(shelf, limit, rest)
    if full:
        for passage in islice(rest, LOOKED_AT_FOR_COPIES):
            if shelf.has_words_of(passage):
                shelf.name_copy(passage)
    elif fill and per_document is None:
        shelf.most = None
        _fill(shelf, limit, iter(shelf.spare))
    return shelf.kept


def _fill(shelf: "_Shelf", limit: int, passages: Iterator[Passage]) -> bool:
    """Take passages until there are `limit` results; False if there are not so many."""
    for passage in passages:
        shelf.take(passage)
        if len(shelf.kept) >= limit:
            return True
    return False


class _Shelf:
    """The chunks kept so far, best first, and those that are over `most` of their story."""

    def __init__(self, most: int | None) -> None:
        self.most = most
        self.kept: list[Passage] = []
        self.spare: list[Passage] = []
        self._stories = Stories()
        self._taken: Counter[str] = Counter()

    def take(self, passage: Passage) -> None:
        """Keep a passage, unless it repeats one or its story has had its share."""
        if self.name_copy(passage):
            return
        story = self._stories.of(passage.document)
        if self.most is not None and self._taken[story] >= self.most:
            self.spare.append(passage)
            return
        self._taken[story] += 1
        self.kept.append(passage)

    def has_words_of(self, passage: Passage) -> bool:
        """Whether a kept document holds one of three short samples of a passage: a quick look before the thorough one."""
        text = passage.chunk.text
        samples = [text[at : at + SAMPLE] for at in (len(text) // 4, len(text) // 2, 3 * len(text) // 4)]
        return any(sample in kept.document.text for kept in self.kept for sample in samples)

    def name_copy(self, passage: Passage) -> bool:
        """If a passage repeats one that is kept, list its document there; whether it does."""
        for at, kept in enumerate(self.kept):
            if self._stories.repeats(kept, passage):
                self.kept[at] = with_copies(kept, passage)
                return True
        return False


def with_copies(passage: Passage, *others: Passage) -> Passage:
    """A passage that also lists the documents of others, and their copies; each once, never its own document."""
    found = {each.id: each for each in passage.copies}
    for other in others:
        found |= {each.id: each for each in (other.document, *other.copies)}
    return replace(passage, copies=tuple(each for id, each in found.items() if id != passage.document.id))


def merged(passages: Sequence[Passage]) -> list[Passage]:
    """Join passages that follow each other in a document, at most 3 to one; the rest is left as it is.

    Args:
        passages: one chunk each, best first.

    Returns:
        passages ranked anew from 1, each where its best part stood.
    """
    order = {id(passage): at for at, passage in enumerate(passages)}
    by_place = sorted(passages, key=lambda each: (each.document.id, each.chunk.position))
    runs = groupby(enumerate(by_place), key=lambda item: (item[1].document.id, item[1].chunk.position - item[0]))
    joined = [
        sorted(part, key=lambda each: order[id(each)])
        for _, run in runs
        for part in _parts([passage for _, passage in run])
    ]
    joined.sort(key=lambda parts: order[id(parts[0])])
    return [replace(_joined(parts), rank=rank) for rank, parts in enumerate(joined, 1)]


def _parts(run: Sequence[Passage]) -> Iterator[Sequence[Passage]]:
    return (run[at : at + WIDEST] for at in range(0, len(run), WIDEST))


def _joined(parts: Sequence[Passage]) -> Passage:
    """One passage of several neighbours, best first: the wider span of the text, verbatim."""
    best, *others = parts
    if not others:
        return best
    document, first = best.document, min((each.chunk for each in parts), key=lambda chunk: chunk.position)
    end = max(each.chunk.end for each in parts)
    hits: dict[str, Hit] = {}
    for part in parts:
        for name, hit in part.found_by.items():
            hits[name] = min(hit, hits.get(name, hit), key=lambda each: each.rank)
    chunk = Chunk(document.id, first.position, first.start, end, document.text[first.start : end])
    score = max(each.score for each in parts)  # the reader's best part need not be the best found
    return replace(with_copies(best, *others), chunk=chunk, score=score, found_by=hits)
