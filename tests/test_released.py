"""Changelogs: what stands under a heading is told of its version and its day."""

from collections.abc import Iterator
from concurrent.futures import Future

import pytest

from index import Chunk, Document, build, load_embedder
from index.analysis.detect import detect
from rag.assistant import Assistant
from rag.reading.releases import plain_version, releases_in
from rag.types import Passage, Query
from rag.verdict.released import of_asked_release, told_of_release

KILN = """All notable changes of Kiln.

[3.2.0] - 2024-03-02

Added

- Support for gas burners.
- A dry run of the fire command.

Removed

- Support for Windows 8.

[3.1.1] - 2024-01-15

Fixed

- Crash when the cone table is empty (#412).

3.1.0 (9 November 2023)

- The bisque profile was renamed to first-fire.

3.0.0 (1st June, 2023)

- Drop support for Windows 7."""
CEDAR = """Версия 2.1 (5 мая 2024)

- Добавлена выгрузка в таблицы.
- Прекращена поддержка Windows 7.

Версия 2.0 (14 февраля 2024)

- Исправлена ошибка печати ведомостей.
- Удалён модуль факсов.

Версия 1.9 (3 октября 2023)

- Добавлен поиск по ведомостям."""
SPIREA = """2.1 нұсқасы (2024 жылғы 5 мамыр)

- Кестеге шығару қосылды.

2.0 нұсқасы (2024 жылғы 14 ақпан)

- Басып шығару қатесі түзетілді.
- Факс модулі жойылды.

1.9 нұсқасы (2023 жылғы 3 қазан)

- Тізімнен іздеу қосылды."""
TITLES = {KILN: "Kiln changelog", CEDAR: "История изменений «Кедра»", SPIREA: "«Тобылғы» өзгерістері"}


def passage(text: str, title: str = "") -> Passage:
    document = Document(text, title or TITLES[text], text, None, None, None, detect(text), "")
    return Passage(Chunk(text, 0, 0, len(text), text), document, 1, 1.0, {})


def asked(question: str) -> Query:
    return Query(question, detect(question), (), {}, Future())


@pytest.mark.parametrize(
    ("text", "found"),
    [
        (KILN, [("3.2.0", "2024-03-02"), ("3.1.1", "2024-01-15"), ("3.1.0", "9 November 2023"), ("3.0.0", "1st June, 2023")]),
        (CEDAR, [("2.1", "5 мая 2024"), ("2.0", "14 февраля 2024"), ("1.9", "3 октября 2023")]),
        (SPIREA, [("2.1", "2024 жылғы 5 мамыр"), ("2.0", "2024 жылғы 14 ақпан"), ("1.9", "2023 жылғы 3 қазан")]),
        ("v1.1\n\nTea.\n\nRelease 1.0 (yanked)\n\nMilk.", [("1.1", None), ("1.0", None)]),
        ("1.2 Tea\n\nTea is hot.\n\n1.3 Milk\n\nMilk is cold.", []),  # numbered sections
        ("12.05.2024\n\nTea.\n\n13.05.2024\n\nMilk.", []),  # days
        ("- 1.2.0\n- 1.1.0\n\nTwo versions.", []),
        ("1.2.0\n\nOnly one.", []),
    ],
)  # fmt: skip
def test_headings_of_releases(text: str, found: list[tuple[str, str | None]]) -> None:
    document = Document("1", "Changes", text, None, None, None, detect(text), "")
    told = [(each.name, each.day and text[slice(*each.day)]) for each in releases_in(document)]
    assert told == found
    assert all(text[slice(*each.version)] == each.name for each in releases_in(document))


def test_versions_are_equal_without_zeros_at_their_end() -> None:
    assert plain_version("3.0") == plain_version("3.0.0")
    assert plain_version("3.0.1") != plain_version("3.0")
    assert plain_version("3.10") != plain_version("3.1")


