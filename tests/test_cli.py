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

from index.embedding.maxsim import sums_in_pairs
from index.store.schema import connect
from tests.conftest import PATIENCE, ROOT, SEEDS, Kenes

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
    shown = done.stdout.split("\n")[0]
    assert "ten constitutional laws" in shown
    assert "fifty other laws and codes" in shown.replace("*", "")
    before, words, after = shown.split("**")
    assert "ten" in words
    assert "fifty" in words
    assert before
    assert after
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
    assert shown.startswith("No sentence was found that clearly answers.")
    assert "Nearest passages" in shown


@pytest.mark.parametrize(
    ("question", "frame"),
    [
        ("Какой лучший рецепт яблочного пирога?", ("Не нашлось предложения,", "Ближайшие отрывки", "знаки с ", "Отрывки найдены")),
        ("Алма бәлішінің ең жақсы рецепті қандай?", ("Сұраққа анық жауап", "Ең жақын үзінділер", "-таңбалар")),
        ("Сколько конституционных законов изменят?", ("Цитаты", "Отрывки", "знаки с ")),
        ("Қанша конституциялық заң өзгереді?", ("Дәйексөздер", "Үзінділер", "-таңбалар")),
    ],
)  # fmt: skip
def test_an_answer_is_framed_in_the_language_of_its_question(
    kenes: Kenes, seeds_folder: Path, question: str, frame: tuple[str, ...]
) -> None:
    shown = kenes("ask", question, "--index", seeds_folder).stdout
    assert all(each in shown for each in frame), shown
    english = ("Citations", "assages", "characters ", "No sentence", "Likely", "articles say")
    assert not any(each in shown for each in english)


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


def test_filters(kenes: Kenes, seeds_folder: Path, tmp_path: Path) -> None:
    def found(*options: str) -> list[dict[str, Any]]:
        done = kenes("search", "parliament", "--json", "--top", "50", "--index", seeds_folder, *options)
        assert done.returncode == 0, done.stderr
        passages: list[dict[str, Any]] = json.loads(done.stdout)["passages"]
        return passages

    documents = {line.split()[0]: line.split()[1:3] for line in status_lines(kenes, seeds_folder)}
    january = found("--after", "2026-01", "--before", "2026-01-19", "--lang", "en", "--lang", "KK")
    assert {tuple(documents[p["document_id"]]) for p in january} == {("en", "2026-01-19"), ("kk", "2026-01-19")}
    source = "KENES digest, after orda.kz"
    by_source = found("--source", source, "--per-document", "1")
    assert len(by_source) == len({p["document_id"] for p in by_source}) > 3
    assert all(documents[p["document_id"]][1] == "-" for p in by_source)
    one = by_source[0]["document_id"]
    assert {p["document_id"] for p in found("--document", one)} == {one}

    nothing = kenes("search", "parliament", "--source", 'Nobody\'s "Post" %', "--index", seeds_folder)
    assert nothing.stdout == "Nothing found.\n"
    assert '"Nobody\'s "Post" %"' in nothing.stderr
    assert "Kenes digest, after Akorda" in nothing.stderr
    asked = kenes("ask", LAWS, "--lang", "fr", "--index", seeds_folder)
    assert asked.stdout.startswith("No sentence was found that clearly answers.\nNo article passes the filters (")
    passing = ("--source", source, "--lang", "en", "--lenient")  # one article of three is less sure
    answer = answer_of(kenes("ask", LAWS, *passing, "--json", "--index", seeds_folder).stdout)
    assert answer["status"] == "answered"
    assert answer["citations"][0]["source"] == "Kenes digest, after Orda.kz"


def status_lines(kenes: Kenes, folder: Path) -> list[str]:
    """The lines of `kenes status` that list documents."""
    shown = kenes("status", "--documents", "--index", folder).stdout.splitlines()
    return [line for line in shown if len(line.split()[0]) == 12 and not line.startswith(" ")]


