"""Lists the words of the project's own Kazakh articles: `python -m eval.training.kazakh_words` writes what `index.analysis.dictionary` reads."""

import gzip
import re
from collections import Counter
from collections.abc import Iterable, Iterator

from eval.datasets.own import TRAIN, Row, load_own
from index.analysis.dictionary import KAZAKH_WORDS

_WORD = re.compile(r"[^\W\d_]+")


def kazakh_words(texts: Iterable[str]) -> list[str]:
    """The words of some texts in small letters, in order; names, which mostly have a capital, are left out.

    >>> kazakh_words(["Алматыда үй көп. Үй салынды"])
    ['көп', 'салынды', 'үй']
    """
    seen: Counter[str] = Counter()
    capital: Counter[str] = Counter()
    for word in (word for text in texts for word in _WORD.findall(text)):
        seen[word.lower()] += 1
        capital[word.lower()] += word[0].isupper()
    return sorted(word for word, count in seen.items() if capital[word] <= count / 2)


def _texts(rows: Iterable[Row]) -> Iterator[str]:
    for row in rows:
        yield from (row["articles"]["kk"]["title"], row["articles"]["kk"]["text"])
        for asked in (*row["facts"], *row["misses"]):
            yield from asked["questions"]["kk"]


def main() -> None:
    """Write the list; it is the same bytes every time."""
    text = "\n".join(kazakh_words(_texts(load_own(*TRAIN))))
    KAZAKH_WORDS.write_bytes(gzip.compress(text.encode(), mtime=0))


if __name__ == "__main__":
    main()
