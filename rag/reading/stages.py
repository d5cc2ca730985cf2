"""Tells what is said of another stage of a decision than is asked for: proposed, discussed, decided, signed, in force."""

from index.analysis.languages import record
from index.analysis.languages.record import whole_words

PROPOSED = 0
DECIDED = 2  # the first stage that is more than talk


class AskedStage:
    """The one stage of a decision that a question names: "signed", and not "adopted".

    >>> signed = AskedStage("When did the president sign the law?", "en", is_open=False)
    >>> [signed.is_other(each, "en") for each in ("parliament adopted it on 27 May", "he signed it on 3 June", "on 3 June")]
    [True, False, False]
    >>> decided = AskedStage("What did the board decide?", "en", is_open=True)
    >>> [decided.is_other(each, "en") for each in ("it discussed the port", "it approved the port", "the port was signed over")]
    [True, False, False]
    """

    def __init__(self, question: str, language: str, *, is_open: bool) -> None:
        """Without `is_open` a question asks for a time, a number or a name; what is asked in the open, and what was decided, may be told of a later stage."""
        named = _named(question, language)
        self._asked = next(iter(named)) if len(named) == 1 else None
        self._is_open = is_open

    def is_other(self, clause: str, language: str) -> bool:
        """Whether a clause names only other stages than the question does."""
        if self._asked is None:
            return False
        told = _named(clause, language)
        if self._is_open or self._asked == DECIDED:
            return bool(told) and max(told) < DECIDED <= self._asked
        if self._asked == PROPOSED and whole_words(record(language).statements.proposals).search(clause):
            return False  # her proposal was turned down
        return bool(told) and self._asked not in told


def _named(text: str, language: str) -> frozenset[int]:
    """The stages that a text names, by number."""
    stages = record(language).statements.stages
    return frozenset(number for number, stage in enumerate(stages) if whole_words(stage).search(text))
