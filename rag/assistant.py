"""Wires it together: a question in, passages or an answer with citations out."""

import time
from collections.abc import Sequence
from dataclasses import replace
from functools import partial
from pathlib import Path
from typing import Self

from index import Embedder, Filters, InputError, MismatchedIndex, OpenIndex, Snapshot, load_embedder, open_index
from index.analysis.detect import detect
from rag.answer import Answer
from rag.overview import NewestArticles, answer_key_words, answer_more, answer_small_talk, answer_unclear, tells_of
from rag.reading.confidence import Caution
from rag.reading.extract import rerank
from rag.reason import Code, Reason
from rag.refusals import reason_of, why_nothing, with_unfinished
from rag.retrieval.printed_then import with_printed_then
from rag.retrieval.retrieve import near, retrieve
from rag.retrieval.select import PER_DOCUMENT, WIDEST, merge_adjacent
from rag.settled import settles
from rag.themes.kept import themes_of
from rag.themes.like import like
from rag.themes.report import ThemeReport, one_theme, report
from rag.timeline.find import find_timeline
from rag.timeline.types import Timeline
from rag.titled import answer_of_articles, articles_asked
from rag.types import Passage, Query
from rag.understanding.definition import language_of
from rag.understanding.like_small_talk import is_like_small_talk
from rag.understanding.question import Meant, as_written, meaning_of, prepare, understand
from rag.understanding.said import Said
from rag.verdict.comparer import READ_PASSAGES
from rag.verdict.defined import defined
from rag.verdict.judge import COMPARED_PASSAGES, Judge
from rag.verdict.named_sections import of_named_sections
from rag.verdict.numbered import by_number
from rag.verdict.steps import decided
from rag.verdict.telling import told

SHOWN_PASSAGES = 5
LIKELIER_THAN_NOT = 0.5  # the confidence from which on readings order the passages


