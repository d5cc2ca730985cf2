"""Holds the years and numbers that a question names against those around words: what is told of others is no answer."""

import re
from collections.abc import Sequence

from index import Document
from index.analysis.languages import record
from index.analysis.languages.record import whole_words
from index.analysis.numerals import Numeral, numerals_in
from rag.understanding.days import Calendar, published_days, weekdays_in
from rag.understanding.when import Relation, times_in, when

_IN_NAME = re.compile(r"(?:(?<=[^\W\d_])[-–]?|№ ?|(?<=[Nn]o\. )|(?<=number )|(?<=номер )|(?<=нөмірі ))(\d+)")
_YEAR, _CENTURY = re.compile(r"(?<![\d.,])19\d\d(?!\d)"), 100
_RANGE = re.compile(r"(?<![\d.,:–—-])(\d{1,6})(?: ?[–—-] ?| (?:to|до) )(\d{1,6})(?![\d–—-]|[.,:]\d)")
_SCALED = re.compile(r"\d[\d.,\u00a0 ]*\s[^\W\d_]{2,}")  # 74 billion
_BEFORE_LETTERS = re.compile(r"(?<![\w.,])\d+(?=[^\W\d_])")  # 3Com, 5G
_YEARS = re.compile(r"(?<![\d.,])(1[5-9]\d\d|20\d\d)(?:[-–—/](\d\d|\d{4}))?(?!\d|[.,]\d)")

_DOZEN, _SCALES = 12, (10**3, 10**6, 10**9)


def years_in(text: str) -> frozenset[int]:
    """The years from 1500 to 2099 that a text names in digits, both ends of a span included.

    >>> sorted(years_in("from 2019 to 2021, in 2025/26, for 2,000 tenge"))
    [2019, 2021, 2025, 2026]
    """
    return frozenset(year for match in _YEARS.finditer(text) for year in _ends(match[1], match[2]))


def _ends(first: str, last: str | None) -> tuple[int, ...]:
    if not last:
        return (int(first),)
    return int(first), int(last if len(last) == 4 else first[:2] + last)


def tells_other_years(asked: frozenset[int], texts: Sequence[str], document: Document) -> bool:
    """Whether words are told of other years than those asked for.

    A sentence that tells of now is of the year of print. Else the nearest text that names any year decides; in their sentence "in
    May" and "last year" name one, too, as seen from the document's date. Where none does, the document may name the year elsewhere,
    or have been printed in it; a document without a date tells nothing.

    Args:
        asked: the years of the question; none: nothing is another year.
        texts: what stands around the words, nearest first: their sentence, their paragraph, the title.

    >>> clinic = Document("1", "Clinic", "It has 17 doctors.", None, None, "2023-05-01", "en", "")
    >>> tells_other_years(frozenset({2022}), ["It has 17 doctors.", "Clinic"], clinic)
    True
    >>> tells_other_years(frozenset({2023}), ["It has 17 doctors.", "Clinic"], clinic)
    False
    >>> later = Document("2", "Clinic", "", None, None, "2023-02-06", "en", "")
    >>> tells_other_years(frozenset({2022}), ["The November fire hurt 3.", "A fire in 2019 hurt none."], later)
    False
    """
    if not asked or _years_seen(texts[0], document) & asked:
        return False
    if _is_of_print(texts[0], document.language) and document.published and not years_in(texts[0]):
        return int(document.published[:4]) not in asked
    for text in texts:
        told = years_in(text)
        if told:
            return not any(min(told) <= year <= max(told) for year in asked)
    if document.published is None or asked & years_in(document.text):
        return False
    return int(document.published[:4]) not in asked


def _is_of_print(sentence: str, language: str) -> bool:
    """Whether a sentence tells of the day of its article: "320 pupils learn here now"."""
    return bool(whole_words(record(language).statements.now).search(sentence))


def _years_seen(text: str, document: Document) -> frozenset[int]:
    """The years in which the times lie that a text names without a year, last year among them, seen from its document's date."""
    published = published_days(document.published)
    if published is None:
        return frozenset()
    named = (each.time for each in times_in(text, document.language))
    days = (time.days(published.first) for time in named if not (isinstance(time, Calendar) and time.year))
    return frozenset(each.first.year for each in days if each)


def month_asked(question: str, language: str) -> Calendar | None:
    """The month, or the day of a month, in which a question asks what was: not "as of March" or "from March to May".

    >>> month_asked("How many came in March?", "en"), month_asked("How many had come by March?", "en")
    (Calendar(year=None, month=3, day=None, years_on=None, part=None), None)
    """
    asked = when(question, language)
    if asked is None or asked.relation is not Relation.DURING or asked.until is not None:
        return None
    return asked.time if isinstance(asked.time, Calendar) and asked.time.month else None


def tells_other_months(asked: Calendar | None, clause: str, language: str) -> bool:
    """Whether a clause names months or days of them, and what is asked for lies in none.

    >>> asked = month_asked("How many came on 8 March?", "en")
    >>> [tells_other_months(asked, clause, "en") for clause in ("40 came in May", "40 came on 9 March", "40 came from May to June")]
    [True, True, True]
    >>> [tells_other_months(asked, clause, "en") for clause in ("40 came in March", "40 came", "40 came from 1 February to 3 May")]
    [False, False, False]
    """
    if asked is None or asked.month is None:
        return False
    named = [
        each for time in times_in(clause, language) for each in (time.time, time.until) if isinstance(each, Calendar)
    ]
    months = [each.month for each in named if each.month]
    if not months or min(months) < asked.month < max(months):
        return False
    return not any(each.month == asked.month and (not each.day or asked.day in (None, each.day)) for each in named)


