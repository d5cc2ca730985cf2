"""Questions made of what a paragraph says: what is made, what is right, and that none is shown before it was asked."""

import asyncio
from collections.abc import Iterator
from dataclasses import replace
from typing import Any

import pytest

from index import Document, Filters, IndexReader
from rag import Answer
from rag.suggestions import Suggestion, is_right, suggestions
from tests import made_answers
from tests.test_page_verdict import Open, ask, visit
from ui.server.page import examples
from ui.server.page.examples import Examples, after
from ui.server.queue import AskQueue

__all__ = ["visit"]  # the fixture


def document(text: str, language: str) -> Document:
    return Document("d", "T", text, "2024-04-08", None, None, language, "0" * 64)


def made(text: str, language: str) -> list[str]:
    return [each.question for each in suggestions(document(text, language), 0, 0)]


@pytest.mark.parametrize(
    ("language", "text", "questions"),
    [
        ("en", "Some 346 homes were flooded by noon, rescuers said.", ["How many homes were flooded by noon?"]),
        ("en", "At least ten lighthouses will have to be repaired.", ["How many lighthouses will have to be repaired?"]),
        ("en", "She said that more than 40 teachers had left Kentau.", ["How many teachers had left Kentau?"]),
        ("en", "In May 40 teachers left.", []),  # no clause begins with it
        ("en", "Forty of them were repaired.", []),  # of whom?
        ("en", "Forty were repaired.", []),  # of what?
        ("en", "Three hold several related values that were sent.", []),  # what holds?
        ("en", "Six new wooden boats were sent.", ["How many new wooden boats were sent?"]),
        ("en", "One house was flooded by noon.", []),  # "how many house"
        ("en", "Nine million tenge was spent on repairs.", []),  # an amount, not a count
        ("en", "Forty articles, Orda reports.", []),  # no verb
        ("en", "Deputy minister Aida Omar spoke.", ["Who is Aida Omar?"]),
        ("en", "Members of the UN General Assembly met.", []),
        ("en", "The band Blue Hills played in the old town square until the last guests had gone home.", []),
        ("en", "The vote was on 19 January 2026.", ["What happened on 19 January 2026?"]),
        ("en", "The vote was in January 2026.", []),
        ("ru", "К полудню затопило 346 домов.", []),
        ("ru", "346 домов затопило к полудню.", ["Сколько домов затопило к полудню?"]),
        ("ru", "Не менее трёх мостов починили к весне, сообщили власти.", ["Сколько мостов починили к весне?"]),
        ("ru", "3 моста починили к весне.", []),  # "сколько моста"
        ("ru", "Министр Ержан Жиенбаев выступил.", ["Кто такой Ержан Жиенбаев?"]),
        ("ru", "Слова министра Ержана Жиенбаева передала пресса.", []),  # not in the nominative
        ("ru", "Директор фонда Наталья Пан выступила.", ["Кто такая Наталья Пан?"]),
        ("ru", "Заседание прошло 19 января 2026 года.", ["Что произошло 19 января 2026 года?"]),
        ("kk", "Дүйсенбі кешіне қарай Қарасуда 412 үй судың астында қалды, деп хабарлады әкімдік.",
         ["Дүйсенбі кешіне қарай Қарасуда қанша үй судың астында қалды?"]),
        ("kk", "Жиында он сегіз мұғалім марапатталды.", ["Жиында қанша мұғалім марапатталды?"]),
        ("kk", "Мектеп 40-қа жуық мұғалімді марапаттады.", []),  # an ending on the number
        ("kk", "Олар 40 мұғалімді марапаттады.", []),  # who?
        ("kk", "Министр Ержан Жиенбаев сөйледі.", ["Ержан Жиенбаев кім?"]),
        ("kk", "Министр Ержан Жиенбаевқа сұрақ қойылды.", []),
        ("kk", "Зардап шеккендер саны он екіге жетті.", []),  # the question word would need the ending
        ("kk", "Жиында бір мұғалім марапатталды.", []),  # one alone is not counted
        ("kk", "Жиында он мұғалім қалай жұмыс істейтінін айтты.", []),  # asks twice
        ("kk", "Мерген, үш ойыншының арасынан жүгіріп өтті.", []),  # who?
        ("ru", "Министр Inner Asia Wire выступил.", []),
        ("en", "Deputy minister Aida Omar opened a new school in Kentau.",
         ["Who opened a new school in Kentau?", "Who is Aida Omar?"]),
        ("en", "Deputy minister Aida Omar, in Kentau since May, opened a school.", ["Who is Aida Omar?"]),
        ("ru", "Министр образования Ержан Жиенбаев открыл новую школу в Кентау.",
         ["Кто открыл новую школу в Кентау?", "Кто такой Ержан Жиенбаев?"]),
        ("ru", "Директор фонда Наталья Пан рассказала о новой школе.",
         ["Кто рассказал о новой школе?", "Кто такая Наталья Пан?"]),
        ("ru", "Директор фонда Наталья Пан ушла из новой школы.", ["Кто такая Наталья Пан?"]),  # no "ушл"
        ("kk", "Министр Ержан Жиенбаев жаңа мектепті Кентауда ашты.",
         ["Кім жаңа мектепті Кентауда ашты?", "Ержан Жиенбаев кім?"]),
        ("ru", "19 января 2026 года в Астане состоялось заседание рабочей группы.",
         ["Когда в Астане состоялось заседание рабочей группы?", "Что произошло 19 января 2026 года?"]),
        ("ru", "К 19 января 2026 года в Астане построили новую школу.", ["Что произошло 19 января 2026 года?"]),
        ("kk", "2026 жылғы 19 қаңтарда Астанада жұмыс тобының отырысы өтті.",
         ["Қашан Астанада жұмыс тобының отырысы өтті?"]),
        ("kk", "2026 жылғы 19 қаңтардан бастап Астанада жаңа ереже күшіне енді.", []),  # from then on
        ("en", "On 19 January 2026 the new bridge over the Tobol was opened.",
         ["When was the new bridge over the Tobol opened?", "What happened on 19 January 2026?"]),
        ("en", "The bridge over the Tobol was opened on 19 January 2026.",
         ["When was the bridge over the Tobol opened?", "What happened on 19 January 2026?"]),
    ],
)  # fmt: skip
def test_what_is_asked_of_a_sentence(language: str, text: str, questions: list[str]) -> None:
    assert made(text, language) == questions


