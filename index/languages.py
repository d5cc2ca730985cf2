"""Tells English, Russian and Kazakh apart: the script first, then letters, then small words."""

import re

LANGUAGES = ("en", "ru", "kk")

# Letters that Kazakh has and Russian has not. і also occurs in Ukrainian, һ hardly anywhere else.
KAZAKH_LETTERS = frozenset("әғқңөұүһіӘҒҚҢӨҰҮҺІ")

# Frequent words that contain none of those letters; some questions have nothing else to go by.
_KAZAKH_WORDS = frozenset(
    [
        "бар",
        "болады",
        "болды",
        "дейді",
        "деген",
        "деп",
        "емес",
        "едi",
        "екен",
        "жаңа",
        "жатыр",
        "кеш",
        "ма",
        "ме",
        "ба",
        "бе",
        "па",
        "пе",
        "мен",
        "неше",
        "не",
        "туралы",
        "осы",
        "сол",
        "бойынша",
        "бас",
        "бол",
        "айтты",
        "кандай",
        "жыл",
        "саны",
        "кезде",
        "кейін",
        "дейін",
        "оның",
        "ол",
        "бір",
        "екi",
        "алды",
        "алдын",
        "тағы",
        "неге",
        "неден",
        "кашан",
        "каша",
    ]
)
_RUSSIAN_WORDS = frozenset(
    [
        "и",
        "в",
        "во",
        "не",
        "на",
        "что",
        "с",
        "со",
        "как",
        "а",
        "по",
        "но",
        "из",
        "у",
        "за",
        "от",
        "о",
        "об",
        "для",
        "это",
        "при",
        "до",
        "или",
        "если",
        "кто",
        "где",
        "когда",
        "сколько",
        "какой",
        "какая",
        "какие",
        "какое",
        "чем",
        "чего",
        "почему",
        "зачем",
        "сказал",
        "его",
        "её",
        "их",
        "был",
        "была",
        "были",
        "будет",
        "есть",
        "ли",
    ]
)
_WORD = re.compile(r"[^\W\d_]+")


def detect(text: str) -> str:
    """The language of a text, `en`, `ru` or `kk`.

    Cyrillic text counts as Kazakh when at least one letter in a hundred is one that Russian lacks, or, where
    there is none, when it holds more Kazakh than Russian small words. Text in any other script counts as English.

    >>> detect("Қанша заң өзгереді?"), detect("Сколько законов изменится?"), detect("How many laws?")
    ('kk', 'ru', 'en')
    """
    letters = [c for c in text if c.isalpha()]
    cyrillic = sum("Ѐ" <= c <= "ӿ" for c in letters)
    if 2 * cyrillic <= len(letters):
        return "en"
    kazakh = sum(c in KAZAKH_LETTERS for c in letters)
    if kazakh:
        return "kk" if 100 * kazakh >= cyrillic else "ru"
    words = {word.lower() for word in _WORD.findall(text[:10_000])}
    return "kk" if len(words & _KAZAKH_WORDS) > len(words & _RUSSIAN_WORDS) else "ru"
