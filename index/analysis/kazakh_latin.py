"""Kazakh in Latin letters: tells it from other languages and writes it in Cyrillic, as most Kazakh articles are.

Three alphabets are in use: that of 2017 with apostrophes (ja'ne), that of 2018 with acutes (jáne), that of 2021 with
diaereses (jäne). They agree but for и, й, і and у: 2018 has i for і, ı for и and й, ý for у; 2021 has, by the book,
ı for і, i for и and й, u for у, while many write i for і too. Where a text does not show which it is, vowel harmony
decides: і stands in words of front vowels only.
"""

import functools
import re

_APOSTROPHES = "'’ʼʻ`´"
_APOSTROPHE_LETTERS = dict(zip("agnoucsiy", "әғңөүчшїў", strict=True))  # ї: и or й, ў: у
_MARKED = re.compile(rf"([agnoucsiy])[{_APOSTROPHES}]")
_LATIN_WORD = re.compile(rf"[a-zà-ỿə]+(?:[{_APOSTROPHES}][a-zà-ỿə]*)*", re.IGNORECASE)
_OWN = "áǵńóúýäğñöūüşı"
_FOREIGN = re.compile(r"[^\x00-\x7fáǵńóúýäğñöūüşıçəʼ’ʻ´]|[wx]|qu")
_Y_IS_A_VOWEL = re.compile(r"(?:^|[^aeiouyáäóöúüūıý])y(?![aeiouáäóöúüūı])")
_MARK = re.compile(rf"q(?!u)|[{_OWN}]|[agnoucsiy][{_APOSTROPHES}]")
_FREQUENT = frozenset(
    "және бұл үшін бір жаңа қанша қандай қашан қайда қазақ қазақстан арқылы жылы туралы бойынша болды болып болады деп "
    "тағы оның оны осы сондай жүйе көп өз ең қала теңге мың жүз екі үш бес адам кейін керек неге неше кім".split()
)
_ASKING = frozenset("қанша қандай қашан қайда қалай".split())  # one of them is enough in a short question
_LEAST_SHARE = 0.15  # of a text's words; of Kazakh ones about half tell themselves
_LEAST_WORDS = 2
_LOOKED_AT = 10_000  # characters
_KEPT = 1 << 14  # words whose signs are kept: a text repeats its words

_DIGRAPHS = (("sh", "ш"), ("ch", "ч"), ("zh", "ж"), ("kh", "х"))
_LETTERS = str.maketrans(
    dict(zip("abdefghjklmnopqrstvyz", "абдефгхжклмнопқрствыз", strict=True))
    | {"á": "ә", "ä": "ә", "ə": "ә", "ǵ": "ғ", "ğ": "ғ", "ń": "ң", "ñ": "ң", "ó": "ө", "ö": "ө", "ú": "ү", "ü": "ү"}
    | {"ū": "ұ", "ý": "ў", "ş": "ш", "ç": "ч", "w": "ў", "x": "х", "c": "ц"}
)
_FRONT, _BACK = re.compile("[әөүе]"), re.compile("[аоұыў]")
_AFTER_A_VOWEL = re.compile("(?<=[аәеоөұүыіиу])ї")


def is_kazakh(text: str, least: int = _LEAST_WORDS) -> bool:
    """Whether a text in Latin letters is Kazakh: by its frequent words, and by y as a vowel in words with q or marks.

    Args:
        least: how many such words it must have; 1 where something else says that it is Kazakh.

    >>> is_kazakh("Mektepte qansha oqýshy oqıdy?"), is_kazakh("Köpirdiñ ūzyndyğy qansha?"), is_kazakh("Who is he?")
    (True, True, False)
    """
    found = [word.lower() for word in _LATIN_WORD.findall(text[:_LOOKED_AT])]
    kazakh = sum(map(_kazakh_sign, found))
    foreign = sum(map(_is_foreign, found))
    return kazakh >= max(least, _LEAST_SHARE * len(found)) and kazakh > 2 * foreign


@functools.lru_cache(_KEPT)
def _kazakh_sign(word: str) -> int:
    """For how many Kazakh words a lower-case word counts."""
    cyrillic = to_cyrillic(word)
    if cyrillic in _ASKING:
        return _LEAST_WORDS
    if _is_foreign(word):
        return 0
    return bool(_Y_IS_A_VOWEL.search(word) and _MARK.search(word)) or cyrillic in _FREQUENT


@functools.lru_cache(_KEPT)
def _is_foreign(word: str) -> bool:
    return bool(_FOREIGN.search(word))


def to_cyrillic(text: str) -> str:
    """Kazakh words in Latin letters as they are written in Cyrillic; all else stays.

    >>> to_cyrillic("Qazaqstannyń jańa zańy"), to_cyrillic("jäne köpirdiñ ūzyndyğy"), to_cyrillic("ja'ne u's'in")
    ('Қазақстанның жаңа заңы', 'және көпірдің ұзындығы', 'және үшін')
    """
    return aligned(text)[0]


def aligned(text: str) -> tuple[str, list[int]]:
    """What `to_cyrillic` gives, and the place in the text of each of its letters and of its end: of a word, that of its beginning.

    >>> aligned("Shy 3")
    ('Шы 3', [0, 0, 3, 4, 5])
    """
    has_acutes = bool(re.search("[áǵńóúý]", text, re.IGNORECASE))
    has_diaereses = bool(re.search("[äğñöūüş]", text, re.IGNORECASE)) and not has_acutes
    is_by_the_book = has_diaereses and "ı" in text

    def written(latin: str) -> str:
        word = latin.replace("İ", "i").replace("I", "ı" if is_by_the_book else "i").lower()
        word = _word(word, is_by_the_book=is_by_the_book, has_diaereses=has_diaereses)
        return word.capitalize() if latin[0].isupper() else word

    pieces: list[str] = []
    places: list[int] = []
    end = 0
    for found in _LATIN_WORD.finditer(text):
        word = written(found[0])
        pieces += text[end : found.start()], word
        places += [*range(end, found.start()), *[found.start()] * len(word)]
        end = found.end()
    return "".join(pieces) + text[end:], [*places, *range(end, len(text) + 1)]


def _word(word: str, *, is_by_the_book: bool, has_diaereses: bool) -> str:
    """One word; in between, ї is what may be и or й, ў is у, and i and u are still undecided."""
    word = _MARKED.sub(lambda found: _APOSTROPHE_LETTERS[found[1]], word)
    word = re.sub("ts(?=[ıi][ıia])", "ц", word)
    for pair, letter in _DIGRAPHS:
        word = word.replace(pair, letter)
    word = word.replace("u", "ў" if has_diaereses else "u").translate(_LETTERS)
    if is_by_the_book:
        word = word.replace("ı", "і").replace("i", "ї")
    word = word.replace("ı", "ї").replace("u", "ұ")
    if "i" in word:
        word = word.replace("i", "ї" if _BACK.search(word) and not _FRONT.search(word) else "і")
    word = re.sub("їїа", "ия", word)
    word = re.sub("їа", "я", word)
    word = re.sub("(?<=[аәеоөұүы])і(?![а-яёәғқңөұүһі])", "й", word)
    word = _AFTER_A_VOWEL.sub("й", word.replace("ў", "у"))
    return re.sub(f"[{_APOSTROPHES}]", "", word.replace("ї", "и"))
