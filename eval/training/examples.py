"""Makes the reader's examples: questions with a passage that answers them, and with passages that do not.

Data: JSON-lines files of extractive question answering (`question`, `context`, `answers` with `start`, `group`), and the
half of SQuAD 2.0's dev set that is not reported (see `SQUAD2_GROUPS`), for questions made to look answerable. A question
without an answer is one of

- asked: written by people to look answerable (SQuAD 2.0),
- near: put to the passage that lies nearest to it in the embedder's space and does not hold the answer,
- cut: put to its own passage without the sentence that answers,
- changed: its name, number or an adjective replaced, or denied, so that its own passage does not answer it.

A part of all examples has words of the question, the passage or both replaced by Cyrillic ones (see `train_lexicon`).
"""

import gzip
import json
import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from random import Random
from typing import TYPE_CHECKING, Any

from eval.datasets.sets import SQUAD2_GROUPS
from eval.training.lexicon import Lexicon, mixed
from index.analysis.sentences import sentences

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

SOURCES = {
    "squad_v11_train_part": 49_000,
    "squadshifts_new_wiki": 7_700,
    "tydiqa_en_train": 3_700,
    "nq_oracle_dev": 2_650,
    "squadshifts_reddit": 2_500,
    "squadshifts_amazon": 2_500,
    "quoref_sni": 1_100,
    "quoref_contrast": 900,
    "tweetqa": 1_500,
    "fairytaleqa": 1_500,
    "qed_nq_dev": 700,
    "omosqa_en": 700,
    "policyqa": 700,
    "covidqa_windows": 600,
}
TITLED = ("squadshifts_new_wiki", "tydiqa_en_train", "nq_oracle_dev", "qed_nq_dev", "quoref_contrast", "squad2")
HELD_OUT = 0.02  # of the groups
SQUAD2_TIMES = 2  # nothing else teaches so well what is no answer
NEAR, CUT, CHANGED = 0.2, 0.12, 0.16  # shares of the answerable questions that are also asked so
LONGEST = 900  # characters of a passage
CROPPED, CROP_FROM, CROP_TO = 0.3, 250, 800  # share of passages cut to the sizes that chunks have
TITLE_KEPT = 0.5
MIXED, MIXED_WORDS = 0.25, 0.5
POOL = 8_000  # passages among which the nearest one is looked for
NEAREST = 20

_NAME = re.compile(r"(?<=[a-z,'’] )[A-Z][\w'’-]+(?: [A-Z][\w'’-]+)*")
_NUMBER = re.compile(r"\b\d+\b")
_BE = re.compile(r"\b(was|were|is|are|did|does|do|has|have|had|can|could|would|will)\b")
_OPPOSITES = [
    pair.split()
    for pair in (
        "first last,oldest newest,largest smallest,biggest smallest,highest lowest,most least,more less,many few,before after,"
        "early late,earliest latest,north south,northern southern,east west,eastern western,increase decrease,increased decreased,"
        "gain lose,gained lost,win lose,won lost,begin end,began ended,beginning end,start finish,started stopped,born buried,"
        "above below,inside outside,maximum minimum,major minor,majority minority,male female,man woman,men women,king queen,"
        "public private,domestic foreign,internal external,upper lower,positive negative,strong weak,rich poor,old new,modern ancient,"
        "allowed forbidden,legal illegal,support oppose,supported opposed,accepted rejected,accept reject,success failure,"
        "longest shortest,long short,fast slow,hot cold,enter leave,entered left,arrived departed,buy sell,bought sold,"
        "attack defend,attacked defended,victory defeat,winner loser,common rare,simple complex,agree disagree,cause prevent,"
        "founded abolished,created destroyed,created abolished,built demolished,appointed dismissed,father mother,son daughter,brother sister,"
        "raised lowered,rise fall,rose fell,arrive depart,include exclude,included excluded,similar different,best worst,better worse"
    ).split(",")
]
_OPPOSITE = {one: other for pair in _OPPOSITES for one, other in (pair, pair[::-1])}


@dataclass(frozen=True, slots=True)
class Example:
    """A question, a passage with its title ("" if it has none), and where in it the answer stands (-1, -1: nowhere)."""

    question: str
    title: str
    passage: str
    start: int
    end: int
    kind: str

    @property
    def answer(self) -> str:
        return self.passage[self.start : self.end] if self.start >= 0 else ""


