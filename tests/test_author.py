"""Gold is written with a person, from passages or from votes, and what does not hold is refused."""

import json
import subprocess
import sys
from pathlib import Path

import pytest

from eval.datasets.author import Vote, passages, question_of, read_votes
from eval.datasets.questions import Evidence, Question, load_gold
from index import Document, IndexReader, InputError
from tests.conftest import PATIENCE, ROOT, SEEDS

VOTE = {"question": "How many?", "language": "en", "document": "a1", "quote": "Ten apples", "vote": "up"}


def test_votes_on_one_quotation_are_counted_together(tmp_path: Path) -> None:
    votes = tmp_path / "votes.jsonl"
    rows = [VOTE, {**VOTE, "vote": "down"}, VOTE, {**VOTE, "question": "Who?", "vote": "down"}]
    votes.write_text("".join(json.dumps(row) + "\n" for row in rows), "utf-8")
    assert read_votes(votes) == [
        Vote("How many?", "en", "a1", "Ten apples", 1),
        Vote("Who?", "en", "a1", "Ten apples", -1),
    ]


def test_of_one_ballot_the_last_vote_counts_and_one_taken_back_does_not(tmp_path: Path) -> None:
    votes = tmp_path / "votes.jsonl"
    rows = [
        {**VOTE, "ballot": "a", "vote": "up"},
        {**VOTE, "ballot": "b", "vote": "up"},
        {**VOTE, "ballot": "a", "vote": "down", "why": "wrong_time"},
        {**VOTE, "ballot": "b", "vote": "none"},
        {**VOTE, "ballot": "c", "question": "Who?", "vote": "up"},
        {**VOTE, "ballot": "c", "question": "Who?", "vote": "none"},
    ]
    votes.write_text("".join(json.dumps(row) + "\n" for row in rows), "utf-8")
    assert read_votes(votes) == [Vote("How many?", "en", "a1", "Ten apples", -1)]


@pytest.mark.parametrize("line", ["no json", "{}", "[]", '{"question": "x", "vote": "best"}'])
def test_what_is_no_vote_is_named(tmp_path: Path, line: str) -> None:
    votes = tmp_path / "votes.jsonl"
    votes.write_text(line, "utf-8")
    with pytest.raises(InputError, match="line 1: not a vote"):
        read_votes(votes)
    with pytest.raises(InputError, match="cannot be read"):
        read_votes(tmp_path / "nowhere")


def test_documents_that_no_gold_quotes_come_first(index_folder: Path) -> None:
    gold = [Question("a", "How many?", "en", (), (Evidence("apples.txt", "Ten apples fell from the tree."),))]
    with IndexReader(index_folder) as reader, reader.snapshot() as snapshot:
        shown = [document.title for document, _ in passages(snapshot, gold)]
        again = [document.title for document, _ in passages(snapshot, gold)]
    assert shown == again
    assert len(shown) == 3
    assert shown[-1] == "About apples"


TEXT = "Apples are red. Ten apples\nfell from the tree. Pears are green."
APPLES = Document("a1", "Apples", TEXT, None, None, None, "en", "0" * 64)


@pytest.mark.parametrize(
    ("typed", "quoted"),
    [
        ("Apples are red.", "Apples are red."),
        ("are red", "Apples are red."),
        ("red. Ten", "Apples are red. Ten apples\nfell from the tree."),  # a sentence goes on over a line break
        ("fell  from\n the tree", "Ten apples\nfell from the tree."),
    ],
)
def test_what_is_quoted_are_whole_sentences(typed: str, quoted: str) -> None:
    question = question_of("How many fell?", typed, ["ten", " "], APPLES, "apples.txt", {"en-001"})
    assert question == Question("en-002", "How many fell?", "en", ("ten",), (Evidence("apples.txt", quoted),))


@pytest.mark.parametrize(
    ("written", "quote", "says"),
    [
        ("?!", None, "no question"),
        ("How many?", "Nine apples", "does not hold"),
        ("How many?", " ", "does not hold"),
        ("How many?", ".", "does not hold"),
        ("How many?", "e", r"at \d+ places"),
    ],
)
def test_what_proves_nothing_is_refused(written: str, quote: str | None, says: str) -> None:
    with pytest.raises(InputError, match=says):
        question_of(written, quote, [], APPLES, "apples.txt", set())


def test_several_answers_are_points_each_in_its_wordings() -> None:
    question = question_of(
        "How many fell?", "Ten apples fell", ["ten ", " 10; four", "4;"], APPLES, "apples.txt", set()
    )
    assert question.points == (("ten", "10"), ("four", "4"))
    assert question.answers == ("ten, four",)
    one = question_of("How many fell?", "Ten apples fell", ["ten", "10"], APPLES, "apples.txt", set())
    assert (one.points, one.answers) == ((), ("ten", "10"))


def test_a_question_that_nothing_answers_has_no_answers() -> None:
    question = question_of("Who ate them?", None, ["x"], APPLES, "apples.txt", set())
    assert (question.answers, question.evidence) == ((), ())


def write(folder: Path, gold: Path, typed: str, *options: str) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-m", "ui.cli", "eval", "new", "--gold", str(gold), "--index", str(folder), *options]
    return subprocess.run(command, cwd=ROOT, input=typed, capture_output=True, text=True, timeout=PATIENCE)


def test_a_person_writes_gold_from_passages(index_folder: Path, tmp_path: Path) -> None:
    gold = tmp_path / "gold.jsonl"
    done = write(index_folder, gold, "\nHow many?\nnot in it\n\n\nq\n")
    assert done.returncode == 0, done.stderr
    assert "does not hold that" in done.stderr
    assert "kept as en-001" in done.stdout
    assert done.stdout.endswith(f"1 questions kept in {gold}\n")
    assert [(each.question, each.evidence) for each in load_gold(gold)] == [("How many?", ())]


@pytest.mark.parametrize("typed", ["", "q\n", "What now?\n", "What now?\nare\n"])
def test_where_the_input_ends_nothing_more_is_kept(index_folder: Path, tmp_path: Path, typed: str) -> None:
    done = write(index_folder, tmp_path / "gold.jsonl", typed)
    assert done.returncode == 0, done.stderr
    assert "0 questions kept" in done.stdout
    assert load_gold(tmp_path / "gold.jsonl") == []


def test_a_person_goes_through_votes(seeds_folder: Path, tmp_path: Path) -> None:
    gold, votes = tmp_path / "gold.jsonl", tmp_path / "votes.jsonl"
    quote = "The Constitution is only the first layer."
    with IndexReader(seeds_folder) as reader, reader.snapshot() as snapshot:
        id = next(known.id for known in snapshot.stored_documents() if known.file == str(SEEDS / "scope-of-laws.en.md"))
    rows = [{**VOTE, "document": id, "quote": quote, "question": question} for question in ("What is first?", "Who?")]
    votes.write_text("".join(json.dumps(row) + "\n" for row in rows), "utf-8")
    done = write(
        seeds_folder, gold, "y\nthe Constitution | only the first layer\nmaybe\nn\n", "--from-feedback", str(votes)
    )
    assert done.returncode == 0, done.stderr
    first, second = load_gold(gold)
    assert (first.question, first.answers) == ("What is first?", ("the Constitution", "only the first layer"))
    assert first.evidence == (Evidence("scope-of-laws.en.md", quote),)
    assert (second.question, second.answerable) == ("Who?", False)
    again = write(seeds_folder, gold, "", "--from-feedback", str(votes))
    assert (again.stdout, again.returncode) == (f"0 questions kept in {gold}\n", 0)  # all of them are asked already
