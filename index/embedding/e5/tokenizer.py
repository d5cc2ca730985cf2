"""Cuts text into the model's tokens, each with its place in the text, over the tables inside the weights file.

The tokenizer is XLM-RoBERTa's: characters are replaced by a table (NFKC with some more), blanks begin words, and a word
is cut into the pieces of the vocabulary whose scores add up highest (unigram model: Kudo, ACL 2018; found with
Viterbi's algorithm). No piece has a blank inside, so words are cut one by one, and cut words are remembered.

The pieces are looked up in a trie kept as one sorted array: the key of a node is its parent's number and its character.
The array is written once, into the user's cache, and memory-mapped, so that nothing is loaded that a text does not
need.
"""

import mmap
import re
import struct
import unicodedata
from bisect import bisect_left
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache, cached_property, lru_cache
from pathlib import Path

from index.embedding import model_cache
from index.embedding.e5 import weights as e5_weights

START, END, UNKNOWN = 0, 2, 3  # the ids of <s>, </s> and <unk>
SPECIAL = (0, 1, 2, 3, 250001)  # <s>, <pad>, </s>, <unk>, <mask>: no text holds them, whatever it spells
TRIE_SHA256 = "60d5107a3168af4f87c603193ce17acc31d4ee9c461f9e94b77354a02a82d027"
BLANK = "▁"
REMEMBERED_WORDS = 50_000
LONGEST_REMEMBERED = 64  # characters
LONGEST_PIECE = 16  # characters
_UNKNOWN_PENALTY = 10.0  # an unknown character costs this much more than the rarest piece
_CHARACTER_BITS = 21
_NO_PIECE = -1
_WORD = re.compile(" +[^ ]*|[^ ]+")
_JOINERS = "\u200c\u200d\u0e33\u0eb3"  # the zero-width ones, and two vowels that are no marks by category
_SHORT_CLUSTER = 6  # bytes in UTF-8


@dataclass(frozen=True, slots=True)
class Tokens:
    """The tokens of a text: their ids, and where each starts and ends in it, in characters, blanks left out."""

    ids: list[int]
    spans: list[tuple[int, int]]


@dataclass(frozen=True, slots=True)
class Tables:
    """The tokenizer's part of the weights file, memory-mapped: where each piece ends in `letters`, and its score."""

    ends: memoryview
    scores: "memoryview[float]"
    letters: memoryview
    characters: memoryview
    replaced: int


