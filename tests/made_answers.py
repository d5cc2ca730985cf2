"""Answers made by hand, one for each verdict in three languages, and a server whose page gives just these."""

import asyncio
import json
import threading
import time
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack, contextmanager
from dataclasses import replace
from pathlib import Path
from typing import Any, cast

import uvicorn

from index import Chunk, Document, IndexReader, build
from rag import Answer, Assistant, Citation, Code, OtherPoint, Passage, Point, Reading, Reason
from rag.reading.answer_type import AnswerType
from tests.fakes import FakeEmbedder
from ui.server.address import LOOPBACK, listen
from ui.server.app import build_app
from ui.server.guard import Guard
from ui.server.intake import Intake
from ui.server.queue import AskQueue

VERDICTS = ("one", "several", "agreed", "differing", "unsure", "nothing", "yes_no", "rewritten", "overview")

# Of each article: id, date, title, text; and of each verdict the words that are shown.
TOLD: dict[str, dict[str, Any]] = {
    "en": {
        "homes": (
            "Karasu counts its flooded homes",
            "The river left its banks on Saturday night. By Monday evening 412 homes in Karasu stood in water, the district "
            "office said. Schools stay closed until Friday.",
        ),
        "post": (
            "Water in four hundred homes",
            "Rain is forecast for the week. The flood has reached 412 homes in Karasu, according to the district office.",
        ),
        "first": (
            "First homes flooded in Karasu",
            "Water reached the lower streets at dawn. Some 346 homes were flooded by noon, rescuers said. Boats were sent.",
        ),
        "aid": (
            "Volunteers count 430 homes",
            "Volunteers brought bread and blankets. By their own count 430 homes in Karasu are flooded. The count goes on.",
        ),
        "talks": (
            "Who spoke at the meeting on the dam",
            "The mayor, Dana Serik, asked for sandbags. Engineer Pavel Orlov warned of cracks in the dam. "
            "No vote was taken, since the council had no quorum.",
        ),
        "words": ("412 homes", "412 homes", "346 homes", "430 homes", "Dana Serik", "Pavel Orlov", "No vote was taken"),
        "question": "How many homes were flooded?",
    },
    "ru": {
        "homes": (
            "В Карасу считают затопленные дома",
            "Река вышла из берегов в ночь на воскресенье. К вечеру понедельника в Карасу в воде стояли 412 домов, сообщили в "
            "акимате района. Школы закрыты до пятницы.",
        ),
        "post": (
            "Вода в четырёх сотнях домов",
            "На неделе ожидаются дожди. По данным акимата района, паводок дошёл до 412 домов в Карасу.",
        ),
        "first": (
            "В Карасу затопило первые дома",
            "На рассвете вода дошла до нижних улиц. К полудню затопило 346 домов, рассказали спасатели. Туда отправили лодки.",
        ),
        "aid": (
            "Волонтёры насчитали 430 домов",
            "Волонтёры привезли хлеб и одеяла. По их подсчётам, в Карасу затоплено 430 домов. Подсчёт продолжается.",
        ),
        "talks": (
            "Кто выступил на совещании о плотине",
            "Аким Дана Серик попросила мешки с песком. Инженер Павел Орлов предупредил о трещинах в плотине. "
            "Голосования не было, так как не набралось кворума.",
        ),
        "words": (
            "412 домов",
            "412 домов",
            "346 домов",
            "430 домов",
            "Дана Серик",
            "Павел Орлов",
            "Голосования не было",
        ),
        "question": "Сколько домов затопило?",
    },
    "kk": {
        "homes": (
            "Қарасуда су басқан үйлер саналуда",
            "Өзен жексенбіге қараған түні арнасынан асты. Дүйсенбі кешіне қарай Қарасуда 412 үй судың астында қалды, деп "
            "хабарлады аудан әкімдігі. Мектептер жұмаға дейін жабық.",
        ),
        "post": (
            "Төрт жүзден астам үйде су",
            "Апта бойы жаңбыр күтіледі. Аудан әкімдігінің дерегінше, тасқын Қарасудағы 412 үй тұрған жерге жетті.",
        ),
        "first": (
            "Қарасуда алғашқы үйлерді су басты",
            "Таң ата су төменгі көшелерге жетті. Түске дейін 346 үй су астында қалды, деді құтқарушылар. Қайықтар жіберілді.",
        ),
        "aid": (
            "Еріктілер 430 үйді санады",
            "Еріктілер нан мен көрпе әкелді. Олардың есебінше, Қарасуда 430 үйді су басқан. Санақ жалғасып жатыр.",
        ),
        "talks": (
            "Бөгет туралы жиында кім сөйледі",
            "Әкім Дана Серік құм толтырылған қап сұрады. Инженер Павел Орлов бөгеттегі жарықтар туралы ескертті. "
            "Дауыс берілген жоқ, себебі кворум болмады.",
        ),
        "words": ("412 үй", "412 үй", "346 үй", "430 үй", "Дана Серік", "Павел Орлов", "Дауыс берілген жоқ"),
        "question": "Қанша үйді су басты?",
    },
}
DATES = {"homes": "2024-04-08", "post": "2024-04-09", "first": "2024-04-06", "aid": "2024-04-08", "talks": "2024-04"}
SOURCES = {"homes": "Steppe Herald", "post": "Valley Post", "first": "Steppe Herald", "aid": None, "talks": None}


