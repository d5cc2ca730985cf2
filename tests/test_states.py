"""Token states: packed by hand, late interaction against a plain reference, and what the real model makes of it."""

import json
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from numpy.typing import NDArray

from index import Embedded, IndexReader, build, verify
from index.embedding.maxsim import centre_of, interaction, pack, worded
from index.making import settings_for
from index.store.schema import connect
from index.store.writer import IndexWriter
from rag.retrieval.retrieve import retrieve
from rag.understanding.question import understand
from tests.fakes import FakeEmbedder

FloatArray = NDArray[np.float32]


def test_a_bit_is_set_where_a_state_lies_above_the_centre() -> None:
    centre = np.array([0, 0, 1, 0, 0, 0, 0, 0, -1], np.float32)
    states = np.array([[1, -1, 0.5, 2, 0, 0, 0, 3, 0], [-1, -1, 2, -1, -1, -1, -1, -1, -2]], np.float32)
    assert pack(states, centre) == bytes([0b10010001, 0b10000000, 0b00100000, 0b00000000])


def test_interaction_worked_by_hand() -> None:
    centre = np.zeros(4, np.float32)
    question = np.array([[1, 0, 0, 0], [0, 0, 3, 4]], np.float32)
    both = pack(np.array([[1, 1, 1, 1], [-1, 1, -1, -1]], np.float32), centre)
    neither = pack(np.array([[-1, 1, -1, -1]], np.float32), centre)
    # each token's best: 1/2 and (3 + 4) / (5 * 2) with the first row; -1/2 and -7/10 where only the other row is
    expected = pytest.approx([(0.5 + 0.7) / 2, -(0.5 + 0.7) / 2], abs=moved(4))
    assert interaction(question, centre, [both, neither]) == expected


def moved(dim: int) -> float:
    """What rounding to 8 bits may move a cosine by at most: half a step in every dimension, twice, over a norm of 127 steps."""
    return dim**0.5 / 127 + 1e-6


def test_where_either_side_has_no_token_nothing_is_near() -> None:
    centre, some = np.zeros(8, np.float32), np.ones((1, 8), np.float32)
    assert interaction(some, centre, [b"", b"\xff", b""]) == pytest.approx([-1, 1, -1])
    assert interaction(some[:0], centre, [b"\xff"]).tolist() == [-1]
    assert interaction(some, centre, []).shape == (0,)


def plain(question: FloatArray, centre: FloatArray, passages: list[FloatArray]) -> list[float]:
    """The definition, one pair of tokens at a time."""
    found = []
    for states in passages:
        signs = [np.where(state > centre, 1.0, -1.0) for state in states]
        best = [
            max(
                float(token @ sign) / float(np.linalg.norm(token) * np.linalg.norm(sign))
                for token in [asked - centre]
                for sign in signs
            )
            for asked in question
        ]
        found.append(sum(best) / len(best))
    return found


@given(st.integers(1, 20), st.integers(1, 4), st.lists(st.integers(1, 5), min_size=1, max_size=4), st.integers(0, 99))
def test_interaction_is_that_of_the_definition(dim: int, tokens: int, lengths: list[int], seed: int) -> None:
    random = np.random.default_rng(seed)
    centre = random.normal(size=dim).astype(np.float32)
    question = random.normal(size=(tokens, dim)).astype(np.float32)
    passages = [random.normal(size=(length, dim)).astype(np.float32) for length in lengths]
    found = interaction(question, centre, [pack(states, centre) for states in passages])
    assert found == pytest.approx(plain(question, centre, passages), abs=moved(dim))


def test_in_384_dimensions_whole_numbers_hardly_move_it() -> None:
    random = np.random.default_rng(0)
    question, passage = (random.normal(size=(tokens, 384)).astype(np.float32) for tokens in (12, 40))
    centre = np.zeros(384, np.float32)
    found = interaction(question, centre, [pack(passage, centre)])
    assert found == pytest.approx(plain(question, centre, [passage]), abs=0.002)


