"""Makes short reports and questions about them that only one word sets apart from a near miss, in three languages.

`eval/datasets/own/frames.json` holds frames: a sentence with gaps, a question that it answers, and questions that it does not, each
in the same words in English, Russian and Kazakh; and what may fill the gaps, item by item the same in every language
(`town.1` is the second form of an item). A miss is the question with one gap filled otherwise (another crop, year or town), or one that asks for
what the sentence only seems to tell. Question and report may be in two languages.
"""

import json
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cache
from random import Random
from typing import Any

from eval.datasets.own import FOLDER, Row
from eval.training.groups import SHORT, Group, GroupPassage, Span
from index.analysis.languages import LANGUAGES
from index.analysis.sentences import sentences

FRAMES = FOLDER / "frames.json"
OTHER_LANGUAGE = 0.4  # share of groups whose question and reports differ in language
MISSED = 0.5  # share that nothing answers
TITLED = 0.4
LONGER = 0.35  # share of reports that stand inside other text
YEARS = range(2009, 2027)
NUMBER_WORDS = {
    "en": ("Seven", "Nine", "Eleven", "Fourteen", "Twenty", "Thirty-five", "Sixty", "A hundred and twenty"),
    "ru": ("Семь", "Девять", "Одиннадцать", "Четырнадцать", "Двадцать", "Тридцать пять", "Шестьдесят", "Сто двадцать"),
    "kk": ("Жеті", "Тоғыз", "Он бір", "Он төрт", "Жиырма", "Отыз бес", "Алпыс", "Жүз жиырма"),
}
TITLES = {
    "en": ("In brief", "News of the day", "The region"),
    "ru": ("Коротко", "Новости дня", "Регион"),
    "kk": ("Қысқаша", "Күн жаңалығы", "Аймақ"),
}
_GAP = re.compile(r"\{(\w+?)(\d?)(?:\.(\d))?\}")

Fills = Mapping[str, int]  # by gap, such as `town` and `town2`: the number of the item, or the value itself
Frame = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Report:
    """A frame with its gaps filled."""

    frame: Frame
    fills: Fills

    def sentence(self, language: str) -> str:
        """What is reported, in a language."""
        return filled(self.frame[language][0], self.fills, language)

    def question(self, language: str) -> str:
        """The question that the report answers."""
        return filled(self.frame[language][1], self.fills, language)

    def answer(self, language: str) -> str:
        """The words of the sentence that answer it, but for capitals."""
        return filled(self.frame["answer"][language], self.fills, language)


@cache
def load_frames() -> tuple[dict[str, Any], list[Frame]]:
    """What fills the gaps, by gap and language, and the frames."""
    loaded = json.loads(FRAMES.read_text("utf-8"))
    return loaded["slots"], loaded["frames"]


def filled(text: str, fills: Fills, language: str) -> str:
    """A text with its gaps filled, its first letter a capital.

    >>> filled("{crop} of {year}: {n} tonnes", {"crop": 1, "year": 2020, "n": 1400}, "en")
    'Cotton of 2020: 1,400 tonnes'
    """

    def fill(gap: re.Match[str]) -> str:
        return _worded(gap[1], fills[gap[1] + gap[2]], int(gap[3] or 0), language)

    text = _GAP.sub(fill, text)
    return text[:1].upper() + text[1:]


def _worded(name: str, value: int, form: int, language: str) -> str:
    if name in ("n", "m"):
        return f"{value:,}".replace(",", "," if language == "en" else " ")
    if name == "N":
        return NUMBER_WORDS[language][value % len(NUMBER_WORDS[language])]
    if name == "year":
        return str(value)
    if name == "time":
        return f"{value // 60}:{value % 60:02}" if language == "en" else f"{value // 60}.{value % 60:02}"
    forms: list[str] = load_frames()[0][name][language][value].split("|")
    return forms[min(form, len(forms) - 1)]


def draw(frame: Frame, chance: Random) -> Report:
    """A frame with gaps filled by chance; `town` and `town2` differ."""
    fills: dict[str, int] = {}
    for name, number in _gaps(json.dumps(frame)):
        taken = {value for gap, value in fills.items() if gap.rstrip("23") == name}
        fills[name + number] = chance.choice([value for value in _values(name, chance) if value not in taken])
    if "m" in fills:
        fills["n"] = fills["m"] + chance.randrange(2, 900)
    return Report(frame, fills)


