"""Makes gold questions of what people voted on in the chat page; a person checks them before they count."""

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from index import InputError


def candidates_of(votes: Path) -> Iterator[dict[str, Any]]:
    """A line of a gold file for every question and quotation that was voted on, in the order of the first vote.

    More votes up than down make the quotation its evidence. Else the question is written down as having no answer: the
    one who checks it looks for a better quotation, or leaves it so.

    Raises:
        InputError: the file cannot be read, or holds something else than votes.
    """
    balance: dict[tuple[str, str, str, str], int] = {}
    for number, line in enumerate(_lines(votes), 1):
        try:
            row = json.loads(line)
            key = (str(row["question"]), str(row["language"]), str(row["document"]), str(row["quote"]))
            balance[key] = balance.get(key, 0) + {"up": 1, "down": -1}[row["vote"]]
        except (ValueError, KeyError, TypeError):
            raise InputError(
                f"{votes} line {number} is no vote\nvotes are kept by: kenes chat --feedback FILE"
            ) from None
    for number, ((question, language, document, quote), votes_up) in enumerate(balance.items(), 1):
        evidence = [{"document": document, "quote": quote}] if votes_up > 0 else []
        yield {
            "id": f"vote-{number}",
            "question": question,
            "language": language,
            "answerable": bool(evidence),
            "answers": [],
            "evidence": evidence,
            "tags": ["unchecked"],
        }


def _lines(votes: Path) -> list[str]:
    try:
        return [line for line in votes.read_text("utf-8").splitlines() if line.strip()]
    except (OSError, UnicodeDecodeError) as error:
        raise InputError(f"{votes} cannot be read: {getattr(error, 'strerror', None) or 'not UTF-8'}") from None
