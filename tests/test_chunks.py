"""Chunks: verbatim, in order, and nothing is lost between them."""

import hashlib

from hypothesis import given, settings
from hypothesis import strategies as st

from index import Document
from index.articles.chunks import CHUNK_SIZE, cut


def document(text: str) -> Document:
    return Document("id", "Title", text, None, None, None, "en", hashlib.sha256(text.encode()).hexdigest())


def check(text: str, size: int) -> None:
    chunks = cut(document(text), size)
    cursor = 0
    for position, chunk in enumerate(chunks):
        assert chunk.position == position
        assert text[chunk.start : chunk.end] == chunk.text != ""
        assert len(chunk.text) <= size
        assert not text[cursor : chunk.start].strip(), "only blanks lie between chunks"
        cursor = chunk.end
    assert not text[cursor:].strip()


words = st.sampled_from(
    ["ab", "ab.", "К.-Ж.", "ст. 5", "one, two;", "«да!»", "\n", "\n\n", "ә", "10,000", "🙂", "x" * 30]
)


@given(st.lists(words, min_size=1, max_size=200).map(" ".join).filter(str.strip), st.integers(5, 120))
@settings(max_examples=200, deadline=None)
def test_every_chunk_stands_at_its_place_and_covers_the_text(text: str, size: int) -> None:
    check(text.strip(), size)


@given(st.text(min_size=1).filter(str.strip), st.integers(1, 50))
@settings(deadline=None)
def test_any_text_at_all(text: str, size: int) -> None:
    check(text.strip(), size)


def test_a_repeating_text_keeps_its_places() -> None:
    sentence = "The same sentence again. "
    chunks = cut(document((sentence * 40).strip()), 100)
    assert [chunk.start for chunk in chunks] == [100 * n for n in range(10)]
    assert {chunk.text for chunk in chunks} == {(sentence * 4).strip()}


def test_cuts_prefer_the_ends_of_sentences() -> None:
    text = "First sentence is here. Second sentence is here. Third one."
    assert [chunk.text for chunk in cut(document(text), 30)] == [
        "First sentence is here.",
        "Second sentence is here.",
        "Third one.",
    ]


def test_a_short_text_is_one_chunk() -> None:
    (chunk,) = cut(document("x" * CHUNK_SIZE))
    assert (chunk.start, chunk.end) == (0, CHUNK_SIZE)
