"""Collects the words that answer a question for several: what is surely read, and the sentences that go on with it."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from rag.reading.extract import AnswerExtractor, Candidate
from rag.types import Passage, Query, Reading
from rag.verdict.beside import asks_for_speakers, beside, ends_with_name
from rag.verdict.enumeration import is_list, only_announces, with_its_list
from rag.verdict.excluded import Excluded
from rag.verdict.grouping import is_one_sentence, preference
from rag.verdict.matter import of_other_places
from rag.verdict.points import further_words, of_those_named, sure_enough

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
        found = [*apart, *self._beside(apart, extractor)]
        left = [kept for each in found if (kept := self.excluded.without(each))]
        telling = [each for each in left if not only_announces(each)] or left
        return sorted(telling, key=self._preference)

    def of_one_sentence(self, extractor: AnswerExtractor) -> list[Reading]:
        """The likeliest answer, and what its sentence lists besides: for a question that asks for one."""
        sure = self.sure(extractor)
        left = [kept for each in sure if (kept := self.excluded.without(each))]
        return [each for each in left if is_one_sentence(left[0], each)]

    def sure(self, extractor: AnswerExtractor) -> list[Reading]:
        """The surely read words, the likeliest first, of articles that name what the question names."""
        further = extractor.weigh(self.query, further_words(self.candidates))
        read = [with_its_list(each.reading) for each in (*self.candidates, *further)]
        sure = sorted(sure_enough(read, self.said), key=self._preference)
        return of_those_named(self.query, sure, [each.reading for each in self.candidates])

    def _preference(self, reading: Reading) -> float:
        return -preference(reading, self.query.language)

    def _is_doubtful(self, first: Reading, other: Reading) -> bool:
        """Whether words are told of other places than the likeliest ones, or beside a whole list, and are not very sure."""
        if other.confidence >= self.strict or is_one_sentence(first, other):
            return False
        return is_list(first.answer) or of_other_places(first, other, named=True)

    def _beside(self, sure: Sequence[Reading], extractor: AnswerExtractor) -> list[Reading]:
        """What sentences tell that go on with sure ones, nearly as likely as the surest words of their article."""
        likely = {each.document.id: each.confidence for each in sorted(sure, key=lambda each: each.confidence)}
        read = extractor.candidates(self.query, beside(self.query, self.found, sure))
        if asks_for_speakers(self.query):
            read = [each for each in read if ends_with_name(each.reading)]
        near = [each.reading for each in read if each.features.read >= OF_OTHERS]
        return [replace(each, confidence=max(each.confidence, BESIDE * likely[each.document.id])) for each in near]
