"""Makes what the reader is taught with: groups of a question and several passages, as a search finds them.

A group of our own articles (`eval.datasets.own.TRAIN`) is a fact or a near miss in one language with what the product's own
search finds for it among all versions of all those articles. A group of an English set is a question with its
paragraph and with others of the same article; in some, the sentence that answers is cut out, or the question is changed so
that nothing answers (see `examples`).
"""

import gzip
import json
import re
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from random import Random
from typing import Any

from eval.datasets.own import TRAIN, Row, answers_in, load_own, own_index
from eval.datasets.sets import SQUAD2_GROUPS
from eval.training.examples import TITLED, changed, without_answer
from index import load_embedder
from index.analysis.languages import LANGUAGES
from rag.retrieval.retrieve import retrieve
from rag.understanding.question import understand

FOUND = 16  # passages kept of a search
HELD_OUT = frozenset(  # articles of our own that are kept for checking
    (
        *("w08-12", "w09-11", "w12-09", "w13-02", "w13-06", "w13-07", "w17-09", "w18-11", "w18-12", "w19-06", "w19-09"),
        *("w20-03", "ra-07", "ra-21", "rb-07", "rb-21", "rc-07", "rc-21", "rd-07", "rd-21", "re-07", "re-21"),
        *("sa-07", "sa-21", "sb-07", "sb-21", "sc-07", "sc-21", "sd-07", "sd-21", "se-07", "se-21", "sg-07", "sg-21"),
        *("ua-07", "ua-21", "ub-07", "ub-21", "uc-07", "uc-21", "ud-07", "ud-21", "ue-07", "ue-21", "uf-07", "uf-21"),
        *("ta-07", "ta-21", "tb-07", "tb-21", "tc-07", "tc-21", "td-07", "td-21", "te-07", "te-21", "tf-07", "tf-21"),
    )
)
SHORT = "short"  # the name of the article of short reports, see `frames`
STORY = "story"  # the same of developing stories, see `told_stories`
SOURCES = {  # questions taken of each English set
    "squad_v11_train_part": 3_000,
    "squadshifts_new_wiki": 900,
    "tydiqa_en_train": 900,
    "nq_oracle_dev": 900,
    "quoref_sni": 300,
    "quoref_contrast": 300,
    "tweetqa": 200,
    "fairytaleqa": 300,
    "qed_nq_dev": 200,
    "omosqa_en": 300,
    "covidqa_windows": 200,
    "squadshifts_reddit": 200,
}
SIZES = (800, 800, 800, 500, 350)  # characters of a passage: those of chunks, and shorter ones
CUT, CHANGED = 0.12, 0.12  # shares of the English questions that nothing answers

Span = tuple[int, int]


@dataclass(frozen=True, slots=True)
class GroupPassage:
    """A passage of a group, whose article and version it is, and where in its text the answers stand."""

    article: str
    version: str
    title: str
    text: str
    answers: tuple[Span, ...]


@dataclass(frozen=True, slots=True)
class Group:
    """A question with passages, best first. `wording` numbers the wordings of a fact; None for a miss and for other sets.

    `answering` are all the chunks of the question's article that answer it, found or not.
    """

    article: str
    question: str
    wording: int | None
    passages: tuple[GroupPassage, ...]
    answering: tuple[GroupPassage, ...] = ()

    @property
    def is_own(self) -> bool:
        """Whether it is of our own articles, not of an English set, of short reports or of developing stories."""
        return self.article not in (*SOURCES, "squad2", SHORT, STORY)


def own_groups(rows: Sequence[Row]) -> Iterator[Group]:
    """A group for every question about our own articles, searched for in an index of all their versions."""
    embedder = load_embedder()
    with own_index(rows, embedder) as reader, reader.snapshot(search=True) as snapshot:
        for row in rows:
            for language in LANGUAGES:
                for number, question, asked in _numbered(row, language):
                    query = understand(question, embedder, snapshot)
                    found = [
                        _passage(each.document.id, each.document.title, each.chunk.text, row["id"], asked)
                        for each in retrieve(snapshot, query, FOUND)
                    ]
                    is_fact = "answers" in asked
                    yield Group(row["id"], question, number if is_fact else None, tuple(found))


def _numbered(row: Row, language: str) -> Iterator[tuple[int, str, Row]]:
    """Every question in a language with its number among those for the same fact or miss, which is the last."""
    for asked in (*row["facts"], *row["misses"]):
        for number, question in enumerate(asked["questions"][language]):
            yield number, question, asked


def _passage(document: str, title: str, text: str, own: str, asked: Row) -> GroupPassage:
    article, _, version = document.rpartition(".")
    answers = answers_in(asked, version) if article == own else ()
    return GroupPassage(article, version, title, text, spans_of(text, answers))


def spans_of(text: str, answers: Sequence[str]) -> tuple[Span, ...]:
    """Where the answers that a text holds stand in it.

    >>> spans_of("Ten laws and fifty codes", ["fifty codes", "two"])
    ((13, 24),)
    """
    starts = ((text.find(answer), answer) for answer in answers)
    return tuple((start, start + len(answer)) for start, answer in starts if start >= 0)