class Assistant:
    """Answers questions from one index. Open it once, ask often.

    Example:
        with Assistant.open("my-index") as assistant:
            answer = assistant.ask("How many laws must change?")
            print(answer.sentence, answer.citations[0].title)
    """

    def __init__(self, reader: OpenIndex, embedder: Embedder) -> None:
        self._index = reader
        self._embedder = embedder
        self._judge = Judge(embedder)
        self._newest = NewestArticles()

    @property
    def embedder(self) -> Embedder:
        """The model of the index."""
        return self._embedder

    @classmethod
    def open(cls, path: str | Path) -> Self:
        """Open an index, with the model that it was made with.

        Args:
            path: its folder, or the address of the database that it is in; see `index.open_index`.

        Raises:
            MissingIndex: there is none.
            MismatchedIndex: its model is not the one of that name on this machine.
            ModelError: its model is not on this machine.
        """
        reader = open_index(path)
        try:
            with reader.snapshot() as snapshot:
                settings = snapshot.settings
            embedder = load_embedder(settings.model)
            if embedder.sha256 != settings.model_sha256:
                raise MismatchedIndex(
                    f'the index in {reader.name} was made with another version of the model "{settings.model}"',
                    reader.remake_command(),
                )
        except BaseException:
            reader.close()
            raise
        return cls(reader, embedder)

    def ask(
        self,
        question: str,
        top: int = SHOWN_PASSAGES,
        filters: Filters | None = None,
        caution: Caution = "normal",
        verbatim: bool = False,
        spoken: str | None = None,
    ) -> Answer:
        """Answer a question with the exact words of a document, or say that it is not answered there.

        Args:
            top: how many passages to show with the answer.
            filters: look only in the documents that pass, or in all for None.
            caution: how sure to be before answering; `rag.reading.confidence.FALSE_ANSWERS` says what each is set to.
            verbatim: ask the question as it is written: correct no slips, leave out no greeting, take nothing for key words.
            spoken: the language of who asks (en, ru, kk), which is that of a year, or of a name that several have; None: unknown.

        Raises:
            InputError: the question is empty or too long, or a document is not in the index.
        """
        times = [time.perf_counter()]
        with self._index.snapshot(search=True) as snapshot:
            _check_documents(snapshot, filters)
            meant = as_written(question) if verbatim else meaning_of(question, snapshot, spoken)
            if meant.kind == "unclear":
                return _timed(answer_unclear(question, ()), times)
            if meant.kind == "small_talk":
                return _timed(answer_small_talk(question, meant, snapshot, filters, self._newest), times)
            query = prepare(meant, self._embedder, snapshot)
            times.append(time.perf_counter())
            # joined only to be shown: what is read must not depend on how much is shown
            found = retrieve(snapshot, query, max(COMPARED_PASSAGES, _parts(top)), filters)
            found = of_named_sections(query, with_printed_then(snapshot, query, found, filters, READ_PASSAGES))
            nothing = None if found else why_nothing(snapshot, filters)
            indexed = snapshot.counts()[0] if snapshot.is_unfinished() else None
            times.append(time.perf_counter())
            task = {"how_to": meant.text, "doing": meant.thing}.get(meant.kind, "")
            looked_up = decided(task, query, found) or by_number(query, found)
            if looked_up is None and meant.kind in ("key_words", "judging", "comparing", "how_to") and found:
                return _timed(self._overview(question, meant, query, found, top, snapshot), times)
            verdict = looked_up or self._judge.decide(query, found, caution, partial(near, snapshot, filters=filters))
            is_settled = looked_up is not None or (
                settles(verdict, meant) if meant.thing else verdict.tier == "answered"
            )
            if not is_settled and (articles := articles_asked(query, found)):
                return _timed(answer_of_articles(question, meant, snapshot, articles), times)
            if meant.thing and found and not is_settled:
                thing = replace(meant, text=meant.thing, language=language_of(meant.thing, meant.language))
                named = prepare(thing, self._embedder, snapshot)
                about = retrieve(snapshot, named, max(COMPARED_PASSAGES, _parts(top)), filters)
                if definition := defined(meant, [*found, *about]):
                    verdict, found = definition, about
                else:
                    overview = self._overview(question, meant, named, about, top, snapshot)
                    if overview.points or not tells_of(named, meant, verdict):
                        return _timed(overview, times)
            elif verdict.tier == "unsure" and (definition := defined(meant, found)):
                verdict = definition
            if not verbatim and verdict.tier != "answered" and is_like_small_talk(query.vector, self._embedder.name):
                return _timed(answer_small_talk(question, meant, snapshot, filters, self._newest), times)
        points, others, citations = told(verdict)
        ranked = rerank(found, verdict.readings, LIKELIER_THAN_NOT, verdict.likeliest if points else None)
        times.append(time.perf_counter())
        return Answer(
            question=question,
            understood=query.text,
            language=query.language,
            status=verdict.tier,
            kind=verdict.kind,
            points=points,
            others=others,
            likeliest=verdict.likeliest,
            reason=with_unfinished(nothing or reason_of(verdict), indexed),
            citations=citations,
            passages=tuple(merge_adjacent(ranked)[:top]),
            timings=_timings(times),
            generation=snapshot.generation,
            model=snapshot.settings.model,
            corrections=meant.corrections,
            offers=meant.offers,
        )

    def _overview(
        self, question: str, meant: Meant, query: Query, found: Sequence[Passage], top: int, snapshot: Snapshot
    ) -> Answer:
        """What the articles say about the words of a query, and the passages that were found."""
        said = answer_key_words(question, meant, query, found, snapshot, self._embedder)
        return replace(said, passages=tuple(merge_adjacent(found)[:top]))

    def more(self, question: str, said: Said, top: int = SHOWN_PASSAGES, filters: Filters | None = None) -> Answer:
        """Go on after an answer: the next sentences of its article, and passages of others.

        Args:
            question: what was written, such as "tell me more".
            said: the question before, and where its answer ended.
        """
        times = [time.perf_counter()]
        with self._index.snapshot(search=True) as snapshot:
            _check_documents(snapshot, filters)
            query = understand(said.question, self._embedder, snapshot)
            found = [
                passage
                for passage in retrieve(snapshot, query, _parts(top), filters)
                if passage.document.id != said.document
            ]
            answer = answer_more(question, said, found, snapshot)
        return _timed(replace(answer, passages=tuple(merge_adjacent(found)[:top])), times)

    def search(
        self,
        question: str,
        top: int = SHOWN_PASSAGES,
        filters: Filters | None = None,
        per_document: int | None = None,
    ) -> list[Passage]:
        """The best passages for a question, best first, without reading an answer out of them.

        Args:
            top: how many at most.
            filters: look only in the documents that pass, or in all for None.
            per_document: at most so many chunks of one article. None: 2, and more only when no others are left.

        Raises:
            InputError: the question is empty or too long, or a document is not in the index.
        """
        with self._index.snapshot(search=True) as snapshot:
            _check_documents(snapshot, filters)
            query = understand(question, self._embedder, snapshot)
            return merge_adjacent(retrieve(snapshot, query, _parts(top, per_document), filters, per_document))[:top]

    def themes(self, filters: Filters | None = None, language: str | None = None) -> ThemeReport:
        """What the articles that pass the filters are about: themes, counted and quoted.

        Args:
            filters: count only the documents that pass, or all for None.
            language: to name themes in, where their articles have it; None for that of most articles.

        Raises:
            InputError: a document is not in the index.
            MissingPart: what groups articles is not installed.
        """
        found = themes_of(self._index, lambda: self._embedder)
        with self._index.snapshot() as snapshot:
            _check_documents(snapshot, filters)
            return report(snapshot, found, filters, language)

    def like(self, words: str, filters: Filters | None = None) -> ThemeReport:
        """The articles that are about what some words name, in whatever language, counted and quoted.

        Raises:
            InputError: the words are none or too many, or a document is not in the index.
        """
        with self._index.snapshot(search=True) as snapshot:
            _check_documents(snapshot, filters)
            return one_theme(snapshot, like(snapshot, self._embedder, words), filters)

    def timeline(self, question: str, filters: Filters | None = None) -> Timeline:
        """What the articles that pass the filters said to a question over time; errors as for `ask`."""
        with self._index.snapshot(search=True) as snapshot:
            _check_documents(snapshot, filters)
            return find_timeline(snapshot, self._embedder, question, meaning_of(question, snapshot), filters)

    def why_nothing(self, filters: Filters | None) -> Reason:
        """Why no passage was found with these filters."""
        with self._index.snapshot() as snapshot:
            return why_nothing(snapshot, filters)

    def close(self) -> None:
        self._index.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()