def test_filters_in_batches(kenes: Kenes, seeds_folder: Path, tmp_path: Path) -> None:
    file = tmp_path / "batch.jsonl"
    rows: list[dict[str, Any]] = [
        {"id": 0, "query": "parliament"},
        {"id": 1, "query": "parliament", "languages": ["ru"]},
        {"id": 2, "query": "parliament", "languages": [], "after": "2026"},
        {"id": 3, "query": "parliament", "after": "2026-13"},
        {"id": 4, "query": "parliament", "before": 2026},
        {"id": 5, "query": "parliament", "sources": "Orda.kz"},
        {"id": 6, "query": "parliament", "before": "2025", "after": "2026"},
    ]
    file.write_text("\n".join(map(json.dumps, rows)), "utf-8")
    done = kenes("search", "--batch", file, "--lang", "kk", "--index", seeds_folder)
    documents = {line.split()[0]: line.split()[1] for line in status_lines(kenes, seeds_folder)}
    found = [{documents[p["document_id"]] for p in json.loads(line)["passages"]} for line in done.stdout.splitlines()]
    assert found == [{"kk"}, {"ru"}, set(), set(), set(), set(), set()]
    assert done.returncode == 1
    assert [f"line {n}" in done.stderr for n in range(1, 8)] == [False, False, False, True, True, True, True]
    assert '"sources" must be a list of strings' in done.stderr
    file.write_text(json.dumps({"id": 1, "question": LAWS, "sources": ["none"]}), "utf-8")
    answer = answer_of(kenes("ask", "--batch", file, "--index", seeds_folder).stdout)
    assert answer["reason_code"] == "filtered_out"


def test_copies_are_named_with_the_answer(kenes: Kenes, tmp_path: Path) -> None:
    story = (SEEDS / "scope-of-laws.en.md").read_text("utf-8").split("---\n", 2)[2]
    for name in ("Alpha", "Beta", "Gamma"):
        text = story.replace("ten", "twelve") if name == "Gamma" else f"ASTANA. {name}.\n\n{story}"
        (tmp_path / f"{name}.md").write_text(
            f"---\ntitle: Ten constitutional laws to change, says {name}\nsource: {name} News\nlang: en\n---\n{text}",
            "utf-8",
        )
    folder = tmp_path / "index"
    assert kenes("index", *sorted(tmp_path.glob("*.md")), "--index", folder).returncode == 0
    question = "How many constitutional laws will have to be brought up to date?"
    shown = kenes("ask", question, "--index", folder).stdout.replace("**", "")
    said, otherwise = shown.split("\n\nCitations\n", 1)[0].split("Other articles say otherwise:", 1)
    ten, twelve = (
        ("at least ten" in said, "at least ten" in otherwise),
        ("at least twelve" in said, "at least twelve" in otherwise),
    )
    assert sorted((ten, twelve)) == [(False, True), (True, False)]
    assert shown.split("\n\nPassages\n", 1)[1].count("   also in: ") == 1
    answer = answer_of(kenes("ask", question, "--json", "--index", folder).stdout)
    assert len({"at least ten" in citation["quote"] for citation in answer["citations"]}) == 1  # they back one figure
    stories = [[p["title"], *(copy["title"] for copy in p["copies"])] for p in answer["passages"]]
    papers = sorted(sorted(title.split()[-1] for title in story) for story in stories)
    assert papers == [["Alpha", "Beta"], ["Gamma"]]
    (tmp_path / "answer.json").write_text(json.dumps(answer), "utf-8")
    assert "proved" in kenes("prove", tmp_path / "answer.json", "--index", folder).stdout
    explained = kenes("search", LAWS, "--explain", "--index", folder).stdout
    assert explained.count("copy in document ") == 1
    assert "dense rank" in explained


def test_show_status_and_verify(kenes: Kenes, seeds_folder: Path) -> None:
    status = kenes("status", "--documents", "--index", seeds_folder).stdout
    assert "documents   27 (" in status
    assert "e5-small" in status
    assert "sources     5 of Kenes digest, after Akorda, 2026-01-19\n" in status
    assert "\n            4 of Kenes digest, after Orda.kz, no date\n" in status
    id = next(line.split()[0] for line in status.splitlines() if "Ten constitutional laws" in line)
    source = (SEEDS / "scope-of-laws.en.md").read_text("utf-8").split("---\n", 2)[2].strip()
    assert kenes("show", id, "--index", seeds_folder).stdout.rstrip().endswith(source)
    assert kenes("show", id, "--start", "0", "--end", "10", "--index", seeds_folder).stdout.endswith("\n\nKazakhstan\n")
    assert "no part from 5 to 3" in complaint(
        kenes("show", id, "--start", "5", "--end", "3", "--index", seeds_folder), 2
    )
    assert '"nowhere"' in complaint(kenes("show", "nowhere", "--index", seeds_folder), 2)
    assert kenes("verify", "--index", seeds_folder).stdout.startswith("sound")


