"""Turns text into the words that the lexical index counts, language by language."""

import functools
import re
import unicodedata
from collections.abc import Callable, Iterable, Sequence

from index.analysis import kazakh_latin
from index.analysis.languages import RECORDS, record
from index.analysis.name_keys import MARK, name_keys
from index.analysis.numerals import number_terms, numerals_in
from index.analysis.unicode import without_lookalikes

_STRESS = re.compile("(?<=[Ѐ-ӿ])[\u0300\u0301]")  # правово́е; й and ё are made with other marks
_GROUPED = re.compile(r"(?<![\d.,])\d{1,3}(?:[ \u00a0\u202f,]\d{3})+(?!\d)")  # 10 000 and 10,000 are 10000
_ABBREVIATION = re.compile(r"(?<![\w.])(?:[^\W\d_]\.-?){2,}(?:[^\W\d_](?!\w))?|(?<![\w.])[^\W\d_]\.[^\W\d_](?!\w)")
_APOSTROPHE = re.compile(r"(?<=\w)['’ʼ](?:s\b|(?=\w))")
_HYPHEN = re.compile("[-‐‑]")
_HYPHENATED = re.compile(r"(?<!\w)[^\W\d_]{2,}(?:[-‐‑][^\W\d_]{2,})+")
_WORD = re.compile(r"\w+(?:[.,]\d+)*")
_CAPITAL = re.compile(r"[^\W\d_]\w+")
_CYRILLIC = re.compile("[Ѐ-ԯ]+")

_SHORT = 3  # words in a question that is little more than a name
_EMPHASIS = 2  # more times that the name in it is looked for; a word of the articles' language counts twice anyway

# Words that ask; an article that happens to hold them is no nearer to an answer.
_ASKING = frozenset(word for language in RECORDS.values() for word in language.question_words)


def terms(text: str, language: str) -> list[str]:
    """The index terms of a text: the stems of its words in their order, then other ways to write the same.

    English and Russian words are stemmed with Snowball, Kazakh ones by `index.analysis.kazakh_stemmer`. The parts of a hyphenated word
    are also one word, numbers in words also stand in digits (`index.analysis.numerals`), and every word of four letters or
    more also as the key that all spellings of a name share (`index.analysis.name_keys`).

    >>> terms("Ten laws must change; 10,000 letters", "en")[:6]
    ['ten', 'law', 'must', 'chang', '10000', 'letter']
    >>> terms("Двадцать пять в Нур-Султане", "ru")[5:]
    ['нурсултан', '≈nursltan', '25', '≈dvadcat', '≈pat', '≈sultan']
    """
    text = readable(text, language)
    plain = _simplified(text)
    found = _WORD.findall(plain)
    return _stems(found, language) + _joined(plain, language) + number_terms(text, language) + _keys(found, language)


def figures(text: str, language: str) -> frozenset[str]:
    """The numbers in a text, in digits; a lone "one" is none.

    >>> sorted(figures("over fifty of the 1,600 laws", "en"))
    ['1600', '50']
    """
    found = numerals_in(readable(text, language), language)
    return frozenset(each.digits for each in found if each.value != 1 or text[each.start].isdigit())


def query_terms(text: str, language: str) -> list[str]:
    """The terms to look for: those of the question's language and of the others that share its letters.

    Russian and Kazakh articles share names and numbers, but each language cuts its words its own way. Words that only
    ask ("which", сколько, дегеніміз) are left out, unless there is nothing else. Each term comes once, but for
    names in a short question: an index that adds up a score for every term then gives them more weight.
    """
    text = readable(text, language)
    plain = _simplified(text)
    found = _WORD.findall(plain)
    found = [word for word in found if word not in _ASKING] or found
    is_cyrillic = record(language).cyrillic
    languages = [each.code for each in RECORDS.values() if each.cyrillic == is_cyrillic]
    looked = [term for each in languages for term in _stems(found, each) + _joined(plain, each)]
    looked += number_terms(text, language)
    looked += [key for each in languages for key in _keys(found, each)]
    names = [key for each in languages for key in _keys(_capitalised(text, found), each)]
    return list(dict.fromkeys(looked)) + list(dict.fromkeys(names)) * (_EMPHASIS if len(found) <= _SHORT else 0)