def write(folder: Path, more: Sequence[dict[str, Any]] = ()) -> Path:
    """The articles in a file, the id of each its name and language, and further rows."""
    rows = [
        {
            "id": f"{name}-{language}",
            "title": told[name][0],
            "text": told[name][1],
            "date": DATES[name],
            "source": SOURCES[name],
            "lang": language,
        }
        for language, told in TOLD.items()
        for name in DATES
    ]
    file = folder / "flood.jsonl"
    file.write_text("".join(json.dumps(row, ensure_ascii=False) + "\n" for row in (*rows, *more)), "utf-8")
    return file


@contextmanager
def reading(folder: Path, more: Sequence[dict[str, Any]] = ()) -> Iterator[IndexReader]:
    """An index of the articles, and of further rows."""
    build([write(folder, more)], folder / "index", FakeEmbedder())
    with IndexReader(folder / "index") as reader:
        yield reader


def documents(reader: IndexReader) -> dict[str, Document]:
    """Every article by its id."""
    with reader.snapshot() as snapshot:
        found = [snapshot.document(f"{name}-{language}") for language in TOLD for name in DATES]
    return {document.id: document for document in found if document}


def question(verdict: str, language: str) -> str:
    """What is asked to get a verdict."""
    return f"{TOLD[language]['question'].rstrip('?')} ({verdict})?"


def answers(reader: IndexReader) -> dict[str, Answer]:
    """The answer to each question."""
    held = documents(reader)
    return {
        question(verdict, language): Made(held, language).answer(verdict) for language in TOLD for verdict in VERDICTS
    }


