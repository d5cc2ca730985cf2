"""Embeds sentences after their titles, and remembers the last ones: further questions are often read in the same articles."""

from collections import OrderedDict
from collections.abc import Iterator, Sequence
from threading import Lock

from index import Embedder
from index.analysis.terms import readable
from index.articles.sections import subject_of
from rag.types import Reading, ToldSentence

REMEMBERED = 256  # sentences, of some 70 KB each


def told(reading: Reading) -> str:
    """A sentence after its title and the label of its section, which may say what it is about; Kazakh in Latin letters in Cyrillic."""
    document, sentence = reading.document, reading.sentence
    labels = subject_of(document.text, document.language, reading.sentence_start)
    over = [document.title, *(each for each in labels if each not in sentence and each != document.title)]
    return readable(". ".join([*over, sentence]), document.language)


class SentenceEmbeddings:
    """Embeds each sentence once, as long as it is among the last ones. Threads may share it."""

    def __init__(self, embedder: Embedder, remembered: int = REMEMBERED) -> None:
        self._embedder = embedder
        self._most = remembered
        self._remembered: OrderedDict[str, ToldSentence] = OrderedDict()
        self._changing = Lock()

    def of(self, texts: Sequence[str]) -> dict[str, ToldSentence]:
        """What the embedder makes of some texts, in their order."""
        with self._changing:
            found = {text: self._remembered[text] for text in texts if text in self._remembered}
        if new := [text for text in dict.fromkeys(texts) if text not in found]:
            found.update(zip(new, self._embedded(new), strict=True))
        with self._changing:
            for text in texts:
                self._remembered[text] = found[text]
                self._remembered.move_to_end(text)
            while len(self._remembered) > self._most:
                self._remembered.popitem(last=False)
        return {text: found[text] for text in texts}

    def _embedded(self, texts: Sequence[str]) -> Iterator[ToldSentence]:
        found = self._embedder.embed_documents(texts)
        nothing = [None] * len(texts)
        yield from map(ToldSentence, found.vectors, found.states or nothing, found.spans or nothing)
