"""Which of the articles that were found tell of the matter that a question asks about, by the names that they hold."""

from collections import Counter
from collections.abc import Mapping, Sequence
from functools import lru_cache
from math import log

from index import Document
from rag.verdict.names import names_in

LINKS = 2  # names that few others hold, shared with an article that holds a name of the question
FEW = 1 / 3  # of the articles that were found, at most, hold such a name

Keys = frozenset[str]


def links(question: str, language: str, documents: Sequence[Document]) -> Mapping[str, float]:
    """For each article of the matter, by its id, how much it has in common with the surest ones by its names, 0 to 1.

    The surest are those that hold a name of the question; if none does, the first one: they have 1. A name that others share
    with them weighs the more, the fewer of the articles hold it; of these others the nearest has 1, too. Where the question
    names something, only articles that hold it, or two rare names of one that does, are of the matter.

    Args:
        documents: the articles, best first, each once.
    """
    held = {each.id: _keys(f"{each.title}. {each.text}", each.language) for each in documents}
    count = Counter(key for keys in held.values() for key in keys)
    asked = _keys(question, language)
    surest = [id for id, keys in held.items() if asked & keys]
    rare = {key for key, times in count.items() if times <= FEW * len(held)}
    known: Keys = frozenset().union(*(held[id] for id in surest))
    kept = [id for id, keys in held.items() if id in surest or len(keys & known & rare) >= LINKS] if surest else held
    surest = surest or [each.id for each in documents[:1]]
    known = frozenset().union(*(held[id] for id in surest))
    weights = {key: log(1 + len(held) / count[key]) for key in known}
    shared = {id: sum(weights.get(key, 0.0) for key in held[id]) for id in kept}
    most = max((shared[id] for id in kept if id not in surest), default=0.0) or 1.0
    return {id: 1.0 if id in surest else shared[id] / most for id in kept}


@lru_cache(1024)
def _keys(text: str, language: str) -> Keys:
    return frozenset(key for name in names_in(text, language) for word in name.words for key in word.keys)
