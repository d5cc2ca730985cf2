"""The languages that Kenes knows, one file each: a new language is a new file and a line here."""

from collections.abc import Callable

from index.analysis.languages.en import ENGLISH
from index.analysis.languages.kk import KAZAKH
from index.analysis.languages.record import Language
from index.analysis.languages.ru import RUSSIAN

RECORDS = {language.code: language for language in (ENGLISH, RUSSIAN, KAZAKH)}
LANGUAGES = tuple(RECORDS)


def record(code: str) -> Language:
    """What is known of a language; of English for any other.

    >>> record("kk").names >= {"kaz", "kz"}, record("de").code
    (True, 'en')
    """
    return RECORDS.get(code, ENGLISH)


def language_of(code_or_name: str) -> str | None:
    """The code of the language that somebody calls so, None if it is none of ours.

    >>> [language_of(each) for each in ("kaz", "kk-KZ", "Қазақша", "en_GB", "Русский", "de")]
    ['kk', 'kk', 'kk', 'en', 'ru', None]
    """
    name = code_or_name.casefold().strip().replace("_", "-")
    primary = name.partition("-")[0]
    first_word = name.partition(" ")[0]  # "қазақ тілі", "kazakh (cyrillic)"
    for language in RECORDS.values():
        if {name, primary, first_word} & {language.code, *language.names}:
            return language.code
    return None


def in_any(pattern: Callable[[Language], str]) -> str:
    """One regular expression of those of all languages.

    >>> in_any(lambda language: language.layout.pictures).count("фото")
    3
    """
    return "|".join(pattern(language) for language in RECORDS.values())


def words_of_any(words: Callable[[Language], frozenset[str]]) -> frozenset[str]:
    """The words of all languages together."""
    return frozenset().union(*(words(language) for language in RECORDS.values()))
