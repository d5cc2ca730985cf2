"""What the reader is trained on: examples keep their answers, what is made unanswerable is, and words that mean the same."""

import gzip
import json
from dataclasses import replace
from pathlib import Path
from random import Random

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from eval.training import examples
from eval.training.examples import Example, changed, cropped, held_out_groups, load, make, without_answer
from eval.training.lexicon import likeness, mine, mixed
from eval.training.reader import BATCH, CYCLES, WARMUP, rate

pytestmark = pytest.mark.slow

PASSAGE = (
    "The first parliament met in Almaty in 1937. It had two chambers and 377 members. Members were elected for five years. "
    "In 1995 the Senate moved to Astana with Kassym Tokayev as its speaker."
)


def example(answer: str) -> Example:
    start = PASSAGE.index(answer)
    return Example("Where did it meet?", "Parliament", PASSAGE, start, start + len(answer), "answered")


@given(
    size=st.integers(1, 300), seed=st.integers(0, 1000), answer=st.sampled_from(["The first", "377", "its speaker."])
)
def test_a_crop_keeps_the_answer_and_whole_words(size: int, seed: int, answer: str) -> None:
    short = cropped(example(answer), size, Random(seed))
    assert short.answer == answer
    assert short.passage in PASSAGE
    assert f" {short.passage} " in f" {PASSAGE} "
    assert len(short.passage) <= max(size, len(answer)) + 24  # up to whole words on both sides


def test_a_crop_without_an_answer_has_none() -> None:
    none = replace(example("377"), start=-1, end=-1)
    short = cropped(none, 50, Random(1))
    assert (short.start, short.end, short.answer) == (-1, -1, "")
    assert short.passage in PASSAGE


@given(
    share=st.floats(0, 1),
    seed=st.integers(0, 1000),
    answer=st.sampled_from(["Almaty", "five years", "two chambers and 377"]),
)
def test_mixed_text_keeps_its_places(share: float, seed: int, answer: str) -> None:
    lexicon = {
        "parliament": ["парламент"],
        "members": ["депутаттар"],
        "two": ["две", "екі"],
        "years": ["лет"],
        "in": ["в"],
    }
    text, place = mixed(PASSAGE, lexicon, share, Random(seed))
    start = PASSAGE.index(answer)
    found = text[place(start) : place(start + len(answer))]
    back = {"две": "two", "екі": "two", "лет": "years"}
    assert " ".join(back.get(word, word) for word in found.split()) == answer
    assert text[: place(start)].split() == text.split()[: len(PASSAGE[:start].split())]


def test_mixed_text_keeps_capital_letters() -> None:
    assert mixed("Laws and laws", {"laws": ["законы"]}, 1.0, Random(0))[0] == "Законы and законы"


@pytest.mark.parametrize(
    ("question", "passage", "one_of"),
    [
        ("Who was the first king?", "", {"Who was the last king?", "Who was the first queen?"}),
        ("When did Anna marry?", "Once Berta met Anna.", {"When did Berta marry?", "When did not Anna marry?"}),
        ("What is it?", "", {None, "What is not it?"}),
        ("Whom did they ask?", "", {None, "Whom did not they ask?"}),
    ],
)
def test_changed_questions(question: str, passage: str, one_of: set[str | None]) -> None:
    assert {changed(question, passage, Random(seed)) for seed in range(20)} <= one_of


def test_changed_numbers_do_not_stand_in_the_passage() -> None:
    passage = " ".join(map(str, range(1900, 1990)))
    for seed in range(50):
        other = changed("What was 1995 like?", passage, Random(seed))
        assert other != "What was 1995 like?"
        assert other is None or not any(word in passage for word in other.replace("?", "").split() if word.isdigit())


def test_a_passage_without_its_answer() -> None:
    row = {"context": PASSAGE, "answer": {"text": "377", "start": PASSAGE.index("377")}}
    assert without_answer(row) == PASSAGE.replace("It had two chambers and 377 members. ", "")
    twice = {"context": "Ten. Ten it is, for the rest of us.", "answer": {"text": "Ten", "start": 0}}
    assert without_answer(twice) is None


