"""The checker of gold finds what is wrong with it."""

from dataclasses import replace
from pathlib import Path

from eval.datasets.check import GoldIssue, balance, check, doubles, forms, leaks, meanings, quotations, wordings
from eval.datasets.questions import CALIBRATION, GOLD, Evidence, Question, load_gold
from index import IndexReader, load_embedder
from tests.conftest import Kenes

TEN = Question(
    "a", "How many apples fell?", "en", ("ten",), (Evidence("apples.txt", "Ten apples fell from the tree."),)
)
NONE = Question("z", "Who ate the pears?", "en")


def test_the_gold_of_the_seeds_is_without_fault(seeds_folder: Path) -> None:
    embedder = load_embedder()
    with IndexReader(seeds_folder) as reader, reader.snapshot() as snapshot:
        for path, other in ((GOLD, CALIBRATION), (CALIBRATION, GOLD)):
            findings = check(load_gold(path), load_gold(other), snapshot, embedder)
            assert [finding for finding in findings if finding.fault] == []


def test_quotations_that_no_longer_match(index_folder: Path) -> None:
    changed = replace(TEN, id="b", evidence=(Evidence("apples.txt", "Nine apples fell from the tree."),))
    gone = replace(TEN, id="c", evidence=(Evidence("cherries.txt", "Ten"),))
    elsewhere = replace(TEN, id="d", documents=("pears.md",))
    nowhere = replace(NONE, documents=("cherries.txt",))
    with IndexReader(index_folder) as reader, reader.snapshot() as snapshot:
        found = list(quotations([TEN, changed, gone, elsewhere, nowhere], snapshot))
    assert found == [
        GoldIssue(True, "b", 'apples.txt holds it no more: "Nine apples fell from the tree."'),
        GoldIssue(True, "c", 'cherries.txt is not in the index: "Ten"'),
        GoldIssue(True, "d", "apples.txt answers it, but it is not asked of that"),
        GoldIssue(True, "z", "it is asked of cherries.txt, which is not in the index"),
    ]


def test_answers_that_no_quotation_holds() -> None:
    assert list(wordings([TEN, NONE])) == []
    assert [each.id for each in wordings([replace(TEN, answers=("a dozen",))])] == ["a"]


def test_empty_texts_and_unknown_languages() -> None:
    odd = replace(TEN, question="?!", answers=("ten", " "), language="xx")
    assert [(each.fault, each.what) for each in forms([TEN, odd])] == [
        (True, "its question has no word in it"),
        (True, "its answer has no word in it"),
        (False, 'its language is "xx", none of en, ru, kk'),
    ]


def test_doubles_and_leaks() -> None:
    again = replace(TEN, id="b", question="how many APPLES fell")
    elsewhere = replace(again, id="c", documents=("apples.txt",))
    assert [each.id for each in doubles([TEN, again, elsewhere])] == ["b"]
    near = replace(TEN, id="d", question="How many red apples fell?")
    assert [(each.id, each.fault) for each in leaks([again, near, NONE], [TEN])] == [("b", True), ("d", False)]


def test_questions_that_mean_the_same_in_other_words() -> None:
    chambers = replace(TEN, question="Из скольких палат будет состоять новый парламент?")
    same = replace(TEN, id="b", question="Сколько палат будет в новом парламенте?")
    found = list(meanings([chambers, NONE], [same], load_embedder()))
    assert [(each.fault, each.id) for each in found] == [(False, "a")]
    assert list(meanings([chambers], [replace(same, evidence=())], load_embedder())) == []  # it has another answer


def test_balance() -> None:
    assert list(balance([TEN, TEN, NONE])) == []
    assert [each.fault for each in balance([])] == [True]
    told = [each.what for each in balance([TEN] * 12 + [replace(NONE, language="ru")])]
    assert told == [
        "8% of the questions have no answer; between 10 % and 50 % tell more",
        "12 questions are in en, only 1 in ru",
        "of the questions in en all have an answer, or none has",
        "of the questions in ru all have an answer, or none has",
    ]


def test_the_command_ends_with_1_where_figures_would_be_wrong(tmp_path: Path, kenes: Kenes) -> None:
    gold = tmp_path / "gold.jsonl"
    gold.write_text(
        '{"id": "a", "question": "Who?", "language": "en", "answerable": true, "evidence": [{"document": "scope-of-laws.en.md", "quote": "nobody said so"}]}\n',
        "utf-8",
    )
    done = kenes("eval", "check", "--gold", gold)
    assert done.returncode == 1
    assert 'FAULT  a: scope-of-laws.en.md holds it no more: "nobody said so"' in done.stdout
