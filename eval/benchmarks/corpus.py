"""English articles of one chunk each, as many as asked for, and questions about them.

The texts are real: those of the sets in a folder, or else of the seeds. Where there are not enough of them, they come
again as marked variations, their sentences in another order.
"""

import random
import textwrap
from collections.abc import Iterator, Sequence
from itertools import count, islice
from pathlib import Path

from eval.datasets.formats import SEEDS
from eval.datasets.questions import GOLD, load_gold
from eval.datasets.sets import read_rows
from eval.files import jsonl, write_text
from index.articles.files import read_articles
from index.types import Article

SETS = ("squad2_devhalf", "xquad_en", "tydiqa_en_dev", "ramdocs", "timeqa")  # English
CHUNK_LENGTH, SHORTEST = 780, 300  # characters

Text = tuple[str, str]  # title and text


def write_corpus(path: Path, size: int, data: Path | None = None) -> None:
    """Write so many articles to a JSON-lines file.

    Args:
        data: the folder of the sets; None for the seeds.
    """
    write_text(path, jsonl(islice(articles(pieces(data)), size)))


def pieces(data: Path | None) -> list[Text]:
    """Title and text of every piece that is long enough to make a chunk."""
    cut = textwrap.TextWrapper(CHUNK_LENGTH, break_long_words=False, break_on_hyphens=False).wrap
    found: list[Text] = []
    for title, text in _texts(data):
        cuts = cut(" ".join(text.split()))
        found += [(title or "Untitled", piece) for piece in cuts if SHORTEST <= len(piece) <= CHUNK_LENGTH]
    return found


def _texts(data: Path | None) -> Iterator[Text]:
    if data is None:
        for article in read_articles([SEEDS]):
            if isinstance(article, Article) and article.language == "en":
                yield article.title or "", article.text
        return
    for name in SETS:
        for row in read_rows(data / name / "passages.jsonl", "text"):
            yield row.get("title") or "", row["text"]


def articles(texts: Sequence[Text]) -> Iterator[dict[str, str]]:
    """Articles without end: the texts as they are, then variations of them."""
    chance, number = random.Random(0), count()
    for turn in count():
        for title, text in texts:
            if turn:
                sentences = text.split(". ")
                chance.shuffle(sentences)
                title, text = f"{title} (variation {turn})", ". ".join(sentences)
            yield {"id": f"article-{next(number)}", "title": title, "text": text}


def questions(data: Path | None, amount: int) -> list[str]:
    """At most so many questions, evenly from all sets; without sets, the English gold questions on the seeds."""
    if data is None:
        return [question.question for question in load_gold(GOLD) if question.language == "en"]
    found = []
    for name in SETS:
        rows = read_rows(data / name / "questions.jsonl", "question")
        step = max(1, len(rows) * len(SETS) // amount)
        found += [row["question"] for row in rows[::step]]
    random.Random(0).shuffle(found)
    return found[:amount]
