"""Tells English, Russian and Kazakh apart: the script first, then letters, then small words."""

import re

LANGUAGES = ("en", "ru", "kk")

# Letters that Kazakh has and Russian has not. і also occurs in Ukrainian, һ hardly anywhere else.
KAZAKH_LETTERS = frozenset("әғқңөұүһіӘҒҚҢӨҰҮҺІ")

# Frequent words that contain none of those letters; some questions have nothing else to go by.
_KAZAKH_WORDS = frozenset(
    "айтты ал алды алдын ба бар бас бе бойынша бол болады болды да де деген деп екен емес жаңа "
    "жатыр жыл кандай каша кашан кезде кеш ма ме мен неге неден неше не ол он оны оның осы па пе саны сол тағы туралы".split()
)
_RUSSIAN_WORDS = frozenset(
    "а была были было быть в во где да до его ее если есть за и из или их к как какая какие какое какой какую когда кто "
    "ли на не но о об от по почему при с сказал сколько со у что чего чем это для будет будут зачем".split()
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