class Tokenizer:
    """Cuts text into tokens. Threads may share it.

    >>> tokens = Tokenizer().tokens("Ten laws.")
    >>> tokens.ids, tokens.spans
    ([5531, 131703, 5], [(0, 3), (4, 8), (8, 9)])
    """

    def __init__(self) -> None:
        self._remembered = lru_cache(REMEMBERED_WORDS)(self._cut)

    def tokens(self, text: str) -> Tokens:
        """All tokens of a text, without the model's marks of its start and its end."""
        normal, starts, ends = self._normalised(text)
        ids: list[int] = []
        spans: list[tuple[int, int]] = []
        for match in _WORD.finditer(normal):
            word = match.group().lstrip(" ")
            cut = self._remembered if len(word) <= LONGEST_REMEMBERED else self._cut
            at = match.end() - len(word)
            for id, length in cut(BLANK + word):
                ids.append(id)
                begin, at = at, at + length
                spans.append((starts[begin], ends[at - 1]) if length else (_end(ends, at), _end(ends, at)))
        return Tokens(ids, spans)

    def log_likelihood(self, word: str) -> tuple[float, int]:
        """How usual a word is, and into how many pieces it falls: the sum of their scores, log-probabilities of the unigram model.

        >>> usual = Tokenizer().log_likelihood
        >>> usual("must") > usual("musst"), usual("must")[1], usual("mussxt")[1]
        (True, 1, 2)
        """
        pieces = self._remembered(BLANK + word)
        return sum(self._tables.scores[id] for id, _ in pieces), len(pieces)

    def _normalised(self, text: str) -> tuple[str, list[int] | range, list[int] | range]:
        """The text as the model reads it, and for each of its characters where its source starts and ends."""
        table = self._replacements
        odd = {character for character in set(text) if not character.isascii() or not character.isprintable()}
        if not any(_joins(character) for character in odd) and all(len(table.get(c, c)) == 1 for c in odd):
            return text.translate(self._translation), range(len(text)), range(1, len(text) + 1)
        pieces: list[str] = []
        starts: list[int] = []
        ends: list[int] = []
        for start, end in _clusters(text):
            for at, stop, made in self._replaced(text, start, end):
                pieces.append(made)
                starts += [at] * len(made)
                ends += [stop] * len(made)
        return "".join(pieces), starts, ends

    def _replaced(self, text: str, start: int, end: int) -> Iterator[tuple[int, int, str]]:
        """A letter with its marks: replaced as a whole if it is short and the table knows it, else one by one."""
        table, cluster = self._replacements, text[start:end]
        if end - start > 1 and len(cluster.encode("utf-8", "replace")) < _SHORT_CLUSTER:
            composed = unicodedata.normalize("NFC", cluster[:2])
            made = table.get(cluster[0]) or (table.get(composed, composed) if len(composed) == 1 else None)
            if made is not None:
                yield start, end, made
                return
        for at in range(start, end):
            yield at, at + 1, table.get(text[at], text[at])

    def _cut(self, word: str) -> tuple[tuple[int, int], ...]:
        """The best pieces of a word that begins with the mark of a blank: ids and lengths, that mark not counted."""
        keys, pieces, scores, nodes = *self._trie, self._tables.scores, self._node_count
        size = len(word)
        best = [0.0] + [-1e300] * size
        came = [(0, UNKNOWN)] * (size + 1)
        characters = list(map(ord, word))
        for start in range(size):
            node, single = 0, False
            for end in range(start + 1, min(start + LONGEST_PIECE, size) + 1):
                key = node << _CHARACTER_BITS | characters[end - 1]
                at = bisect_left(keys, key, node)
                if at == nodes or keys[at] != key:
                    break
                node, piece = at + 1, pieces[at]
                if piece != _NO_PIECE:
                    single = single or end == start + 1
                    score = best[start] + scores[piece]
                    if score > best[end]:
                        best[end], came[end] = score, (start, piece)
            if not single and best[start] + self._unknown_score > best[start + 1]:
                best[start + 1], came[start + 1] = best[start] + self._unknown_score, (start, UNKNOWN)
        return _way_back(came, size)

    @cached_property
    def _tables(self) -> Tables:
        path = e5_weights.weights_file()
        model_cache.check_once(path, e5_weights.WEIGHTS_SHA256)
        return read_tables(path)

    @cached_property
    def _unknown_score(self) -> float:
        return min(self._tables.scores) - _UNKNOWN_PENALTY

    @cached_property
    def _trie(self) -> tuple[memoryview, memoryview]:
        path = model_cache.made_file("tokens", TRIE_SHA256, lambda: make_trie(self._tables))
        data = _mapped(path)
        half = len(data) * 2 // 3
        return data[:half].cast("Q"), data[half:].cast("i")

    @cached_property
    def _node_count(self) -> int:
        return len(self._trie[0])

    @cached_property
    def _replacements(self) -> dict[str, str]:
        """What the table makes of single characters: another character, several, a blank, or nothing."""
        data, at = self._tables.characters, 0
        table = {}
        for _ in range(self._tables.replaced):
            code, count = struct.unpack_from("<IB", data, at)
            table[chr(code)] = "".join(map(chr, struct.unpack_from(f"<{count}I", data, at + 5)))
            at += 5 + 4 * count
        return table

    @cached_property
    def _translation(self) -> dict[int, str]:
        return {ord(character): made for character, made in self._replacements.items()}


@cache
def shared_tokenizer() -> Tokenizer:
    """One for all models of this family, which remembers the words of all of them."""
    return Tokenizer()


