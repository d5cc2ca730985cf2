"""Asks questions to developing stories, and scores what is said of them: a run like that of gold questions."""

import hashlib
import json
import time
from collections.abc import Iterable, Sequence
from dataclasses import asdict
from pathlib import Path

from eval.datasets.stories import Story, load_stories, questions_of, stories_index
from eval.measures.outcome import Span
from eval.measures.stories import PASSES, StoryAnswer, StoryQuestion
from eval.runs.results import EvalRun, QuestionResult
from eval.runs.run import Progress, corpus_of, no_progress, reader_hashes
from index import load_embedder
from rag import Assistant


def ask_all(assistant: Assistant, questions: Iterable[StoryQuestion]) -> list[StoryAnswer]:
    """Ask every question."""
    return [StoryAnswer(each, assistant.ask(each.question)) for each in questions]


def evaluate_stories(path: Path, on_progress: Progress = no_progress) -> EvalRun:
    """Ask every question of a file of stories, whose articles are one index, made for the occasion.

    Raises:
        InputError: it cannot be read, or is no such file.
    """
    stories = load_stories(path)
    asked = [each for story in stories for each in questions_of(story)]
    began, embedder = time.strftime("%Y-%m-%dT%H:%M:%S%z"), load_embedder()
    results, milliseconds = [], {}
    with stories_index(stories, embedder) as reader:
        with reader.snapshot() as snapshot:
            corpus, model = corpus_of(snapshot), asdict(snapshot.settings)
        assistant = Assistant(reader, embedder)
        for question in asked:
            found = StoryAnswer(question, assistant.ask(question.question))
            results.append(result_of(found))
            milliseconds[results[-1].id] = found.answer.timings["total_ms"]
            on_progress(len(results), len(asked))
    settings = {**model, "reader": reader_hashes(), "gold": _digest(stories), "caution": "normal"}
    return EvalRun(settings, corpus, tuple(results), {"begun": began, "ms": milliseconds})


def result_of(found: StoryAnswer) -> QuestionResult:
    """A question to a story with its score: that of its kind, and whether it was answered rightly or at all."""
    asked, answer = found.asked, found.answer
    gold: tuple[Span, ...] = tuple(place for places in asked.values for place in places)
    values = {asked.kind: float(PASSES[asked.kind](found))}
    if gold:
        values["answered rightly"] = float(found.said == asked.holds)
    else:
        values["false answers"] = float(found.said is not None)
    said = answer if answer.status == "answered" else None
    return QuestionResult(
        id=f"{asked.story}.{asked.kind}.{_digest(asked.question)[:8]}",
        question=asked.question,
        language=asked.language,
        tags=(asked.kind,),
        pair=None,
        answers=(),
        quotes=(),
        gold=gold,
        values=values,
        answer=said.text if said else None,
        sentence=said.sentence if said else None,
        reason=answer.reason.text(),
        confidence=answer.confidence,
        right=found.said == asked.holds,
    )


def _digest(content: Sequence[Story] | str) -> str:
    return hashlib.sha256(json.dumps(content, ensure_ascii=False, sort_keys=True).encode()).hexdigest()