def _check_documents(snapshot: Snapshot, filters: Filters | None) -> None:
    for id in (filters and filters.documents) or ():
        if not snapshot.has_document(id):
            raise InputError(f'no document "{id}" in the index', "kenes status --documents lists what there is")


def _parts(top: int, per_document: int | None = None) -> int:
    """How many chunks make `top` passages, even if all that may come of one article are joined."""
    return top * min(per_document or PER_DOCUMENT, WIDEST)


def _timed(answer: Answer, times: Sequence[float]) -> Answer:
    """An answer with how long it took until now."""
    return replace(answer, timings=_timings([*times, time.perf_counter()]))


def _timings(times: Sequence[float]) -> dict[str, float]:
    """Milliseconds of the whole and of each stage, from the moments between them."""
    stages = zip(("understand_ms", "search_ms", "read_ms"), times, times[1:], strict=False)
    return {"total_ms": 1e3 * (times[-1] - times[0])} | {name: 1e3 * (end - start) for name, start, end in stages}


def unanswerable(question: str, what: str) -> Answer:
    """The answer to a question that cannot be asked, for a batch that must keep its order; `what` says why."""
    return Answer(
        question=question,
        understood=question,
        language=detect(question),
        status="not_found",
        kind=None,
        points=(),
        others=(),
        likeliest=None,
        reason=Reason(Code.NOT_ASKED, {"what": what}),
        citations=(),
        passages=(),
        timings={"total_ms": 0.0},
        generation=0,
        model="",
    )
