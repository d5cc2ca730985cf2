"""A number that measures something else than is asked for does not answer."""

import pytest

from rag.reading.attributes import AskedAttribute

TEXTS = {
    "en": "The tower is 62 metres high, 9 metres wide. Its lift does 4 metres per second.",
    "ru": "Высота башни 62 метра, ширина 9 метров. Скорость лифта 4 метра в секунду.",
    "kk": "Мұнараның биіктігі 62 метр, ені 9 метр. Лифтінің жылдамдығы секундына 4 метр.",
}
QUESTIONS = {
    "62": {"en": "How high is the tower?", "ru": "Какова высота башни?", "kk": "Мұнараның биіктігі қандай?"},
    "9": {"en": "What is its width?", "ru": "Какова ширина башни?", "kk": "Мұнараның ені қандай?"},
    "4": {"en": "What is the speed of the lift?", "ru": "Какова скорость лифта?", "kk": "Лифт жылдамдығы қандай?"},
}


@pytest.mark.parametrize("number", QUESTIONS)
@pytest.mark.parametrize("asking", TEXTS)
@pytest.mark.parametrize("told", TEXTS)
def test_only_the_number_of_the_attribute_that_is_asked_for_may_answer(number: str, asking: str, told: str) -> None:
    asked, text = AskedAttribute(QUESTIONS[number][asking], asking), TEXTS[told]
    assert [each for each in QUESTIONS if not asked.is_other(text, text.index(each), told)] == [number]


@pytest.mark.parametrize(
    ("question", "text", "is_other"),
    [
        ("How deep was the water?", "The water stood at 3 metres.", False),  # the clause names nothing that is measured
        ("What was the magnitude?", "It hurt 37 people.", True),  # no number is a magnitude unless it is called one
        ("What was the magnitude?", "The quake had magnitude 5.8.", False),
        ("What level did the river reach?", "The water was 5 metres high.", False),
        ("How many people came?", "The hall is 3 metres high.", False),  # nothing measured is asked for
    ],
)
def test_what_is_not_named_may_be_meant_as_a_rule(question: str, text: str, is_other: bool) -> None:
    start = next(at for at, letter in enumerate(text) if letter.isdigit())
    assert AskedAttribute(question, "en").is_other(text, start, "en") is is_other