@pytest.mark.parametrize(
    ("question", "answers"),
    [
        (
            "What changed in 3.2.0?",
            ["Support for gas burners", "A dry run of the fire command", "Support for Windows 8"],
        ),
        ("What was removed in Kiln 3.2.0?", ["Support for Windows 8"]),
        ("What's new in version 3.1.1?", ["Crash when the cone table is empty"]),
        ("When was 3.1.1 released?", ["2024-01-15"]),
        ("When did Kiln 3.0 come out?", ["1st June, 2023"]),
        ("Which version dropped support for Windows 7?", ["3.0.0"]),
        ("Which version added gas burner support?", ["3.2.0"]),
        ("In which version was the bisque profile renamed?", ["3.1.0"]),
        ("When was support for Windows 8 removed?", ["2024-03-02"]),
        ("Что изменилось в версии 2.0?", ["Исправлена ошибка печати ведомостей", "Удалён модуль факсов"]),
        ("Что нового в «Кедре» 2.1?", ["Добавлена выгрузка в таблицы", "Прекращена поддержка Windows 7"]),
        ("Когда вышла версия 2.1?", ["5 мая 2024"]),
        ("В какой версии удалили модуль факсов?", ["2.0"]),
        ("Когда добавили поиск по ведомостям?", ["3 октября 2023"]),
        ("2.0 нұсқасында не өзгерді?", ["Басып шығару қатесі түзетілді", "Факс модулі жойылды"]),
        ("2.1 нұсқасы қашан шықты?", ["2024 жылғы 5 мамыр"]),
        ("Факс модулі қай нұсқада жойылды?", ["2.0"]),
        ("Басып шығару қатесі қашан түзетілді?", ["2024 жылғы 14 ақпан"]),
    ],
)
def test_a_changelog_answers(question: str, answers: list[str]) -> None:
    found = told_of_release(asked(question), [passage(each) for each in TITLES], 0.9)
    assert [each.answer for each in found] == answers
    assert all(each.sentence_start <= each.start < each.end <= each.sentence_end for each in found)


@pytest.mark.parametrize(
    "question",
    [
        "When was 4.0.0 released?",
        "When was Juniper 3.1.1 released?",  # another programme
        "What was removed in 3.1.1?",
        "Which version dropped support for Windows 10?",
        "Which version supports Windows 7?",
        "Which version added support for Windows 8?",  # it was removed
        "What happens in 3.1.1 if the table is empty?",
        "В какой версии добавили светлую тему?",
        "Когда вышла версия 3.7?",
        "3.7 нұсқасы қашан шықты?",
    ],
)
def test_what_no_changelog_tells(question: str) -> None:
    assert told_of_release(asked(question), [passage(each) for each in TITLES], 0.9) == []


def test_two_changelogs_with_the_version_tell_nothing() -> None:
    other = passage(KILN.replace("Kiln", "Juniper"), "Juniper changelog")
    assert told_of_release(asked("When was 3.1.1 released?"), [passage(KILN), other], 0.9) == []
    (only,) = told_of_release(asked("When was Juniper 3.1.1 released?"), [passage(KILN), other], 0.9)
    assert only.document.title == "Juniper changelog"


def test_the_heading_is_quoted_with_what_stands_near_below_it() -> None:
    (told,) = told_of_release(asked("Which version dropped support for Windows 7?"), [passage(KILN)], 0.9)
    assert told.sentence == "3.0.0 (1st June, 2023)\n\n- Drop support for Windows 7."
    long = KILN.replace(
        "- A dry run", "- A dry run of all that is fired, with the heat of each hour and the cone it reaches. " * 4
    )
    told, change = told_of_release(asked("Which version removed Windows 8?"), [passage(long, "Kiln")], 0.9)
    assert (told.answer, told.sentence, change.sentence) == (
        "3.2.0",
        "[3.2.0] - 2024-03-02",
        "- Support for Windows 8.",
    )


def test_passages_of_other_versions_are_left_out() -> None:
    kiln, prose = passage(KILN), passage("Kiln 3.1.1 came out on a Monday.", "About")
    cut = [Passage(Chunk("1", at, at, at + 80, KILN[at : at + 80]), kiln.document, 1, 1.0, {}) for at in (0, 330)]
    assert of_asked_release(asked("When was 3.1.1 released?"), [*cut, prose]) == [prose]
    assert of_asked_release(asked("When was Kiln shown?"), [*cut, prose]) == [*cut, prose]


@pytest.fixture(scope="module")
def assistant(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Assistant]:
    folder = tmp_path_factory.mktemp("changelogs")
    for at, (text, title) in enumerate(TITLES.items()):
        (folder / f"{at}.md").write_text(f"# {title}\n\n{text}\n", encoding="utf-8")
    build([folder], folder / "index", load_embedder())
    with Assistant.open(folder / "index") as opened:
        yield opened


def test_it_is_said_and_cited(assistant: Assistant) -> None:
    answer = assistant.ask("When was 3.1.1 released?")
    assert (answer.status, answer.points[0].text, answer.citations[0].title) == (
        "answered",
        "2024-01-15",
        "Kiln changelog",
    )
    assert assistant.ask("When was 4.0.0 released?").status == "not_found"
    assert len(assistant.ask("Что изменилось в версии 2.0?").points) == 2
