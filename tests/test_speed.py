"""The benchmark beside the peers: its corpus, its table, and what serves questions; nothing is timed here."""

import io
import json
import subprocess
import sys
from pathlib import Path

import pytest

from eval.benchmarks import corpus, peers, processes, speed
from eval.benchmarks.processes import Service
from index import InputError
from index.articles.chunks import CHUNK_SIZE
from tests.conftest import SEEDS


def test_the_corpus_is_real_text_once_then_marked_variations(tmp_path: Path) -> None:
    pieces = corpus.pieces(None)
    count = 2 * len(pieces) + 1
    corpus.write_corpus(tmp_path / "a.jsonl", count)
    rows = [json.loads(line) for line in (tmp_path / "a.jsonl").read_text("utf-8").splitlines()]
    assert len({row["id"] for row in rows}) == len(rows) == count
    assert all(corpus.SHORTEST <= len(row["text"]) <= corpus.CHUNK_LENGTH < CHUNK_SIZE for row in rows)
    first, again, last = rows[: len(pieces)], rows[len(pieces) : -1], rows[-1]
    told = " ".join(" ".join(path.read_text("utf-8").split()) for path in SEEDS.glob("*.en.md"))
    assert all(row["text"] in told for row in first)
    for one, other in zip(first, again, strict=True):
        assert other["title"] == f"{one['title']} (variation 1)"
        assert sorted(other["text"].split(". ")) == sorted(one["text"].split(". "))
    assert [row["text"] for row in first] != [row["text"] for row in again]
    assert last["title"].endswith("(variation 2)")


def test_sets_are_read_from_their_folder(tmp_path: Path) -> None:
    for name in corpus.SETS:
        (tmp_path / name).mkdir()
        passages = [{"id": "p", "title": name, "text": "Ten laws must change. " * 20}]
        questions = [{"id": str(n), "question": f"{name} {n}?"} for n in range(50)]
        for kind, rows in (("passages", passages), ("questions", questions)):
            (tmp_path / name / f"{kind}.jsonl").write_text("".join(json.dumps(row) + "\n" for row in rows), "utf-8")
    assert [title for title, _ in corpus.pieces(tmp_path)] == list(corpus.SETS)
    asked = corpus.questions(tmp_path, 105)
    assert len(set(asked)) == len(asked) == 105
    assert {question.split()[0] for question in asked} == set(corpus.SETS)


def test_the_table_has_medians_quarters_and_ratios() -> None:
    rows = [
        speed.Measurement("cold", "s", 1, {"search": [1.0, 2.0, 3.0], "ask": [4.0], "txtai": [8.0, 9.0, 10.0]}),
        speed.Measurement("indexing", "chunks/s", 0, {"search": [90.0], "txtai": [60.0]}, is_rate=True),
        speed.Measurement("help", "s", 1, {"search": [0.5]}),
    ]
    assert speed.table(rows, ["search", "ask", "txtai"]).markdown().splitlines() == [
        "| what | runs | Kenes, search | Kenes, answer | txtai | against the best peer |",
        "|---|---|---|---|---|---|",
        "| cold, s | 3 | 2.0 (1.5 to 2.5) | 4.0 | 9.0 (8.5 to 9.5) | search 4.50 times, answer 2.25 times |",
        "| indexing, chunks/s | 1 | 90 |  | 60 | 1.50 times |",
        "| help, s | 1 | 0.5 |  |  |  |",
    ]


def test_what_serves_answers_every_line(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    asked: list[str] = []

    def search(question: str) -> list[str]:
        asked.append(question)
        return ["a", "b"]

    monkeypatch.setattr("sys.stdin", io.StringIO('"How many\\nlaws?"\n"Қашан?"\n'))
    peers.serve(search)
    answers = [json.loads(line) for line in capsys.readouterr().out.splitlines()]
    assert asked == ["How many\nlaws?", "Қашан?"]
    assert all(seconds >= 0 and count == 2 for seconds, count in answers)


@pytest.mark.parametrize("name", speed.OURS)
def test_ours_stay_open_and_answer(name: str, seeds_folder: Path) -> None:
    served = Service(Path(sys.executable), name, seeds_folder)
    assert served.ask("How many laws must change?") > 0
    assert served.close() > 50


def test_one_that_cannot_answer_is_named(tmp_path: Path) -> None:
    served = Service(Path(sys.executable), "search", tmp_path)
    with pytest.raises(InputError, match="search gave no answer"):
        served.ask("Why?")
    served.close()


def test_an_environment_that_cannot_be_made_is_named(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("KENES_CACHE", str(tmp_path))

    def fails(command: list[str], **_: object) -> None:
        raise subprocess.CalledProcessError(1, command, stderr="many lines\nno such package: torch\n")

    monkeypatch.setattr(processes.subprocess, "run", fails)
    monkeypatch.setattr(processes.venv, "create", lambda *_, **__: None)
    with pytest.raises(InputError, match="no environment for txtai: no such package: torch"):
        processes.peer_python("txtai")
