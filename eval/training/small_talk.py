"""Learns what is like small talk: `python -m eval.training.small_talk` writes rag/understanding/small_talk.json.

A logistic regression over the vector of a text, as a question, tells the phrases of `own/train_small_talk.jsonl` from short questions to our
own articles. The phrases and questions that tests hold apart are never touched.
"""

import argparse
import json
from collections.abc import Sequence
from pathlib import Path
from random import Random

import numpy as np

from eval.datasets.own import FOLDER, TRAIN, load_own, questions_of
from eval.files import write_text
from eval.training.logistic import Floats, fit_logistic, rounded
from index import Embedder, load_embedder
from index.analysis.languages import LANGUAGES
from rag.understanding.like_small_talk import LEARNED

PHRASES = FOLDER / "train_small_talk.jsonl"
QUESTIONS = 6_000  # that are no small talk
LONGEST = 9  # words of such a question: what people say in passing is short, too


def main() -> None:
    """Embed, fit and write."""
    parser = argparse.ArgumentParser(prog="python -m eval.training.small_talk", description=__doc__.partition("\n")[0])
    parser.add_argument("--into", type=Path, default=LEARNED, metavar="FILE", help="the file to write")
    arguments, embedder = parser.parse_args(), load_embedder()
    talk = [json.loads(line)["text"] for line in PHRASES.read_text("utf-8").splitlines()]
    x = np.concatenate([vectors(embedder, talk), vectors(embedder, short_questions())])
    is_talk = np.arange(len(x)) < len(talk)
    model = rounded(fit_logistic([str(at) for at in range(embedder.dim)], x, is_talk, is_balanced=True))
    learned = {"model": embedder.name, "weights": list(model.weights.values()), "bias": model.bias}
    write_text(arguments.into, json.dumps(learned) + "\n")


def short_questions() -> list[str]:
    """Questions to our own articles that are as short as small talk, a draw of them."""
    found = [text for row in load_own(*TRAIN) for language in LANGUAGES for text, _ in questions_of(row, language)]
    short = [text for text in found if len(text.split()) <= LONGEST]
    return Random(1).sample(short, min(QUESTIONS, len(short)))


def vectors(embedder: Embedder, texts: Sequence[str]) -> Floats:
    """The vectors of texts as questions, shape (texts, dim)."""
    return np.stack([embedder.embed_query(text).vectors[0] for text in texts]).astype(np.float64)


if __name__ == "__main__":
    main()
