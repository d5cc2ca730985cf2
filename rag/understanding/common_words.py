"""Tells whether the words of a short question stand in many articles, so that they do not say which is meant: "who won?"."""

import re

from index import Snapshot
from index.analysis.languages import record
from index.analysis.name_keys import MARK
from index.analysis.terms import query_terms, words

MOST_WORDS = 2
MANY = 6  # passages that hold a word which alone does not say what is meant
MOST = 0.1  # share of all passages that may hold it; of more it is the matter of them all
LOOKED_AT = 8  # passages that hold a word, to see whether it is a name
NAME = 0.9  # share of its places in which a name begins with a capital
STEM = 4  # letters that the forms of a word have in common
_CAPITAL = re.compile(r"[^\W\d_a-zа-яёәғқңөұүһі]")


def common_words(text: str, language: str, snapshot: Snapshot) -> str:
    """The words that tell what a question is about, if they are one or two that many passages hold and name nothing.

    Of a small pile, or of one about a single matter, nothing else can be meant; there it is empty.
    """
    found = telling(text, language)
    if not 0 < len(found) <= MOST_WORDS or _CAPITAL.search(text, 1) or any(map(str.isdigit, text)):
        return ""
    return " ".join(found) if all(_is_common(word, language, snapshot) for word in found) else ""


def telling(text: str, language: str) -> list[str]:
    """The words of a question that tell what it is about.

    >>> telling("Who won the match?", "en"), telling("кто победил", "ru")
    (['won', 'match'], ['победил'])
    """
    known = record(language)
    return [word for word in words(text) if word not in known.function_words | known.question_words]


def _is_common(word: str, language: str, snapshot: Snapshot) -> bool:
    held = {term: count for term, count in _frequencies(word, language, snapshot).items() if term[0] != MARK}
    most = max(held.values(), default=0)
    if not MANY <= most <= MOST * snapshot.counts()[1]:
        return False
    return not _is_name(word, max(held, key=lambda term: held[term]), snapshot)


def _frequencies(word: str, language: str, snapshot: Snapshot) -> dict[str, int]:
    return snapshot.document_frequencies(query_terms(word, language))


def _is_name(word: str, term: str, snapshot: Snapshot) -> bool:
    """Whether nearly all forms of a word in some passages begin with a capital."""
    form = re.compile(rf"\b{re.escape(word[:STEM])}\w*", re.IGNORECASE)
    places = [
        found[0] for chunk, _ in snapshot.chunks_with_term(term, LOOKED_AT) for found in form.finditer(chunk.text)
    ]
    capitals = sum(bool(_CAPITAL.match(place)) for place in places)
    return bool(places) and capitals >= NAME * len(places)
