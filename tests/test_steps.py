"""Steps, commands and lists: what a line leads to is quoted with it, and what it leads to answers."""

from concurrent.futures import Future
from dataclasses import replace

import pytest

from index import Chunk, Document
from index.analysis.detect import detect
from rag.reading.answer_type import asks_yes_or_no
from rag.reading.introduced import introduced
from rag.types import Passage, Query, Reading
from rag.verdict.led_to import in_lists, leads_nowhere, longer_lists, with_what_follows
from rag.verdict.points import may_be_several
from rag.verdict.steps import decided, steps_to

CLIENT = """Installing

Install it with pip:

$ pip install plover

To include support for maps, use:

pip install plover[maps]

Turning on the log

1. Open plover.toml.
2. Set log to on.

To turn off the log:

1. Remove the line.
2. Start anew.

The results of the log are:

1. 40 errors
2. 7 warnings

The window looks like this:

Settings

You need a licence to run it."""
RULES = """Чтобы вернуть книгу, выполните следующие шаги:

1. Подойдите к стойке.
2. Назовите номер билета.

Обновление каталога

Для обновления каталога выполните команду:

katalog refresh

Нельзя приносить в зал:

- еду
- собак

Основные причины отказа:
- долги
- чужой билет"""
CARD = """Құпиясөзді ауыстыру

1. Баптауларды ашыңыз.
2. Жаңа құпиясөзді енгізіңіз.

Тіркелу үшін мынадай құжаттар қажет:

- жеке куәлік
- сурет"""


def document(text: str, title: str = "") -> Document:
    return Document("d", title, text, None, None, None, detect(text), "")


def asked(question: str) -> Query:
    return Query(question, detect(question), (), {}, Future())


def passage(text: str, title: str = "") -> Passage:
    return Passage(Chunk("d", 0, 0, len(text), text), document(text, title), 1, 1.0, {})


def reading(words: str, text: str, sentence: str = "") -> Reading:
    start, sentence = text.index(words), sentence or words
    left = text.index(sentence)
    return Reading(document(text), left, left + len(sentence), start, start + len(words), 0.8)


@pytest.mark.parametrize(
    ("text", "line", "led_to"),
    [
        (CLIENT, "Install it with pip:", "$ pip install plover"),
        (CLIENT, "use:", "pip install plover[maps]"),
        (CLIENT, "Turning on the log", "1. Open plover.toml.\n2. Set log to on."),
        (CLIENT, "looks like this:", None),
        (CLIENT, "Installing", None),
        (RULES, "Нельзя приносить в зал:", "еду\n- собак"),
        (RULES, "причины отказа:", "долги\n- чужой билет"),
        (CARD, "құжаттар қажет:", "жеке куәлік\n- сурет"),
        ("Who came?\n\n— Ivan.\n\n— Petr.", "Who came?", None),
        ("What do you need?\n\n- a pass\n- a key", "What do you need?", "a pass\n- a key"),
        ("You need:\n\n- a pass", "You need:", None),
        ("He left.\n\n- a pass\n- a key", "He left.", None),
    ],
)
def test_a_line_leads_to_a_list_or_a_command(text: str, line: str, led_to: str | None) -> None:
    found = introduced(document(text), text.index(line) + len(line))
    assert (text[slice(*found)] if found else None) == led_to


@pytest.mark.parametrize(
    ("text", "task", "quotation", "words"),
    [
        (CLIENT, "install plover", "Install it with pip:\n\n$ pip install plover", "$ pip install plover"),
        (
            CLIENT,
            "install support for maps",
            "To include support for maps, use:\n\npip install plover[maps]",
            "pip install plover[maps]",
        ),
        (
            CLIENT,
            "turn on the log",
            "Turning on the log\n\n1. Open plover.toml.\n2. Set log to on.",
            "1. Open plover.toml.\n2. Set log to on.",
        ),
        (
            CLIENT,
            "turn off the log",
            "To turn off the log:\n\n1. Remove the line.\n2. Start anew.",
            "1. Remove the line.\n2. Start anew.",
        ),
        (
            RULES,
            "вернуть книгу",
            "Чтобы вернуть книгу, выполните следующие шаги:\n\n1. Подойдите к стойке.\n2. Назовите номер билета.",
            "1. Подойдите к стойке.\n2. Назовите номер билета.",
        ),
        (
            RULES,
            "обновить каталог",
            "Для обновления каталога выполните команду:\n\nkatalog refresh",
            "katalog refresh",
        ),
        (
            CARD,
            "Құпиясөзді ауыстырамын",
            "Құпиясөзді ауыстыру\n\n1. Баптауларды ашыңыз.\n2. Жаңа құпиясөзді енгізіңіз.",
            "1. Баптауларды ашыңыз.\n2. Жаңа құпиясөзді енгізіңіз.",
        ),
    ],
)
def test_how_something_is_done_is_told_by_its_steps_or_its_command(
    text: str, task: str, quotation: str, words: str
) -> None:
    (told,) = steps_to(task, asked(task), [passage(text, "Plover")], 0.8)
    assert (told.sentence, told.answer, told.confidence) == (quotation, words, 0.8)


