"""Mines words that mean the same in English and in Cyrillic from the model itself, for training across languages.

All training data is English. The model's vocabulary, though, holds some 17,000 whole words in Cyrillic (Russian, Kazakh
and their neighbours). Each is embedded alone, and so are the words of the training data; two words are taken for
translations where their vectors are nearer to each other than to their other neighbours (cross-domain similarity local
scaling: Conneau, Lample, Ranzato, Denoyer and Jégou, ICLR 2018). Sentences in which some words are replaced so teach the
reader that the language of a word does not matter (Qin, Ni, Zhang and Che, "CoSDA-ML", IJCAI 2020).
"""

import re
from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from random import Random
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

WORD = re.compile(r"[^\W\d_]+")
ENGLISH_WORDS = 16_000  # the most frequent ones
LEAST_SEEN = 20
NEIGHBOURS = 10
LEAST_LIKENESS = 0.2
CHOICES = 3
_CYRILLIC = re.compile("[а-яёәғқңөұүһі]{2,}")
_SMALL = re.compile(r"\b[a-z]{2,}\b")

Lexicon = Mapping[str, Sequence[str]]


def mine(texts: Iterable[str], pieces: Iterable[str], embed: "Callable[[list[str]], NDArray[np.float32]]") -> Lexicon:
    """For English words of the texts up to three Cyrillic ones out of the vocabulary's pieces, the likeliest first.

    Args:
        embed: unit vectors of words, shape (words, dim).
    """
    import numpy as np

    seen = Counter(word for text in texts for word in _SMALL.findall(text))
    english = [word for word, count in seen.most_common(ENGLISH_WORDS) if count >= LEAST_SEEN]
    cyrillic = [piece[1:] for piece in pieces if piece[0] == "▁" and _CYRILLIC.fullmatch(piece[1:])]
    near = likeness(embed(english), embed(cyrillic))
    best = np.argsort(-near, axis=1, kind="stable")[:, :CHOICES]
    found = {
        word: [cyrillic[at] for at in places if row[at] >= LEAST_LIKENESS]
        for word, places, row in zip(english, best, near, strict=True)
    }
    return {word: choices for word, choices in found.items() if choices}


def likeness(ones: "NDArray[np.float32]", others: "NDArray[np.float32]") -> "NDArray[np.float32]":
    """Twice the cosine of each pair, less how near either is to its ten neighbours on the other side (CSLS).

    Vectors are seen from the mean of their own side first. Shape (ones, others).
    """
    import numpy as np

    sides = []
    for side in (ones, others):
        centred = side - side.mean(axis=0)
        sides.append(centred / np.linalg.norm(centred, axis=1, keepdims=True).clip(min=1e-9))
    cosines = sides[0] @ sides[1].T
    count = min(NEIGHBOURS, *cosines.shape)
    rows = np.partition(cosines, -count, axis=1)[:, -count:].mean(axis=1)
    columns = np.partition(cosines, -count, axis=0)[-count:].mean(axis=0)
    near: NDArray[np.float32] = 2 * cosines - rows[:, None] - columns[None]
    return near


def mixed(text: str, lexicon: Lexicon, share: float, chance: Random) -> tuple[str, Callable[[int], int]]:
    """The text with a share of its known words replaced, and where a place of the old text lies in the new one.

    The start of a word goes to the start of what stands for it, its end to the end.

    >>> text, place = mixed("ten laws pass", {"laws": ["законов"]}, 1.0, Random(0))
    >>> text, place(4), place(8), place(13)
    ('ten законов pass', 4, 11, 16)
    """
    parts: list[str] = []
    moved: list[tuple[int, int]] = []  # from this place of the old text on, the new one is so much longer
    at = longer = 0
    for match in WORD.finditer(text):
        choices = lexicon.get(match.group().lower())
        if choices and chance.random() < share:
            word = chance.choice(choices)
            parts += [text[at : match.start()], word.capitalize() if match.group()[0].isupper() else word]
            at = match.end()
            longer += len(word) - len(match.group())
            moved.append((at, longer))
    parts.append(text[at:])

    def place(old: int) -> int:
        return old + max(((start, more) for start, more in moved if start <= old), default=(0, 0))[1]

    return "".join(parts), place
