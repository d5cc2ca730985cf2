"""Nothing is lost on the way in: the words of articles in three languages come back, in order, from every format."""

from collections.abc import Iterator
from difflib import SequenceMatcher
from itertools import chain, islice
from pathlib import Path

import pytest

from eval.datasets.own import FOLDER, load_own
from index.articles.document import to_document
from index.articles.files import read_articles
from index.articles.registry import readers
from index.types import Article
from tests.conftest import SEEDS
from tests.foreign_files import WRITERS

KEPT = 0.995
COUNT = 200


def articles() -> Iterator[tuple[str, list[str]]]:
    """Title and paragraphs of 200 articles: the seeds, one with words that formats like to lose, and our own."""
    yield from islice(chain(_seeds(), _own()), COUNT)


def _own() -> Iterator[tuple[str, list[str]]]:
    """Our own articles, each in one of its three languages."""
    rows = load_own(FOLDER / "train.jsonl")
    for turn in range(3):
        for number, row in enumerate(rows):
            article = row["articles"][("en", "ru", "kk")[(number + turn) % 3]]
            yield article["title"], [part for part in article["text"].split("\n") if part]


def _seeds() -> Iterator[tuple[str, list[str]]]:
    for path in sorted(SEEDS.glob("*.md")):
        head, body = path.read_text("utf-8").split("---\n", 2)[1:]
        title = next(
            line.removeprefix("title: ").strip('"') for line in head.splitlines() if line.startswith("title: ")
        )
        yield title, [part for part in body.strip().split("\n\n") if part]
    yield (
        "Q&A: 1 < 2",
        [
            "AT&T paid 500 € for 3 m² — «R&D», it says; x > y, and 10 % more. — Yes. — Yes.",
            "Су бағасы 1 м³ үшін 65,5 теңге болды; ал «Қазақстан» 2024 ж. 5 наурызда 100 % төледі. It's 50/50: a_b*c.",
            "Он сказал: «Да». Через 3–5 лет (к 2030 г.) цена вырастет на 3,5 %, т. е. до 750 тенге/м³ и выше.",
        ],
    )


def kept(words: list[str], found: list[str]) -> float:
    """The share of words that come back in order."""
    matcher = SequenceMatcher(None, words, found, autojunk=False)
    return sum(block.size for block in matcher.get_matching_blocks()) / len(words)


@pytest.mark.slow
@pytest.mark.parametrize("name", WRITERS)
def test_words_are_kept_in_order(tmp_path: Path, name: str) -> None:
    expected = list(articles())
    assert len(expected) == COUNT
    for number, (title, paragraphs) in enumerate(expected):
        folder = tmp_path / f"{number:03}"
        folder.mkdir()
        (folder / name).write_bytes(WRITERS[name](title, paragraphs))
    items = list(read_articles([tmp_path]))
    assert [type(item) for item in items] == [Article] * len(expected)
    for item, (title, paragraphs) in zip(items, expected, strict=True):
        assert isinstance(item, Article)
        document = to_document(item)
        assert (
            kept([*title.split(), *" ".join(paragraphs).split()], f"{document.title} {document.text}".split()) >= KEPT
        )


def test_every_format_is_tried() -> None:
    tried = {Path(name).suffix for name in WRITERS}
    same = {
        ".htm": ".html",
        ".docm": ".docx",
        ".atom": ".rss",
        ".xml": ".rss",
        ".xlsm": ".xlsx",
        ".tsv": ".csv",
        ".tab": ".csv",
    }
    same |= {".text": ".txt", ".markdown": ".md", ".mdx": ".md", ".ndjson": ".jsonl"}
    assert {same.get(suffix, suffix) for suffix in readers()} <= tried
