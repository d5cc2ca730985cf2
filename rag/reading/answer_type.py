"""The type of answer that a question expects (a number, a time, a person), and how often words name one."""

import re
from enum import StrEnum


class AnswerType(StrEnum):
    """What a question can ask for."""

    NUMBER = "number"
    TIME = "time"
    PERSON = "person"  # or a body, such as a ministry


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

_PATTERNS = {  # what asks for it, and what names one
    AnswerType.NUMBER: (_WANTS_NUMBER, _NUMBER),
    AnswerType.TIME: (_WANTS_TIME, _TIME),
    AnswerType.PERSON: (_WANTS_PERSON, _PERSON),
}


def expected_answer_type(question: str) -> AnswerType | None:
    """The type of answer that a question asks for, or None if it could be anything.

    >>> [expected_answer_type(each) for each in ("How many laws?", "Кто выступил?", "Why?")]
    [<AnswerType.NUMBER: 'number'>, <AnswerType.PERSON: 'person'>, None]
    """
    return next((kind for kind, (asks, _) in _PATTERNS.items() if asks.search(question)), None)


def count_mentions(kind: AnswerType, words: str) -> int:
    """How many numbers words name, if that is the kind; for another kind 1 if they name any, else 0.

    >>> count_mentions(AnswerType.NUMBER, "some laws"), count_mentions(AnswerType.NUMBER, "ten laws and fifty codes")
    (0, 2)
    """
    _, names = _PATTERNS[kind]
    mentions = len(names.findall(words))
    return mentions if kind is AnswerType.NUMBER else min(1, mentions)