class Made:
    """Makes answers of the articles in a language."""

    def __init__(self, held: dict[str, Document], language: str) -> None:
        self.language = language
        self.documents = {name: held[f"{name}-{language}"] for name in DATES}
        self.words = dict(
            zip(("homes", "post", "first", "aid", "mayor", "engineer", "vote"), TOLD[language]["words"], strict=True)
        )

    def answer(self, verdict: str) -> Answer:
        """The answer of that name."""
        made = cast(Answer, getattr(self, f"_{verdict}")())
        asked = question(verdict, self.language)
        return replace(made, question=asked, understood=made.understood or asked)

    def _one(self) -> Answer:
        return self._said([self._cite("homes")], [self._point("homes", 0.94)])

    def _agreed(self) -> Answer:
        return self._said([self._cite("homes"), self._cite("post")], [self._point("homes", 0.94, numbers=(1, 2))])

    def _several(self) -> Answer:
        cited = [self._cite("mayor"), self._cite("engineer")]
        return self._said(
            cited, [self._point("mayor", 0.81, numbers=(1,)), self._point("engineer", 0.55, numbers=(2,))]
        )

    def _differing(self) -> Answer:
        cited = [self._cite(name) for name in ("homes", "post", "aid", "first")]
        points = [self._point("homes", 0.94, numbers=(1, 2))]
        others = [self._other("aid", "differs", 3), self._other("first", "earlier", 4)]
        return replace(self._said(cited, points), others=tuple(others))

    def _unsure(self) -> Answer:
        answer = self._said([self._cite("first")], [self._point("first", 0.41)])
        return replace(answer, status="unsure", reason=Reason(Code.UNSURE))

    def _nothing(self) -> Answer:
        likeliest = self._reading("first", 0.12)
        return replace(self._said([], []), status="not_found", likeliest=likeliest, reason=Reason(Code.NOT_SURE_ENOUGH))

    def _yes_no(self) -> Answer:
        answer = self._said([self._cite("vote")], [self._point("vote", 0.7)])
        return replace(answer, kind=AnswerType.YES_NO)

    def _rewritten(self) -> Answer:
        return replace(self._one(), understood=TOLD[self.language]["question"])

    def _overview(self) -> Answer:
        cited = [self._cite("homes"), self._cite("aid")]
        points = [self._point("homes", 0.0, numbers=(1,)), self._point("aid", 0.0, numbers=(2,))]
        return replace(self._said(cited, points), status="overview", reason=Reason(Code.KEY_WORDS))

    def _said(self, cited: list[Citation], points: list[Point]) -> Answer:
        return Answer(
            question="",
            understood="",
            language=self.language,
            status="answered",
            kind=None,
            points=tuple(points),
            others=(),
            likeliest=None,
            reason=Reason(Code.ANSWERED),
            citations=tuple(replace(each, number=number) for number, each in enumerate(cited, 1)),
            passages=tuple(self._passage(name, rank) for rank, name in enumerate(DATES, 1)),
            timings={"total_ms": 1.0},
            generation=1,
            model="fake",
        )

    def _of(self, name: str) -> tuple[Document, int, int]:
        """The document, and where the words stand in it."""
        document = self.documents.get(name, self.documents["talks"])
        start = document.text.index(self.words[name])
        return document, start, start + len(self.words[name])

    def _reading(self, name: str, confidence: float) -> Reading:
        document, start, end = self._of(name)
        first = document.text.rfind(". ", 0, start) + 2 if ". " in document.text[:start] else 0
        last = document.text.index(".", end) + 1
        return Reading(document, first, last, start, end, confidence)

    def _cite(self, name: str) -> Citation:
        reading = self._reading(name, 0.0)
        return Citation.of(1, reading.document, reading.sentence_start, reading.sentence_end)

    def _point(self, name: str, confidence: float, numbers: tuple[int, ...] = (1,)) -> Point:
        read = self._reading(name, confidence)
        return Point(read.answer, read.start, read.end, read.sentence, confidence, numbers, len(numbers))

    def _other(self, name: str, relation: Any, number: int) -> OtherPoint:
        read = self._reading(name, 0.0)
        return OtherPoint(read.answer, read.start, read.end, read.sentence, number, read.document.published, relation)

    def _passage(self, name: str, rank: int) -> Passage:
        document = self.documents[name]
        best = self._reading(name if name in self.words else "vote", 0.0)
        chunk = Chunk(document.id, 0, 0, len(document.text), document.text)
        return Passage(chunk, document, rank, 1 / rank, {}, best=(best.sentence_start, best.sentence_end))


class MadeAssistant(Assistant):
    """Gives the answers made by hand; to any other question, that nothing was found."""

    def __init__(self, reader: IndexReader) -> None:
        super().__init__(reader, FakeEmbedder())
        self.made = answers(reader)

    def ask(self, question: str, *_: Any, **__: Any) -> Answer:
        """The answer made for that question."""
        nothing = replace(next(iter(self.made.values())), points=(), citations=(), others=(), status="not_found")
        return self.made.get(question) or replace(nothing, question=question, understood=question)


def _in_a_loop(work: Callable[[], Guard]) -> Guard:
    """What the work makes where an event loop runs: without one, Gradio makes some, and leaves them open."""

    async def made() -> Guard:
        return work()

    with ThreadPoolExecutor(1) as thread:
        return thread.submit(lambda: asyncio.run(made())).result()


@contextmanager
def serving(
    folder: Path,
    more: Sequence[dict[str, Any]] = (),
    *,
    accept: Path | None = None,
    users: dict[str, str] | None = None,
) -> Iterator[str]:
    """The page with these answers on a free port of loopback; yields its address.

    Args:
        folder: holds the articles and the index.
        more: further rows.
        accept: where what people add is kept.
        users: passwords by name.
    """
    with (
        reading(folder, more) as reader,
        listen("127.0.0.1", 0, open_to_others=False) as listening,
        ExitStack() as running,
    ):
        intake = None
        if accept:
            intake = running.enter_context(Intake(accept, reader.folder, FakeEmbedder(), allow_private=True))
        queue, votes = AskQueue(MadeAssistant(reader), reader), folder / "votes.jsonl"
        app = _in_a_loop(lambda: build_app(queue, votes, LOOPBACK, users, any_address=False, intake=intake))
        server = uvicorn.Server(uvicorn.Config(app, log_level="warning", access_log=False, ws="none"))
        thread = threading.Thread(target=server.run, kwargs={"sockets": [listening]})
        thread.start()
        while not server.started:
            time.sleep(0.01)
        try:
            yield f"http://127.0.0.1:{listening.getsockname()[1]}"
        finally:
            server.should_exit = True
            thread.join()