def test_examples_of_real_rows(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A source and a few SQuAD 2.0 rows: nothing held out is seen, every kind is made, every answer is in its passage."""
    monkeypatch.setattr(examples, "SOURCES", {"tydiqa_en_train": 60})
    monkeypatch.setattr(examples, "HELD_OUT", 0.1)
    monkeypatch.setattr(examples, "NEAREST", 100)
    rows = [
        {
            "question": f"How many members were in chamber {n}?",
            "context": f"Chamber {n} is a house. {PASSAGE} It met in hall {n}.",
            "answers": [{"text": "377", "start": len(f"Chamber {n} is a house. ") + PASSAGE.index("377")}],
            "answerable": True,
            "group": f"Chamber_{n}",
        }
        for n in range(60)
    ]
    rows[7]["context"] = "Nobody met in the seventh chamber, which was closed."
    rows[7]["answers"] = [{"text": "Nobody", "start": 0}]
    with gzip.open(tmp_path / "tydiqa_en_train.jsonl.gz", "wt", encoding="utf-8") as file:
        file.writelines(json.dumps(row) + "\n" for row in rows)
    passages = [{"id": "p", "text": PASSAGE}]
    asked = {"relevant_passage_ids": ["p"], "group": "Force"}
    questions = [
        {
            **asked,
            "question": "How many met?",
            "answers": ["377"],
            "answer_starts": [PASSAGE.index("377")],
            "answerable": True,
        },
        {**asked, "question": "How many wept?", "answers": [], "answerable": False},
        {**asked, "question": "Reported?", "answers": [], "answerable": False, "group": "Normans"},
    ]
    (tmp_path / "passages.jsonl").write_text("".join(json.dumps(row) + "\n" for row in passages))
    (tmp_path / "questions.jsonl").write_text("".join(json.dumps(row) + "\n" for row in questions))
    loaded = load(tmp_path, tmp_path)
    assert len(loaded) == 62
    assert len(held_out_groups(loaded)) == 6
    assert not any(group.startswith("squad2") for group in held_out_groups(loaded))
    made = make(loaded, lambda texts, prefix: np.ones((len(texts), 4), np.float32), {"members": ["депутаттар"]})
    assert made == make(loaded, lambda texts, prefix: np.ones((len(texts), 4), np.float32), {"members": ["депутаттар"]})
    kinds = {each.kind for each in made}
    assert kinds == {"answered", "asked", "near", "cut", "changed"}
    assert {each.answer for each in made if each.kind == "answered"} == {"377", "Nobody"}
    near = [each for each in made if each.kind == "near" and "chamber 7?" not in each.question]
    assert near
    assert all(each.passage == rows[7]["context"] for each in near)  # every other passage holds 377
    assert all("377" not in each.passage for each in made if each.kind == "cut")
    assert all(each.start == -1 for each in made if each.kind != "answered")
    assert not any(each.question == "Reported?" for each in made)
    assert any("депутаттар" in each.passage for each in made)
    assert any("депутаттар" in each.question for each in made)


def test_words_that_mean_the_same_find_each_other() -> None:
    """Vectors: three pairs that point the same way, and a word that is near to everything and so to nothing."""
    near = [("law заң", (1.0, 0.1, 0.0, 0.0)), ("house үй", (0.0, 1.0, 0.1, 0.0)), ("year год", (0.1, 0.0, 1.0, 0.0))]
    common = [("the", (0.5, 0.5, 0.5, 1.0)), ("of this", (0.3, 0.3, 0.3, 1.0))]
    vectors = {word: vector for words, vector in (*near, *common) for word in words.split()}

    def embed(words: list[str]) -> np.ndarray:
        return np.array([vectors[word] for word in words], np.float32)

    texts = ["the law of the house this year"] * examples.NEAREST
    pieces = ["▁заң", "▁үй", "▁год", "заң", "▁law", "▁x"]
    found = mine(texts, pieces, embed)
    assert {word: found[word][0] for word in ("law", "house", "year")} == {"law": "заң", "house": "үй", "year": "год"}


def test_likeness_by_hand() -> None:
    """Twice the cosine, less the mean of the two nearest of the row and of the column, seen from each side's mean."""
    ones = np.array([[1, 0], [-1, 0]], np.float32)
    others = np.array([[2, 0], [-2, 0], [0, 0]], np.float32)
    near = likeness(ones, others)
    # cosines [[1, -1, 0], [-1, 1, 0]]: the two nearest of each row have the mean 0.5, of each column 0
    assert near == pytest.approx(np.array([[2 - 0.5, -2 - 0.5, -0.5], [-2.5, 1.5, -0.5]]))


def test_the_learning_rate_warms_up_and_falls_in_every_cycle() -> None:
    first, second = (examples // BATCH for examples, _ in CYCLES)
    assert rate(0) == pytest.approx(1 / (WARMUP * first))
    assert rate(first // 2) == pytest.approx(0.5, abs=0.001)
    assert rate(first - 1) == pytest.approx(1 / first)
    assert rate(first) < 0.01  # warms up again
    assert max(map(rate, range(first, first + second))) == pytest.approx(
        0.6 / (1 + WARMUP), abs=0.001
    )  # where both lines meet
    assert rate(first + second // 2) == pytest.approx(0.3, abs=0.001)
    assert rate(first + second) == 0