def load(data: Path, squad2: Path) -> list[dict[str, Any]]:
    """The rows of every source, one of its answers as `answer`, its article as `title` where that is a name."""
    chance, rows = Random(1), []
    for name, count in SOURCES.items():
        with gzip.open(data / f"{name}.jsonl.gz", "rt", encoding="utf-8") as file:
            read = [row for row in map(json.loads, file) if row["answerable"] and row["answers"]]
        chance.shuffle(read)
        for row in read[:count]:
            title = row["group"].replace("_", " ") if name in TITLED else ""
            rows.append({**row, "source": name, "title": title, "answer": chance.choice(row["answers"])})
    return rows + list(_squad2(squad2, chance))


def _squad2(folder: Path, chance: Random) -> Iterator[dict[str, Any]]:
    with (folder / "passages.jsonl").open(encoding="utf-8") as file:
        texts = {row["id"]: row["text"] for row in map(json.loads, file)}
    with (folder / "questions.jsonl").open(encoding="utf-8") as file:
        read = [row for row in map(json.loads, file) if row["group"] in SQUAD2_GROUPS]
    for row in read:
        context = texts[row["relevant_passage_ids"][0]]
        starts = row.get("answer_starts", ()) if row["answerable"] else ()
        places = sorted({(text, at) for text in row["answers"] for at in starts if context.startswith(text, at)})
        answers = [{"text": text, "start": start} for text, start in places]
        yield {
            "question": row["question"],
            "context": context,
            "answerable": row["answerable"],
            "answers": answers,
            "answer": chance.choice(answers) if answers else None,
            "group": row["group"],
            "source": "squad2",
            "title": row["group"].replace("_", " "),
        }


def held_out_groups(rows: Sequence[dict[str, Any]]) -> set[str]:
    """Groups kept for validation, without SQuAD 2.0's."""
    groups = sorted({f"{row['source']}:{row['group']}" for row in rows if row["source"] != "squad2"})
    Random(2).shuffle(groups)
    return set(groups[: int(HELD_OUT * len(groups))])


def make(
    rows: Sequence[dict[str, Any]], embed: "Callable[[list[str], str], NDArray[np.float32]]", lexicon: Lexicon
) -> list[Example]:
    """All examples of the rows, in an order that only the rows decide.

    Args:
        embed: unit vectors of texts with a prefix, shape (texts, dim).
    """
    chance = Random(3)
    asked_near = [row for row in rows if row["answer"] and chance.random() < NEAR]
    made = [
        Example(row["question"], near["title"], near["context"], -1, -1, "near")
        for row, near in zip(asked_near, nearest(asked_near, rows, embed, chance), strict=True)
        if near
    ]
    for row in rows:
        answer = row["answer"]
        if answer is None:
            made += [Example(row["question"], row["title"], row["context"], -1, -1, "asked")] * SQUAD2_TIMES
            continue
        start, end = answer["start"], answer["start"] + len(answer["text"])
        whole = Example(row["question"], row["title"], row["context"], start, end, "answered")
        made += [whole] * (SQUAD2_TIMES if row["source"] == "squad2" else 1)
        if chance.random() < CUT and (rest := without_answer(row)):
            made.append(replace(whole, passage=rest, start=-1, end=-1, kind="cut"))
        if chance.random() < CHANGED and (other := changed(row["question"], row["context"], chance)):
            made.append(replace(whole, question=other, start=-1, end=-1, kind="changed"))
    return [_finish(example, lexicon, chance) for example in made]


def _finish(example: Example, lexicon: Lexicon, chance: Random) -> Example:
    """Crop the passage, drop its title, mix languages: each by chance."""
    size = LONGEST if chance.random() >= CROPPED else chance.randint(CROP_FROM, CROP_TO)
    example = cropped(example, size, chance)
    if chance.random() >= TITLE_KEPT:
        example = replace(example, title="")
    if chance.random() >= MIXED:
        return example
    where = chance.choice(("question", "passage", "both"))
    if where != "passage":
        example = replace(example, question=mixed(example.question, lexicon, MIXED_WORDS, chance)[0])
    if where != "question":
        passage, place = mixed(example.passage, lexicon, MIXED_WORDS, chance)
        start, end = (-1, -1) if example.start < 0 else (place(example.start), place(example.end))
        example = replace(example, passage=passage, start=start, end=end)
    return example


