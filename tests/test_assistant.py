"""The Python interface: open, ask, search; the promises about quotations; no network."""

import json
import socket
import threading
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import jsonschema
import pytest

from eval.training import unpack_e5
from index import Filters, IndexReader, InputError, MismatchedIndex, build, load_embedder
from index.making import settings_for
from index.store.writer import IndexWriter
from rag import Answer, Assistant, Code, Passage, Reason, prove, unanswerable
from tests.conftest import ROOT, SEEDS
from tests.fakes import FakeEmbedder

SCHEMA = json.loads((ROOT / "rag" / "answer.schema.json").read_text("utf-8"))
QUESTIONS = [
    "How many laws must change?",
    "Сколько обращений поступило от граждан?",
    "Жұмыс тобының отырысы қайда өтті?",
    "What is the capital of France?",
    '\'; DROP TABLE documents; -- NEAR("x" AND *)',
    "<script>alert(1)</script> & \x1b[31m[bold]Who?[/bold]",
]


@pytest.fixture(scope="module")
def assistant(seeds_folder: Path) -> Assistant:
    return Assistant.open(seeds_folder)


@pytest.mark.parametrize("question", QUESTIONS)
def test_every_answer_follows_the_schema_and_is_proved(assistant: Assistant, seeds_folder: Path, question: str) -> None:
    answer = assistant.ask(question)
    row = json.loads(json.dumps(answer.to_json()))
    jsonschema.Draft202012Validator(SCHEMA).validate(row)
    assert row["question"] == question
    with IndexReader(seeds_folder) as reader, reader.snapshot() as snapshot:
        assert prove(row, snapshot) == (len(answer.citations) + len(answer.passages), [])
        for citation in answer.citations:
            document = snapshot.document(citation.document_id)
            assert document is not None
            assert document.text[citation.start : citation.end] == citation.quote
            assert document.sha256 == citation.document_sha256


def test_the_same_question_gets_the_same_answer(assistant: Assistant) -> None:
    def without_time(answer: Answer) -> dict[str, Any]:
        return {name: value for name, value in answer.to_json().items() if name != "timings"}

    assert without_time(assistant.ask(QUESTIONS[0])) == without_time(assistant.ask(QUESTIONS[0]))


def test_search_agrees_with_the_passages_of_ask(assistant: Assistant) -> None:
    def told(passages: Sequence[Passage]) -> list[dict[str, Any]]:
        unordered = ({**passage.to_json(), "rank": 0, "best": None} for passage in passages)  # only `ask` reads them
        return sorted(unordered, key=lambda row: (row["document_id"], row["start"]))

    searched = assistant.search(QUESTIONS[0], top=27)
    assert len(searched) == 27
    assert told(assistant.ask(QUESTIONS[0], top=27).passages) == told(searched)