def stems(text: str, language: str) -> list[str]:
    """The stems of a text's words alone, in their order: for comparing two texts of one language word by word.

    >>> stems("Updated laws", "en")
    ['updat', 'law']
    """
    return _stems(words(readable(text, language)), language)


def stem(word: str, language: str) -> str:
    """The stem of one word in small letters without marks, as `words` gives them: a hundred are tried for one slip."""
    return _stemmer(language)(word)


def readable(text: str, language: str) -> str:
    """A text in the letters of its language: without Latin twins in Cyrillic words, Kazakh in Cyrillic.

    >>> readable("Mektepte 320 oqýshy bar", "kk")
    'Мектепте 320 оқушы бар'
    """
    return legible(text, language)[0]


def legible(text: str, language: str) -> tuple[str, Sequence[int]]:
    """What `readable` gives, and the place in the text of each of its letters and of its end."""
    text = without_lookalikes(text)
    if language == "kk" and _is_latin(text) and kazakh_latin.is_kazakh(text, least=1):
        return kazakh_latin.aligned(text)
    return text, range(len(text) + 1)


def _is_latin(text: str) -> bool:
    cyrillic = len(text) - len(_CYRILLIC.sub("", text))
    return 2 * cyrillic < len(text) and 2 * cyrillic < sum(map(str.isalpha, text))


def shared_words(question: str, language: str, text: str, text_language: str) -> list[tuple[str, str]]:
    """Words of a question with the first word of a text that stands for the same term, however it is spelled; then the
    numbers that both have, in digits.

    >>> shared_words("Tokayev on reform", "en", "Реформа Токаева", "ru")
    [('tokayev', 'токаева'), ('reform', 'реформа')]
    """
    looked = set(query_terms(question, language))
    shared = looked.intersection(terms(text, text_language))
    numbers = {term: term for term in sorted(shared) if term[0].isdigit()}  # often of several words
    meant = {
        term: word
        for word in reversed(words(text))
        for term in shared.intersection(_stems([word], text_language) + _keys([word], text_language))
    }
    pairs = {
        word: meant[term]
        for word in words(question)
        for term in reversed(query_terms(word, language))
        if term in meant and term not in numbers
    }
    return [*pairs.items(), *numbers.items()]


def words(text: str) -> list[str]:
    """Lower-case words and numbers of a text, compatibility forms folded, ё written е.

    Stress marks, dots in abbreviations, apostrophes and the possessive 's go.

    >>> words("The U.S. and Tokayev's правово́е, 10 000")
    ['the', 'us', 'and', 'tokayev', 'правовое', '10000']
    """
    return _WORD.findall(_simplified(text))


def _simplified(text: str) -> str:
    text = unicodedata.normalize("NFKC", _STRESS.sub("", text)).lower().replace("ё", "е")
    if "." in text:
        text = _ABBREVIATION.sub(lambda found: re.sub(r"[.-]", "", found[0]) + " ", text)
    text = _GROUPED.sub(lambda found: re.sub(r"\D", "", found[0]), text)
    return _APOSTROPHE.sub("", text)


def _stems(found: Iterable[str], language: str) -> list[str]:
    stem = _stemmer(language)
    return [word.replace(",", ".") if word[0].isdigit() else stem(word) for word in found]


def _joined(plain: str, language: str) -> list[str]:
    """Hyphenated words as one: single-chamber is singlechamber too, Катон-Карагай is катонкарагай."""
    whole = [_HYPHEN.sub("", word) for word in _HYPHENATED.findall(plain)]
    return _stems(whole, language) + _keys(whole, language)


def _keys(found: Iterable[str], language: str) -> list[str]:
    return [MARK + key for word in found for key in name_keys(word, language)]


def _capitalised(text: str, among: Iterable[str]) -> list[str]:
    """Those of some words that a text writes with a capital."""
    capital = set(words(" ".join(word for word in _CAPITAL.findall(text) if word[0].isupper())))
    return [word for word in among if word in capital]


@functools.cache
def _stemmer(language: str) -> Callable[[str], str]:
    return record(language).stemmer()