def cropped(example: Example, size: int, chance: Random) -> Example:
    """At most about `size` characters of the passage, whole words, with the answer somewhere inside."""
    passage, start, end = example.passage, max(example.start, 0), max(example.end, 0)
    if len(passage) <= size:
        return example
    if example.start < 0:
        start = end = chance.randrange(len(passage))
    before = chance.randint(0, max(0, size - (end - start)))
    left = min(max(0, start - before), max(0, len(passage) - size))
    right = max(end, left + size)
    left = passage.rfind(" ", 0, left + 1) + 1
    right = blank if (blank := passage.find(" ", right)) >= 0 else len(passage)
    if example.start < 0:
        return replace(example, passage=passage[left:right])
    return replace(example, passage=passage[left:right], start=example.start - left, end=example.end - left)


def nearest(
    asked: Sequence[dict[str, Any]],
    rows: Sequence[dict[str, Any]],
    embed: "Callable[[list[str], str], NDArray[np.float32]]",
    chance: Random,
) -> "Iterator[dict[str, Any] | None]":
    """For each row asked another one whose passage is near to its question and holds none of its answers."""
    import numpy as np

    first: dict[str, int] = {}
    for number, row in enumerate(rows):
        first.setdefault(row["context"], number)
    places = chance.sample(list(first.values()), min(POOL, len(first)))
    passages = embed([rows[at]["context"][:LONGEST] for at in places], "passage: ")
    questions = embed([row["question"] for row in asked], "query: ")
    for begin in range(0, len(asked), 1000):
        cosines = questions[begin : begin + 1000] @ passages.T
        best = np.argsort(-cosines, axis=1, kind="stable")[:, :NEAREST]
        for row, near in zip(asked[begin : begin + 1000], best, strict=True):
            answers = [_plain(answer["text"]) for answer in row["answers"]]
            others = (rows[places[at]] for at in near)
            yield next(
                (
                    other
                    for other in others
                    if other["context"] != row["context"] and not any(a in _plain(other["context"]) for a in answers)
                ),
                None,
            )


def _plain(text: str) -> str:
    return " ".join(re.findall(r"\w+", text.lower()))


def without_answer(row: dict[str, Any]) -> str | None:
    """The passage without the sentences that hold the answer; None if less than half is left, or the answer is.

    >>> without_answer({"context": "Ten laws change. Forty stay as they are now.", "answer": {"text": "Ten", "start": 0}})
    'Forty stay as they are now.'
    """
    passage, answer = row["context"], row["answer"]
    start, end = answer["start"], answer["start"] + len(answer["text"])
    kept = [(a, b) for a, b in sentences(passage, "en") if b <= start or a >= end]
    rest = " ".join(passage[a:b] for a, b in kept)
    return rest if len(rest) * 2 > len(passage) and _plain(answer["text"]) not in _plain(rest) else None


def changed(question: str, passage: str, chance: Random) -> str | None:
    """The question made unanswerable by one change; None if nothing in it can be changed.

    >>> changed("Who was the first king?", "", Random(0))
    'Who was the last king?'
    """
    ways = [_other_name, _other_number, _opposite]
    chance.shuffle(ways)
    for way in [*ways, _denied]:
        if other := way(question, passage, chance):
            return other
    return None


def _other_name(question: str, passage: str, chance: Random) -> str | None:
    names = list(_NAME.finditer(question))
    others = sorted({match.group() for match in _NAME.finditer(passage) if match.group() not in question})
    if not names or not others:
        return None
    name = chance.choice(names)
    return question[: name.start()] + chance.choice(others) + question[name.end() :]


def _other_number(question: str, passage: str, chance: Random) -> str | None:
    number = _NUMBER.search(question)
    if not number:
        return None
    other = str(int(number.group()) + chance.choice((-1, 1)) * chance.randint(1, 30))
    return None if other in passage else question[: number.start()] + other + question[number.end() :]


def _opposite(question: str, _passage: str, chance: Random) -> str | None:
    words = [match for match in re.finditer(r"\w+", question) if match.group() in _OPPOSITE]
    if not words:
        return None
    word = chance.choice(words)
    return question[: word.start()] + _OPPOSITE[word.group()] + question[word.end() :]


def _denied(question: str, _passage: str, chance: Random) -> str | None:
    verb = _BE.search(question)
    return question[: verb.end()] + " not" + question[verb.end() :] if verb and chance.random() < 0.5 else None