@pytest.mark.parametrize(
    ("text", "task"),
    [
        (CLIENT, "install support for sound"),
        (CLIENT, "results of the log"),
        (CLIENT, "run a window"),
        (RULES, "вернуть каталог"),
        (RULES, "украсть книгу"),
        (CARD, "Құпиясөзді жоямын"),
    ],
)
def test_steps_to_something_else_tell_nothing(text: str, task: str) -> None:
    assert decided(task, asked(task), [passage(text)]) is None


@pytest.mark.parametrize(
    ("question", "text", "words", "sentence", "answer"),
    [
        (
            "Какие основные причины отказа?",
            RULES,
            "Основные причины отказа:",
            "",
            "долги\n- чужой билет",
        ),
        (
            "Тіркелу үшін қандай құжаттар қажет?",
            CARD,
            "мынадай құжаттар",
            "мынадай құжаттар қажет:",
            "жеке куәлік\n- сурет",
        ),
        ("Who runs Plover?", CLIENT, "The results of the log are:", "", "The results of the log are:"),
        ("Which results has the log?", CLIENT, "The results of the log are:", "", "1. 40 errors\n2. 7 warnings"),
        ("How many results are there?", CLIENT, "The results of the log are:", "", "The results of the log are:"),
        (
            "Where is the desk?",
            "It is in the hall and lends:\n- skis\n- boots",
            "in the hall",
            "It is in the hall and lends:",
            "in the hall",
        ),
    ],
)
def test_words_that_only_announce_go_on_to_what_follows(
    question: str, text: str, words: str, sentence: str, answer: str
) -> None:
    told = with_what_follows(asked(question), reading(words, text, sentence))
    assert told.answer == answer
    assert told.sentence.endswith(answer) or told.sentence == sentence


@pytest.mark.parametrize(
    ("text", "words", "nowhere"),
    [
        (CLIENT, "The window looks like this:", True),
        (CLIENT, "The results of the log are:", False),
        (CLIENT, "You need a licence to run it.", False),
        (RULES, "Нельзя приносить в зал:", False),
    ],
)
def test_a_line_that_leads_to_nothing_is_no_answer(text: str, words: str, nowhere: bool) -> None:
    assert leads_nowhere(reading(words, text)) is nowhere


@pytest.mark.parametrize(
    ("question", "is_open"),
    [
        ("What may not be brought?", True),
        ("What was lost in May?", True),
        ("What was the cause?", False),
        ("Who is on the board?", True),
        ("Who is the director?", False),
        ("Что нельзя приносить?", True),
        ("Что такое абонемент?", False),
        ("Кто входит в совет?", True),
        ("Неге тыйым салынады?", True),
        ("Не үшін жабылды?", True),  # why asks for several
        ("Директор кім?", False),
    ],
)
def test_a_question_may_leave_open_how_many_answers_it_has(question: str, is_open: bool) -> None:
    assert may_be_several(asked(question)) is is_open


@pytest.mark.parametrize(
    ("question", "language"),
    [
        ("Как установить Visual Studio Code?", "ru"),
        ("Visual Studio Code қалай орнатамын?", "kk"),
        ("Где скачать Android Studio Ladybug?", "ru"),
        ("Who wrote «как»?", "en"),
        ("How do I install Кітап?", "en"),
    ],
)
def test_a_question_is_in_the_language_of_the_word_that_asks(question: str, language: str) -> None:
    assert detect(question) == language


def test_how_asks_for_more_than_yes_or_no() -> None:
    assert not asks_yes_or_no("Как установить приложение?", "ru")
    assert asks_yes_or_no("Приложение установят?", "ru")


SHOP = """The shop is small, but it has many advantages:

- low prices
- a café

Members get a card and save at these counters:

- fruit
- bread"""


def test_a_list_is_told_whole_and_its_items_not_again() -> None:
    question = asked("Which advantages has the shop?")
    small = reading("The shop is small", SHOP, "The shop is small, but it has many advantages:")
    item = replace(reading("low prices", SHOP, "- low prices"), confidence=0.9)
    other = reading("get a card", SHOP, "Members get a card and save at these counters:")
    told = in_lists(question, [small, item, other])
    assert [(each.answer, each.confidence) for each in told] == [("low prices\n- a café", 0.9), ("get a card", 0.8)]


