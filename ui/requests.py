"""What is asked, read from JSON: bytes in, a typed request out, the same for batches, the JSON interface and the page.

One plain parser serves all three. Models of pydantic would be a second list of the same keys, since the command line
must start without importing it, and they let through what cannot be written again: NaN, and half characters.
"""

import json
import re
from collections.abc import Iterable
from dataclasses import dataclass, field, fields, replace
from typing import Any, get_args

from index import Filters, InputError
from index.analysis.languages import LANGUAGES
from rag.reading.confidence import Caution
from rag.understanding.question import QUESTION_LIMIT
from rag.understanding.said import Said

Row = dict[str, Any]

SHOWN = 5
MOST_SHOWN = 100
CAUTIONS = get_args(Caution)

FILTERS = tuple(each.name for each in fields(Filters))
DATES = tuple(each.name for each in fields(Filters) if each.type == str | None)
LISTS = tuple(name for name in FILTERS if name not in DATES)  # of strings
NUMBERS = ("top", "first", "start", "end")
TRUTH = {"true": True, "false": False}
MOST = 999_999_999  # of any number in an address
SEE = "see /api"


@dataclass(frozen=True, slots=True)
class Request:
    """A question or a query, how many passages to show with it, where to look, and how sure to be before answering."""

    text: str
    top: int = SHOWN
    filters: Filters = field(default_factory=Filters)
    caution: Caution = "normal"
    verbatim: bool = False  # ask what is written, whatever it is
    earlier: Said | None = None  # what the question may lean on
    spoken: str | None = None  # the language of who asks, where it is known


def parse_json(raw: bytes) -> Any:
    """Read JSON that can be written again: UTF-8, no NaN or infinity, no half characters.

    Raises:
        InputError: it is not such JSON.
    """
    try:
        value = json.loads(raw.decode("utf-8-sig"))
        json.dumps(value, ensure_ascii=False, allow_nan=False).encode()
    except (ValueError, RecursionError) as error:
        raise InputError(f"invalid JSON ({error})") from None
    return value


def parse_object(raw: bytes) -> Row:
    """Read a JSON object; raises InputError as `parse_json` does, and for any other value."""
    row = parse_json(raw)
    if not isinstance(row, dict):
        raise InputError("not a JSON object")
    return row


def request_of(row: Any, key: str) -> Request:
    """Read a request: {"question" or "query", "top", "caution", "earlier", and filters as in a batch}.

    Args:
        row: parsed JSON.
        key: "question" to ask, "query" to search.

    Raises:
        InputError: a key is missing, unknown, or has a value of the wrong type.
    """
    if not isinstance(row, dict) or not isinstance(row.get(key), str):
        raise InputError(f'the text "{key}" is missing', f'send {{"{key}": "…"}}, or ?{key}=… in the address; {SEE}')
    check_keys(row, known_keys(key))
    filters = filters_of(row, Filters())
    return Request(row[key], top_of(row), filters, caution_of(row), verbatim_of(row), _earlier_of(row), spoken_of(row))


def row_of_address(parameters: Iterable[tuple[str, str]]) -> Row:
    """The parameters of an address as a row: filters that are lists come once for each value, the others once.

    >>> row_of_address([("query", "bridge"), ("languages", "en"), ("languages", "ru"), ("top", "3")])
    {'query': 'bridge', 'languages': ['en', 'ru'], 'top': 3}

    Raises:
        InputError: one that is no list comes twice.
    """
    row: Row = {}
    for name, value in parameters:
        if name in LISTS:
            row.setdefault(name, []).append(value)
        elif name in row:
            raise InputError(f'"{name[:40]}" is given twice', SEE)
        else:
            row[name] = _value(name, value)
    return row


def _value(name: str, written: str) -> Any:
    if name in NUMBERS and re.fullmatch("[0-9]{1,9}", written):
        return int(written)
    return TRUTH.get(written, written) if name == "verbatim" else written


def check_keys(row: Row, known: Iterable[str]) -> None:
    """Raises InputError if a row has another key than the known ones."""
    for unknown in sorted(row.keys() - set(known)):
        raise InputError(f'unknown key "{unknown[:40]}"', f"the keys are {', '.join(known)}")


