"""Collects the words that answer a question for several: what is surely read, and the sentences that go on with it."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from rag.reading.extract import AnswerExtractor, Candidate, Pointing
from rag.types import Passage, Query, Reading
from rag.verdict.beside import adds, beside, ends_with_name
from rag.verdict.enumeration import is_list, only_announces, with_its_list
from rag.verdict.excluded import Excluded
from rag.verdict.grouping import is_one_sentence, preference
from rag.verdict.in_its_words import asks_for_speakers
from rag.verdict.led_to import with_what_follows
from rag.verdict.listed import beside_in_list
from rag.verdict.matter import of_other_places
from rag.verdict.points import likely_enough, may_be_several, of_those_named, pointed_at, sure_enough

BESIDE = 0.8  # how likely what goes on with sure words answers, as a share of how likely these do
OF_OTHERS = -12.0  # log-odds of the reader below which a sentence that goes on tells of something else


@dataclass(frozen=True, slots=True)
class Several:
    """Where the answers to a question are looked for.

    Attributes:
        candidates: the best words of every passage that was read.
        found: these passages.
        excluded: what the question leaves out.
        said: the confidence from which on words are said.
        strict: the same of words that are told apart from the likeliest ones.
    """

    query: Query
    candidates: Sequence[Candidate]
    found: Sequence[Passage]
    excluded: Excluded
    said: float
    strict: float

    def readings(self, extractor: AnswerExtractor) -> list[Reading]:
        """Every answer that is sure enough to be said, the likeliest first; some may say the same."""
        sure = self.sure(extractor)
        apart = [each for each in sure if not self._is_doubtful(sure[0], each)]
        found = [*apart, *self._in_lists(apart), *self._beside(apart, extractor)]
        left = [kept for each in found if (kept := self.excluded.without(each))]
        telling = [each for each in left if not only_announces(each)] or left
        return sorted(telling, key=self._preference)

    def of_one_sentence(self, extractor: AnswerExtractor) -> list[Reading]:
        """The likeliest answer, and what its sentence lists besides: for a question that asks for one."""
        sure = self.sure(extractor)
        left = [kept for each in sure if (kept := self.excluded.without(each))]
        first = [each for each in left if is_one_sentence(left[0], each)]
        return [*first, *(self._in_lists(first) if may_be_several(self.query) else [])]

    def sure(self, extractor: AnswerExtractor) -> list[Reading]:
        """The surely read words, the likeliest first, of articles that name what the question names."""
        pointed = [each for candidate in self.candidates for each in likely_enough(pointed_at(candidate))]
        read = [with_its_list(each.reading) for each in extractor.weigh(self.query, pointed)]
        sure = sorted(sure_enough(self.query, read, self.said), key=self._preference)
        return of_those_named(self.query, sure, [each.reading for each in self.candidates])

    def _preference(self, reading: Reading) -> float:
        return -preference(reading, self.query.language)

    def _is_doubtful(self, first: Reading, other: Reading) -> bool:
        """Whether words are told of other places than the likeliest ones, or beside a whole list to which they do not add, and are not very sure."""
        if other.confidence >= self.strict or is_one_sentence(first, other):
            return False
        is_whole = is_list(first.answer) or with_what_follows(self.query, first) is not first
        return (is_whole and not adds(other)) or of_other_places(first, other, named=True)

    def _in_lists(self, sure: Sequence[Reading]) -> list[Reading]:
        """The other items of lists and columns in which sure words are one."""
        beside = [each for one in sure for each in beside_in_list(self.query, one)]
        return [replace(each, confidence=BESIDE * each.confidence) for each in beside]

    def _beside(self, sure: Sequence[Reading], extractor: AnswerExtractor) -> list[Reading]:
        """What sentences tell that go on with sure ones, nearly as likely as the surest words of their article, else of all."""
        if not sure:
            return []
        rising = sorted(sure, key=lambda each: each.confidence)
        likely = {each.document.id: each.confidence for each in rising}
        surest = rising[-1].confidence
        passages = beside(self.query, self.found, sure)
        alone = [pointed_at(each)[0] for each in extractor.candidates(self.query, passages)]
        read = extractor.weigh(self.query, [*alone, *self._in_place(passages)])
        if asks_for_speakers(self.query):
            read = [each for each in read if ends_with_name(each.reading)]
        near = [each.reading for each in read if each.features.read >= OF_OTHERS]
        told = {(each.document.id, each.sentence_end): each for each in reversed(near)}.values()
        return [
            replace(each, confidence=max(each.confidence, BESIDE * likely.get(each.document.id, surest)))
            for each in told
        ]

    def _in_place(self, passages: Sequence[Passage]) -> list[Pointing]:
        """What was read of some sentences where they stand: without those before them they may say too little."""
        places = [(each.document.id, each.chunk.start, each.chunk.end) for each in passages]
        return [
            each
            for candidate in self.candidates
            for each in pointed_at(candidate)
            if any(
                each.reading.document.id == document and start <= each.reading.start < end
                for document, start, end in places
            )
        ]