def test_only_the_paragraph_counts_and_not_what_was_said_already() -> None:
    text = "Ten bridges were closed.\n\nForty homes were flooded. Six boats were sent.\n\nTwo roads were lost."
    found = suggestions(document(text, "en"), text.index("Forty"), text.index(" Six"))
    assert [each.question for each in found] == ["How many boats were sent?"]


@pytest.fixture(scope="module")
def reader(tmp_path_factory: pytest.TempPathFactory) -> Iterator[IndexReader]:
    with made_answers.reading(tmp_path_factory.mktemp("flood")) as opened:
        yield opened


@pytest.fixture(scope="module")
def told(reader: IndexReader) -> tuple[Suggestion, Answer]:
    """ "How many homes in Karasu stood in water?", and its answer."""
    first = made_answers.documents(reader)["first-en"]
    (suggestion,) = suggestions(first, 0, 0)
    answer = made_answers.Made(made_answers.documents(reader), "en").answer("unsure")
    return suggestion, replace(answer, status="answered")


def test_an_answer_is_right_that_names_the_value_in_its_article(told: tuple[Suggestion, Answer], reader: Any) -> None:
    suggestion, answer = told
    assert suggestion.question == "How many homes were flooded by noon?"
    assert is_right(suggestion, answer)
    assert not is_right(suggestion, replace(answer, status="unsure"))
    one, differing = (
        made_answers.Made(made_answers.documents(reader), "en").answer(name) for name in ("one", "differing")
    )
    assert not is_right(suggestion, one)  # another number, of another article
    assert not is_right(suggestion, replace(answer, others=differing.others))
    russian = made_answers.Made(made_answers.documents(reader), "ru").answer("unsure")
    assert not is_right(suggestion, replace(russian, status="answered"))


def test_who_and_when_are_right_if_the_words_that_answer_name_them(told: tuple[Suggestion, Answer]) -> None:
    _, answer = told
    text = "On 8 April 2024 the old school in Karasu was flooded."
    citation = replace(answer.citations[0], document_id="d", language="en", published="2024-04-08")
    (when, about) = suggestions(document(text, "en"), 0, 0)
    for words, right in (("8 April 2024", when), ("the old school in Karasu", about)):
        start = text.index(words)
        point = replace(answer.points[0], text=words, sentence=text, start=start, end=start + len(words))
        made = replace(answer, points=(point,), citations=(citation,))
        assert [each for each in (when, about) if is_right(each, made)] == [right]


class Answering(made_answers.MadeAssistant):
    """Answers the question that the article of the first homes suggests, and counts what it is asked."""

    def __init__(self, reader: IndexReader, answer: Answer) -> None:
        super().__init__(reader)
        self.asked: list[str] = []
        self.made["How many homes were flooded by noon?"] = answer

    def ask(self, question: str, *given: Any, **more: Any) -> Answer:
        self.asked.append(question)
        return super().ask(question, *given, **more)


