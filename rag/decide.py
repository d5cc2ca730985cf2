"""Decides: how likely a sentence answers a question, and from where on that is said.

The confidence is a logistic regression over a few features of question and sentence. Its weights and thresholds
are made from the questions in `eval/calibration.jsonl` by `python -m eval.calibrate`, and kept in `confidence.json`.
"""

import functools
import json
import math
import re
from collections.abc import Mapping
from dataclasses import astuple, dataclass
from pathlib import Path

from index import terms
from index.terms import words

CONFIDENCE = Path(__file__).with_name("confidence.json")


@dataclass(frozen=True, slots=True)
class Features:
    """What the confidence is made of.

    Attributes:
        judged: the judge's log-odds that the sentence answers.
        cosine: of the question's vector and the sentence's.
        lead: that cosine minus the mean over all sentences read for the question.
        overlap: share of the question's words in the sentence, rare words counting more; 0 across languages.
        same_language: 1 if question and document are in one language, else 0.
        kind_missing: 1 if the question wants a number or a time and the sentence has none, else 0.
        counted: 1 if the question asks how many of a thing and the sentence counts just that thing, else 0.
        uncounted: 1 if it asks so in the sentence's language and the sentence does not count that thing, else 0.
    """

    judged: float
    cosine: float
    lead: float
    overlap: float
    same_language: float
    kind_missing: float
    counted: float
    uncounted: float


@dataclass(frozen=True, slots=True)
class Model:
    """Weights in the order of `Features`, a bias, and for each language of questions the confidence from which on one
    counts as answered.
    """

    weights: tuple[float, ...]
    bias: float
    thresholds: Mapping[str, float]

    @classmethod
    @functools.cache
    def load(cls) -> "Model":
        """Read the model that ships with the project, once."""
        row = json.loads(CONFIDENCE.read_text("utf-8"))
        return cls(tuple(row["weights"].values()), row["bias"], row["thresholds"])

    def confidence(self, features: Features) -> float:
        """Probability, 0 to 1, that the sentence answers: the logistic function of the weighted sum."""
        total = self.bias + sum(w * x for w, x in zip(self.weights, astuple(features), strict=True))
        return 1 / (1 + math.exp(-max(-50.0, min(50.0, total))))


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
    things = set(terms(asked[1], language)[:2])
    spoken = words(sentence)
    numbers = [at for at, word in enumerate(spoken) if _NUMBER.match(word)]
    stems = [set(terms(word, language)) for word in spoken]
    return any(
        things & stems[near] for at in numbers for near in range(at + 1, min(at + 1 + _COUNTED_WITHIN, len(stems)))
    )
