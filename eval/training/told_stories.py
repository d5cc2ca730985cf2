"""Makes groups of developing stories: a question with the reports of one event, each in some language, which may answer it or not.

`own/train_stories.jsonl` has one story a line. Four dated reports tell of an event, each in three languages; figures change and differ from
report to report, and near ones stand beside them:

    {"id", "articles": [{"id", "date", "en": [title, text], "ru": …, "kk": …}],
     "questions": [{"kind", "q": {"en": [wording, …], …}, "a": {"a1": {"en": words of the text, …}, …}}]}

Every report that tells what is asked has its words in `a`, an older value, too; a question that nothing answers has none. Kinds: changes,
differs, agrees, single (one report tells, others tell something near), none.
"""

import json
import tempfile
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from random import Random

from eval.datasets.own import FOLDER, Row
from eval.training.groups import STORY, Group, GroupPassage, spans_of
from index import Embedder, IndexReader, build
from index.analysis.languages import LANGUAGES
from index.analysis.sentences import sentences

STORIES = FOLDER / "train_stories.jsonl"
SHORTENED = 0.2  # share of reports of which a part is read, as of a chunk
PART = 350  # characters of such a part
REPORTS = 3  # of a group


def load_train_stories(path: Path = STORIES) -> list[Row]:
    """The stories that the reader is taught with."""
    return [json.loads(line) for line in path.read_text("utf-8").splitlines()]


def is_held_out(story: Row) -> bool:
    """Whether a story is kept for checking: every sixth of a writer's."""
    return int(story["id"].split("-")[1]) % 6 == 0


@contextmanager
def stories_index(stories: Sequence[Row], embedder: Embedder) -> Iterator[IndexReader]:
    """An index of the reports, each in one language, for as long as it is needed; a report has the id `STORY.REPORT`."""
    with tempfile.TemporaryDirectory() as folder:
        articles, index = Path(folder, "articles.jsonl"), Path(folder, "index")
        articles.write_text("".join(line for story in stories for line in _lines(story)), "utf-8")
        build([articles], index, embedder)
        with IndexReader(index) as reader:
            yield reader


def _lines(story: Row) -> Iterator[str]:
    """The reports of a story as they are indexed, in languages that are drawn by its name."""
    chance = Random(story["id"])
    for report in story["articles"]:
        language = chance.choice(LANGUAGES)
        title, text = report[language]
        line = {
            "id": f"{story['id']}.{report['id']}",
            "lang": language,
            "title": title,
            "text": text,
            "date": report["date"],
        }
        yield json.dumps(line, ensure_ascii=False) + "\n"


def story_groups(story: Row, chance: Random) -> Iterator[Group]:
    """Every question of a story in every language, each with three of its reports in languages that are drawn."""
    for asked in story["questions"]:
        for language in LANGUAGES:
            question = chance.choice(asked["q"][language])
            yield Group(STORY, question, None, tuple(_reports(story, asked, chance)))


def _reports(story: Row, asked: Row, chance: Random) -> list[GroupPassage]:
    """Two reports that answer, if there are, and others."""
    reports = chance.sample(story["articles"], len(story["articles"]))
    telling = [each for each in reports if each["id"] in asked["a"]]
    others = [each for each in reports if each["id"] not in asked["a"]]
    chosen = [*telling[:2], *others][:REPORTS]
    return [_passage(each, asked, chance.choice(LANGUAGES), chance) for each in chosen]


def _passage(report: Row, asked: Row, language: str, chance: Random) -> GroupPassage:
    title, text = report[language]
    answers = [asked["a"][report["id"]][language]] if report["id"] in asked["a"] else []
    if chance.random() < SHORTENED:
        parts = _parts(text, language)
        text = next((part for part in parts if any(answer in part for answer in answers)), chance.choice(parts))
    return GroupPassage(STORY, language, title, text, spans_of(text, answers))


def _parts(text: str, language: str) -> list[str]:
    """A text cut into whole sentences of some `PART` characters together."""
    parts: list[tuple[int, int]] = []
    for start, end in sentences(text, language):
        if parts and end - parts[-1][0] <= PART:
            parts[-1] = (parts[-1][0], end)
        else:
            parts.append((start, end))
    return [text[start:end] for start, end in parts]
