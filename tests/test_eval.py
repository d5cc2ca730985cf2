"""The evaluation: gold that holds, a runner that counts honestly, floors that can break."""

import json
import re
from collections import Counter
from pathlib import Path

import pytest

from eval.gold import CALIBRATION, GOLD, load_gold
from eval.run import FLOORS, Scores, ask_all, below_floors, evaluate
from index import InputError
from tests.conftest import SEEDS


def words(text: str) -> str:
    return " ".join(re.findall(r"\w+", text.lower()))


@pytest.mark.parametrize("path", [GOLD, CALIBRATION], ids=lambda path: path.stem)
def test_every_quotation_is_verbatim_in_its_document(path: Path) -> None:
    for question in load_gold(path):
        for name, quote in question.evidence:
            assert quote in (SEEDS / name).read_text("utf-8").split("---\n", 2)[2], (question.id, name)


def test_gold_is_large_balanced_and_asks_the_known_question() -> None:
    questions = load_gold(GOLD)
    assert min(Counter(question.language for question in questions).values()) >= 20
    assert sum(not question.evidence for question in questions) / len(questions) >= 0.25
    assert sum(question.documents is not None for question in questions) >= 9
    assert "How many laws must change?" in {question.question for question in questions}


def test_no_question_is_in_both_sets() -> None:
    gold = {words(question.question) for question in load_gold(GOLD)}
    assert not gold & {words(question.question) for question in load_gold(CALIBRATION)}


def test_a_quotation_that_is_not_there_is_an_error(seeds_folder: Path, tmp_path: Path) -> None:
    gold = tmp_path / "gold.jsonl"
    row = {"id": "x", "question": "Who?", "language": "en", "answerable": True}
    row["evidence"] = [{"document": "scope-of-laws.en.md", "quote": "nowhere said"}]
    gold.write_text(json.dumps(row), "utf-8")
    with pytest.raises(InputError, match="does not hold"):
        evaluate(gold, seeds_folder)


@pytest.mark.parametrize(
    "line",
    ["{", "[]", '{"id": "x"}', '{"id": "x", "question": "Q", "language": "en", "answerable": true, "evidence": []}'],
)
def test_a_line_that_is_no_gold_is_named(tmp_path: Path, line: str) -> None:
    (tmp_path / "gold.jsonl").write_text(line, "utf-8")
    with pytest.raises(InputError, match="line 1"):
        load_gold(tmp_path / "gold.jsonl")


def test_an_id_that_stands_twice(tmp_path: Path) -> None:
    row = '{"id": "x", "question": "Q", "language": "en", "answerable": false}\n'
    (tmp_path / "gold.jsonl").write_text(row * 2, "utf-8")
    with pytest.raises(InputError, match="stands twice"):
        load_gold(tmp_path / "gold.jsonl")


def test_the_gold_set_reaches_its_floors(seeds_folder: Path) -> None:
    scores = evaluate(GOLD, seeds_folder)
    assert below_floors(scores["all"]) == []
    assert set(scores) == {"en", "ru", "kk", "all"}
    assert sum(scores[language].questions for language in ("en", "ru", "kk")) == scores["all"].questions


def test_a_restricted_question_searches_only_there(seeds_folder: Path) -> None:
    restricted = [question for question in load_gold(GOLD) if question.documents is not None][:3]
    for question, outcome, answer in ask_all(restricted, seeds_folder):
        languages = {passage.document.language for passage in answer.passages}
        assert languages == {(question.documents or ("",))[0].split(".")[1]}
        assert len(outcome.found) == 9  # every article of that language, its neighbouring chunks joined


def test_floors_can_break() -> None:
    worst = Scores(4, 3, 0.0, 0.0, 0.0, 0.0, 0.0, 1.0, 1.0)
    assert len(below_floors(worst)) == len(json.loads(FLOORS.read_text("utf-8"))) >= 5
