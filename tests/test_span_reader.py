"""The reader: how a text is laid out, the best span against brute force, and the same scores as the model in torch."""

from pathlib import Path
from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from eval.training import unpack_e5
from index import ModelError
from index.embedding.e5.encoder import matrices
from index.embedding.e5.tokenizer import END, START, Tokenizer
from index.embedding.e5.trained import TrainedFiles
from rag.reading import span_reader
from rag.reading.span_reader import MAX_ANSWER, READER, SpanReader, best_spans, layout, whole_words

PASSAGE = (
    "Once it has been amended, at least ten constitutional laws will have to be brought up to date. "
    "The working group met in Astana on 12 January and was led by Aida Balayeva."
)
TITLE = "What must change"
LOGITS = st.lists(st.floats(-20, 20, width=32), min_size=1, max_size=50)


@given(first=LOGITS, last=LOGITS, count=st.integers(1, 40))
def test_the_best_spans_against_brute_force(first: list[float], last: list[float], count: int) -> None:
    size = min(len(first), len(last))
    starts, ends = np.array(first[:size], np.float32), np.array(last[:size], np.float32)
    spans = [(i, j) for i in range(size) for j in range(i, min(size, i + MAX_ANSWER))]
    found = best_spans(starts, ends, count)
    assert len(found) == len({(i, j) for i, j, _ in found}) == min(count, len(spans))
    assert {(i, j) for i, j, _ in found} <= set(spans)
    assert all(score == starts[i] + ends[j] for i, j, score in found)
    assert [score for *_, score in found] == sorted((starts[i] + ends[j] for i, j in spans), reverse=True)[:count]


@pytest.mark.parametrize(
    ("cut", "whole"),
    [("n constit", "ten constitutional"), ("ten", "ten"), ("date.", "date."), ("1", "12"), ("2 January", "12 January")],
)
def test_words_are_whole(cut: str, whole: str) -> None:
    start = PASSAGE.index(cut)
    left, right = whole_words(PASSAGE, start, start + len(cut))
    assert PASSAGE[left:right] == whole


def test_only_words_that_fit_are_pointed_at() -> None:
    question = "When did the working group meet?"
    passages = [("", PASSAGE), ("", "– – –"), ("", "")]
    free, dashes, nothing = SpanReader().point(question, passages)
    assert free
    assert (dashes, nothing) == (None, None)
    (number, *_) = SpanReader().point(
        question, passages[:1], [lambda start, end: int(passages[0][1][start:end].isdigit())]
    )
    assert number
    assert PASSAGE[number.start : number.end] == "12"
    assert number.score < free.score
    assert SpanReader().point(question, passages[:1], [lambda start, end: 0]) == [None]


def test_a_layout() -> None:
    tokenizer = Tokenizer()
    laid = layout(tokenizer, "How many?", TITLE, PASSAGE)
    question, title, passage = (tokenizer.tokens(text).ids for text in ("How many?", TITLE, PASSAGE))
    assert laid.ids == [START, *question, END, END, *title, END, *passage, END]
    assert laid.ids[laid.start : laid.start + len(laid.spans)] == passage
    assert PASSAGE[slice(*laid.spans[0])] == "Once"
    assert layout(tokenizer, "How many?", "", PASSAGE).ids == [START, *question, END, END, *passage, END]


def test_a_layout_cuts_what_is_too_long() -> None:
    laid = layout(Tokenizer(), "word " * 500, "word " * 500, "word " * 1000, 200)
    assert len(laid.ids) == 200
    assert laid.ids[-1] == END
    assert laid.start == 1 + 64 + 2 + 32 + 1
    assert len(laid.spans) == 200 - laid.start - 1


@pytest.mark.parametrize(
    ("question", "words"),
    [
        ("How many constitutional laws have to be brought up to date?", "ten"),
        ("Where did the working group meet?", "Astana"),
        ("Who led the working group?", "Aida Balayeva"),
        ("When did the working group meet?", "12 January"),
        ("Где собралась рабочая группа?", "Astana"),
        ("Жұмыс тобы қайда жиналды?", "Astana"),
    ],
)
def test_it_points_at_the_words_in_whatever_language_it_is_asked(question: str, words: str) -> None:
    (found,) = SpanReader().point(question, [(TITLE, PASSAGE)])
    assert found
    assert words in PASSAGE[found.start : found.end]
    assert found.end - found.start < 40


