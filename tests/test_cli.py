"""The command line as a person runs it: a process of its own, the real model, the real files."""

import json
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import jsonschema
import pytest

from tests.conftest import ROOT, SEEDS, Kenes

SCHEMA = json.loads((ROOT / "rag" / "answer.schema.json").read_text("utf-8"))
LAWS = "How many laws must change?"


def answer_of(output: str) -> dict[str, Any]:
    """Parse an answer, check it against the schema, and check every quotation's length."""
    answer: dict[str, Any] = json.loads(output)
    jsonschema.Draft202012Validator(SCHEMA).validate(answer)
    for citation in answer["citations"]:
        assert citation["end"] - citation["start"] == len(citation["quote"])
    for passage in answer["passages"]:
        assert passage["end"] - passage["start"] == len(passage["text"])
    return answer


def complaint(done: "subprocess.CompletedProcess[str]", code: int) -> str:
    """What went to stderr of a command that must have failed with that code, without a traceback."""
    assert done.returncode == code, (done.returncode, done.stdout, done.stderr)
    assert "Traceback" not in done.stderr
    assert done.stdout == ""
    return done.stderr


def test_the_first_question_builds_an_index_from_the_seeds(kenes: Kenes, tmp_path: Path) -> None:
    done = kenes("ask", LAWS)
    assert done.returncode == 0, done.stderr
    assert "making one from the articles in" in done.stderr
    assert "ten constitutional laws" in done.stdout.split("\n")[0]
    assert "fifty other laws and codes" in done.stdout.split("\n")[0]
    assert "[1] Ten constitutional laws and fifty others to change" in done.stdout
    assert "\x1b" not in done.stdout + done.stderr
    again = kenes("ask", LAWS)
    assert (again.stdout, again.stderr) == (done.stdout, "")


def test_an_answer_in_json_is_proved_and_a_forged_one_is_not(kenes: Kenes, seeds_folder: Path, tmp_path: Path) -> None:
    done = kenes("ask", LAWS, "--json", "--index", seeds_folder)
    answer = answer_of(done.stdout)
    assert (answer["status"], answer["language"], len(answer["passages"])) == ("answered", "en", 5)
    assert answer["answer"] in answer["sentence"] == answer["citations"][0]["quote"]
    saved = tmp_path / "answer.json"
    saved.write_text(done.stdout, "utf-8")
    assert "proved" in kenes("prove", saved, "--index", seeds_folder).stdout
    saved.write_text(done.stdout.replace("ten constitutional", "two constitutional"), "utf-8")
    forged = kenes("prove", saved, "--index", seeds_folder)
    assert forged.returncode == 1
    assert "not" in forged.stdout


def test_what_the_articles_do_not_say_is_a_result(kenes: Kenes, seeds_folder: Path) -> None:
    done = kenes("ask", "What is the best recipe for an apple pie?", "--json", "--index", seeds_folder)
    assert done.returncode == 0
    answer = answer_of(done.stdout)
    assert (answer["status"], answer["answer"], answer["citations"]) == ("not_found", None, [])
    assert len(answer["passages"]) == 5
    shown = kenes("ask", "What is the best recipe for an apple pie?", "--index", seeds_folder).stdout
    assert shown.startswith("Not in these articles.")
    assert "Nearest passages" in shown


def test_options_of_ask(kenes: Kenes, seeds_folder: Path) -> None:
    first = answer_of(kenes("ask", LAWS, "--json", "--top", "2", "--index", seeds_folder).stdout)
    assert len(first["passages"]) == 2
    other = first["passages"][0]["document_id"]
    within = answer_of(kenes("ask", LAWS, "--json", "--document", other, "--index", seeds_folder).stdout)
    assert {passage["document_id"] for passage in within["passages"]} == {other}
    assert '"nowhere"' in complaint(kenes("ask", LAWS, "--document", "nowhere", "--index", seeds_folder), 2)


