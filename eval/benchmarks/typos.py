"""Measures what slips of the pen cost: `python -m eval.benchmarks.typos [--json FILE]` prints a Markdown table.

Gold questions are asked as they are, and with one edit in one or two of their words: a letter left out, put in, doubled, changed,
or swapped with the next. Sixty are drawn, as many in each language, by a fixed seed. The table says how many are answered rightly,
and which share of the right answers is kept: with slips corrected, as `ask` does, and asked word for word.
"""

import random
import re
from collections.abc import Sequence
from dataclasses import replace
from operator import attrgetter

from eval.benchmarks.tables import Table, parser_for, progress, run_main, write_figures
from eval.datasets.formats import open_gold
from eval.datasets.questions import GOLD, Question, addresses, restriction, spans
from eval.runs.run import TOP, blank_result, with_answer
from index import IndexReader
from index.analysis.languages import LANGUAGES
from rag import Assistant

SEED = 1
DRAWN = 20  # questions in each language
SHORTEST = 4  # letters of a word that is edited
LETTERS = {
    "en": "abcdefghijklmnopqrstuvwxyz",
    "ru": "абвгдежзийклмнопрстуфхцчшщъыьэюя",
    "kk": "аәбвгғдежзийкқлмнңоөпрстуұүфхһшыіэюя",
}
RIGHT = "answered rightly"


def with_slips(text: str, language: str, rng: random.Random) -> str:
    """A question with one edit in one or two of its words.

    >>> with_slips("How many laws must change?", "en", random.Random(1)) != "How many laws must change?"
    True
    """
    words = list(re.finditer(rf"[^\W\d_]{{{SHORTEST},}}", text))
    chosen = rng.sample(words, min(len(words), rng.choice((1, 2))))
    for word in sorted(chosen, key=lambda word: -word.start()):
        text = text[: word.start()] + edited(word[0], LETTERS[language], rng) + text[word.end() :]
    return text


def edited(word: str, letters: str, rng: random.Random) -> str:
    """A word with one edit that changes it."""
    made = word
    while made.lower() == word.lower():
        at, letter = rng.randrange(len(word)), rng.choice(letters)
        made = rng.choice(
            (
                word[:at] + word[at + 1 :],
                word[:at] + letter + word[at:],
                word[:at] + word[at] + word[at:],
                word[:at] + letter + word[at + 1 :],
                word[:at] + word[at + 1 : at + 2] + word[at] + word[at + 2 :],
            )
        )
    return made


def draw(questions: Sequence[Question], count: int, seed: int) -> list[Question]:
    """Answerable questions, `count` of each language."""
    rng = random.Random(seed)
    drawn: list[Question] = []
    for language in LANGUAGES:
        own = [each for each in questions if each.answerable and each.language == language]
        drawn += rng.sample(own, min(count, len(own)))
    return drawn


def main() -> None:
    """Draw, ask three times, print."""
    parser = parser_for("typos", __doc__)
    parser.add_argument("--seed", type=int, default=SEED, help="of the questions that are drawn, and of their slips")
    parser.add_argument("--count", type=int, default=DRAWN, help="questions in each language")
    arguments = parser.parse_args()
    rng = random.Random(arguments.seed)
    with open_gold(GOLD, None) as (questions, folder), Assistant.open(folder) as assistant:
        drawn = draw(questions, arguments.count, arguments.seed)
        slips = [replace(each, question=with_slips(each.question, each.language, rng)) for each in drawn]
        with IndexReader(folder) as reader, reader.snapshot() as snapshot:
            ids = addresses(snapshot)
            gold = [spans(each, ids, snapshot) for each in drawn]

        def right(asked: Sequence[Question], *, verbatim: bool) -> list[float]:
            values = []
            for at, question in enumerate(asked):
                answer = assistant.ask(question.question, TOP, restriction(question, ids), verbatim=verbatim)
                values.append(with_answer(blank_result(question, gold[at], None), answer).values[RIGHT])
                progress("questions", at + 1, len(asked))
            return values

        plain = right(drawn, verbatim=False)
        rows = {"as they are": plain, "slips corrected": right(slips, verbatim=False)}
        rows["slips, word for word"] = right(slips, verbatim=True)
    table = Table(
        "60 gold questions" if len(drawn) == 60 else f"{len(drawn)} gold questions", "answered rightly", "kept"
    )
    for name, values in rows.items():
        kept = sum(value for value, before in zip(values, plain, strict=True) if before)
        table.add(name, f"{sum(values):.0f}", f"{kept / sum(plain):.2f}")
    asked = list(map(attrgetter("question"), slips))
    write_figures(arguments, table.markdown(), {"seed": arguments.seed, "questions": asked, "right": rows})


if __name__ == "__main__":
    run_main("typos", main)
