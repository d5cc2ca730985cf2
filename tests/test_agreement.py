"""What may be cited for an answer: sentences that hold its numbers and names, in one language and across."""

import pytest

from index import Document
from rag.reading.agreement import holds_answer
from rag.types import Reading


def reading(words: str, sentence: str = "", language: str = "en") -> Reading:
    text = sentence or words
    start = text.index(words)
    return Reading(
        Document(words, "", text, None, None, None, language, ""), 0, len(text), start, start + len(words), 0.5
    )


@pytest.mark.parametrize(
    ("answer", "sentence", "language", "held"),
    [
        ("Aliya Bekova", "Daulet Nurov was named mayor on Friday.", "en", False),
        ("Aliya Bekova", "Мэром стала Алия Бекова.", "ru", True),
        ("12 stalls", "Fourteen stalls burned on Friday.", "en", False),
        ("12 stalls", "Сгорели двенадцать палаток.", "ru", True),
        ("the council", "Nobody came.", "en", True),  # no number and no name that could be missing
    ],
)
def test_a_sentence_holds_the_numbers_and_names_of_an_answer(
    answer: str, sentence: str, language: str, held: bool
) -> None:
    assert holds_answer(reading(answer), reading(sentence, language=language)) is held