def read_tables(path: Path) -> Tables:
    """Find the tokenizer's tables in a weights file; nothing is copied."""
    data = _mapped(path)
    at = e5_weights.HEADER_SIZE
    count, _, _, _, _, size = struct.unpack_from("<5iQ", data, at)
    at += struct.calcsize("<5iQ") + 4  # the first offset is 0
    ends = data[at : at + 4 * count].cast("I")
    at += 4 * count
    scores = data[at : at + 4 * count].cast("f")
    at += 4 * count
    letters = data[at : at + size]
    at += size
    replaced, length = struct.unpack_from("<iI", data, at)
    return Tables(ends, scores, letters, data[at + 8 : at + 8 + length], replaced)


def make_trie(tables: Tables) -> bytes:
    """The trie of all pieces: keys in order (uint64), then the id of the piece that ends at each, or -1 (int32).

    A key is the number of the parent node (0 is the root, a node's number is its place plus 1) times 2 to the 21,
    plus the character. It is made level by level, which puts parents before children and all keys in order.
    """
    import numpy as np

    ends = np.frombuffer(tables.ends, np.uint32)
    starts = np.concatenate([[0], ends[:-1]])
    letters = bytes(tables.letters)
    pieces = [letters[start:end].decode("utf-8") for start, end in zip(starts, ends, strict=True)]
    ids = np.array([id for id, piece in enumerate(pieces) if piece and id not in SPECIAL])
    lengths = np.array([len(pieces[id]) for id in ids])
    codes = np.frombuffer("".join(pieces[id].ljust(LONGEST_PIECE) for id in ids).encode("utf-32-le"), "<u4")
    codes = codes.reshape(len(ids), LONGEST_PIECE).astype(np.uint64)
    parents = np.zeros(len(ids), np.uint64)
    keys, values, made = [], [], 0
    for level in range(LONGEST_PIECE):
        going = lengths > level
        level_keys, places = np.unique(
            parents[going] << np.uint64(_CHARACTER_BITS) | codes[going, level], return_inverse=True
        )
        level_values = np.full(len(level_keys), _NO_PIECE, np.int32)
        last = lengths[going] == level + 1
        level_values[places[last]] = ids[going][last]
        parents[going] = places.astype(np.uint64) + np.uint64(made + 1)
        made += len(level_keys)
        keys.append(level_keys)
        values.append(level_values)
    return np.concatenate(keys).astype("<u8").tobytes() + np.concatenate(values).astype("<i4").tobytes()


def _mapped(path: Path) -> memoryview:
    with path.open("rb") as file:
        return memoryview(mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ))


def _way_back(came: list[tuple[int, int]], size: int) -> tuple[tuple[int, int], ...]:
    """The pieces on the best way, first to last; unknown neighbours are one."""
    found: list[tuple[int, int]] = []
    end = size
    while end:
        start, piece = came[end]
        length = end - start - (start == 0)
        if piece == UNKNOWN and found and found[-1][0] == UNKNOWN:
            found[-1] = UNKNOWN, found[-1][1] + length
        else:
            found.append((piece, length))
        end = start
    return tuple(reversed(found))


def _end(ends: list[int] | range, at: int) -> int:
    """Where the character before this place ends; a lone mark of a blank is an empty span there."""
    return ends[at - 1] if at else 0


def _joins(character: str) -> bool:
    """Whether a character belongs to the letter before it (Unicode's grapheme clusters, near enough)."""
    return character in _JOINERS or unicodedata.category(character) in ("Mn", "Me", "Mc")


def _holds(character: str) -> bool:
    """Whether marks may join a character: not if it is a control character or ends a line."""
    return character in _JOINERS or unicodedata.category(character) not in ("Cc", "Cf", "Zl", "Zp")


def _clusters(text: str) -> Iterator[tuple[int, int]]:
    """Start and end of each character with the marks that follow it."""
    start = 0
    for at in range(1, len(text) + 1):
        if at == len(text) or not _joins(text[at]) or not _holds(text[at - 1]):
            yield start, at
            start = at
