"""The trained reader: points at the exact words of a passage that answer a question, and says how sure it is, without torch.

`reader.bin` and `reader.npz` are multilingual-e5-small after training (see `train_reader` and READER.md): the matrices in
8 bits, and biases, layer norms and heads. The embeddings of words are still those of the wheel. Three heads look at the
states of the tokens: where an answer starts, where it ends, and (at the first place) whether there is none.
"""

import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from functools import cache
from itertools import chain, islice
from pathlib import Path
from typing import TYPE_CHECKING

from index.embedding.e5.encoder import Encoder, in_threads
from index.embedding.e5.tokenizer import END, START, Tokenizer, shared_tokenizer
from index.embedding.e5.trained import TrainedFiles

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

READER = TrainedFiles(Path(__file__).with_name("weights"), "reader")
MAX_QUESTION, MAX_TITLE = 64, 32  # tokens
MAX_TOKENS = 512
MAX_ANSWER = 30  # tokens
TRIED = 10  # spans of a passage
FURTHER = 3  # words of a passage that are kept beside the best ones
LOOKED_THROUGH = 24  # spans, for these
NEARLY = 1.1  # log-odds: a third as likely
LONGEST_WORD = 100  # characters
_WORD = re.compile(r"\d+(?:[.,]\d+)+|\w+")


@dataclass(frozen=True, slots=True)
class Layout:
    """Question, title and passage in tokens: the passage begins at place `start`, `spans` are its tokens' in its text."""

    ids: list[int]
    start: int
    spans: list[tuple[int, int]]


def layout(tokenizer: Tokenizer, question: str, title: str, passage: str, longest: int = MAX_TOKENS) -> Layout:
    """`<s> question </s></s> title </s> passage </s>`, without the title and its mark if it is empty.

    What does not fit is cut off: the question at 64 tokens, the title at 32, then the end of the passage.
    """
    ids = [START, *tokenizer.tokens(question).ids[:MAX_QUESTION], END, END]
    if title:
        ids += [*tokenizer.tokens(title).ids[:MAX_TITLE], END]
    start = len(ids)
    tokens = tokenizer.tokens(passage)
    room = longest - start - 1
    return Layout([*ids, *tokens.ids[:room], END], start, tokens.spans[:room])


@dataclass(frozen=True, slots=True)
class Pointed:
    """The words of a passage that answer best, `passage[start:end]`.

    `score` is the log-odds that the passage holds an answer, minus the score gap between the best span that fits and the
    best span of all. `further` are up to three other places of the passage that would fit, likeliest first; no two overlap.
    """

    start: int
    end: int
    score: float
    further: tuple["Pointed", ...] = ()

    def overlaps(self, start: int, end: int) -> bool:
        """Whether it shares a character with other words of the passage."""
        return start < self.end and self.start < end


Count = Callable[[int, int], int]


def anything(text: str) -> Count:
    """Counts 1 for a span of a text that holds a word or a number, else 0.

    >>> count = anything("ten – laws")
    >>> count(0, 3), count(4, 5)
    (1, 0)
    """
    return lambda start, end: int(any(map(str.isalnum, text[start:end])))


class SpanReader:
    """Reads a question with passages. Threads may share it."""

    def point(
        self,
        question: str,
        passages: Sequence[tuple[str, str]],
        counts: Sequence[Count] | None = None,
    ) -> list[Pointed | None]:
        """The best answer in each passage, given as title and text; whole words, at most 30 tokens.

        Args:
            counts: for each passage, how many things that could be the answer a span of its text names; None: any word is
                one. Of each passage the ten best spans are tried; of those that are nearly as likely as the best one that
                names any, the first that names the most is taken ("at least ten and over fifty", not "fifty").

        Returns:
            None for a passage none of whose ten best spans names anything.

        Raises:
            ModelError: a file of the model is missing, or not the one expected.
        """
        found = dict(self.pointed([(question, title, text) for title, text in passages], counts))
        return [found[at] for at in range(len(passages))]

    def pointed(
        self,
        asked: Sequence[tuple[str, str, str]],
        counts: Sequence[Count] | None = None,
    ) -> Iterator[tuple[int, Pointed | None]]:
        """What `point` gives, with the place of each passage: longest first, and as soon as it is read.

        Args:
            asked: question, title and text of each passage.
        """

        def read(item: tuple[tuple[str, str, str], Count]) -> Pointed | None:
            (question, title, text), count = item
            laid = layout(shared_tokenizer(), question, title, text)
            return _pointed(laid, text, *self.logits(laid), count)

        _parts(READER)  # loaded here once: each thread would load them for itself
        shared_tokenizer()
        items = list(zip(asked, counts or [anything(text) for *_, text in asked], strict=True))
        return in_threads(read, items, lambda item: len(item[0][2]))

    def logits(self, laid: Layout) -> "tuple[NDArray[np.float32], NDArray[np.float32], float]":
        """The logits of the passage's tokens as start and as end, shape (tokens,), and that of no answer."""
        encoder, weight, bias = _parts(READER)
        scores = encoder.states(laid.ids) @ weight.T + bias
        inside = scores[laid.start : laid.start + len(laid.spans)]
        return inside[:, 0], inside[:, 1], float(scores[0, 2])


