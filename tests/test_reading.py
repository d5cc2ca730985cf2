"""Measuring the reader: thresholds and rows by hand, then a small set of our own through the real model."""

import json
from pathlib import Path

import pytest

from eval.benchmarks.reading import Found, Read, best_threshold, f1_all, main, paragraph_row, reached, search_row
from eval.datasets.sets import SQUAD2_GROUPS
from index import KenesError

TEXTS = {
    "p1": "The working group met in Astana on 12 January. It was led by Aida Balayeva, who spoke first.",
    "p2": "Oil output grew by two percent this year. The wheat harvest was the largest in a decade.",
    "p3": "The football cup was won by Kairat, a club from Almaty, in November.",
}
QUESTIONS = [
    ("Where did the working group meet?", ["Astana", "in Astana"], "p1", "group"),
    ("By how much did oil output grow?", ["two percent", "by two percent"], "p2", "economy"),
    ("Who won the football cup?", ["Kairat"], "p3", "sport"),
    ("Who is the mayor of Paris?", [], "p3", "sport"),
    ("What was trained on?", ["Astana"], "p1", SQUAD2_GROUPS[0]),
]


def read(answer: str, confidence: float, *gold: str, group: str = "a") -> Read:
    return Read(group, answer, confidence, gold)


@pytest.fixture
def data(tmp_path: Path) -> Path:
    folder = tmp_path / "data" / "small"
    folder.mkdir(parents=True)
    passages = [{"id": id, "text": text, "lang": "en"} for id, text in TEXTS.items()]
    questions = [
        {
            "id": f"q{number}",
            "question": question,
            "answers": answers,
            "answerable": bool(answers),
            "relevant_passage_ids": [id],
            "lang": "en",
            "group": group,
        }
        for number, (question, answers, id, group) in enumerate(QUESTIONS)
    ]
    for name, rows in (("passages", passages), ("questions", questions)):
        (folder / f"{name}.jsonl").write_text("".join(json.dumps(row) + "\n" for row in rows), "utf-8")
    return tmp_path / "data"


def test_the_best_threshold_by_hand() -> None:
    """Right at .9, no answer at .7, right at .5, no answer at .2: answering from .9 on gives 3 of 4, from .5 on 3, too."""
    reads = [read("ten", 0.9, "ten"), read("x", 0.7), read("five", 0.5, "five"), read("y", 0.2)]
    assert best_threshold(reads) == 0.9
    assert best_threshold([*reads, read("two", 0.4, "two")]) == 0.4
    assert best_threshold([read("x", 0.9)]) == float("inf")


def test_refusals_count_with_the_threshold_of_the_other_articles() -> None:
    reads = [read("ten", 0.9, "ten"), read("x", 0.5), read("ten", 0.8, "ten", group="b"), read("x", 0.85, group="b")]
    # a's threshold comes from b (0.8 and 0.85 cancel out: refuse, 1 of 2, is not beaten), b's from a (0.9)
    assert [each.f1 for each in f1_all(reads)] == [0.0, 1.0, 0.0, 1.0]


def test_the_row_of_a_set_by_hand() -> None:
    reads = [read("ten laws", 0.9, "ten"), read("ten", 0.8, "ten"), read("x", 0.85), read("y", 0.1)]
    row = paragraph_row(reads)
    assert (row["answerable"], row["not"], row["EM"]) == ("2", "2", "0.500")
    assert row["F1"].split()[0] == f"{(2 / 3 + 1) / 2:.3f}"
    assert row["AUROC"] == "0.750"
    assert "AUROC" not in paragraph_row(reads[:2])


def test_the_row_of_a_search_by_hand() -> None:
    there = [Found(read("ten", 0.9, "ten"), True, False, True), Found(read("six", 0.3, "five"), False, True, True)]
    absent = [Found(read("ten", 0.4), True, False, False), Found(read("six", 0.1), False, False, False)]
    row = search_row(there, absent)
    assert (row["hit@1, search"], row["hit@1, read"], row["EM"], row["AUROC"]) == ("0.500", "1.000", "0.500", "0.750")
    assert (row["decided: F1"], row["decided: false answers"], row["decided: false refusals"]) == ("0.500",) * 3


def test_bars_are_of_their_own_table() -> None:
    row = {"F1": "0.840 (0.82 to 0.86)", "F1 all": "0.700 (..)", "AUROC": "0.860"}
    assert list(reached("squad2_devhalf", row, "")) == ["F1 all misses 0.74", "F1 reaches 0.83", "AUROC reaches 0.85"]
    assert list(reached("squad2_devhalf", row, "search")) == ["F1 reaches 0.65", "AUROC misses 0.90"]
    assert list(reached("small", row, "")) == []


@pytest.mark.parametrize("search", [[], ["--search"]])
def test_a_small_set_of_our_own(
    data: Path,
    search: list[str],
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    monkeypatch.setenv("KENES_CACHE", str(tmp_path / "cache")) if search else None
    arguments = ["eval.benchmarks.reading", "small", "--data", str(data), "--plots", str(tmp_path / "plots"), *search]
    arguments += ["--json", str(tmp_path / "figures.json"), "--table", str(tmp_path / "table.md")]
    monkeypatch.setattr("sys.argv", arguments)
    main()
    printed = capsys.readouterr().out
    assert (tmp_path / "table.md").read_text("utf-8") == printed
    kept = json.loads((tmp_path / "figures.json").read_text("utf-8"))["small"]
    assert len(kept["questions"]) == (6 if search else 4)
    head, _, row = printed.strip().split("\n")
    found = dict(
        zip((cell.strip() for cell in head.split("|")), (cell.strip() for cell in row.split("|")), strict=True)
    )
    assert found["set"] == "small"
    assert kept["figures"]["EM"] == found["EM"]
    assert found["EM"] == "1.000"
    assert float(found["AUROC"]) == 1.0
    if search:
        assert (found["questions"], found["hit@1, search"], found["hit@1, read"]) == ("3", "1.000", "1.000")
        assert found["decided: false answers"] == "0.000"
    else:
        assert (found["answerable"], found["not"]) == ("3", "1")
    picture = (tmp_path / "plots" / "small.png").read_bytes()
    assert picture.startswith(b"\x89PNG")


def test_a_set_that_is_not_there(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("sys.argv", ["eval.benchmarks.reading", "nowhere", "--data", str(tmp_path)])
    with pytest.raises(KenesError, match="--data DIR"):
        main()
