"""Selects distinct passages from ranked candidates: near-duplicates become one, articles take turns, neighbours merge."""

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from itertools import islice

from index import Chunk
from rag.retrieval.near_duplicates import DuplicateGroups
from rag.retrieval.novelty import Found
from rag.types import Hit, Passage

PER_DOCUMENT = 2  # chunks of an article, before those of other articles
WIDEST = 3  # chunks in one passage
LOOKED_AT_FOR_COPIES = 10  # candidates after the last result
SAMPLE = 30  # characters


def select(
    candidates: Iterable[Passage],
    limit: int,
    per_document: int | None = None,
    *,
    fill: bool = True,
    groups: DuplicateGroups | None = None,
) -> list[Passage]:
    """The best candidates, each telling something of its own.

    A passage that repeats a better one from a copy of its article is left out, and its document is listed in the
    better one's `copies`.

    Args:
        candidates: one chunk each, best first; no more than needed are taken.
        limit: how many passages at most.
        per_document: the most chunks of one article (all copies of it counted as one). None: 2, and more only when the
            candidates are used up.
        fill: take those further chunks; without it, fewer passages may come back than the candidates have to give.
        groups: what is known already of documents that are copies.
    """
    selection = Selection(per_document or PER_DOCUMENT, groups or DuplicateGroups())
    rest = iter(candidates)
    if _take_until(selection, limit, rest):
        for passage in islice(rest, LOOKED_AT_FOR_COPIES):
            if selection.shares_text_with(passage):
                selection.list_as_copy(passage)
    elif fill and per_document is None:
        selection.most = None
        _take_until(selection, limit, iter(selection.spare))
    return selection.kept


def _take_until(selection: "Selection", limit: int, passages: Iterator[Passage]) -> bool:
    """Take passages until `limit` are kept; False if there are not so many."""
    for passage in passages:
        selection.take(passage)
        if len(selection.kept) >= limit:
            return True
    return False


class Selection:
    """The passages kept so far, best first, and the spare ones that are over `most` of their story (None: no limit)."""

    def __init__(self, most: int | None, groups: DuplicateGroups) -> None:
        self.most = most
        self.kept: list[Passage] = []
        self.spare: list[Passage] = []
        self._groups = groups
        self._taken: Counter[str] = Counter()

    def take(self, passage: Passage) -> None:
        """Keep a passage, unless it repeats a kept one or its story has had its share."""
        if self.list_as_copy(passage):
            return
        group = self._groups.of(passage.document)
        if self.most is not None and self._taken[group] >= self.most:
            self.spare.append(passage)
            return
        self._taken[group] += 1
        self.kept.append(passage)

    def shares_text_with(self, passage: Passage) -> bool:
        """Whether a kept document holds one of three short samples of a passage: a quick look before the thorough one."""
        text = passage.chunk.text
        samples = [text[at : at + SAMPLE] for at in (len(text) // 4, len(text) // 2, 3 * len(text) // 4)]
        return any(sample in kept.document.text for kept in self.kept for sample in samples)

    def list_as_copy(self, passage: Passage) -> bool:
        """If a passage repeats a kept one, list its document there; returns whether it does."""
        for at, kept in enumerate(self.kept):
            if self._groups.repeats(kept, passage):
                self.kept[at] = with_copies(kept, passage)
                return True
        return False


def with_copies(passage: Passage, *others: Passage) -> Passage:
    """A passage that also lists the documents of others, and their copies; each once, never its own document."""
    found = {document.id: document for document in passage.copies}
    for other in others:
        found |= {document.id: document for document in (other.document, *other.copies)}
    found.pop(passage.document.id, None)
    return replace(passage, copies=tuple(found.values()))


def with_same_texts(passages: Sequence[Passage], others: Iterable[Found]) -> list[Passage]:
    """Passages that also list, of some other chunks, the documents whose text is the very same as theirs."""
    same: dict[tuple[str, str, int], list[Passage]] = {}
    for chunk, document in others:
        same.setdefault((document.sha256, document.language, chunk.position), []).append(
            Passage(chunk, document, 0, 0.0, {})
        )
    return [
        with_copies(each, *same.get((each.document.sha256, each.document.language, each.chunk.position), ()))
        for each in passages
    ]


def merge_adjacent(passages: Sequence[Passage]) -> list[Passage]:
    """Merge passages that follow each other in a document, at most 3 into one; the rest stays as it is.

    Args:
        passages: one chunk each, best first.

    Returns:
        passages ranked from 1 again, each at the place of its best part.
    """
    by_place = sorted(range(len(passages)), key=lambda at: (passages[at].document.id, passages[at].chunk.position))
    groups: list[list[int]] = []  # neighbours, by their places in `passages`
    for at in by_place:
        if groups and len(groups[-1]) < WIDEST and _follows(passages[at], passages[groups[-1][-1]]):
            groups[-1].append(at)
        else:
            groups.append([at])
    best_first = sorted(sorted(group) for group in groups)
    return [replace(_merged([passages[at] for at in group]), rank=rank) for rank, group in enumerate(best_first, 1)]


def _follows(passage: Passage, other: Passage) -> bool:
    """Whether a passage is the next chunk of the same document."""
    is_next = passage.chunk.position == other.chunk.position + 1
    return is_next and passage.document.id == other.document.id


def _merged(parts: Sequence[Passage]) -> Passage:
    """One passage made of neighbours, given best first: the span of the document from the first to the last of them."""
    best, *others = parts
    if not others:
        return best
    document = best.document
    first = min((part.chunk for part in parts), key=lambda chunk: chunk.position)
    end = max(part.chunk.end for part in parts)
    chunk = Chunk(document.id, first.position, first.start, end, document.text[first.start : end])
    score = max(part.score for part in parts)  # the part that is read best need not be the one found best
    return replace(with_copies(best, *others), chunk=chunk, score=score, found_by=_best_hits(parts))


def _best_hits(parts: Sequence[Passage]) -> dict[str, Hit]:
    """The best hit of each searcher among the parts."""
    hits: dict[str, Hit] = {}
    for part in parts:
        for name, hit in part.found_by.items():
            if name not in hits or hit.rank < hits[name].rank:
                hits[name] = hit
    return hits
