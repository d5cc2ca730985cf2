"""Names themes by their own words: the phrases that set the articles of a theme apart, and mean what it is about.

The candidates of `rag.themes.phrases` are ordered anew by what they mean by themselves: near their theme, and far from the
others. No two themes have the same name.
"""

from collections.abc import Sequence
from typing import TYPE_CHECKING

from index import Document, Embedder
from rag.themes.phrases import Candidate, Vocabulary
from rag.themes.vectors import Pile, unit

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

PHRASES = 3  # in a name
LONGER = 0.35  # a longer phrase is taken if it counts so much of what the shorter one in it does
READ = 60  # articles of a theme in one language, the nearest to it
NEAREST = 3  # other themes that a phrase should be far from
FARNESS = 0.5  # what these count beside the theme itself
LEAST = 0.02  # of meaning, so that the order by words decides where all phrases are far
SAME = 4  # letters that words which hardly differ begin with


def name_themes(
    pile: Pile, themes: Sequence[Sequence[int]], centroids: "NDArray[np.float32]", embedder: Embedder | None
) -> list[dict[str, tuple[str, ...]]]:
    """The phrases that name each theme, best first, in each language that its articles are written in.

    Args:
        pile: the articles.
        themes: the rows of each theme's articles, the nearest to it first.
        centroids: what each theme is about, unit rows, shape (themes, dim).
        embedder: that of the index, which tells what phrases mean by themselves; without it their words decide.
    """
    members = [_by_language(pile.documents, rows) for rows in themes]
    read = {row for each in members for rows in each.values() for row in rows}
    vocabularies = {language: Vocabulary(language) for each in members for language in each}
    for row in sorted(read):
        vocabularies[pile.documents[row].language].add(row, pile.documents[row].text)
    about = _about(pile, themes)
    names: list[dict[str, tuple[str, ...]]] = [{} for _ in themes]
    for language, vocabulary in vocabularies.items():
        spoken = [at for at, each in enumerate(members) if language in each]
        found = [vocabulary.candidates(pile, members[at][language], centroids[at]) for at in spoken]
        if embedder is not None:
            found = by_meaning(found, spoken, about, embedder)
        for at, chosen in zip(spoken, headings(found), strict=True):
            names[at][language] = chosen
    return names


def by_meaning(
    found: Sequence[Sequence[Candidate]], themes: Sequence[int], about: "NDArray[np.float32]", embedder: Embedder
) -> list[list[Candidate]]:
    """The candidates of each theme, in one language, by what they mean by themselves as well.

    Args:
        found: candidates of some themes.
        themes: the rows of `about` that these themes have.
        about: what every theme is about, in the model's own vectors, unit rows, shape (themes, dim).
    """
    import numpy as np

    forms = list(dict.fromkeys(each.form for candidates in found for each in candidates))
    if not forms:
        return [list(candidates) for candidates in found]
    vectors = embedder.embed_documents(forms).vectors
    meanings = dict(zip(forms, unit(vectors - vectors.mean(axis=0)) @ about.T, strict=True))
    ordered = []
    for at, candidates in zip(themes, found, strict=True):
        best = max((each.score for each in candidates), default=0.0) or 1.0
        scored = []
        for each in candidates:
            near = meanings[each.form]
            others = np.sort(np.delete(near, at))[-NEAREST:]
            meaning = near[at] - FARNESS * (others.mean() if len(others) else 0.0)
            scored.append(each._replace(score=(each.score / best) ** 0.5 * max(LEAST, float(meaning))))
        ordered.append(sorted(scored, key=lambda each: (-each.score, each.key)))
    return ordered


def headings(found: Sequence[Sequence[Candidate]]) -> list[tuple[str, ...]]:
    """The phrases of each theme's name, from candidates, best first; no two names are the same."""
    names: list[tuple[str, ...]] = []
    for candidates in found:
        rest = list(candidates)
        chosen = _distinct(rest)
        while chosen in names and len(rest) > 1:
            rest.pop(0)
            chosen = _distinct(rest)
        names.append(chosen)
    return names


def _distinct(candidates: Sequence[Candidate]) -> tuple[str, ...]:
    """The best phrases that share no word; a longer one in the place of a part of it, if it counts nearly as much."""
    taken: list[Candidate] = []
    for best in sorted(candidates, key=lambda each: (-each.score, each.key)):
        if len(taken) == PHRASES:
            break
        if any(_overlap(best, other) for other in taken):
            continue
        longer = [
            each
            for each in candidates
            if set(best.key) < set(each.key)
            and each.score >= LONGER * best.score
            and not any(_overlap(each, other) for other in taken)
        ]
        taken.append(max(longer, key=lambda each: (len(each.key), each.score, each.key), default=best))
    return tuple(each.form for each in taken)


def _overlap(one: Candidate, other: Candidate) -> bool:
    """Whether two phrases share a word, or words that hardly differ: dentist, dental; bus, buses."""
    return any(_alike(word, like) for word in one.key for like in other.key)


def _alike(word: str, like: str) -> bool:
    shorter, longer = sorted((word, like), key=len)
    return longer.startswith(shorter[:SAME])


def _about(pile: Pile, themes: Sequence[Sequence[int]]) -> "NDArray[np.float32]":
    """What each theme is about in the model's own vectors, unit rows, shape (themes, dim)."""
    import numpy as np

    sums = np.array([pile.own[list(rows)].sum(axis=0) for rows in themes], np.float32)
    return unit(sums.reshape(-1, pile.own.shape[1]))


def _by_language(documents: Sequence[Document], rows: Sequence[int]) -> dict[str, list[int]]:
    found: dict[str, list[int]] = {}
    for row in rows:
        found.setdefault(documents[row].language, []).append(row)
    return {language: rows[:READ] for language, rows in found.items()}