def test_batches_keep_order_ids_and_count(kenes: Kenes, seeds_folder: Path, tmp_path: Path) -> None:
    documents = [answer_of(kenes("ask", LAWS, "--json", "--index", seeds_folder).stdout)["citations"][0]["document_id"]]
    rows: list[Mapping[str, Any]] = [
        {"id": "a", "question": LAWS},
        {"id": 2, "question": "Кто такая Наталья Пан?", "documents": documents},
        {"id": "c", "question": ""},
        {"id": "d", "question": LAWS, "documents": []},
    ]
    file = tmp_path / "batch.jsonl"
    broken = 'no json\n{"id": "e", "question": "half a \\ud800 character"}\n{"id": NaN, "question": "Who?"}\n'
    file.write_text("\n".join(json.dumps(row) for row in rows) + "\n" + broken, "utf-8")
    done = kenes("ask", "--batch", file, "--index", seeds_folder)
    answers = [answer_of(line) for line in done.stdout.splitlines()]
    assert [answer["id"] for answer in answers] == ["a", 2, "c", "d", None, None, None]
    assert answers[0]["status"] == "answered"
    assert {passage["document_id"] for passage in answers[1]["passages"]} == set(documents)
    assert [answer["status"] for answer in answers[2:]] == ["not_found"] * 5
    assert answers[3]["passages"] == []
    assert done.returncode == 1
    assert "line 3" in done.stderr
    assert "line 5" in done.stderr


def test_search(kenes: Kenes, seeds_folder: Path, tmp_path: Path) -> None:
    done = kenes("search", "single-chamber parliament", "--explain", "--top", "3", "--index", seeds_folder)
    assert done.stdout.count("dense rank") + done.stdout.count("lexical rank") >= 3
    file = tmp_path / "batch.jsonl"
    file.write_text('{"id": 1, "query": "eGov"}\n{"id": 2, "query": "Құрылтай"}\n', "utf-8")
    rows = [json.loads(line) for line in kenes("search", "--batch", file, "--index", seeds_folder).stdout.splitlines()]
    assert [row["id"] for row in rows] == [1, 2]
    for row in rows:
        assert set(row) == {"id", "passages"}
        assert [passage["rank"] for passage in row["passages"]] == list(range(1, 11))
        jsonschema.Draft202012Validator({**SCHEMA["$defs"]["passage"], "$defs": SCHEMA["$defs"]}).validate(
            row["passages"][0]
        )


def test_show_status_and_verify(kenes: Kenes, seeds_folder: Path) -> None:
    status = kenes("status", "--documents", "--index", seeds_folder).stdout
    assert "documents   27 (" in status
    assert "e5-small" in status
    id = next(line.split()[0] for line in status.splitlines() if "Ten constitutional laws" in line)
    source = (SEEDS / "scope-of-laws.en.md").read_text("utf-8").split("---\n", 2)[2].strip()
    assert kenes("show", id, "--index", seeds_folder).stdout.rstrip().endswith(source)
    assert kenes("show", id, "--start", "0", "--end", "10", "--index", seeds_folder).stdout.endswith("\n\nKazakhstan\n")
    assert "is no part" in complaint(kenes("show", id, "--start", "5", "--end", "3", "--index", seeds_folder), 2)
    assert '"nowhere"' in complaint(kenes("show", "nowhere", "--index", seeds_folder), 2)
    assert kenes("verify", "--index", seeds_folder).stdout.startswith("sound")


def test_indexing_reports_bad_files_and_goes_on(kenes: Kenes, tmp_path: Path) -> None:
    folder, index = tmp_path / "articles", tmp_path / "index"
    folder.mkdir()
    (folder / "good.txt").write_text("A good article about apples.", "utf-8")
    (folder / "bad.txt").write_bytes("Плохая кодировка".encode("cp1251"))
    done = kenes("index", folder, "--index", index)
    assert done.returncode == 1
    assert "1 documents, 1 chunks" in done.stdout
    assert "bad.txt" in done.stderr
    assert "iconv -f windows-1251" in done.stderr
    (folder / "bad.txt").unlink()
    (folder / "good.txt").unlink()
    (folder / "other.txt").write_text("Another one about pears.", "utf-8")
    done = kenes("index", folder, "--index", index, "--prune")
    assert (done.returncode, done.stderr) == (0, "")
    assert "(1 added, 0 changed, 0 unchanged, 1 removed)" in done.stdout


