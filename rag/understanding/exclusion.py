"""What a question asks to leave out: "Apart from the mayor, who spoke?"."""

import functools
import re
from dataclasses import dataclass

from index.analysis.languages import record

_ITEMS = re.compile(r"\s*,\s*|\s+(?:and|or|и|или|мен|пен|және)\s+")


@dataclass(frozen=True, slots=True)
class Exclusion:
    """A question without what it leaves out.

    Attributes:
        asked: the question that remains.
        things: what is left out, each as the question words it.
    """

    asked: str
    things: tuple[str, ...]


def exclusion(question: str, language: str) -> Exclusion:
    """What a question leaves out; nothing, if it leaves nothing out.

    >>> exclusion("Apart from the mayor and Asel Kim, who spoke?", "en")
    Exclusion(asked='Who spoke?', things=('the mayor', 'Asel Kim'))
    >>> exclusion("Кто, кроме мэра, выступил?", "ru"), exclusion("Әкімнен басқа кім сөйледі?", "kk").things
    (Exclusion(asked='Кто выступил?', things=('мэра',)), ('Әкімнен',))
    """
    found = _excluding(language).search(question)
    if found is None or found.lastindex is None:
        return Exclusion(question, ())
    start, end = found.span(found.lastindex)
    asked = re.sub(r"\s+([?.!])", r"\1", f"{question[:start].rstrip(' ,')} {question[end:].lstrip(' ,')}".strip())
    return Exclusion(
        asked[:1].upper() + asked[1:], tuple(filter(None, _ITEMS.split(found[found.lastindex + 1].strip())))
    )


@functools.cache
def _excluding(language: str) -> re.Pattern[str]:
    return re.compile(record(language).lists.excluding, re.IGNORECASE)