@cache
def _parts(files: TrainedFiles) -> "tuple[Encoder, NDArray[np.float32], NDArray[np.float32]]":
    """The trained encoder, and the weights and biases of its heads, shapes (3, 384) and (3,); one for all readers."""
    tensors = files.tensors()
    weight, bias = tensors.pop("head.weight"), tensors.pop("head.bias")
    return Encoder(tensors, files.matrices), weight, bias


def _pointed(
    laid: Layout,
    text: str,
    first: "NDArray[np.float32]",
    last: "NDArray[np.float32]",
    none: float,
    count: Count,
) -> Pointed | None:
    """The span to point at. Three spans matter: the likeliest of all, the likeliest that names anything, and, among those
    nearly as likely as that one, the span that names the most. The last one is returned, with the log-odds of an answer
    less the gap between the first two.
    """
    count = cache(count)  # of one span it is asked up to three times
    found = best_spans(first, last, LOOKED_THROUGH)
    spans = ((*whole_words(text, laid.spans[begin][0], laid.spans[stop][1]), score) for begin, stop, score in found)
    tried = list(islice(spans, TRIED))
    naming = [(start, end, score) for start, end, score in tried if count(start, end)]
    if not naming:
        return None
    likeliest, likeliest_naming = tried[0][2], naming[0][2]
    nearly_as_likely = [span for span in naming if span[2] >= likeliest_naming - NEARLY]
    start, end, _ = max(nearly_as_likely, key=lambda span: count(span[0], span[1]))
    best = odds(first, last, none) - likeliest
    pointed = Pointed(start, end, best + likeliest_naming)
    several = ((start, end, best + score) for start, end, score in chain(tried, spans))
    return replace(pointed, further=_further(pointed, several, count))


def _further(pointed: Pointed, spans: Iterable[tuple[int, int, float]], count: Count) -> tuple[Pointed, ...]:
    """The likeliest other spans that name anything, apart from the words pointed at and from each other."""
    found = [pointed]
    for start, end, score in spans:
        is_apart = not any(other.overlaps(start, end) for other in found)
        if is_apart and count(start, end):
            found.append(Pointed(start, end, score))
        if len(found) > FURTHER:
            break
    return tuple(found[1:])


def odds(first: "NDArray[np.float32]", last: "NDArray[np.float32]", none: float) -> float:
    """Log-odds that an answer starts somewhere, plus those that one ends somewhere, against there being none.

    >>> import numpy as np
    >>> odds(np.array([1.0, -50.0]), np.array([-50.0, 1.0]), 0.5)
    1.0
    """
    import numpy as np

    return float(np.logaddexp.reduce(first) + np.logaddexp.reduce(last)) - 2 * none if len(first) else -np.inf


def best_spans(first: "NDArray[np.float32]", last: "NDArray[np.float32]", count: int) -> list[tuple[int, int, float]]:
    """The spans i to j with the highest first[i] + last[j], i <= j < i + 30: i, j and that sum, best first.

    >>> import numpy as np
    >>> best_spans(np.array([0.0, 5.0, 1.0]), np.array([9.0, 0.0, 2.0]), 2)
    [(0, 0, 9.0), (1, 2, 7.0)]
    """
    import numpy as np

    size = len(first)
    sums = np.full((min(MAX_ANSWER, size), size), -np.inf, np.float32)
    for length in range(len(sums)):
        sums[length, : size - length] = first[: size - length] + last[length:]
    flat = sums.ravel()
    least = np.partition(flat, -count)[-count] if count < flat.size else -np.inf
    likely = np.flatnonzero(flat >= least)  # to put all in order would take longer than to make them
    best = likely[np.argsort(-flat[likely], kind="stable")][:count]
    return [(int(at % size), int(at % size + at // size), float(flat[at])) for at in best if flat[at] > -np.inf]


def whole_words(text: str, start: int, end: int) -> tuple[int, int]:
    """The span widened to the ends of the words and numbers that it cuts.

    >>> text = "At 1,600.5 tenge"
    >>> text[slice(*whole_words(text, 4, 13))]
    '1,600.5 tenge'
    """
    first, last = _word_around(text, start), _word_around(text, end)
    return first[0] if first else start, last[1] if last else end


def _word_around(text: str, place: int) -> tuple[int, int] | None:
    """The word or number that a place cuts; None if it cuts none, as beside a blank."""
    if text[max(0, place - 1) : place + 1].strip() != text[max(0, place - 1) : place + 1]:
        return None
    found = _WORD.finditer(text, max(0, place - LONGEST_WORD), place + LONGEST_WORD)
    return next((word.span() for word in found if word.start() < place < word.end()), None)
