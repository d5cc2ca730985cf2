"""Which articles tell of another thing than a question names: of the mill at Orvik, not of that at Lund."""

from concurrent.futures import Future

import pytest

from index import Chunk, Document, Embedded
from rag.types import Passage, Query
from rag.verdict.named_things import NamedThings

MILLS = "In April the mill at Orvik burned. The mill employs 75 people.", "Today the old mill at Selwick is shut."
КЛУБЫ = "Вчера тренер клуба «Метеор» Лев Ким ушёл.", "Говорят, у клуба «Звезда» нет денег."
ШКОЛЫ = "Кеше Талдысу мектебінде 300 бала оқыды.", "Енді Қарашоқы мектебінде су бар."
STORMS = "Storm Adele hit Lund on Friday.", "Storm Berta hit Lund in May."
SHIPS = "The ship Heron-2 weighs 80 tonnes.", "Yesterday the ship Heron-1 left."


def allowed(question: str, language: str, *texts: str) -> list[bool]:
    """Of each of some articles, whether it may tell of what a question names."""
    found = []
    for at, text in enumerate(texts):
        document = Document(str(at), "Report", text, None, None, None, language, "")
        found.append(Passage(Chunk(str(at), 0, 0, len(text), text), document, 1, 1.0, {}))
    things = NamedThings(Query(question, language, (), {}, Future[Embedded]()), found)
    return [things.allows(each.document) for each in found]


@pytest.mark.parametrize(
    ("language", "question", "texts", "expected"),
    [
        ("en", "How many people does the Selwick mill employ?", MILLS, [False, True]),
        ("en", "How many people does the mill at Orvik employ?", MILLS, [True, False]),
        ("en", "How many people does the mill at Torby employ?", MILLS, [True, True]),  # no article names it
        ("en", "Did it rain in Selwick?", MILLS, [True, True]),  # no article tells of rain elsewhere
        ("ru", "Кто тренер клуба «Звезда»?", КЛУБЫ, [False, True]),
        ("ru", "Кто тренер клуба «Метеор»?", КЛУБЫ, [True, False]),
        ("kk", "Қарашоқы мектебінде қанша бала оқиды?", ШКОЛЫ, [False, True]),
        (
            "en",
            "How many trees did Storm Berta fell?",
            STORMS,
            [False, True],
        ),  # named storms differ by their second word
        ("en", "How much does Heron-1 weigh?", SHIPS, [False, True]),
        ("en", "How much does Heron-3 weigh?", SHIPS, [False, False]),  # a number is enough
        ("en", "How much does the Heron weigh?", SHIPS, [True, True]),
    ],
)
def test_an_article_of_another_thing_is_not_read(
    language: str, question: str, texts: tuple[str, ...], expected: list[bool]
) -> None:
    assert allowed(question, language, *texts) == expected


def test_a_word_that_merely_begins_a_question_is_no_name() -> None:
    texts = "Жиында түзетулер талқыланды.", "Кеше елдің болашағы туралы Түзетулер кітабы шықты."
    assert allowed("Түзетулер елдің болашағына әсер ете ме?", "kk", *texts) == [True, True]
