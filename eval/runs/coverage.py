"""Tells what a gold set and an index leave open: questions that nothing answers, documents never found, topics without gold."""

from dataclasses import dataclass

from eval.runs.run import Result, Run
from index import Snapshot

TITLES = 3  # that a topic is named by
ROUNDS = 20  # of k-means


@dataclass(frozen=True, slots=True)
class Topic:
    """Documents of like meaning: how many, and the titles of those nearest to their middle."""

    documents: int
    titles: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Coverage:
    """What is left open.

    Attributes:
        unanswered: answerable questions that were refused or failed.
        lost: answerable questions for which no passage was found that answers.
        unfound: id and title of the documents that no question found.
        topics: those in which no gold quotation stands, the largest first; `all_topics` counts every one.
    """

    unanswered: tuple[Result, ...]
    lost: tuple[Result, ...]
    unfound: tuple[tuple[str, str], ...]
    topics: tuple[Topic, ...]
    all_topics: int


def coverage(run: Run, snapshot: Snapshot) -> Coverage:
    """What a run left open in its index."""
    asked = [result for result in run.results if result.answerable]
    found = {span[0] for result in run.results for span in result.found}
    gold = {span[0] for result in asked for span in result.gold}
    topics = topics_of(snapshot)
    return Coverage(
        unanswered=tuple(result for result in asked if not result.cited),
        lost=tuple(result for result in asked if not result.values["MRR@10"]),
        unfound=tuple((id, title) for id, _, _, title in snapshot.listing() if id not in found),
        topics=tuple(topic for topic, documents in topics if not documents & gold),
        all_topics=len(topics),
    )


def topics_of(snapshot: Snapshot) -> list[tuple[Topic, set[str]]]:
    """The documents of an index in groups of like meaning; the largest group first.

    k-means over the documents' vectors, with as many groups as the square root of half their number, a rule of thumb
    (Mardia, Kent and Bibby, "Multivariate analysis", 1979, p. 365).
    """
    import faiss

    ids, vectors = snapshot.document_vectors()
    if not ids:
        return []
    titles = {id: title for id, _, _, title in snapshot.listing()}
    groups = max(1, round((len(ids) / 2) ** 0.5))
    kmeans = faiss.Kmeans(vectors.shape[1], groups, niter=ROUNDS, seed=1, spherical=True, min_points_per_centroid=1)
    kmeans.train(vectors)
    nearness, nearest = kmeans.index.search(vectors, 1)
    members: dict[int, list[int]] = {}
    for at, group in enumerate(nearest[:, 0].tolist()):
        members.setdefault(group, []).append(at)
    made = []
    for places in members.values():
        ordered = sorted(places, key=lambda at: -float(nearness[at, 0]))
        named = tuple(dict.fromkeys(titles[ids[at]] for at in ordered))[:TITLES]
        made.append((Topic(len(places), named), {ids[at] for at in places}))
    return sorted(made, key=lambda each: (-each[0].documents, each[0].titles))
