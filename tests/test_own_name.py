"""Who founded or heads something is not the thing itself, in initials or in full."""

import pytest

from rag.reading.own_name import OwnName

# A question, its language, a text, the words of it that are read, whether they only name what is asked about.
NAMED = [
    (
        "Who founded ISRG?",
        "en",
        "Internet Security Research Group (ISRG) is a charity.",
        "Internet Security Research Group",
        True,
    ),
    ("Who founded ISRG?", "en", "Ann Lee founded ISRG.", "Ann Lee", False),
    (
        "Who founded ISRG?",
        "en",
        "The Internet Security Research Group began small.",
        "Internet Security Research Group",
        True,
    ),
    (
        "Who leads the WHO?",
        "en",
        "The World Health Organization (WHO) is led by Ann Lee.",
        "World Health Organization",
        True,
    ),
    (
        "Who is ISRG?",
        "en",
        "Internet Security Research Group (ISRG) is a charity.",
        "Internet Security Research Group",
        False,
    ),
    (
        "Кто основал НКЦ?",
        "ru",
        "Национальный Книжный Центр (НКЦ) основал Павел Ким.",
        "Национальный Книжный Центр",
        True,
    ),
    ("Кто основал НКЦ?", "ru", "Национальный Книжный Центр (НКЦ) основал Павел Ким.", "Павел Ким", False),
    ("ҰКО-ны кім құрды?", "kk", "Ұлттық Кітап Орталығы (ҰКО) 1999 жылы құрылды.", "Ұлттық Кітап Орталығы", True),
    ("Who founded the Harbour Trust?", "en", "The Harbour Trust is a charity.", "Harbour Trust", True),
    ("Who met Ann Lee?", "en", "Bo Ek and Ann Lee met on Friday.", "Bo Ek and Ann Lee", False),
    ("Who won, Ann Lee or Bo Ek?", "en", "Ann Lee won.", "Ann Lee", False),
    ("WHO FOUNDED THE TRUST?", "en", "The Trust was founded by Ann Lee.", "Ann Lee", False),
    ("Who founded the OMT?", "en", "The OMT (Orlen Mill Trust) is the parent body.", "Orlen Mill Trust", True),
    ("ОДТ-ны кім құрды?", "kk", "Орлен диірмен тресі (ОДТ) мұражайға иелік етеді.", "Орлен диірмен тресі", True),
    ("Who owns the museum?", "en", "Orlen Mill Trust (OMT) owns the museum.", "Orlen Mill Trust", False),
    ("Who founded the OMT?", "en", "The Lake Fund (LF) founded the OMT.", "The Lake Fund", False),
    ("Кто основал ОМТ?", "ru", "Орленский мельничный трест (ОМТ) владеет музеем.", "Орленский мельничный трест", True),
]


@pytest.mark.parametrize(("question", "language", "text", "words", "is_own"), NAMED)
def test_a_name_that_the_question_has_is_no_answer(
    question: str, language: str, text: str, words: str, is_own: bool
) -> None:
    start = text.index(words)
    assert OwnName(question, language).is_named(text, start, start + len(words), language) is is_own
