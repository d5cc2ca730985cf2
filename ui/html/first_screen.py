"""The first screen as HTML: what is indexed, what the page does and does not do, and questions that are known to work."""

from collections.abc import Iterable
from itertools import islice

from index import LANGUAGES, KenesError, Snapshot
from ui.html.element import Html, element, joined
from ui.html.texts import label, say
from ui.server.queue import Desk

WANTED = 3  # questions in each language
TRIED = 8  # titles
NAMED_SOURCES = 6
# About the seeds; where none of them is answered, the titles of the articles are tried.
QUESTIONS = {
    "en": (
        "How many laws must change?",
        "How many articles of the Constitution will be revised?",
        "Who is Yerzhan Zhienbayev?",
    ),
    "ru": (
        "Сколько законов придётся изменить?",
        "Сколько статей Конституции изменят?",
        "Кто такой Ержан Жиенбаев?",
        "Как будет называться новый парламент?",
    ),
    "kk": ("Қанша заң өзгереді?", "Конституцияның қанша бабы өзгереді?", "Қанша өтініш түсті?"),
}

Facts = list[tuple[str, str]]


def examples(desk: Desk) -> dict[str, list[str]]:
    """Questions that these articles answer, in each language that some of them are in; asking them warms the model up."""
    with desk.reader.snapshot() as snapshot:
        titles = list(snapshot.listing())
    found: dict[str, list[str]] = {}
    for language in LANGUAGES:
        own = [title.rstrip("?!. ") + "?" for _, spoken, _, title in titles if spoken == language]
        found[language] = (_answered(desk, QUESTIONS[language]) or _answered(desk, own[:TRIED])) if own else []
    return found


def _answered(desk: Desk, questions: Iterable[str]) -> list[str]:
    return list(islice((question for question in questions if _is_answered(desk, question)), WANTED))


def _is_answered(desk: Desk, question: str) -> bool:
    try:
        return desk.assistant.ask(question).status == "answered"
    except KenesError:
        return False


async def welcome(desk: Desk, questions: dict[str, list[str]], language: str) -> Html:
    """The first screen in a language."""
    facts = await desk.look(lambda snapshot: _facts(snapshot, language))
    own = questions[language] or [each for others in questions.values() for each in others][:WANTED]
    listed = [joined(element("dt", label(language, key)), element("dd", value)) for key, value in facts]
    asked = [
        element("li", element("button", question, type="button", class_="example", data_ask=question))
        for question in own
    ]
    return element(
        "section",
        element("p", say(language, "lead"), class_="lead"),
        element("p", say(language, "does_not"), class_="does"),
        element("dl", *listed),
        element("h2", say(language, "examples")) if asked else None,
        element("ul", *asked) if asked else None,
        class_="welcome",
        data_language=language,
    )


def _facts(snapshot: Snapshot, language: str) -> Facts:
    sources = snapshot.sources()
    named = [source.name for source in sources if source.name]
    more = f" +{len(named) - NAMED_SOURCES}" if len(named) > NAMED_SOURCES else ""
    dates = [date for source in sources for date in (source.first, source.last) if date]
    span = " – ".join(dict.fromkeys((min(dates), max(dates)))) if dates else say(language, "no_dates")
    spoken = snapshot.languages()
    return [
        ("articles", str(snapshot.counts()[0])),
        ("sources", " · ".join(named[:NAMED_SOURCES]) + more or say(language, "no_sources")),
        ("dates", span),
        (
            "languages",
            " · ".join(f"{say(language, 'in_' + code)} {spoken[code]}" for code in LANGUAGES if code in spoken),
        ),
    ]
