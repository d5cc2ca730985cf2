"""Why a question was answered or not: a code with parameters, whose words stand in one file a language."""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from functools import cache
from pathlib import Path
from typing import Any

from index import Filters

TEXTS = Path(__file__).with_name("texts")


class Code(StrEnum):
    """What decided. Those with parameters name them."""

    ANSWERED = "answered"
    UNSURE = "unsure"
    EMPTY_INDEX = "empty_index"
    FILTERED_OUT = "filtered_out"  # filters; sources, languages: what there is, where none of those asked for is
    NO_MATCH = "no_match"
    NO_SUCH_KIND = "no_such_kind"  # kind: the answer type that no passage names
    NOT_SURE_ENOUGH = "not_sure_enough"
    NOT_ASKED = "not_asked"  # what: why the question could not be asked
    KEY_WORDS = "key_words"  # no question: what the articles say about them is shown
    JUDGING = "judging"  # whether something is good is not judged: what the articles say about it is shown
    COMPARING = "comparing"  # two things are not compared: what the articles say about them is shown
    HOW_TO = "how_to"  # no single sentence tells how something is done: what the articles say about it is shown
    DEFINING = "defining"  # no sentence says what a thing is: what the articles say about it is shown
    WHEREABOUTS = "whereabouts"  # no sentence says where a thing is: what the articles say about it is shown
    WHO = "who"  # no sentence says who somebody is, or who made a thing: what the articles say about it is shown
    VAGUE = "vague"  # the words of a question stand in many articles, and do not say which is meant: sentences of some are shown
    ARTICLE = "article"  # no sentence says when an article was written, or by whom: those of its title are listed
    MORE = "more"  # how an article goes on is shown
    UNCLEAR = "unclear"  # a follow-up that is no whole question: others are offered
    SMALL_TALK = "small_talk"  # articles: how many there are; or a request, such as to summarise


@dataclass(frozen=True, slots=True)
class Reason:
    """A code with its parameters, which are plain JSON.

    `unfinished`, with any code, is how many articles the index holds so far when its last run has not ended.

    >>> Reason(Code.NO_SUCH_KIND, {"kind": "number"}).text()
    'Passages were found, but they name no number, and the question asks for one.'
    >>> Reason(Code.NO_MATCH).text("ru")
    'Не нашлось ни одного отрывка, подходящего к вопросу.'
    """

    code: Code
    params: Mapping[str, Any] = field(default_factory=dict)

    def text(self, language: str = "en") -> str:
        """The reason in words: one sentence or more."""
        words = texts(language)
        return " ".join(words[key].format(**gaps) for key, gaps in self.sentences())

    def sentences(self) -> list[tuple[str, dict[str, str]]]:
        """Which texts say it, in order, each with what fills its gaps. The gaps need no translation."""
        if "unfinished" in self.params:
            so_far = ("reason_unfinished", {"documents": f"{self.params['unfinished']}"})
            return [so_far, *self._of_code()]
        return self._of_code()

    def _of_code(self) -> list[tuple[str, dict[str, str]]]:
        match self.code:
            case Code.NO_SUCH_KIND:
                return [(f"reason_no_such_kind_{self.params['kind']}", {})]
            case Code.NOT_ASKED:
                return [("reason_not_asked", {"what": self.params["what"]})]
            case Code.SMALL_TALK:
                return [("reason_small_talk", {"articles": f"{self.params['articles']}"})]
            case Code.FILTERED_OUT:
                return self._filtered_out()
            case _:
                return [(f"reason_{self.code}", {})]

    def _filtered_out(self) -> list[tuple[str, dict[str, str]]]:
        found: list[tuple[str, dict[str, str]]] = [
            ("reason_filtered_out", {"filters": _filters_in_signs(self.params["filters"])})
        ]
        if "sources" in self.params:
            sources = _quoted(self.params["sources"])
            found.append(("reason_sources", {"sources": sources}) if sources else ("reason_no_sources", {}))
        if "languages" in self.params:
            found.append(("reason_languages", {"languages": ", ".join(self.params["languages"])}))
        return found


@cache
def texts(language: str) -> dict[str, str]:
    """Every text about reasons in a language, by key."""
    loaded: dict[str, str] = json.loads((TEXTS / f"{language}.json").read_text("utf-8"))
    return loaded


def filters_as_json(filters: Filters) -> dict[str, Any]:
    """The filters that are set, as a batch file has them."""
    named = ((name, getattr(filters, name)) for name in Filters.__slots__)
    return {name: list(value) if isinstance(value, tuple) else value for name, value in named if value is not None}


def _filters_in_signs(filters: Mapping[str, Any]) -> str:
    """Filters without a word of any language.

    >>> _filters_in_signs({"after": "2026", "sources": ["Orda.kz"], "languages": ["ru"]})
    '2026 – …, "Orda.kz", ru'
    """
    dates = f"{filters.get('after', '…')} – {filters.get('before', '…')}"
    parts = [
        *([dates] if "after" in filters or "before" in filters else []),
        _quoted(filters.get("sources", ())),
        ", ".join(filters.get("languages", ())),
        _quoted(filters.get("documents", ())),
    ]
    return ", ".join(part for part in parts if part) or "∅"


def _quoted(names: Sequence[str]) -> str:
    return ", ".join(f'"{name}"' for name in names)