def test_questions_from_many_threads(assistant: Assistant) -> None:
    expected = assistant.ask(QUESTIONS[0]).sentence
    found: list[str | None] = []
    threads = [threading.Thread(target=lambda: found.append(assistant.ask(QUESTIONS[0]).sentence)) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert found == [expected] * 4


def test_an_unknown_document(assistant: Assistant) -> None:
    with pytest.raises(InputError, match='"nowhere"'):
        assistant.ask("Who?", filters=Filters(documents=("nowhere",)))


def test_an_index_of_another_version_of_its_model(tmp_path: Path, articles: Path) -> None:
    class Older(FakeEmbedder):
        name = "e5-small"

    build([articles], tmp_path / "index", Older())
    with pytest.raises(MismatchedIndex, match="another version") as raised:
        Assistant.open(tmp_path / "index")
    assert raised.value.fix == (
        f"rm -r {tmp_path / 'index'} && kenes index {articles} --model e5-small --index {tmp_path / 'index'}"
    )


def test_a_question_that_cannot_be_asked_still_has_an_answer() -> None:
    jsonschema.Draft202012Validator(SCHEMA).validate(unanswerable("", "the question is empty").to_json())


def test_the_first_point_is_the_answer(assistant: Assistant) -> None:
    answer = assistant.ask(QUESTIONS[0])
    (point,) = answer.points
    row = answer.to_json()
    assert (row["version"], row["status"], row["kind"], row["reason_code"]) == (2, "answered", "number", "answered")
    assert (row["answer"], row["answer_start"], row["sentence"]) == (point.text, point.start, point.sentence)
    assert "".join(answer.split(point)) == point.sentence
    assert answer.split(point)[1] == point.text
    assert point.citations == tuple(range(1, len(answer.citations) + 1))
    best = row["passages"][0]["best"]
    assert answer.passages[0].document.text[slice(*best)] == point.sentence


@pytest.mark.parametrize(
    ("text", "question", "reason"),
    [
        (None, "Who picked the apples?", Reason(Code.EMPTY_INDEX)),
        ("Apples are green.", "Why are apples green?", Reason(Code.NOT_SURE_ENOUGH)),
        ("Apples are green.", "How many apples are green?", Reason(Code.NO_SUCH_KIND, {"kind": "number"})),
    ],
)
def test_reasons(tmp_path: Path, text: str | None, question: str, reason: Reason) -> None:
    file = tmp_path / "a.txt"
    file.write_text(text or "To be dropped.", "utf-8")
    build([tmp_path], tmp_path / "index", FakeEmbedder())
    if text is None:
        file.unlink()
        build([tmp_path], tmp_path / "index", FakeEmbedder(), prune=True)
    with IndexReader(tmp_path / "index") as reader:
        answer = Assistant(reader, FakeEmbedder()).ask(question)
    row = answer.to_json()
    assert answer.reason == reason
    assert (row["reason_code"], row["reason_params"]) == (reason.code, reason.params)
    jsonschema.Draft202012Validator(SCHEMA).validate(json.loads(json.dumps(row)))


def test_what_is_not_found_in_an_unfinished_index_is_said_to_be_so(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text("Apples are green.", "utf-8")
    build([tmp_path], tmp_path / "index", FakeEmbedder())
    with IndexWriter(tmp_path / "index", settings_for(FakeEmbedder())) as writer:
        writer.begin([str(tmp_path)])
    with IndexReader(tmp_path / "index") as reader:
        reason = Assistant(reader, FakeEmbedder()).ask("Why are apples green?").reason
    assert reason == Reason(Code.NOT_SURE_ENOUGH, {"unfinished": 1})
    assert reason.text().startswith(
        "An indexing run has not ended: the index holds 1 articles so far. Passages were found"
    )


def test_menus_and_credits_are_never_an_answer(tmp_path: Path) -> None:
    """Two raw pages as sites give them away: a photo's credit before the text, other headlines after it."""
    (tmp_path / "one.txt").write_text(
        "ASTANA – The reform may lead to a new Constitution, the president told the working group.\n\n"
        "The president chaired a meeting of the working group in the grand hall. Photo credit: Akorda\n"
        "He thanked the members of the group.\n",
        "utf-8",
    )
    (tmp_path / "two.txt").write_text(
        "Reform needs changes of the Constitution\n\nAround 40 articles are to be revised.\nLatest news\n"
        "- Oil output grows for three quarters\n- Tennis center opens in Almaty\n- A draw in football\n",
        "utf-8",
    )
    build([tmp_path], tmp_path / "index", load_embedder())
    with Assistant.open(tmp_path / "index") as assistant:
        for question in ("For how long did oil output grow?", "What opened in Almaty?", "Whose is the photo?"):
            answer = assistant.ask(question, top=50)
            shown = json.dumps(answer.to_json(), ensure_ascii=False)
            assert not any(word in shown for word in ("three quarters", "Tennis", "Akorda", "Latest news"))


def test_no_socket_is_ever_opened(seeds_folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(*_: object, **__: object) -> None:
        raise AssertionError("a socket was asked for")

    monkeypatch.setattr(socket, "socket", refuse)
    monkeypatch.setattr(socket, "getaddrinfo", refuse)
    build([SEEDS / "scope-of-laws.en.md"], tmp_path / "index", load_embedder())
    load_embedder(str(unpack_e5.unpacked_folder())).embed_documents(["text"])  # any other model, by torch
    with Assistant.open(seeds_folder) as assistant:
        assert assistant.ask(QUESTIONS[0]).citations


@pytest.mark.parametrize(
    "question", ["How many laws must change?", "Сколько законов нужно изменить?", "Who won the cup?"]
)
def test_what_is_answered_does_not_depend_on_how_much_is_shown(assistant: Assistant, question: str) -> None:
    answers = [assistant.ask(question, top) for top in (1, 5, 20)]
    assert len({(each.status, each.sentence, each.confidence) for each in answers}) == 1
    assert [len(each.passages) for each in answers] == sorted(len(each.passages) for each in answers)
