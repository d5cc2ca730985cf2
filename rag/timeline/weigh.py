"""Says how likely each value answers: by the reader, by its sentence and clause, and by how near these are to the surest ones.

A logistic regression, made by `python -m eval.training.timeline` and kept in `weights.json`.
"""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

from index import Embedder
from index.analysis.terms import readable
from rag.logistic import Logistic
from rag.timeline.read import Told
from rag.types import Query
from rag.verdict.matter import clause_of
from rag.verdict.values import Statement

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

WEIGHTS = Path(__file__).with_name("weights.json")
FEW = 4  # values of an article that are weighed, those that the reader thinks likeliest
COMPANY = 2  # other articles whose likeliest values are compared
NAMES = 4.0  # what an article's names count beside the reader's log-odds, where these articles are chosen
ALONE = 0.8  # the company of a value without any: what two clauses have in common on average


@dataclass(frozen=True, slots=True)
class Features:
    """What tells whether a value answers.

    Attributes:
        read: the reader's log-odds.
        clause, sentence: the cosine of the question's vector and that of the value's clause, and of its whole sentence.
        same_language: 1 if the question is in the language of the article, else 0.
        is_best: 1 if the reader thinks no value of the article likelier, else 0.
        names: what its article has in common with the surest ones by names, see `rag.timeline.story.links`.
        company: the mean cosine of its clause and those of the likeliest values of the two surest other articles.
    """

    read: float
    clause: float
    sentence: float
    same_language: float
    is_best: float
    names: float
    company: float


@cache
def shipped_model() -> Logistic:
    """The model that ships with the project, read once."""
    return Logistic.of(json.loads(WEIGHTS.read_text("utf-8")))


def featured(
    query: Query, told: Sequence[Told], names: Mapping[str, float], embedder: Embedder
) -> list[tuple[Statement, Features]]:
    """The likeliest values of each article with what tells whether they answer.

    Args:
        names: for each article, by its id, what it has in common with the surest ones by names.
    """
    of_article: dict[str, list[Told]] = {}
    for each in sorted(told, key=lambda each: -each.read):
        of_article.setdefault(_article(each), []).append(each)
    best = {id: values[0] for id, values in of_article.items()}
    kept = [each for values in of_article.values() for each in values[:FEW]]
    vectors = _embedded([text for each in kept for text in _texts(each.statement)], embedder)
    surest = sorted(best, key=lambda article: -(best[article].read + NAMES * names[article]))
    clauses = {id: vectors[_texts(best[id].statement)[0]] for id in surest}

    def features(each: Told) -> Features:
        id = _article(each)
        clause, sentence = (vectors[text] for text in _texts(each.statement))
        company = [float(clause @ clauses[other]) for other in surest if other != id][:COMPANY]
        return Features(
            read=each.read,
            clause=float(clause @ query.vector),
            sentence=float(sentence @ query.vector),
            same_language=float(each.statement.reading.document.language == query.language),
            is_best=float(each is best[id]),
            names=names[id],
            company=sum(company) / len(company) if company else ALONE,
        )

    return [(each.statement, features(each)) for each in kept]


def _article(told: Told) -> str:
    return told.statement.reading.document.id


def _texts(statement: Statement) -> tuple[str, str]:
    """The clause and the sentence of a value; Kazakh in Latin letters in Cyrillic, as questions are."""
    language = statement.reading.document.language
    return readable(clause_of(statement.reading), language), readable(statement.reading.sentence, language)


def _embedded(texts: Sequence[str], embedder: Embedder) -> "dict[str, NDArray[np.float32]]":
    """The vector of each text, each embedded once."""
    distinct = list(dict.fromkeys(texts))
    if not distinct:
        return {}
    return dict(zip(distinct, embedder.embed_documents(distinct).vectors, strict=True))
