"""Questions about a day or a month, put to minutes that bear their day in their title and nowhere else."""

from collections.abc import Iterator

import pytest

from index import build, load_embedder
from rag.assistant import Assistant

HARBOUR = [
    (
        "Harbour Board Meeting 2024-03-05",
        "The board decided to repair the fuel dock. 9 berths are closed.",
        "Tom Aldous",
    ),
    ("Harbour Board Meeting 2024-04-09", "The board decided to repair the slipway. 22 berths are closed.", "Mira Holt"),
    (
        "Harbour Board Meeting 2024-05-07",
        "The board decided to repair the ferry ramp. 17 berths are closed.",
        "Jonas Reed",
    ),
    (
        "Harbour Board Meeting 2024-06-04",
        "The board decided to repair the breakwater. 11 berths are closed.",
        "Ada Quill",
    ),
]
PARK = [
    (
        "Протокол заседания совета парка от 5 марта 2024 года",
        "Совет решил отремонтировать беседку. Закрыто 9 аллей.",
        "Тимур Алиев",
    ),
    (
        "Протокол заседания совета парка от 9 апреля 2024 года",
        "Совет решил отремонтировать фонтан. Закрыто 22 аллеи.",
        "Мира Гольц",
    ),
    (
        "Протокол заседания совета парка от 7 мая 2024 года",
        "Совет решил отремонтировать карусель. Закрыто 17 аллей.",
        "Олег Рудин",
    ),
]
SCHOOL = [
    ("Мектеп кеңесі отырысының хаттамасы, 2024 жылғы 5 наурыз", "Кеңес асхананы жөндеуге шешім қабылдады. 9 сынып жабық.", "Тимур Әлиев"),
    ("Мектеп кеңесі отырысының хаттамасы, 2024 жылғы 9 сәуір", "Кеңес кітапхананы жөндеуге шешім қабылдады. 22 сынып жабық.", "Мира Голц"),
    ("Мектеп кеңесі отырысының хаттамасы, 2024 жылғы 7 мамыр", "Кеңес шатырды жөндеуге шешім қабылдады. 17 сынып жабық.", "Олжас Рудин"),
]  # fmt: skip


@pytest.fixture(scope="module")
def assistant(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Assistant]:
    folder = tmp_path_factory.mktemp("minutes")
    for at, (title, decided, guest) in enumerate((*HARBOUR, *PARK, *SCHOOL)):
        present = f"* Karl Venn (chair)\n* Lotte Brandt (treasurer)\n* {guest} (guest)\n\n" if at < len(HARBOUR) else ""
        (folder / f"{at}.md").write_text(f"# {title}\n\n{present}{decided}\n", encoding="utf-8")
    build([folder], folder / "index", load_embedder())
    with Assistant.open(folder / "index") as opened:
        yield opened


@pytest.mark.parametrize(
    ("question", "words"),
    [
        ("What did the board decide to repair on 5 March 2024?", "fuel dock"),
        ("How many berths were closed in May 2024?", "17"),
        ("Who was the guest at the meeting on 4 June 2024?", "Ada Quill"),
        ("Что совет парка решил отремонтировать 9 апреля 2024 года?", "фонтан"),
        ("Сколько аллей было закрыто в мае 2024 года?", "17"),
        ("2024 жылғы 5 наурызда мектеп кеңесі нені жөндеуге шешім қабылдады?", "асхананы"),
        ("2024 жылғы мамырда қанша сынып жабық болды?", "17"),
    ],
)
def test_the_minutes_of_that_time_answer(assistant: Assistant, question: str, words: str) -> None:
    assert words in assistant.ask(question).points[0].text


@pytest.mark.parametrize(
    "question",
    [
        "How many berths were closed in October 2024?",
        "Сколько аллей было закрыто в октябре 2024 года?",
        "2024 жылғы қазанда қанша сынып жабық болды?",
    ],
)
def test_minutes_of_other_times_do_not_answer(assistant: Assistant, question: str) -> None:
    assert assistant.ask(question).status == "not_found"