def test_what_follows_is_asked_before_it_is_shown(told: tuple[Suggestion, Answer], reader: IndexReader) -> None:
    suggestion, answer = told
    for right, shown in ((answer, [suggestion.question]), (replace(answer, status="unsure"), [])):
        assistant = Answering(reader, right)
        queue = AskQueue(assistant, reader)
        assert asyncio.run(after(queue, suggestion.document, 0, 0, Filters())) == shown
        assert assistant.asked == [suggestion.question]
        quoted = suggestion.document.text.index("Some"), suggestion.document.text.index(" Boats")
        assert asyncio.run(after(queue, suggestion.document, *quoted, Filters())) == []  # it was said already


def test_nothing_is_asked_idly_while_people_wait(told: tuple[Suggestion, Answer], reader: IndexReader) -> None:
    suggestion, answer = told
    assistant = Answering(reader, answer)
    queue = AskQueue(assistant, reader)

    async def busy() -> list[str]:
        async with queue._turn():
            return await after(queue, suggestion.document, 0, 0, Filters())

    assert asyncio.run(busy()) == []
    assert assistant.asked == []


def test_articles_of_any_kind_have_examples_and_each_is_found_once(
    told: tuple[Suggestion, Answer], reader: IndexReader, monkeypatch: pytest.MonkeyPatch
) -> None:
    suggestion, answer = told
    monkeypatch.setattr(examples, "QUESTIONS", {})
    assistant = Answering(reader, answer)
    found = Examples(AskQueue(assistant, reader))

    async def twice() -> list[list[str]]:
        return [await found.find(language) for language in ("en", "en", "kk")]

    assert asyncio.run(twice()) == [[suggestion.question]] * 3  # Kazakh borrows
    assert assistant.asked.count(suggestion.question) == 1


def test_examples_are_shown_only_if_they_are_answered_rightly_in_their_own_language(
    reader: IndexReader,
) -> None:
    assistant = made_answers.MadeAssistant(reader)
    made = assistant.made
    right, foreign = (made[made_answers.question("one", language)] for language in ("en", "kk"))
    (first, words), (second, _), (third, _), _ = examples.QUESTIONS["en"]
    start = right.points[0].start
    told = replace(right.points[0], text=words, start=start, end=start + len(words))
    made[first] = replace(right, points=(told,))
    made[second] = right  # other words than expected
    made[third] = replace(foreign, points=(replace(foreign.points[0], text=dict(examples.QUESTIONS["en"])[third]),))
    shown = Examples(AskQueue(assistant, reader))
    found = {language: asyncio.run(shown.find(language)) for language in ("en", "ru", "kk")}
    assert found == {"en": [first], "ru": [first], "kk": [first]}  # a language without any borrows another's


@pytest.mark.slow
def test_what_can_be_asked_next_is_offered_stays_and_is_asked_word_for_word(
    visit: Open, told: tuple[Suggestion, Answer], monkeypatch: pytest.MonkeyPatch
) -> None:
    suggestion, answer = told
    ask_made = made_answers.MadeAssistant.ask

    def asking(self: made_answers.MadeAssistant, question: str, *given: Any, **more: Any) -> Answer:
        return answer if question == suggestion.question else ask_made(self, question, *given, **more)

    monkeypatch.setattr(made_answers.MadeAssistant, "ask", asking)
    visited = visit()
    page = visited.page
    page.route("**/page/after", lambda route: route.continue_(post_data=_at_the_start(route.request.post_data_json)))
    turn = ask(visited, "unsure")
    offered = turn.locator(".further .example")
    offered.wait_for()
    assert offered.inner_text() == suggestion.question
    page.reload()
    page.wait_for_selector("body.drawn")
    assert offered.count() == 1
    with page.expect_request("**/page/ask") as sent:
        offered.click()
    assert (sent.value.post_data_json["question"], sent.value.post_data_json["verbatim"]) == (suggestion.question, True)
    page.locator(".turn.answered").wait_for()


def _at_the_start(row: Any) -> Any:
    return {**row, "start": 0, "end": 0}


@pytest.fixture(scope="module")
def flood(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    with made_answers.serving(tmp_path_factory.mktemp("page")) as address:
        yield address


@pytest.mark.slow
@pytest.mark.parametrize(
    ("document", "start", "status"), [("nowhere", 0, 404), ("first-en", 5, 400), ("first-en", 0, 200)]
)
def test_a_place_that_is_none_is_refused(visit: Open, document: str, start: int, status: int) -> None:
    visited = visit()
    place = {"document": document, "start": start, "end": 1}
    assert visited.page.request.post(f"{visited.address}/page/after", data=place).status == status