def english_groups(data: Path, squad2: Path) -> Iterator[Group]:
    """Groups of the English sets in `data`, and of the half of SQuAD 2.0 that may be trained on."""
    chance = Random(7)
    for name, count in SOURCES.items():
        with gzip.open(data / f"{name}.jsonl.gz", "rt", encoding="utf-8") as file:
            rows = [row for row in map(json.loads, file) if row["answerable"] and row["answers"]]
        paragraphs: dict[str, dict[str, None]] = defaultdict(dict)
        for row in rows:
            paragraphs[row["group"]][row["context"]] = None
        everything = [(row["group"], row["context"]) for row in rows]
        chance.shuffle(rows)
        for row in rows[:count]:
            title = _title(name, row["group"])
            others = [(title, text) for text in paragraphs[row["group"]] if _is_other(text, row)]
            chance.shuffle(others)
            others = others[: 2 if name.startswith("squad_") else 1]
            if not others:
                group, text = chance.choice(everything)
                others = [(_title(name, group), text)] if _is_other(text, row) else []
            yield _english(row, name, title, others, chance)
    yield from _squad2(squad2, chance)


def _title(source: str, group: str) -> str:
    return group.replace("_", " ") if source in TITLED else ""


def _is_other(text: str, row: Row) -> bool:
    """Whether a text is another one than the row's own, and holds none of its answers."""
    words = _words(text)
    return text != row["context"] and not any(_words(answer["text"]) in words for answer in row["answers"])


def _words(text: str) -> str:
    return " ".join(re.findall(r"\w+", text.lower()))


def _english(row: Row, source: str, title: str, others: Sequence[tuple[str, str]], chance: Random) -> Group:
    """A row's group: as it is, or without the sentence that answers, or with a question that nothing answers."""
    dice = chance.random()
    if dice < CUT and (rest := without_answer({**row, "answer": chance.choice(row["answers"])})):
        return _group(row["question"], source, title, rest, [], others, chance)
    if CUT <= dice < CUT + CHANGED and (question := changed(row["question"], row["context"], chance)):
        return _group(question, source, title, row["context"], [], others, chance)
    spans = [(each["start"], each["start"] + len(each["text"])) for each in row["answers"]]
    return _group(row["question"], source, title, row["context"], spans, others, chance)


def _squad2(folder: Path, chance: Random) -> Iterator[Group]:
    with (folder / "passages.jsonl").open(encoding="utf-8") as file:
        texts = {row["id"]: row["text"] for row in map(json.loads, file)}
    with (folder / "questions.jsonl").open(encoding="utf-8") as file:
        rows = [row for row in map(json.loads, file) if row["group"] in SQUAD2_GROUPS]
    articles: dict[str, set[str]] = defaultdict(set)
    for row in rows:
        articles[row["group"]].add(row["relevant_passage_ids"][0])
    for row in rows:
        own = row["relevant_passage_ids"][0]
        text, title = texts[own], row["group"].replace("_", " ")
        starts = row.get("answer_starts", ()) if row["answerable"] else ()
        spans = [(at, at + len(each)) for each in row["answers"] for at in starts if text.startswith(each, at)]
        if row["answerable"] and not spans:
            continue
        answers = {"context": text, "answers": [{"text": text[start:end]} for start, end in spans]}
        others = sorted(id for id in articles[row["group"]] if _is_other(texts[id], answers))
        picked = [(title, texts[id]) for id in chance.sample(others, min(1, len(others)))]
        yield _group(row["question"], "squad2", title, text, spans, picked, chance)


def _group(
    question: str,
    source: str,
    title: str,
    text: str,
    spans: Sequence[Span],
    others: Sequence[tuple[str, str]],
    chance: Random,
) -> Group:
    size = chance.choice(SIZES)
    passages = [_cropped(source, title, text, [chance.choice(spans)] if spans else [], size, chance)]
    passages += [_cropped(source, other, further, [], size, chance) for other, further in others]
    return Group(source, question, None, tuple(passages))


def _cropped(source: str, title: str, text: str, spans: Sequence[Span], size: int, chance: Random) -> GroupPassage:
    """A passage of at most about `size` characters, whole words, with its answer somewhere inside."""
    if len(text) <= size:
        return GroupPassage(source, "en", title, text, tuple(spans))
    start, end = spans[0] if spans else (0, 0)
    latest = min(max(0, start - chance.randint(0, max(0, size - (end - start)))), len(text) - size)
    left = latest if spans else chance.randrange(len(text) - size + 1)
    right = max(end, left + size)
    left = text.rfind(" ", 0, left + 1) + 1
    blank = text.find(" ", right)
    right = blank if blank >= 0 else len(text)
    inside = tuple((a - left, b - left) for a, b in spans if left <= a and b <= right)
    return GroupPassage(source, "en", title, text[left:right], inside)


def with_answering(groups: Sequence[Group], rows: Sequence[Row]) -> list[Group]:
    """Groups of our own, each with all the chunks of its article that answer it: what a search missed is taught as well."""
    chunks: dict[str, dict[tuple[str, str], str]] = defaultdict(dict)
    for group in groups:
        for passage in group.passages:
            chunks[passage.article][passage.version, passage.text] = passage.title
    facts: dict[tuple[str, str], Row] = {
        (row["id"], question): fact
        for row in rows
        for fact in row["facts"]
        for language in LANGUAGES
        for question in fact["questions"][language]
    }
    made = []
    for group in groups:
        fact: dict[str, Any] | None = facts.get((group.article, group.question))
        found = [
            GroupPassage(group.article, version, title, text, spans)
            for (version, text), title in chunks[group.article].items()
            if fact and (spans := spans_of(text, answers_in(fact, version)))
        ]
        made.append(Group(group.article, group.question, group.wording, group.passages, tuple(found)))
    return made


def load_groups(data: Path, squad2: Path) -> tuple[list[Group], list[Group]]:
    """The groups of our own articles and those of the English sets."""
    rows = load_own(*TRAIN)
    return with_answering(list(own_groups(rows)), rows), list(english_groups(data, squad2))
