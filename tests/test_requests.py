"""Requests as they come: what is read out of them, and what is said of those that cannot be read."""

from typing import Any

import pytest

from index import Filters, InputError
from rag.understanding.question import QUESTION_LIMIT
from rag.understanding.said import Said
from ui.requests import Request, filters_of, parse_json, parse_object, request_of, said_of, span_of


def test_a_request_in_full() -> None:
    row = {
        "question": "Why?",
        "top": 7,
        "caution": "strict",
        "after": "2026",
        "languages": ["ru", "kk"],
        "sources": None,
    }
    wanted = Filters(after="2026", languages=("ru", "kk"))
    assert request_of(row, "question") == Request("Why?", 7, wanted, "strict")
    assert request_of({"query": "x"}, "query") == Request("x", 5, Filters(), "normal")


@pytest.mark.parametrize(
    ("row", "says"),
    [
        ([], 'the text "question" is missing'),
        ({"query": "x"}, 'the text "question" is missing'),
        ({"question": 1}, 'the text "question" is missing'),
        ({"question": "x", "top": True}, '"top" must be a whole number from 1 to 100'),
        ({"question": "x", "top": 101}, '"top" must be a whole number from 1 to 100'),
        ({"question": "x", "caution": "bold"}, '"caution" must be one of strict, normal, lenient'),
        ({"question": "x", "caution": ["strict"]}, '"caution" must be one of strict, normal, lenient'),
        ({"question": "x", "before": 2026}, '"before" must be a date in quotation marks'),
        ({"question": "x", "documents": [1]}, '"documents" must be a list of strings'),
        ({"question": "x", "lang": "kk", "a": 1}, 'unknown key "a"'),
    ],
)
def test_what_cannot_be_used_is_named(row: Any, says: str) -> None:
    with pytest.raises(InputError) as refused:
        request_of(row, "question")
    assert refused.value.what == says


def test_a_search_has_no_caution() -> None:
    with pytest.raises(InputError, match=r'unknown key "caution"\nfix: the keys are query, top, documents, after'):
        request_of({"query": "x", "caution": "strict"}, "query")


def test_the_filters_of_a_line_go_over_those_of_the_command() -> None:
    default = Filters(after="2025", languages=("kk",))
    assert filters_of({"languages": ["ru"]}, default) == Filters(after="2025", languages=("ru",))
    assert filters_of({"languages": [], "after": None}, default) == Filters(after="2025", languages=())


@pytest.mark.parametrize(
    "raw", [b"", b"{", b"\xff", b"NaN", b"[Infinity]", b'"\\ud800"', b"[" * 100_000, b'{"a": 1}x'], ids=repr
)
def test_what_could_not_be_written_again_is_no_json(raw: bytes) -> None:
    with pytest.raises(InputError, match="invalid JSON"):
        parse_json(raw)


def test_json_is_read_with_and_without_a_byte_order_mark() -> None:
    for raw in (b'{"a": 1}', b'\xef\xbb\xbf{"a": 1}'):
        assert parse_object(raw) == {"a": 1}
    with pytest.raises(InputError, match="not a JSON object"):
        parse_object(b"[]")


@pytest.mark.parametrize(
    ("row", "said"),
    [
        (None, None),
        ("x", None),
        ({"question": 1}, None),
        ({"question": "Who?"}, Said("Who?")),
        ({"question": "Who?", "answer": 3}, Said("Who?")),
        ({"question": "Who?", "answer": "She."}, Said("Who?", "She.")),
        ({"question": "Who?", "topic": "Where is the mill?"}, Said("Who?", topic="Where is the mill?")),
        ({"question": "Who?", "topic": 3}, Said("Who?")),
        ({"question": "x" * 9999, "answer": "y" * 9999}, Said("x" * QUESTION_LIMIT, "y" * QUESTION_LIMIT)),
    ],
)
def test_what_was_said_before_is_taken_only_in_its_own_form(row: Any, said: Said | None) -> None:
    assert said_of(row) == said


@pytest.mark.parametrize("span", [(-1, 2), (3, 2), (0, 11), (True, 2), (0, 1.0), (None, 2), ("0", "1")])
def test_offsets_outside_of_a_text_are_refused(span: tuple[Any, Any]) -> None:
    with pytest.raises(InputError, match='"start" and "end" must be offsets from 0 to 10'):
        span_of({"start": span[0], "end": span[1]}, "start", "end", 10)


def test_offsets_inside_are_taken() -> None:
    assert span_of({"start": 0, "end": 10}, "start", "end", 10) == (0, 10)
    assert span_of({"first": 4, "last": 4}, "first", "last", 10) == (4, 4)
