"""Votes and passwords: what is kept, from whom, and what is refused."""

import json
from pathlib import Path

import pytest

from index import Document, InputError
from ui.server.page import votes
from ui.server.passwords import read_passwords

APPLES = Document("a1", "Apples", "Ten apples fell.", None, None, None, "en", "0" * 64)
BALLOT = "0123456789abcdef" * 2
VOTE = {"question": "How many apples?", "vote": "up", "start": 0, "end": 10, "ballot": BALLOT}


def test_a_vote_bears_the_quotation_of_the_index(tmp_path: Path) -> None:
    line = votes.vote_of({**VOTE, "quote": "Two apples"}, APPLES)
    assert (line["quote"], line["language"], line["document"], line["vote"]) == ("Ten apples", "en", "a1", "up")
    file = tmp_path / "votes.jsonl"
    for _ in range(2):
        votes.keep(file, line)
    assert [json.loads(row) for row in file.read_text("utf-8").splitlines()] == [line, line]


@pytest.mark.parametrize(
    "change",
    [
        {"vote": "best"},
        {"question": None},
        {"start": -1},
        {"end": 99},
        {"start": 10},
        {"start": True},
        {"end": "9"},
        {"ballot": None},
        {"ballot": "me"},
        {"why": "because"},
    ],
)
def test_no_vote_without_a_place(change: dict[str, object]) -> None:
    with pytest.raises(InputError, match="no vote"):
        votes.vote_of({**VOTE, **change}, APPLES)
    with pytest.raises(InputError, match="no vote"):
        votes.vote_of(VOTE, None)


def test_a_full_file_is_not_added_to(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(votes, "LONGEST_FILE", 5)
    file = tmp_path / "votes.jsonl"
    file.write_text("0123456789", "utf-8")
    with pytest.raises(InputError, match="full"):
        votes.keep(file, {})


def test_passwords(tmp_path: Path) -> None:
    file = tmp_path / "people.txt"
    file.write_text("aizhan:a:b c\n\nomar:құпия\n", "utf-8")
    file.chmod(0o600)
    assert read_passwords(file) == {"aizhan": "a:b c", "omar": "құпия"}
    file.chmod(0o644)
    with pytest.raises(InputError, match="chmod 600"):
        read_passwords(file)


@pytest.mark.parametrize("text", ["", "aizhan", "aizhan:", ":x", "\n\n"])
def test_a_file_without_names_or_passwords_is_refused(tmp_path: Path, text: str) -> None:
    file = tmp_path / "people.txt"
    file.write_text(text, "utf-8")
    file.chmod(0o600)
    with pytest.raises(InputError, match=r"name:password"):
        read_passwords(file)
    with pytest.raises(InputError, match="cannot be read"):
        read_passwords(tmp_path / "nowhere")