@pytest.mark.parametrize(
    ("arguments", "code", "words"),
    [
        (["ask", ""], 2, "empty"),
        (["ask", "x" * 100_000], 2, "100,000 characters"),
        (["ask"], 2, "--batch"),
        (["index", ""], 2, "an argument is empty"),
        (["index", "seeds", "--index="], 2, "an argument is empty"),
        (["index", "seeds", "--index", "README.md"], 2, "is a file"),
        (["show", "\udcff"], 2, "not UTF-8"),
        (["ask", "--batch", "none.jsonl"], 2, "none.jsonl"),
        (["show", "x", "--index", "/nonexistent"], 3, "kenes index PATH"),
        (["ask", LAWS, "--index", "/nonexistent"], 3, "kenes index PATH"),
        (["index", "seeds", "--index", "/dev/null/x"], 3, "/dev/null/x"),
        (["index", "none", "--model", "no-such/model"], 4, "hf download"),
        (["prove", "none.json"], 2, "none.json"),
        (["prove", "README.md"], 2, "no valid JSON"),
        (["eval", "--gold", "README.md"], 2, "no gold question"),
        (["nonsense"], 2, "nonsense"),
        (["ask", LAWS, "--top", "0"], 2, "top"),
    ],
)
def test_mistakes_end_in_a_message_and_a_code(kenes: Kenes, arguments: list[str], code: int, words: str) -> None:
    assert words in complaint(kenes(*arguments), code)


def test_an_empty_folder(kenes: Kenes, tmp_path: Path) -> None:
    (tmp_path / "empty").mkdir()
    done = kenes("index", tmp_path / "empty", "--index", tmp_path / "index")
    assert done.returncode == 1
    assert "no article in this folder" in done.stderr


def test_a_damaged_index(kenes: Kenes, seeds_folder: Path, tmp_path: Path) -> None:
    copy = tmp_path / "copy"
    shutil.copytree(seeds_folder, copy)
    data = bytearray((copy / "store.db").read_bytes())
    for at in range(5000, len(data), 4096):
        data[at] ^= 1
    (copy / "store.db").write_bytes(data)
    assert "kenes verify" in complaint(kenes("ask", LAWS, "--index", copy), 3)
    done = kenes("verify", "--index", copy)
    assert done.returncode == 1
    assert "store.db" in done.stdout


def test_doctor_finds_this_installation_well(kenes: Kenes) -> None:
    done = kenes("doctor")
    assert done.returncode == 0, done.stdout
    assert "weights of e5-small: sha256 1571fc982750" in done.stdout
    assert "FAIL" not in done.stdout


def test_interrupting_says_so(tmp_path: Path, kenes: Kenes) -> None:
    folder = tmp_path / "articles"
    folder.mkdir()
    for n in range(300):
        (folder / f"{n}.txt").write_text(f"Article {n}. " + "Many words about this and that. " * 60, "utf-8")
    process = subprocess.Popen(
        [sys.executable, "-m", "ui.cli", "index", str(folder), "--index", str(tmp_path / "index")],
        cwd=ROOT,
        stderr=subprocess.PIPE,
        text=True,
    )
    while not (tmp_path / "index" / "store.db").exists():
        time.sleep(0.05)
    process.send_signal(signal.SIGINT)
    _, errors = process.communicate(timeout=60)
    assert process.returncode == 130
    assert "interrupted" in errors
    assert "Traceback" not in errors


@pytest.mark.parametrize(
    "command",
    [[], *([name] for name in ["index", "ask", "search", "show", "status", "verify", "prove", "eval", "doctor"])],
)
def test_help_has_examples(kenes: Kenes, command: list[str]) -> None:
    done = kenes(*command, "--help")
    assert done.returncode == 0
    assert "Example" in done.stdout
    assert "\x1b" not in done.stdout
