"""Of a decision's stages (proposed, discussed, decided, signed, in force) only the one that is asked for answers."""

import pytest

from index.analysis.languages import RECORDS
from rag.reading.stages import AskedStage

# A question, its language, whether it asks for anything at all, a clause, its language, whether the clause tells of another stage.
STAGES = [
    ("When did the president sign the law?", "en", False, "parliament adopted it on 27 May", "en", True),
    ("When did the president sign the law?", "en", False, "he signed it on 3 June", "en", False),
    ("When did the president sign the law?", "en", False, "Госдума приняла закон 27 мая", "ru", True),
    ("Когда президент подписал закон?", "ru", False, "Госдума приняла закон 27 сентября", "ru", True),
    ("Когда президент подписал закон?", "ru", False, "президент подписал закон 3 октября", "ru", False),
    ("Когда закон вступит в силу?", "ru", False, "закон подписали 3 октября", "ru", True),
    ("Когда закон вступит в силу?", "ru", False, "закон вступит в силу 1 января", "ru", False),
    ("Президент заңға қашан қол қойды?", "kk", False, "Мәжіліс заңды 27 мамырда қабылдады", "kk", True),
    ("Президент заңға қашан қол қойды?", "kk", False, "Президент заңға 3 маусымда қол қойды", "kk", False),
    ("When was the law adopted?", "en", False, "it was signed on 3 June", "en", False),  # what is signed was adopted
    ("When was the law adopted?", "en", False, "it was discussed on 3 May", "en", True),
    ("Who proposed the tax?", "en", False, "her proposal was turned down", "en", False),
    ("Who proposed the tax?", "en", False, "the council approved it", "en", True),
    ("What did the board decide about the list?", "en", True, "the board discussed dropping the list", "en", True),
    (
        "What did the board decide about the list?",
        "en",
        True,
        "it discussed the list and decided to close it",
        "en",
        False,
    ),
    ("Что решил совет о парке?", "ru", True, "совет обсудил закрытие парка", "ru", True),
    ("Что решил совет о парке?", "ru", True, "совет одобрил закрытие парка", "ru", False),
    ("Кеңес саябақ туралы не шешті?", "kk", True, "кеңес саябақты жабуды талқылады", "kk", True),
    ("What did the board discuss?", "en", True, "the board approved the budget", "en", False),
    ("Which proposals were discussed and adopted?", "en", False, "two were signed", "en", False),
    ("When was the fair?", "en", False, "the fair was discussed on 3 May", "en", False),
]


@pytest.mark.parametrize(("question", "asked_in", "is_open", "clause", "told_in", "is_other"), STAGES)
def test_what_is_told_of_another_stage_does_not_answer(
    question: str, asked_in: str, is_open: bool, clause: str, told_in: str, is_other: bool
) -> None:
    assert AskedStage(question, asked_in, is_open=is_open).is_other(clause, told_in) is is_other


def test_the_stages_stand_in_one_order_in_every_language() -> None:
    assert {len(each.statements.stages) for each in RECORDS.values()} == {5}
