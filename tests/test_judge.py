"""The judge: its file, and the same verdicts through ONNX Runtime and through torch."""

from pathlib import Path

import numpy as np
import pytest

from index import ModelError, e5_weights
from rag import judge
from rag.judge import LEARNED, PAIR, Judge

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


def test_encoder_and_torch_agree() -> None:
    """8-bit arithmetic moves the log-odds by less than a quarter."""
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


def test_a_learned_file_that_is_not_the_one_shipped_is_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    other = tmp_path / "judge.npz"
    other.write_bytes(LEARNED.read_bytes()[:-1] + b"x")
    monkeypatch.setattr(judge, "LEARNED", other)
    with pytest.raises(ModelError, match=r"judge\.npz is not the file expected"):
        Judge().logits(QUESTION, SENTENCES)


def test_a_long_question_or_sentence_is_judged_by_its_beginning() -> None:
    long = "word " * 300
    one, same = Judge().logits(QUESTION, [long, long + "and more"])
    assert one == same
