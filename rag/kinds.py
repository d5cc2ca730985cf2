"""Tells what kind of answer a question wants (a number, a time, a count of a thing) and whether a sentence has it."""

import re

from index import stems
from index.terms import words

_WANTS_NUMBER = re.compile(
    r"\b(?:how (?:many|much|large|big)|what (?:number|share|part)|скольк\w*|неше\w*|нешінші|қанша\w*)\b", re.I
)
_WANTS_TIME = re.compile(
    r"\b(?:when|what (?:day|date|month|year)|since when|когда|какого числа|в каком (?:году|месяце)|қашан\w*|қай (?:күні|жылы|айда|кезде))\b",
    re.I,
)
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


def kind_missing(question: str, sentence: str) -> bool:
    """Whether a question wants a number or a time and a sentence holds none.

    >>> kind_missing("How many laws?", "Some laws change."), kind_missing("How many laws?", "Fifty laws change.")
    (True, False)
    """
    if _WANTS_NUMBER.search(question):
        return not _NUMBER.search(sentence)
    return bool(_WANTS_TIME.search(question)) and not _TIME.search(sentence)


_HOW_MANY = re.compile(r"\b(?:how many|скольк(?:о|их|им|ими)|қанша|неше)\s+((?:\w+[\s-]?){1,3})", re.IGNORECASE)
_COUNTED_WITHIN = 5  # words after a number


def counts_asked_thing(question: str, sentence: str, language: str) -> bool | None:
    """Whether a sentence counts what a question asks the number of; None if it asks for no such number.

    The thing is one of the two words after "how many"; it is counted where it follows a number within five words.

    >>> counts_asked_thing("How many laws must change?", "At least ten constitutional laws must.", "en")
    True
    """
    asked = _HOW_MANY.search(question)
    if not asked:
        return None
    things = set(stems(asked[1], language)[:2])
    spoken = words(sentence)
    numbers = [at for at, word in enumerate(spoken) if _NUMBER.match(word)]
    heard = [set(stems(word, language)) for word in spoken]
    return any(
        things & heard[near] for at in numbers for near in range(at + 1, min(at + 1 + _COUNTED_WITHIN, len(heard)))
    )
