"""The judge: its files, and the same verdicts through the engine and through torch."""

import json
from pathlib import Path

import numpy as np
import pytest

from index import ModelError, e5_weights
from rag import judge
from rag.judge import CARD, LEARNED, PAIR, Judge, patched, weights_file

QUESTION = "How many laws must change?"
SENTENCES = [
    "At least ten constitutional laws will have to be brought up to date, and over fifty others.",
    "The weather in Astana was cold and clear on Monday.",
    "Обновить предстоит не менее десяти конституционных законов.",
    "Кемінде он конституциялық заңды жаңарту керек болады.",
]


def test_a_sentence_that_answers_beats_one_that_does_not_in_every_language() -> None:
    laws, weather, russian, kazakh = Judge().logits(QUESTION, SENTENCES)
    assert min(laws, russian, kazakh) > weather


def test_engine_and_torch_agree() -> None:
    """The 8-bit arithmetic of the engine moves the log-odds by less than a quarter."""
    import torch
    from transformers import AutoModel, AutoTokenizer

    folder = str(e5_weights.unpacked_folder())
    bert = AutoModel.from_pretrained(folder, add_pooling_layer=False, dtype=torch.float32).eval()
    with np.load(LEARNED) as learned:
        names = [name for name in learned.files if not name.startswith("head")]
        own = bert.state_dict()
        bert.load_state_dict(
            {
                bert_name: torch.from_numpy(learned[name]).reshape(own[bert_name].shape)
                for name in names
                if (bert_name := e5_weights.bert_name(name))
            },
            strict=False,
        )
        weight, bias = learned["head.weight"], learned["head.bias"]
    texts = [f"query: {PAIR.format(question=QUESTION, sentence=sentence)}" for sentence in SENTENCES]
    batch = AutoTokenizer.from_pretrained(folder)(texts, padding=True, return_tensors="pt")
    with torch.no_grad():
        hidden = bert(**batch).last_hidden_state
    mask = batch["attention_mask"][..., None]
    vectors = torch.nn.functional.normalize((hidden * mask).sum(1) / mask.sum(1), dim=1).numpy()
    assert Judge().logits(QUESTION, SENTENCES) == pytest.approx(vectors @ weight + bias, abs=0.25)


def test_only_what_was_learned_differs_from_the_wheel() -> None:
    source = e5_weights.weights_file().read_bytes()
    made = patched(source, LEARNED)
    assert len(made) == len(source)
    changed = np.flatnonzero(np.frombuffer(made, np.uint8) != np.frombuffer(source, np.uint8))
    places = e5_weights.directory(source)
    with np.load(LEARNED) as learned:
        inside = np.zeros(len(source), bool)
        for name in set(learned.files) & set(places):
            assert not places[name].four_bit
            inside[places[name].offset : places[name].offset + places[name].size] = True
    assert inside[changed].all()
    assert len(changed) > 100_000


def test_a_damaged_file_in_the_cache_is_made_anew(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("KENES_CACHE", str(tmp_path))
    path = weights_file()
    path.write_bytes(b"damaged")
    assert weights_file() == path
    assert path.stat().st_size == e5_weights.weights_file().stat().st_size
    assert {each.name.split("-")[0] for each in path.parent.iterdir()} == {"judge", "checked"}


def test_a_learned_file_that_is_not_the_one_shipped_is_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("KENES_CACHE", str(tmp_path))
    other = tmp_path / "judge.npz"
    other.write_bytes(LEARNED.read_bytes()[:-1] + b"x")
    monkeypatch.setattr(judge, "LEARNED", other)
    with pytest.raises(ModelError, match=r"judge\.npz is not the file expected"):
        weights_file()


def test_a_cache_that_cannot_be_written_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("KENES_CACHE", "/dev/null/cache")
    with pytest.raises(ModelError, match="KENES_CACHE"):
        weights_file()


def test_a_long_question_or_sentence_is_judged_by_its_beginning() -> None:
    long = "word " * 300
    assert (
        Judge().logits(QUESTION, [long, long + "and more"]).tolist()[0] == Judge().logits(QUESTION, [long]).tolist()[0]
    )


def test_the_card_names_both_files() -> None:
    assert set(json.loads(CARD.read_text("utf-8"))) == {"learned_sha256", "weights_sha256"}