def known_keys(key: str) -> tuple[str, ...]:
    """The keys of a request, in the order in which they are listed."""
    if key == "query":
        return (key, "top", *FILTERS)
    return (key, "top", "caution", "verbatim", "earlier", "spoken", *FILTERS)


def filters_of(row: Row, default: Filters) -> Filters:
    """The filters in a row, on top of `default`: documents, sources, languages are lists of strings, after, before are dates.

    Raises:
        InputError: one of them is something else.
    """
    given = {name: row[name] for name in FILTERS if row.get(name) is not None}
    return replace(default, **{name: _filter(name, value) for name, value in given.items()})


def said_of(row: Any) -> Said | None:
    """What was asked and answered before a question of the page, as the page tells it; None if nothing was."""
    if not isinstance(row, dict) or not isinstance(row.get("question"), str):
        return None
    answer, document, end, topic = row.get("answer"), row.get("document"), row.get("end"), row.get("topic")
    return Said(
        row["question"][:QUESTION_LIMIT],
        answer[:QUESTION_LIMIT] if isinstance(answer, str) else None,
        document if isinstance(document, str) else None,
        end if type(end) is int and end >= 0 else None,
        topic[:QUESTION_LIMIT] if isinstance(topic, str) else None,
    )


def _earlier_of(row: Row) -> Said | None:
    """What was asked and answered before, as a program tells it; raises InputError for any other form."""
    given = row.get("earlier")
    if given is None:
        return None
    said = said_of(given)
    if said is None or said._asdict() != dict.fromkeys(Said._fields) | given:
        raise InputError(
            '"earlier" must be {"question", "answer", "document", "end", "topic"}, all but the first may lack', SEE
        )
    return said


def span_of(row: Row, first: str, last: str, length: int) -> tuple[int, int]:
    """Two character offsets in a text of `length` characters.

    Raises:
        InputError: they are no such offsets.
    """
    start, end = row.get(first), row.get(last)
    if type(start) is not int or type(end) is not int or not 0 <= start <= end <= length:
        raise InputError(f'"{first}" and "{last}" must be offsets from 0 to {length}, the smaller one first')
    return start, end


def top_of(row: Row) -> int:
    """How many to show; raises InputError if it is no number from 1 to `MOST_SHOWN`."""
    return number_of(row, "top", SHOWN, range(1, MOST_SHOWN + 1))


def number_of(row: Row, key: str, default: int, allowed: range) -> int:
    """A whole number; raises InputError if it is none of those allowed."""
    number = row.get(key, default)
    if type(number) is not int or number not in allowed:
        raise InputError(f'"{key}" must be a whole number from {allowed.start} to {allowed.stop - 1}')
    return number


def caution_of(row: Row) -> Caution:
    """How sure to be before answering; raises InputError if it is none of `CAUTIONS`."""
    caution: Caution = row.get("caution", "normal")
    if caution not in CAUTIONS:
        raise InputError(f'"caution" must be one of {", ".join(CAUTIONS)}')
    return caution


def verbatim_of(row: Row) -> bool:
    """Whether to ask what is written, word for word; raises InputError if it is neither true nor false."""
    verbatim = row.get("verbatim", False)
    if not isinstance(verbatim, bool):
        raise InputError('"verbatim" must be true or false')
    return verbatim


def spoken_of(row: Row) -> str | None:
    """The language of who asks, None if it is not told; raises InputError if it is none of ours."""
    spoken = row.get("spoken")
    if spoken is None:
        return None
    if not isinstance(spoken, str) or spoken not in LANGUAGES:
        raise InputError(f'"spoken" must be one of: {", ".join(LANGUAGES)}')
    return spoken


def _filter(name: str, value: Any) -> Any:
    if name in DATES:
        if not isinstance(value, str):
            raise InputError(f'"{name}" must be a date in quotation marks')
        return value
    if not isinstance(value, list) or not all(isinstance(each, str) for each in value):
        raise InputError(f'"{name}" must be a list of strings')
    return tuple(value)
