"""Votes become gold questions that the runner can read."""

import json
from pathlib import Path

import pytest
from eval.candidates import candidates_of

from eval.gold import load_gold
from index import InputError
from tests.conftest import Kenes

VOTE = {"question": "How many?", "language": "en", "document": "a1", "quote": "Ten apples", "vote": "up"}


def test_votes_are_counted_and_make_a_gold_file(tmp_path: Path, kenes: Kenes) -> None:
    votes = tmp_path / "votes.jsonl"
    rows = [VOTE, {**VOTE, "vote": "down"}, VOTE, {**VOTE, "question": "Who?", "vote": "down"}]
    votes.write_text("".join(json.dumps(row) + "\n" for row in rows), "utf-8")
    gold = tmp_path / "gold.jsonl"
    gold.write_text(kenes("eval", "--candidates", votes).stdout, "utf-8")
    questions = load_gold(gold)
    assert [(each.question, each.evidence) for each in questions] == [
        ("How many?", (("a1", "Ten apples"),)),
        ("Who?", ()),
    ]


@pytest.mark.parametrize("line", ["no json", "{}", "[]", '{"question": "x", "vote": "best"}'])
def test_what_is_no_vote_is_named(tmp_path: Path, line: str) -> None:
    votes = tmp_path / "votes.jsonl"
    votes.write_text(line, "utf-8")
    with pytest.raises(InputError, match="line 1 is no vote"):
        list(candidates_of(votes))
    with pytest.raises(InputError, match="cannot be read"):
        list(candidates_of(tmp_path / "nowhere"))
