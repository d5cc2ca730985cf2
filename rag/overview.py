"""What is shown where nothing is asked: what the articles say about key words, or which articles there are."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import replace
from itertools import islice
from math import fsum

from index import Document, Embedder, Filters, Snapshot
from index.analysis.detect import detect
from index.analysis.languages import record
from index.analysis.name_keys import MARK
from index.analysis.sentences import sentences
from index.analysis.terms import query_terms, terms, words
from rag.answer import Answer, Citation, ListedArticle, Point
from rag.reading.context import sentence_at
from rag.reason import Code, Reason
from rag.types import Passage, Query, Reading
from rag.understanding.definition import defines
from rag.understanding.question import Meant
from rag.understanding.said import Said
from rag.verdict.judge import Verdict
from rag.verdict.quotation import quotation

MOST_ARTICLES = 10  # named for a greeting
MOST_KEPT = 30  # lists of the newest articles
MOST_POINTS = 5
MORE_SENTENCES = 3
_WORD = re.compile(r"[^\W_]+(?:[-'’][^\W_]+)*")
_CODE = re.compile(r"^(?:[$%] |\{\{|//|#\[|#!|</?\w)|::|[-=]>|\(\)|\);|\{$|[=!]=")  # a sentence that programs read
_ENDED = re.compile(r"[.!?…][\"'”»’)\]]*$")  # of a sentence; a heading has no such end
_SHORT_KEY = 5  # a mark and four sounds: words that are no names share it by chance, as "road" and "read" do
_COVERED = 0.6  # share of the key words, by weight, that a passage must hold
_MOST = 0.5  # the same of what is said where no passage does
_FEW = 2  # key words, all of which a passage must hold: "bus late" is about no order that is late
_SHORT_WORD = 3  # letters of a key word that a name with a hyphen may hold by chance: "су" and "Орта-Су"
_JOINED_NAME = re.compile(r"\b[A-ZА-ЯЁӘҒҚҢӨҰҮҺІ]\w*(?:-[A-ZА-ЯЁӘҒҚҢӨҰҮҺІ]\w*)+")
_NEAR = 0.82  # cosine from which a sentence in another language is about the key words, too

_SAME = ("key_words", "judging", "comparing", "how_to", "defining", "whereabouts", "who", "vague")
_OVERVIEWS = {kind: Code(kind) for kind in _SAME} | {"doing": Code.HOW_TO, "maker": Code.WHO}

KeyWords = Mapping[str, tuple[frozenset[str], float]]  # the terms of each word, and how much it tells


def _newest(snapshot: Snapshot, filters: Filters | None, language: str) -> tuple[ListedArticle, ...]:
    """The articles that pass the filters, at most ten: those in a language first, each newest first."""
    every = filters or Filters()
    readable = [] if every.languages else snapshot.newest(MOST_ARTICLES, replace(every, languages=(language,)))
    listed = {each.id: each for each in (*readable, *snapshot.newest(MOST_ARTICLES, filters))}
    return tuple(map(ListedArticle.of, islice(listed.values(), MOST_ARTICLES)))


def what_is_said(query: Query, found: Sequence[Passage], embedder: Embedder, thing: str = "") -> list[Reading]:
    """The sentence of each article that says most about key words: of the five best articles, those in the language of the words
    before others, then newest first. An article whose sentence stands in a better one, too, as standing phrases of a publisher do, leaves its place to the next.

    Args:
        query: the key words.
        found: passages, best first.
        thing: what is asked what it is; a sentence that says so goes first.
    """
    weights, own = _weights(query), query.language
    best: dict[str, Reading] = {}
    for passage in sorted(found, key=lambda each: each.document.language != own):
        known = best.get(passage.document.id)
        if (known and _names_words(known)) or (not known and len(best) == MOST_POINTS):
            continue
        reading = _best_sentence(query, weights, passage, embedder, thing)
        is_better = reading and (not known or _names_words(reading))
        if reading and is_better and not any(_is_same(reading, other) for other in best.values()):
            best[passage.document.id] = reading
    return sorted(
        best.values(),
        key=lambda each: (
            _defines(each.sentence, thing, each.document),
            each.document.language == own,
            each.document.published or "",
        ),
        reverse=True,
    )


def _defines(sentence: str, thing: str, document: Document) -> bool:
    return bool(thing) and defines(sentence, thing, document.language)


def _names_words(reading: Reading) -> bool:
    """Whether a sentence holds one of the key words, and is not only about them."""
    return (reading.start, reading.end) != (reading.sentence_start, reading.sentence_end)


def _is_same(one: Reading, other: Reading) -> bool:
    return words(one.sentence) == words(other.sentence)


class NewestArticles:
    """How many articles pass filters, and the newest of them: of one generation looked up once, and not at every greeting."""

    def __init__(self) -> None:
        self._generation = -1
        self._found: dict[tuple[str, str], tuple[int, tuple[ListedArticle, ...]]] = {}

    def of(self, snapshot: Snapshot, filters: Filters | None, language: str) -> tuple[int, tuple[ListedArticle, ...]]:
        """The count, and at most ten articles: those in a language first, each newest first."""
        if snapshot.generation != self._generation or len(self._found) >= MOST_KEPT:
            self._generation, self._found = snapshot.generation, {}
        key = repr(filters), language
        if key not in self._found:
            self._found[key] = snapshot.count(filters), _newest(snapshot, filters, language)
        return self._found[key]


def answer_small_talk(
    question: str, meant: Meant, snapshot: Snapshot, filters: Filters | None, newest: NewestArticles
) -> Answer:
    """What Kenes does, and the newest articles."""
    count, articles = newest.of(snapshot, filters, meant.language)
    reason = Reason(Code.SMALL_TALK, {"articles": count})
    return replace(without_points(question, meant, snapshot), reason=reason, articles=articles)


def answer_key_words(
    question: str, meant: Meant, query: Query, found: Sequence[Passage], snapshot: Snapshot, embedder: Embedder
) -> Answer:
    """What the articles say about key words, or about what is to be judged; not found if they say nothing."""
    points, citations = _cited(what_is_said(query, found, embedder, meant.thing))
    reason = Reason(_OVERVIEWS[meant.kind])
    answer = replace(without_points(question, meant, snapshot), points=points, citations=citations, reason=reason)
    return answer if points else replace(answer, status="not_found", reason=Reason(Code.NO_MATCH))


def tells_of(query: Query, meant: Meant, verdict: Verdict) -> bool:
    """Whether what would be said names most of a thing of which the articles say nothing else: "a 4-year vesting" for the vesting schedule.

    Only where a value may be asked for: not who somebody is, nor where.

    Args:
        query: the thing.
    """
    if meant.kind not in ("defining", "vague", "doing") or not verdict.points:
        return False
    if meant.kind == "vague":  # its words stand in many articles, though never together
        return True
    reading, weights = verdict.points[0].first.reading, _weights(query)
    held = _held(f"{reading.document.title}. {reading.sentence}", reading.document.language, weights)
    return _weight(held, weights) > _MOST * fsum(weight for _, weight in weights.values())


def answer_more(question: str, said: Said, found: Sequence[Passage], snapshot: Snapshot) -> Answer:
    """How the article goes on that answered before, at its end what went before, and passages of other articles.

    Args:
        found: passages for the question before.
    """
    meant = Meant("question", said.question, detect(said.question))
    document = snapshot.document(said.document) if said.document else None
    end = said.end or 0
    more = (_following(document, end) or (_preceding(document, end) if said.answer else ())) if document else ()
    readings = [Reading(document, *more, *more, 0.0)] if document and more else []
    points, citations = _cited(readings)
    answer = replace(
        without_points(question, meant, snapshot), points=points, citations=citations, reason=Reason(Code.MORE)
    )
    return answer if points or found else replace(answer, status="not_found", reason=Reason(Code.NO_MATCH))


def _following(document: Document, place: int) -> tuple[int, int] | tuple[()]:
    """The next sentences of an article after a place, up to the end of their paragraph; nothing at its end."""
    text = document.text
    start = place + len(text[place:]) - len(text[place:].lstrip())
    end = text.find("\n\n", start)
    spans = sentences(text[start : end if end >= 0 else None], document.language)[:MORE_SENTENCES]
    return (start + spans[0][0], start + spans[-1][1]) if spans else ()


def _preceding(document: Document, place: int) -> tuple[int, int] | tuple[()]:
    """The sentences of a paragraph before the one that ends at a place; nothing at its beginning."""
    first = document.text.rfind("\n\n", 0, place) + 1
    *before, _ = sentences(document.text[first:place], document.language) or [(0, 0)]
    spans = before[-MORE_SENTENCES:]
    return (first + spans[0][0], first + spans[-1][1]) if spans else ()


def answer_unclear(question: str, offers: tuple[str, ...]) -> Answer:
    """The answer to a follow-up that is no whole question: what may be meant."""
    return Answer(
        question=question,
        understood=question,
        language=detect(question),
        status="not_found",
        kind=None,
        points=(),
        others=(),
        likeliest=None,
        reason=Reason(Code.UNCLEAR),
        citations=(),
        passages=(),
        timings={"total_ms": 0.0},
        generation=0,
        model="",
        offers=offers,
    )


def without_points(question: str, meant: Meant, snapshot: Snapshot) -> Answer:
    """An overview that shows nothing yet."""
    return Answer(
        question=question,
        understood=meant.text,
        language=meant.language,
        status="overview",
        kind=None,
        points=(),
        others=(),
        likeliest=None,
        reason=Reason(Code.KEY_WORDS),
        citations=(),
        passages=(),
        timings={},
        generation=snapshot.generation,
        model=snapshot.settings.model,
        corrections=meant.corrections,
        offers=meant.offers,
    )


def _cited(readings: Sequence[Reading]) -> tuple[tuple[Point, ...], tuple[Citation, ...]]:
    """A point for each sentence, which claims no answer, and their citations."""
    readings = list(map(quotation, readings))
    citations = tuple(
        Citation.of(number, reading.document, reading.sentence_start, reading.sentence_end)
        for number, reading in enumerate(readings, 1)
    )
    points = (
        Point(each.answer, each.start, each.end, each.sentence, 0.0, (number,), 1)
        for number, each in enumerate(readings, 1)
    )
    return tuple(points), citations


def _weights(query: Query) -> KeyWords:
    """The terms of each key word, and how much it tells: as much as its most frequent term."""
    function_words, every = record(query.language).function_words, words(query.text)
    telling = [word for word in every if word not in function_words] or every
    looked = {word: _forms(word, query.language) for word in telling}
    return {
        word: (forms, min(query.weights[form] for form in forms if form in query.weights))
        for word, forms in looked.items()
        if not forms.isdisjoint(query.weights)
    }


def _forms(word: str, language: str) -> frozenset[str]:
    """The terms of a key word; of one with a hyphen not its single letters, which other words have as well: e-mail."""
    forms = frozenset(query_terms(word, language))
    return (frozenset(form for form in forms if len(form) > 1) or forms) if "-" in word else forms


def _best_sentence(query: Query, weights: KeyWords, passage: Passage, embedder: Embedder, thing: str) -> Reading | None:
    """The sentence of a passage that is most about key words; None if the passage is about something else."""
    document, chunk = passage.document, passage.chunk
    starts = [chunk.start + start for start, _ in sentences(chunk.text, document.language)]
    every = list(dict.fromkeys(sentence_at(document, start) for start in starts))
    spans = [span for span in every if _CODE.search(query.text) or not _CODE.search(document.text[slice(*span)])]
    if not spans:
        return None
    title = _held(document.title, document.language, weights)
    held = [_held(document.text[start:end], document.language, weights) for start, end in spans]
    is_named = _are_told(title, held, weights)
    if not is_named and document.language == query.language:
        return None
    told = [f"{document.title}. {document.text[start:end]}" for start, end in spans]
    cosines = embedder.embed_documents(told).vectors @ query.vector
    if not is_named and max(cosines, default=0.0) < _NEAR:
        return None
    named = [_weight(each, weights) if is_named else 0.0 for each in held]
    ended = [bool(_ENDED.search(document.text[:end], start)) for start, end in spans]
    says = [_defines(document.text[start:end], thing, document) for start, end in spans]
    at = max(range(len(spans)), key=lambda at: (says[at], named[at], ended[at], float(cosines[at])))
    start, end = spans[at]
    first, last = _first_word(document.text[start:end], document.language, weights)
    return Reading(document, start, end, start + first, start + last, 0.0)


def _are_told(title: frozenset[str], held: Sequence[frozenset[str]], weights: KeyWords) -> bool:
    """Whether a passage is about key words: all of a few of them stand in it, or most of many."""
    there = title.union(*held)
    if len(weights) <= _FEW:
        return there == weights.keys()
    return _weight(there, weights) >= _COVERED * fsum(weight for _, weight in weights.values())


def _first_word(sentence: str, language: str, weights: KeyWords) -> tuple[int, int]:
    """Where the first key word stands in a sentence; the whole sentence if there is none, as in another language."""
    for word in _WORD.finditer(sentence):
        if _held(word[0], language, weights):
            return word.span()
    return 0, len(sentence)


def _held(text: str, language: str, weights: KeyWords) -> frozenset[str]:
    """Which of the key words a text holds."""
    if all(word.islower() and len(word) <= _SHORT_WORD for word in weights):
        text = _JOINED_NAME.sub(" ", text)
    names = " ".join(word for word in _WORD.findall(text) if word[0].isupper())
    there = {term for term in terms(text, language) if term[0] != MARK or len(term) > _SHORT_KEY}
    there.update(terms(names, language))
    return frozenset(word for word, (forms, _) in weights.items() if not forms.isdisjoint(there))


def _weight(held: frozenset[str], weights: KeyWords) -> float:
    return fsum(weights[word][1] for word in held)