@pytest.mark.parametrize(
    ("text", "task", "told"),
    [
        # of several lines the one that says least besides
        (
            "To install plover on a server without a network, run:\n\nplover get\n\nTo install plover:\n\npip install plover",
            "install plover",
            ["pip install plover"],
        ),
        # two that say as much
        (
            "To install plover on Windows:\n\nwinget plover\n\nTo install plover on Linux:\n\napt plover",
            "install plover",
            ["winget plover", "apt plover"],
        ),
        # what is needed before is no step, and neither is what another thing is for
        ("Installing plover\n\nBefore you begin\n\n- a key\n- a disk", "install plover", []),
        ("To send a report of how plover was installed to the team, run:\n\nplover report", "install plover", []),
        ("Как установить кулик\n\nПеред началом\n\n- ключ\n- диск", "установить кулик", []),
        (
            "Как установить кулик\n\nВыполните команду:\n\napt install kulik\n\nЗатем войдите:\n\nkulik login",
            "установить кулик",
            ["apt install kulik"],
        ),
        (
            "Бағдарламаны орнату\n\nМына пәрменді орындаңыз:\n\nsnap install dala\n\nСодан кейін тексеріңіз:\n\ndala check",
            "Бағдарламаны орнатамын",
            ["snap install dala"],
        ),
    ],
)
def test_the_line_that_says_the_task_and_little_besides_tells_it(text: str, task: str, told: list[str]) -> None:
    assert [each.answer for each in steps_to(task, asked(task), [passage(text)], 0.8)] == told


@pytest.mark.parametrize(
    ("text", "command"),
    [
        (
            "Set it up:\n\n# the first time\nplover init\n\n# then\nplover run\n\nIt runs.",
            "# the first time\nplover init\n\n# then\nplover run",
        ),
        ("List them:\n\nplover list\n\n[{}, {}]\n\nThe end.", "plover list"),
        ("Picture:\n\nplover.png\n\nThe end.", None),
        ("Run it and wait...\n\n>>> plover.run()\n\nThe end.", ">>> plover.run()"),
    ],
)
def test_code_ends_where_its_remarks_and_prompts_do(text: str, command: str | None) -> None:
    found = introduced(document(text), len(text.partition("\n")[0]))
    assert (text[slice(*found)] if found else None) == command


LETTERS = "abcdefghi"


@pytest.mark.parametrize(
    ("over", "count", "quotations"),
    [
        ("These towns take part:", 9, ["These towns take part:\n\n" + "\n".join(f"- town {each}" for each in LETTERS)]),
        ("Участвуют сёла:", 9, ["Участвуют сёла:\n\n" + "\n".join(f"- town {each}" for each in LETTERS)]),
        ("Мына ауылдар қатысады:", 3, [f"town {each}" for each in "abc"]),
    ],
)
def test_a_list_too_long_for_points_is_one(over: str, count: int, quotations: list[str]) -> None:
    names = [f"town {each}" for each in LETTERS[:count]]
    text = f"The fair.\n\n{over}\n\n" + "\n".join(f"- {name}" for name in names)
    told = longer_lists([reading(name, text) for name in [*names[1:], names[0], names[1]]])
    assert sorted({each.sentence for each in told}) == quotations


@pytest.mark.parametrize(
    ("question", "text", "told"),
    [
        ("What command installs support for maps?", CLIENT, "pip install plover[maps]"),
        ("Which command do I use to install plover?", CLIENT, "$ pip install plover"),
        ("Какой командой обновить каталог?", RULES, "katalog refresh"),
        (
            "Қолданбаны орнату үшін қандай пәрмен керек?",
            "Қолданбаны орнату үшін:\n\nsnap install dala",
            "snap install dala",
        ),
        ("Which command sells plover?", CLIENT, None),
        ("What is plover?", CLIENT, None),
    ],
)
def test_a_question_for_a_command_is_answered_with_it(question: str, text: str, told: str | None) -> None:
    found = decided("", asked(question), [passage(text, "Plover")])
    assert (found.points[0].first.reading.answer if found else None) == told


@pytest.mark.parametrize(
    "places",
    [
        (
            "After you installed the tool and the map of roads, try:",
            "After you installed the tool and the map of rivers, try:",
        ),
        ("Install the map of roads with the tool named so:", "Install the map of rivers with the tool named so:"),
    ],
)
def test_of_two_commands_that_words_do_not_tell_apart_none_is_told(places: tuple[str, str]) -> None:
    text = "\n\n".join(f"{place}\n\nplover install {number}" for number, place in enumerate(places))
    assert steps_to("install plover", asked("install plover"), [passage(text)], 0.8) == []