@cache
def _gaps(frame: str) -> tuple[tuple[str, str], ...]:
    """The gaps of a frame: names, each with the number after it or ""."""
    return tuple(sorted({(name, number) for name, number, _ in _GAP.findall(frame)}))


def _values(name: str, chance: Random) -> Sequence[int]:
    if name in ("n", "m"):
        return [chance.choice((chance.randrange(3, 99), chance.randrange(100, 999), chance.randrange(1_000, 9_900)))]
    if name == "N":
        return range(len(NUMBER_WORDS["en"]))
    if name == "year":
        return YEARS
    if name == "time":
        return range(7 * 60, 21 * 60, 15)
    return range(len(load_frames()[0][name]["en"]))


def short_groups(count: int, rows: Sequence[Row], chance: Random) -> Iterator[Group]:
    """Groups of a question and two short reports.

    Args:
        rows: articles of our own, whose sentences stand around some reports.
    """
    _, frames = load_frames()
    for _ in range(count):
        asked = draw(chance.choice(frames), chance)
        language = chance.choice(LANGUAGES)
        told = chance.choice(LANGUAGES) if chance.random() < OTHER_LANGUAGE else language
        answered = chance.random() >= MISSED
        question = asked.question(language) if answered else _missed(asked, language, chance)
        other = _other(asked, chance)
        passages = [
            _passage(asked, frames, told, rows, chance, answered=answered),
            _passage(other, frames, chance.choice((told, language)), rows, chance, answered=False),
        ]
        yield Group(SHORT, question, None, tuple(passages))


def _missed(asked: Report, language: str, chance: Random) -> str:
    """A question that the report does not answer: one that only seems so, or the same one of another thing."""
    missed = asked.frame.get("missed", {}).get(language)
    if missed and chance.random() < 0.5:
        return filled(chance.choice(missed), asked.fills, language)
    return _other(asked, chance).question(language)


def _other(report: Report, chance: Random) -> Report:
    """The same report of one other thing, with other numbers."""
    gap = chance.choice(report.frame["vary"])
    taken = {value for name, value in report.fills.items() if name.rstrip("23") == gap.rstrip("23")}
    others = [value for value in _values(gap.rstrip("23"), chance) if value not in taken]
    drawn = draw(report.frame, chance).fills
    kept = {name: value for name, value in report.fills.items() if name in report.frame["vary"]}
    return replace(report, fills={**drawn, **kept, gap: chance.choice(others)})


def _passage(
    report: Report, frames: Sequence[Frame], language: str, rows: Sequence[Row], chance: Random, *, answered: bool
) -> GroupPassage:
    """A report among others of other kinds, in some cases inside a longer text."""
    others = [frame for frame in frames if frame["en"][0] != report.frame["en"][0]]
    told = [draw(frame, chance).sentence(language) for frame in chance.sample(others, chance.randrange(3))]
    if chance.random() < LONGER:
        told += _around(chance.choice(rows)["articles"][language]["text"], language, chance)
    own = report.sentence(language)
    told.insert(chance.randrange(len(told) + 1), own)
    text = (" " if "\n" not in own and chance.random() < 0.7 else "\n\n").join(told)
    spans = (_span(text, own, report.answer(language)),) if answered else ()
    title = chance.choice(TITLES[language]) if chance.random() < TITLED else ""
    return GroupPassage(SHORT, language, title, text, spans)


def _around(text: str, language: str, chance: Random) -> list[str]:
    """Two to four sentences of a text that follow one another."""
    parts = [text[start:end] for start, end in sentences(text, language)]
    begin = chance.randrange(max(1, len(parts) - 3))
    return parts[begin : begin + chance.randrange(2, 5)]


def _span(text: str, sentence: str, answer: str) -> Span:
    """Where the answer of a sentence stands in a text that holds the sentence."""
    found = re.search(rf"(?<![\w,]){re.escape(answer)}(?!\w)", sentence, re.IGNORECASE)
    if found is None:
        raise ValueError(f'"{answer}" is not in "{sentence}"')
    start = text.index(sentence) + found.start()
    return start, start + len(answer)
