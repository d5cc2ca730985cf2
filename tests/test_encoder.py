"""The encoder: against the model in float32, whatever its neighbours; and the graph against the script that makes it."""

import hashlib
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from threading import Barrier

import numpy as np
import pytest

from eval.training import unpack_e5
from index import ModelError
from index.embedding import model_cache
from index.embedding.e5.encoder import GRAPH, PAIR, Encoder, make_matrices, matrices
from index.embedding.e5.tokenizer import Tokenizer
from index.embedding.e5.trained import QUESTIONS
from index.embedding.maxsim import PRODUCT, product
from rag.reading.span_reader import READER
from tests.conftest import PATIENCE, SEEDS, Kenes

pytestmark = pytest.mark.slow

LINES = [line for path in sorted(SEEDS.glob("*.md")) for line in path.read_text("utf-8").splitlines() if len(line) > 60]


def test_states_and_vectors_are_those_of_the_model_in_float32() -> None:
    torch = pytest.importorskip("torch")
    from transformers import AutoModel, AutoTokenizer

    folder = str(unpack_e5.unpacked_folder())
    bert = AutoModel.from_pretrained(folder, add_pooling_layer=False, dtype=torch.float32).eval()
    tokenizer = AutoTokenizer.from_pretrained(folder)
    texts = LINES[:: len(LINES) // 24]
    found = Encoder().embed(texts, "passage: ")
    of_tokens, of_texts = [], []
    for text, states, spans, vector in zip(texts, found.states, found.spans, found.vectors, strict=True):
        with torch.no_grad():
            hidden = bert(**tokenizer(f"passage: {text}", return_tensors="pt")).last_hidden_state[0].numpy()
        full = [start < end for start, end in Tokenizer().tokens(text).spans]  # all but lone blanks
        theirs = hidden[-1 - len(full) : -1][full]  # the prefix comes first, </s> last
        of_tokens.append(
            np.mean(np.sum(theirs * states, 1) / np.linalg.norm(theirs, axis=1) / np.linalg.norm(states, axis=1))
        )
        mean = hidden.mean(axis=0)
        of_texts.append(vector @ mean / np.linalg.norm(mean))
        assert text[spans[0, 0] : spans[-1, 1]] == text.strip()
    assert min(of_tokens) > 0.997
    assert np.mean(of_tokens) > 0.9985
    assert min(of_texts) > 0.998


@pytest.mark.parametrize("file", [READER.matrices, QUESTIONS.matrices, None], ids=["reader", "questions", "embedder"])
def test_sums_are_exact_on_every_processor(file: Path | None) -> None:
    """Each of some outputs of each matrix is given what makes the largest sums of it, of both signs."""
    data = file.read_bytes() if file else make_matrices()
    for place in (place for name, place in matrices().items() if name.endswith(".w")):
        columns = np.frombuffer(data[place.offset : place.offset + place.size], np.int8).reshape(place.shape)
        pairs = np.abs(columns.astype(int)).reshape(len(columns) // 2, 2, -1).sum(axis=1)
        assert 100 < pairs.max() <= PAIR
        hardest = columns[:, np.argsort(-pairs.max(axis=0))[:16]].T
        rows = np.concatenate([np.where(hardest > 0, 255, 0), np.where(hardest > 0, 0, 255)]).astype(np.uint8)
        assert np.array_equal(product(rows, columns.copy()), rows.astype(int) @ columns.astype(int))


def test_neighbours_change_nothing() -> None:
    texts = ["Ten laws.", LINES[0], LINES[1], "Он жаңа заң", LINES[2][: len(LINES[1])]]
    together = Encoder().embed(texts, "passage: ")
    for at, text in enumerate(texts):
        alone = Encoder().embed([text], "passage: ")
        assert np.array_equal(alone.vectors[0], together.vectors[at])
        assert np.array_equal(alone.states[0], together.states[at])


def test_texts_without_tokens_and_long_ones() -> None:
    found = Encoder().embed(["", " \n", "word " * 1000], "query: ")
    assert np.linalg.norm(found.vectors, axis=1) == pytest.approx(1, abs=1e-5)
    assert [len(states) for states in found.states] == [0, 0, 507]  # 512 less <s>, </s> and the three of the prefix
    assert [len(spans) for spans in found.spans] == [0, 0, 507]
    assert found.spans[2][-1].tolist() == [5 * 506, 5 * 506 + 4]


def test_nothing_to_encode() -> None:
    found = Encoder().embed([], "query: ")
    assert (found.vectors.shape, found.states, found.spans) == ((0, 384), (), ())


def test_learned_tensors_take_effect_and_must_fit() -> None:
    flat = Encoder({"l11.oln.w": np.zeros(384, np.float32), "l11.oln.b": np.ones(384, np.float32)})
    assert flat.embed(["x"], "query: ").vectors[0] == pytest.approx(384**-0.5)
    with pytest.raises(ModelError, match=r"l0\.q\.b does not fit"):
        Encoder({"l0.q.b": np.zeros(3, np.float32)}).embed(["x"], "query: ")


def test_the_cache_is_filled_once_and_mended(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("KENES_CACHE", str(tmp_path))
    sha256 = "d1b2a59fbea7e20077af9f91b27e95e865061b270be03ff539ab3b73587882e8"
    made = []

    def make() -> bytes:
        made.append(1)
        return b"contents"

    path = model_cache.made_file("file", sha256, make)
    assert model_cache.made_file("file", sha256, make).read_bytes() == b"contents"
    assert len(made) == 1
    path.write_bytes(b"damaged")
    assert model_cache.made_file("file", sha256, make).read_bytes() == b"contents"
    assert len(made) == 2
    with pytest.raises(ModelError, match="not the file expected"):
        model_cache.made_file("other", sha256, lambda: b"wrong")


def test_threads_that_fill_the_cache_together(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("KENES_CACHE", str(tmp_path))
    sha256 = hashlib.sha256(b"contents").hexdigest()
    together = Barrier(8)

    def make() -> bytes:
        together.wait(timeout=PATIENCE)
        return b"contents"

    with ThreadPoolExecutor(8) as threads:
        paths = list(threads.map(lambda _: model_cache.made_file("file", sha256, make), range(8)))
    assert {path.read_bytes() for path in paths} == {b"contents"}
    assert list(paths[0].parent.glob("file-*")) == [paths[0]]  # nothing unfinished is left


def test_a_new_cache_is_filled_by_the_first_texts(kenes: Kenes, tmp_path: Path) -> None:
    done = kenes("index", SEEDS, "--index", tmp_path / "index", KENES_CACHE=str(tmp_path / "cache"))
    assert (done.returncode, done.stderr) == (0, "")


def test_a_cache_that_cannot_be_written_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("KENES_CACHE", "/dev/null/cache")
    with pytest.raises(ModelError, match="KENES_CACHE"):
        model_cache.made_file("file", "0" * 64, lambda: b"")


def test_rows_of_zeros_are_multiplied_to_zeros() -> None:
    nothing = {f"l10.oln.{part}": np.zeros(384, np.float32) for part in "wb"}
    found = Encoder(nothing).embed(["Ten laws must change."], "query: ")
    assert np.isfinite(found.states[0]).all()
    assert np.ptp(found.states[0], axis=0).max() == 0  # what every token has left are the last layer's biases


def test_the_graphs_are_what_their_script_makes() -> None:
    pytest.importorskip("onnx")
    from index.embedding import build_graphs

    assert build_graphs.encoder().SerializeToString(deterministic=True) == GRAPH.read_bytes()
    assert build_graphs.product().SerializeToString(deterministic=True) == PRODUCT.read_bytes()
