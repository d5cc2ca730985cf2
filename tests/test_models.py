"""The real model: unpacked, checked, and the same through ONNX Runtime and through torch."""

from pathlib import Path

import numpy as np
import pytest
from numpy.typing import NDArray

from eval.training import unpack_e5
from eval.training.model import load_trained
from index import ModelError, load_embedder
from index.embedding import model_cache
from index.embedding.e5 import encoder
from index.embedding.e5 import weights as e5_weights
from index.embedding.e5.encoder import shared_encoder
from index.embedding.e5.tokenizer import END, START, shared_tokenizer
from index.embedding.e5.trained import QUESTIONS
from index.embedding.load import E5Small

pytestmark = pytest.mark.slow

TEXTS = [
    "At least ten constitutional laws must be updated.",
    "Обновить нужно не менее десяти конституционных законов.",
    "Кемінде он конституциялық заңды жаңарту керек.",
]


def test_four_bit_blocks_worked_by_hand() -> None:
    block = np.float16(0.5).tobytes() + bytes([0x80 + 0x0F] + [0x88] * 15)
    weights = e5_weights.from_four_bits(np.frombuffer(block, np.uint8))
    expected = np.zeros(32, np.float32)
    expected[0] = (15 - 8) * 0.5  # low nibble of byte 0
    assert weights.tolist() == expected.tolist()  # its high nibble, weight 16, is 8 - 8


def test_weights_have_the_shapes_of_the_header() -> None:
    header, tensors = unpack_e5.read_weights(e5_weights.weights_file())
    assert (header["hidden_size"], header["num_hidden_layers"], header["vocab_size"]) == (384, 12, 250037)
    assert tensors["emb.word"].size == 250037 * 384
    assert tensors["l11.fo.w"].size == 1536 * 384


def test_nothing_is_printed(capfd: pytest.CaptureFixture[str]) -> None:
    assert np.linalg.norm(E5Small().embed_documents(TEXTS).vectors, axis=1) == pytest.approx(1, abs=1e-5)
    assert capfd.readouterr() == ("", "")


def test_translations_are_near_and_other_things_are_not() -> None:
    embedder = E5Small()
    query = embedder.embed_query("How many laws must be updated?").vectors[0]
    near = embedder.embed_documents(TEXTS).vectors @ query
    far = embedder.embed_documents(["Football results of the week.", "Рецепт борща."]).vectors @ query
    assert near.min() > far.max() + 0.03


def test_questions_have_an_encoder_of_their_own() -> None:
    """Its states are those of the tensors that ship, in torch; a passage's are not changed by it."""
    torch = pytest.importorskip("torch")
    from transformers import AutoModel

    bert = AutoModel.from_pretrained(
        str(unpack_e5.unpacked_folder()), add_pooling_layer=False, dtype=torch.float32
    ).eval()
    load_trained(bert, QUESTIONS)
    text = "How many laws must be updated?"
    ids = [START, *shared_tokenizer().tokens(f"query: {text}").ids, END]
    with torch.no_grad():
        mean = bert(input_ids=torch.tensor([ids])).last_hidden_state[0].mean(dim=0)
    expected = torch.nn.functional.normalize(mean, dim=0).numpy()
    assert E5Small().embed_query(text).vectors[0] @ expected > 0.998
    assert shared_encoder().embed([text], "query: ").vectors[0] @ expected < 0.995
    assert (E5Small().embed_documents([text]).vectors == shared_encoder().embed([text], "passage: ").vectors).all()


def test_nothing_to_embed() -> None:
    assert E5Small().embed_documents([]).vectors.shape == (0, 384)


def test_the_unpacked_folder_is_checked(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("KENES_CACHE", str(tmp_path))
    folder = unpack_e5.unpacked_folder()
    assert {path.name for path in folder.iterdir()} >= {"model.safetensors", "tokenizer.json", "modules.json"}
    (folder / "config.json").write_text("{}", "utf-8")
    with pytest.raises(ModelError, match="not the file expected"):
        unpack_e5.unpacked_folder()


def test_a_wheel_with_other_contents_is_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    other = tmp_path / "weights.bin"
    other.write_bytes(b"E5S1 but not the one")
    monkeypatch.setattr(e5_weights, "weights_file", lambda: other)
    encoder._file.cache_clear()
    with pytest.raises(ModelError, match="sha256"):
        E5Small().embed_query("anything")


def test_a_checked_file_is_hashed_again_only_when_it_changes(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("KENES_CACHE", str(tmp_path / "cache"))
    file = tmp_path / "file"
    file.write_bytes(b"contents")
    sha256 = "d1b2a59fbea7e20077af9f91b27e95e865061b270be03ff539ab3b73587882e8"
    model_cache.check_once(file, sha256)
    with monkeypatch.context() as patch:
        patch.setattr(model_cache, "check_file", lambda *_: pytest.fail("it was hashed again"))
        model_cache.check_once(file, sha256)
    file.write_bytes(b"Contents")
    with pytest.raises(ModelError):
        model_cache.check_once(file, sha256)


def test_a_model_that_is_not_here(tmp_path: Path) -> None:
    with pytest.raises(ModelError, match="hf download no-such/model"):
        load_embedder("no-such/model")
    with pytest.raises(ModelError, match="no sentence-transformers model"):
        load_embedder(str(tmp_path)).embed_query("x")


def test_any_sentence_transformers_folder_works() -> None:
    embedder = load_embedder(str(unpack_e5.unpacked_folder()))
    assert embedder.dim == 384
    assert len(embedder.sha256) == 64
    for by_torch, own in (
        (embedder.embed_documents(TEXTS), E5Small().embed_documents(TEXTS)),
        (embedder.embed_query("laws"), shared_encoder().embed(["laws"], "query: ")),  # not by the encoder of questions
    ):
        assert np.sum(by_torch.vectors * own.vectors, axis=1) == pytest.approx(1, abs=2e-3)
        for theirs, ours in zip(by_torch.spans, own.spans, strict=True):
            assert theirs.tolist() == ours.tolist()
        for theirs, ours in zip(by_torch.states, own.states, strict=True):
            assert cosines(theirs, ours) == pytest.approx(1, abs=0.01)


def cosines(one: NDArray[np.float32], other: NDArray[np.float32]) -> NDArray[np.float32]:
    found: NDArray[np.float32] = np.sum(one * other, 1) / np.linalg.norm(one, axis=1) / np.linalg.norm(other, axis=1)
    return found