def test_tokens_without_a_letter_or_digit_are_left_out() -> None:
    states = np.arange(8, dtype=np.float32).reshape(4, 2)
    embedded = Embedded(np.zeros((1, 2), np.float32), (states,), (np.array([[0, 2], [2, 3], [4, 6], [6, 7]]),))
    assert worded(embedded, ["ab, 40!"])[0].tolist() == [[0, 1], [4, 5]]


def test_the_centre_is_the_mean_state_of_three_languages() -> None:
    centre = centre_of(FakeEmbedder())
    assert centre.shape == (64,)
    assert 0 < np.abs(centre).max() < 0.5


@pytest.mark.parametrize(
    ("tamper", "fault"),
    [
        ("DELETE FROM token_embeddings WHERE chunk_id = 1", "chunk 1 has no token embeddings"),
        (
            "PRAGMA foreign_keys = OFF; INSERT INTO token_embeddings VALUES (99, x'00')",
            "token embeddings of chunk 99, which is not there",
        ),
        (
            "UPDATE token_embeddings SET signs = x'010203' WHERE chunk_id = 2",
            "chunk 2: its token embeddings are not 8 bytes each",
        ),
    ],
)
def test_faults_in_the_stored_states_are_named(tmp_path: Path, tamper: str, fault: str) -> None:
    (tmp_path / "a.txt").write_text("Apples are red.\n\n" * 99, "utf-8")
    build([tmp_path / "a.txt"], tmp_path / "index", FakeEmbedder())
    assert verify(tmp_path / "index") == []
    connection = connect(tmp_path / "index" / "store.db", write=True)
    connection.execute(tamper)
    connection.close()
    assert fault in verify(tmp_path / "index")


def test_states_of_replaced_and_removed_articles_go(tmp_path: Path) -> None:
    for name in "ab":
        (tmp_path / f"{name}.txt").write_text(f"Article {name}.", "utf-8")
    build([tmp_path], tmp_path / "index", FakeEmbedder())
    (tmp_path / "a.txt").write_text("Another article altogether.", "utf-8")
    (tmp_path / "b.txt").unlink()
    build([tmp_path], tmp_path / "index", FakeEmbedder(), prune=True)
    with IndexReader(tmp_path / "index") as reader, reader.snapshot() as snapshot:
        (signs,) = snapshot.sign_bits([id for each in snapshot.listing() for id in snapshot.document_chunks(each.id)])
        title_and_text = FakeEmbedder().embed_documents(["a. Another article altogether."])
        assert len(signs) // 8 <= len(title_and_text.states[0]) + 3
        states = [FakeEmbedder().embed_query(word).states[0] for word in ("another", "article", "altogether")]
        packed = [signs[at : at + 8] for at in range(0, len(signs), 8)]
        assert all(pack(state, snapshot.mean_token_embedding) in packed for state in states)
    assert verify(tmp_path / "index") == []


def test_an_index_made_in_two_runs_is_that_made_in_one(tmp_path: Path) -> None:
    rows = [
        {"id": str(n), "text": f"Apples number{n} are {colour}."} for n, colour in enumerate(["red", "blue", "odd"])
    ]
    for upto in (1, 3):
        (tmp_path / "a.jsonl").write_text("".join(json.dumps(row) + "\n" for row in rows[:upto]), "utf-8")
        build([tmp_path / "a.jsonl"], tmp_path / "twice", FakeEmbedder())
    build([tmp_path / "a.jsonl"], tmp_path / "once", FakeEmbedder())
    found = []
    for name in ("once", "twice"):
        with IndexReader(tmp_path / name) as reader, reader.snapshot() as snapshot:
            bits = {each.id: snapshot.sign_bits(snapshot.document_chunks(each.id)) for each in snapshot.listing()}
            found.append((bits, snapshot.mean_token_embedding.tolist()))
    assert found[0] == found[1]


def test_an_index_killed_before_its_first_article_finds_nothing(tmp_path: Path) -> None:
    with IndexWriter(tmp_path / "index", settings_for(FakeEmbedder())):
        pass
    with IndexReader(tmp_path / "index") as reader, reader.snapshot(search=True) as snapshot:
        assert snapshot.mean_token_embedding.tolist() == [0.0] * 64
        assert retrieve(snapshot, understand("Any apples?", FakeEmbedder(), snapshot), 5) == []