def test_a_passage_that_answers_scores_higher_than_one_that_does_not() -> None:
    other = "Oil output grew by two percent, and the wheat harvest was the largest in ten years."
    answers, silent = SpanReader().point("Where did the working group meet?", [("", PASSAGE), ("", other)])
    assert answers
    assert silent
    assert answers.score > 0 > silent.score


def test_neighbours_change_nothing() -> None:
    question, passages = "Who led the group?", [("", PASSAGE), ("", PASSAGE * 3), (TITLE, "Nobody did.")]
    together = SpanReader().point(question, passages)
    for passage, found in zip(passages, together, strict=True):
        (alone,) = SpanReader().point(question, [passage])
        assert alone
        assert found
        assert (alone.start, alone.end) == (found.start, found.end)
        assert alone.score == pytest.approx(found.score, abs=0.01)


@pytest.mark.slow
def test_onnx_runtime_and_torch_agree() -> None:
    """8-bit activations move a logit by less than 0.2 on average and by less than 1 anywhere; the matrices are the same."""
    torch = pytest.importorskip("torch")
    bert, weight, bias = _in_torch()
    tokenizer = Tokenizer()
    laid = [
        layout(tokenizer, question, TITLE, passage)
        for question in ("Who led the group?", "Кто возглавил группу?", "Топты кім басқарды?")
        for passage in (PASSAGE, "Группу возглавила Аида Балаева. Встреча прошла в Астане.", "Топ Астанада жиналды.")
    ]
    for each in laid:
        first, last, none = SpanReader().logits(each)
        with torch.no_grad():
            states = bert(input_ids=torch.tensor([each.ids])).last_hidden_state[0].numpy()
        scores = states @ weight.T + bias
        inside = scores[each.start : each.start + len(each.spans)]
        apart = np.abs(np.concatenate([first - inside[:, 0], last - inside[:, 1], [none - scores[0, 2]]]))
        assert apart.mean() < 0.2
        assert apart.max() < 1


def _in_torch() -> tuple[Any, np.ndarray, np.ndarray]:
    """The shipped weights in a BertModel in float32, and the heads."""
    import torch
    from transformers import AutoModel

    bert = AutoModel.from_pretrained(str(unpack_e5.unpacked_folder()), add_pooling_layer=False, dtype=torch.float32)
    data, parts = READER.matrices.read_bytes(), matrices()

    def part(name: str) -> np.ndarray:
        place = parts[name]
        return np.frombuffer(data[place.offset : place.offset + place.size], place.kind).reshape(place.shape)

    weights = {}
    for name in (name for name in parts if name.endswith(".w")):
        matrix = part(name).astype(np.float32).T * part(f"{name[:-2]}.s")[:, None]
        layer, kind, _ = name.split(".")
        names, pieces = (("q", "k", "v"), np.split(matrix, 3)) if kind == "qkv" else ((kind,), [matrix])
        for short, piece in zip(names, pieces, strict=True):
            weights[unpack_e5.bert_name(f"{layer}.{short}.w")] = piece
    with np.load(READER.vectors) as learned:
        vectors = {name: learned[name] for name in learned.files}
    weight, bias = vectors.pop("head.weight"), vectors.pop("head.bias")
    weights |= {unpack_e5.bert_name(name): vector for name, vector in vectors.items()}
    own = bert.state_dict()
    assert weights.keys() == {name for name in own if name.startswith("encoder.")}
    bert.load_state_dict({name: torch.from_numpy(value.copy()) for name, value in weights.items()}, strict=False)
    return bert.eval(), weight, bias


@pytest.fixture
def copied(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> TrainedFiles:
    """The files that the reader reads in this test: copies that may be damaged."""
    files = TrainedFiles(tmp_path, READER.name)
    for path in (READER.matrices, READER.vectors, READER.hashes):
        (tmp_path / path.name).write_bytes(path.read_bytes())
    monkeypatch.setattr(span_reader, "READER", files)
    return files


def test_a_file_that_is_not_the_one_shipped_is_refused(copied: TrainedFiles) -> None:
    copied.vectors.write_bytes(copied.vectors.read_bytes()[:-1] + b"x")
    with pytest.raises(ModelError, match=r"reader\.npz is not the file expected"):
        SpanReader().point("Who?", [("", PASSAGE)])


def test_a_missing_file_of_the_model_is_named_with_what_brings_it_back(copied: TrainedFiles) -> None:
    copied.vectors.unlink()
    with pytest.raises(ModelError, match=r"reader\.npz is missing") as raised:
        SpanReader().point("Who?", [("", PASSAGE)])
    assert raised.value.fix == "python3 -m ui.setup"