def test_indexing_reports_bad_files_and_goes_on(kenes: Kenes, tmp_path: Path) -> None:
    folder, index = tmp_path / "articles", tmp_path / "index"
    folder.mkdir()
    (folder / "good.txt").write_text("A good article about apples.", "utf-8")
    (folder / "bad.txt").write_bytes("Плохая кодировка".encode("koi8-r"))
    (folder / "scan.tiff").write_bytes(b"x")
    done = kenes("index", folder, "--index", index)
    assert done.returncode == 1
    assert "1 documents, 1 chunks" in done.stdout
    assert "bad.txt" in done.stderr
    assert 'koi8-r: "Плохая кодировка"' in done.stderr
    assert (
        "read: 1 .txt; 1 file of other kinds passed over: 1 .tiff; 1 undated; 1 file could not be read" in done.stdout
    )
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
        (["prove", "README.md"], 2, "invalid JSON"),
        (["eval", "--gold", "README.md"], 2, "not a gold question"),
        (["nonsense"], 2, "nonsense"),
        (["ask", LAWS, "--top", "0"], 2, "top"),
        (["ask", LAWS, "--after", "2026-13"], 2, "2026, 2026-01 or 2026-01-19"),
        (["search", LAWS, "--before", "19.01.2026"], 2, '"before" is "19.01.2026"'),
        (["search", LAWS, "--after", "2026-02", "--before", "2026-01"], 2, "exchange the two dates"),
        (["search", LAWS, "--per-document", "0"], 2, "per-document"),
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
    kind = "pairs in 16 bits first (AVX2 or the like)" if sums_in_pairs() else "in 32 bits (VNNI or the like)"
    assert f"whole numbers: this processor adds {kind}, exactly" in " ".join(done.stdout.split())
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
    _, errors = process.communicate(timeout=PATIENCE)
    assert process.returncode == 130
    assert "interrupted" in errors
    assert "Traceback" not in errors


@pytest.mark.parametrize(
    "command",
    [[], *([name] for name in "index fetch ask search show status verify prove eval doctor".split())],
)
def test_help_has_examples(kenes: Kenes, command: list[str]) -> None:
    done = kenes(*command, "--help")
    assert done.returncode == 0
    assert "Example" in done.stdout
    assert "\x1b" not in done.stdout


def test_a_batch_line_with_an_unknown_key_is_named(kenes: Kenes, seeds_folder: Path, tmp_path: Path) -> None:
    lines = [
        '{"id": 1, "query": "Tokayev", "lang": "kk"}',
        '{"id": 2, "query": "Tokayev", "lang": "ru", "languages": ["kk"]}',
    ]
    (tmp_path / "batch.jsonl").write_text("\n".join(lines), "utf-8")
    done = kenes("search", "--batch", tmp_path / "batch.jsonl", "--index", seeds_folder)
    assert done.returncode == 0
    assert done.stderr.count("unknown key") == 1  # said once for all lines
    message = " ".join(done.stderr.split())
    assert 'line 1: unknown key "lang"; the filters are documents, after, before, sources, languages' in message
    first, second = map(json.loads, done.stdout.splitlines())
    assert first["passages"]
    assert second["passages"]


@pytest.mark.parametrize(
    "older",
    [
        "PRAGMA user_version = 1",
        """UPDATE meta SET value = json_set(value, '$.version', '2') WHERE key = 'settings'""",
    ],
)
def test_an_index_of_another_version_is_refused_with_the_command_that_mends(
    kenes: Kenes, tmp_path: Path, older: str
) -> None:
    (tmp_path / "a.txt").write_text("Apples are red.", "utf-8")
    folder = tmp_path / "index"
    assert kenes("index", tmp_path / "a.txt", "--index", folder).returncode == 0
    connection = connect(folder / "store.db", write=True)
    connection.execute(older)
    connection.close()
    again = ("index", str(tmp_path / "a.txt"), "--model", "e5-small", "--index", str(folder))
    export = ["export", "--to", "postgresql://nobody@127.0.0.1:1/none"]
    for command in (["ask", LAWS], ["status"], ["index", tmp_path / "a.txt"], export):
        done = kenes(*command, "--index", folder)
        assert done.returncode == 3
        assert "made by another version of Kenes" in done.stderr
        assert f"rm -r {folder} && kenes {' '.join(again)}" in " ".join(done.stderr.split())
    assert " ".join(again) in " ".join(kenes("doctor", "--index", folder).stdout.split())
    shutil.rmtree(folder)
    assert kenes(*again).returncode == 0
    assert kenes("status", "--index", folder).returncode == 0
