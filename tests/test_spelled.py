"""The names of a question as a passage spells them."""

import pytest

from index import Chunk, Document
from rag.reading.spelled import as_spelled
from rag.types import Passage


@pytest.mark.parametrize(
    ("question", "language", "text", "of_text", "expected"),
    [
        ("How many sit in the Majilis?", "en", "The Mazhilis has 98 deputies.", "en", "How many sit in the Mazhilis?"),
        ("How many sit in the Mazhilis?", "en", "The Mazhilis has 98 deputies.", "en", "How many sit in the Mazhilis?"),
        ("When did Jienbaev come?", "en", "Zhienbayev came. Jienbaev left.", "en", "When did Jienbaev come?"),
        ("Где живёт Жумабаев?", "ru", "Жұмабаев Оралда тұрады.", "kk", "Где живёт Жұмабаев?"),
        ("Кого видели Токаевы?", "ru", "Токаева видели все.", "ru", "Кого видели Токаевы?"),  # one name in two cases
        ("Где Токаев?", "ru", "Tokayev is at home.", "en", "Где Токаев?"),  # other letters
        ("Who is tokayev?", "en", "Toqayev is at home.", "en", "Who is tokayev?"),  # no capital letter, no name
        ("Who is Karin?", "en", "Karen is at home.", "en", "Who is Karin?"),  # another name
        (
            "Сколько депутатов в Мажилисе?",
            "ru",
            "Мәжіліске 98 депутат сайланды.",
            "kk",
            "Сколько депутатов в Мәжіліске?",
        ),
        ("Who is Asel?", "en", "Nobody is at home.", "en", "Who is Asel?"),
    ],
)
def test_names_as_the_passage_has_them(question: str, language: str, text: str, of_text: str, expected: str) -> None:
    passage = Passage(
        Chunk("d", 0, 0, len(text), text), Document("d", "", text, None, None, None, of_text, ""), 1, 1.0, {}
    )
    assert as_spelled(question, language, passage) == expected
