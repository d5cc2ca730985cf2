"""Tells what kind of answer a question wants (a number, a time, a person) and how often words name one."""

import re

_WANTS_NUMBER = re.compile(
    r"\b(?:how (?:many|much|large|big)|what (?:number|share|part)|скольк\w*|неше\w*|нешінші|қанша\w*)\b", re.I
)
_WANTS_TIME = re.compile(
    r"\b(?:when|what (?:day|date|month|year)|since when|когда|какого числа|в каком (?:году|месяце)|қашан\w*|қай (?:күні|жылы|айда|кезде))\b",
    re.I,
)
_WANTS_PERSON = re.compile(r"^\W*(?:who|whom|whose|кто|кого|кем|кому|кім\w*)\b|\b(?:кім|кімнің|кімді)\b", re.I)
_NUMBER = re.compile(
    r"\d|\b(?:one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|\w+teen|twenty|thirty|forty|fifty|sixty|"
    r"seventy|eighty|ninety|hundreds?|thousands?|millions?|half|thirds?|quarters?|dozens?|both|single|"
    r"од(?:ин|н[аоуи]\w*)|дв(?:а|е|у|ум|ух|умя)|тр(?:и|е|ем|ех|емя)|четыр\w+|пят(?:ь|и|ью)|пятьдесят|пятидесяти|"
    r"шест(?:ь|и)\w*|сем(?:ь|и|ью)|семьдесят|восем\w+|восьм\w+|девят\w+|десят\w+|двадцат\w+|тридцат\w+|сорока?|"
    r"сто|ста|сотн\w+|полсотни|двест\w+|тысяч\w*|миллион\w*|половин\w+|трет(?:ь|и|ей)|"
    r"бір|екі\w*|үш\w*|төрт\w*|бес|алты\w*|жеті\w*|сегіз\w*|тоғыз\w*|он|онға?|жиырма\w*|отыз\w*|қырық\w*|елу\w*|"
    r"алпыс\w*|жетпіс\w*|сексен\w*|тоқсан\w*|жүз|мың\w*|миллион\w*|жарты\w*)\b",
    re.IGNORECASE,
)
_TIME = re.compile(
    r"\d|\b(?:january|february|march|april|may|june|july|august|september|october|november|december|"
    r"today|tomorrow|yesterday|day|week|month|months|year|years|monday|tuesday|wednesday|thursday|friday|saturday|sunday|"
    r"январ\w+|феврал\w+|март\w*|апрел\w+|ма[йя]|июн\w+|июл\w+|август\w*|сентябр\w+|октябр\w+|ноябр\w+|декабр\w+|"
    r"сегодня|завтра\w*|вчера\w*|д(?:ень|ня|ни|ней)|недел\w+|месяц\w*|год\w*|лет|накануне|"
    r"қаңтар\w*|ақпан\w*|наурыз\w*|сәуір\w*|мамыр\w*|маусым\w*|шілде\w*|тамыз\w*|қыркүйек\w*|қазан\w*|қараша\w*|"
    r"желтоқсан\w*|бүгін\w*|ертең\w*|кеше\w*|күн\w*|апта\w*|ай|айда\w*|жыл\w*)\b",
    re.IGNORECASE,
)


_PERSON = re.compile(
    r"[^\W\d_a-zа-яёәғқңөұүһі]|\b(?:presidents?|(?:vice-|deputy )?ministers?|deput(?:y|ies)|senators?|speakers?|chair\w*|heads?|"
    r"leaders?|members?|experts?|lawyers?|judges?|citizens?|people|voters?|officials?|authors?|commission|committee|"
    r"groups?|government|parliament|part(?:y|ies)|council|ministry|offices?|authorities|everyone|nobody|no one|"
    r"президент\w*|министр\w*|министерств\w*|депутат\w*|сенатор\w*|спикер\w*|председател\w*|глав\w*|член\w*|эксперт\w*|юрист\w*|"
    r"судь\w*|граждан\w*|люд\w*|народ\w*|избирател\w*|чиновник\w*|автор\w*|комисси\w*|комитет\w*|групп\w*|правительств\w*|"
    r"парламент\w*|парти\w*|совет\w*|власт\w*|все|никто|"
    r"төраға\w*|төрайым\w*|мүше\w*|сарапшы\w*|заңгер\w*|азамат\w*|адам\w*|халы[қғ]\w*|сайлаушы\w*|үкімет\w*|топ\w*|кеңес\w*|"
    r"басшы\w*|ешкім)\b"
)

A_NUMBER = "a number"
_KINDS = (
    (A_NUMBER, _WANTS_NUMBER, _NUMBER),
    ("a time", _WANTS_TIME, _TIME),
    ("a person or a body", _WANTS_PERSON, _PERSON),
)


def wanted(question: str) -> str | None:
    """The kind of answer that a question asks for, in words, or None if it could be anything.

    >>> wanted("How many laws?"), wanted("Кто выступил?"), wanted("Why?")
    ('a number', 'a person or a body', None)
    """
    return next((name for name, asks, _ in _KINDS if asks.search(question)), None)


def count_kind(kind: str, words: str) -> int:
    """How many numbers are named in words, if the kind that `wanted` tells is a number; else 1 if any such thing is, or 0.

    >>> count_kind("a number", "some laws"), count_kind("a number", "ten laws and fifty codes")
    (0, 2)
    """
    found = next(len(names.findall(words)) for name, _, names in _KINDS if name == kind)
    return found if kind == A_NUMBER else min(1, found)