def is_to_come(sentence: str, document: Document) -> bool:
    """Whether a sentence tells of what is still to come when its document is printed: its words say so, or a day after that one.

    >>> fair = Document("1", "Fair", "", None, None, "2025-03-04", "en", "")
    >>> [is_to_come(text, fair) for text in ("It was held on 3 March.", "It will be held on Friday.", "Next: 9 March")]
    [False, True, True]
    """
    known = record(document.language).statements
    if whole_words(f"{known.planned}|{known.perhaps_planned}").search(sentence):
        return True
    printed = published_days(document.published)
    days = (each.time.days(printed.first) for each in times_in(sentence, document.language)) if printed else ()
    return printed is not None and any(each.first > printed.last for each in days if each)


def numbers_in(text: str, language: str) -> frozenset[str]:
    """The numbers that a text names, in digits, without its years.

    >>> sorted(numbers_in("In 2019 mill number three made 40 tonnes", "en"))
    ['3', '40']
    """
    years = years_in(text)
    found = (each.digits for each in numerals_in(text, language))
    return frozenset(digits for digits in found if not (digits.isdigit() and int(digits) in years))


def numbers_asked(question: str, language: str) -> frozenset[str]:
    """The numbers that a question names: mill number 3, guests over sixty. Small ones in words say too little: the first, one of them.

    >>> sorted(numbers_asked("Which of the two built the first mill, number 3, for sixty men in 1910?", "en"))
    ['3', '60']
    >>> numbers_asked("Who needs the 74 billion crowns?", "en")
    frozenset({'74000000000'})
    """
    named = numerals_in(question, language)
    scaled = [each for each in named if _SCALED.match(question, each.start, each.end)]
    rest = question
    for each in scaled:
        rest = rest[: each.start] + " " * (each.end - each.start) + rest[each.end :]
    found = {number for digits in re.findall(r"\d[\d.,\u00a0 ]*", rest) for number in numbers_in(digits, language)}
    return frozenset(found | {each.digits for each in named if each in scaled or _tells(question, each, language)})


def _tells(question: str, number: Numeral, language: str) -> bool:
    """Whether a number in words tells what is asked for: no small one, no rank, no measure (how many thousand), and no name (Орта жүз)."""
    words = question[number.start : number.end]
    if number.ordinal or number.value <= _DOZEN or number.value in _SCALES or re.search(r"\d", words):
        return False
    asking = whole_words(record(language).answers.asks_number).search(question)
    is_measure = asking is not None and 0 <= number.start - asking.end() <= 1
    before = question[: number.start].strip()
    is_in_name = re.search(r"\b[^\W\d_a-zа-яёәғқңөұүһі][^\W\d_]*$", before) or (before and not words.islower())
    return not (is_measure or is_in_name)


def tells_other_weekdays(asked: frozenset[int], sentence: str, language: str) -> bool:
    """Whether a sentence names days of the week, and none that is asked for; no day asked for: it does not.

    >>> tells_other_weekdays(frozenset({0}), "He was named on Friday.", "en")
    True
    """
    named = weekdays_in(sentence, language) if asked else frozenset()
    return bool(named) and named.isdisjoint(asked)


def tells_other_numbers(asked: frozenset[str], texts: Sequence[str], language: str) -> bool:
    """Whether words are told of other numbers than those that the question names: mill number 1 for mill number 3.

    Args:
        asked: the numbers of the question; none: nothing is another number.
        texts: what stands around the words, nearest first. The first, their sentence, must name some other number; in the last one,
            their document, the number may stand, too, if the sentence numbers nothing else.

    >>> tells_other_numbers(frozenset("3"), ["Mill number 1 stands.", "Mills", "Mill 3"], "en")
    True
    >>> tells_other_numbers(frozenset("3"), ["The mill stands.", "Mill number 3", ""], "en")
    False
    >>> tells_other_numbers(frozenset("3"), ["They paid 27 million.", "3Com was bought.", ""], "en")
    False
    >>> [tells_other_numbers(frozenset("2"), ["It weighs 62 kg.", title, ""], "en") for title in ("Soyuz-2 is ready", "Soyuz-3")]
    [False, True]
    >>> [tells_other_numbers(frozenset(grade), ["Grades 4 - 6: £30", "", ""], "en") for grade in ("5", "7")]
    [False, True]
    """
    if not asked or not numbers_in(texts[0], language):
        return False
    *near, document = texts
    if not all(asked.isdisjoint(_all_numbers(text, language)) for text in near):
        return False
    if any(_tells_otherwise(text, asked) for text in near):
        return False
    names_another = bool(frozenset(_IN_NAME.findall(texts[0])) - asked)
    return names_another or asked.isdisjoint(_all_numbers(document, language))


def _tells_otherwise(text: str, numbers: frozenset[str]) -> bool:
    """Whether a text tells a number in another way: 14 by "grades 13 to 15", 97 by the year 1997."""
    whole = [int(each) for each in numbers if each.isdigit()]
    ranges = [(int(found[1]), int(found[2])) for found in _RANGE.finditer(text)]
    of_century = {int(year) % _CENTURY for year in _YEAR.findall(text)}
    return not of_century.isdisjoint(whole) or any(first <= each <= last for each in whole for first, last in ranges)


def _all_numbers(text: str, language: str) -> frozenset[str]:
    """The numbers of a text, and those in its names."""
    return numbers_in(text, language).union(_IN_NAME.findall(text), _BEFORE_LETTERS.findall(text))
