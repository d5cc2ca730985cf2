"""Timelines: which values are read, which of them may answer, and how they are put in the order of time."""

import json
from collections.abc import Iterator
from concurrent.futures import Future
from dataclasses import replace
from datetime import date
from pathlib import Path

import numpy as np
import pytest

from eval.benchmarks.timeline import Score, score, shares, total
from eval.measures.stories import StoryQuestion
from index import Chunk, Document, Filters, IndexReader, InputError, build, load_embedder
from index.embedding.e5.tokenizer import shared_tokenizer
from rag import Assistant, prove
from rag.logistic import Logistic
from rag.reading.answer_type import AnswerType
from rag.reading.span_reader import layout
from rag.timeline.find import surest
from rag.timeline.may_answer import may_answer
from rag.timeline.read import ReadPassage, Told
from rag.timeline.story import links
from rag.timeline.tell import tell
from rag.timeline.types import Timeline
from rag.timeline.weigh import Features, featured
from rag.types import Passage, Query, Reading
from rag.understanding.days import Days
from rag.verdict.grouping import grouped, says_same
from rag.verdict.values import Kind, Statement, statement
from tests.fakes import FakeEmbedder
from ui.cli import commands
from ui.html.timeline import as_section

ROSE = "The bridge was closed. The load rose from 40 tonnes to 50 tonnes."
PLAIN = Logistic({"read": 1.0}, 0.0)  # the reader's log-odds alone


def document(
    id: str, text: str, published: str | None = None, language: str = "en", source: str | None = None
) -> Document:
    return Document(id, "", text, source, None, published, language, id)


def passage(of: Document, *copies: Document) -> Passage:
    return Passage(Chunk(of.id, 0, 0, len(of.text), of.text), of, 1, 1.0, {}, copies)


def said(of: Document, words: str, confidence: float = 0.5, asked: AnswerType | None = AnswerType.NUMBER) -> Statement:
    start = of.text.index(words)
    return statement(Reading(of, 0, len(of.text), start, start + len(words), confidence), asked)


def query(text: str, language: str = "en") -> Query:
    embedded: Future[object] = Future()
    embedded.set_result(FakeEmbedder().embed_query(text))
    return Query(text, language, (), {}, embedded)  # type: ignore[arg-type]


def read(text: str, peaks: dict[str, float], language: str = "en") -> ReadPassage:
    """A passage in which the words of `peaks` have that logit as start and as end, all others 0."""
    of = document("d", text, language=language)
    laid = layout(shared_tokenizer(), "How much?", "", text)
    logits = np.zeros(len(laid.spans), np.float32)
    for words, height in peaks.items():
        start = text.index(words)
        inside = [at for at, (left, right) in enumerate(laid.spans) if left < start + len(words) and start < right]
        logits[inside] = height
    return ReadPassage(passage(of), laid, logits, logits, -10.0)


def test_every_number_of_a_passage_is_read_with_the_likeliest_words_that_hold_no_other_one() -> None:
    found = list(read(ROSE, {"50 tonnes": 4.0, "40": 1.0}).values(Kind.NUMBER))
    assert [(float(each.statement.quantities[0].amount), each.read) for each in found] == [(40e3, -8.0), (50e3, -2.0)]
    assert [each.statement.reading.sentence for each in found] == [ROSE[23:]] * 2
    assert "50" not in found[0].statement.reading.answer
    assert "40" not in found[1].statement.reading.answer


def test_days_and_names_are_read_and_a_passage_without_a_value_has_none() -> None:
    (day,) = read("It opens on 6 March 2024, they say.", {}).values(Kind.TIME)
    assert day.statement.kind is Kind.TIME
    assert day.statement.moments[0].days == Days(date(2024, 3, 6), date(2024, 3, 6))
    (name,) = read("Then the head, Asel Kim, resigned.", {"Asel Kim": 3.0}).values(Kind.NAME)
    assert (name.statement.reading.answer, name.read) == ("Asel Kim", -4.0)
    assert list(read("Nobody knows.", {}).values(Kind.NUMBER)) == []


def test_a_number_that_the_reader_did_not_see_is_left_out() -> None:
    long = "word " * 600 + "and 50 tonnes."
    assert list(read(long, {}).values(Kind.NUMBER)) == []


def test_articles_that_hold_a_name_of_the_question_are_of_its_matter() -> None:
    documents = [
        document("a", "In Karatogai bread costs 185 tenge."),
        document("b", "Наубайханалар Қаратоғайда бағаны көтерді.", language="kk"),
        document("c", "In Zharkol the school was closed."),
    ]
    assert links("What does bread cost in Karatogai?", "en", documents) == {"a": 1.0, "b": 1.0}


def test_without_a_name_the_first_article_tells_whose_names_count() -> None:
    documents = [
        document("a", "In Karatogai, says Bekenov, bread costs 185 tenge."),
        document("b", "Bekenov of Karatogai spoke."),
        document("c", "Karatogai sleeps."),
        document("d", "Zharkol sleeps."),
    ]
    found = links("What does a loaf cost?", "en", documents)
    assert (found["a"], found["b"], found["d"]) == (1.0, 1.0, 0.0)
    assert 0 < found["c"] < 1
    assert links("What does a loaf cost?", "en", []) == {}


@pytest.mark.parametrize(
    ("text", "words", "question", "language", "answers"),
    [
        ("A loaf costs 185 tenge.", "185 tenge", "How much does a loaf cost?", "en", True),
        ("A loaf weighs 600 grams.", "600 grams", "How much does a loaf cost?", "en", False),
        ("It costs 25 tenge more than in summer.", "25 tenge", "How much does a loaf cost?", "en", False),
        ("Цена на 25 тенге больше, чем летом.", "25 тенге", "Сколько стоит хлеб?", "ru", False),
        ("Нан 25 теңгеге қымбаттады.", "25 теңгеге", "Нан қанша тұрады?", "kk", False),
        ("Last spring 900 people left.", "900 people", "How many people left?", "en", False),
        ("By the census of 2014 there were 688 people.", "688 people", "How many people are there?", "en", False),
        ("By the census of 2025 there were 812 people.", "812 people", "How many people are there?", "en", True),
    ],
)
def test_differences_and_values_of_former_times_or_other_units_do_not_answer(
    text: str, words: str, question: str, language: str, answers: bool
) -> None:
    told = said(document("d", text, "2025-06-01", language), words)
    assert may_answer(query(question, language), told) is answers


def test_a_name_of_the_question_is_no_answer() -> None:
    of = document("d", "The Karaoi mine is run by Askhat Mukanov.")
    asked = query("Who runs the Karaoi mine?")
    told = [said(of, words, asked=AnswerType.PERSON) for words in ("Karaoi", "Askhat Mukanov")]
    assert [may_answer(asked, each) for each in told] == [False, True]


def features(log_odds: float) -> Features:
    return Features(log_odds, 0, 0, 0, 0, 0, 0)


def test_the_surest_values_are_of_one_unit_one_an_article_and_half_as_sure_as_the_likeliest() -> None:
    a, b = document("a", "It costs 40 tenge, then 45 tenge."), document("b", "Some 7 houses cost 50 tenge.")
    values = [
        (said(a, "40 tenge"), features(3.0)),
        (said(a, "45 tenge"), features(2.0)),
        (said(b, "7 houses"), features(2.5)),
        (said(b, "50 tenge"), features(0.0)),
    ]
    found = surest(values, PLAIN)
    assert [(each.reading.answer, round(each.reading.confidence, 3)) for each in found] == [
        ("40 tenge", 0.953),
        ("50 tenge", 0.5),
    ]
    assert surest([*values[:1], (values[3][0], features(-0.2))], PLAIN)[1:] == []  # .45 is less than half of .95
    assert surest([(values[0][0], features(-1.0))], PLAIN) == []
    assert surest([], PLAIN) == []


def test_what_tells_whether_a_value_answers() -> None:
    a, b = document("a", "It costs 40 tenge."), document("b", "Baǵasy 50 tenge.", language="kk")
    told = [Told(said(a, "40 tenge"), 2.0), Told(said(b, "50 tenge"), 1.0)]
    (_, first), (_, second) = featured(query("It costs 40 tenge."), told, {"a": 1.0, "b": 0.5}, FakeEmbedder())
    assert (first.read, first.is_best, first.same_language, first.names) == (2.0, 1.0, 1.0, 1.0)
    assert (second.read, second.is_best, second.same_language, second.names) == (1.0, 1.0, 0.0, 0.5)
    assert first.company == pytest.approx(second.company)  # each has the other one for company
    (_, lone) = featured(query("What?"), told[:1], {"a": 1.0}, FakeEmbedder())[0]
    assert lone.company == 0.8


def told_of(*rows: tuple[Document, str, float], passages: tuple[Passage, ...] = ()) -> Timeline:
    statements = [said(of, words, confidence) for of, words, confidence in rows]
    groups = grouped(statements, says_same(lambda one, other: 0.0))
    every = passages or tuple(passage(of) for of, _, _ in rows)
    return tell("How many?", query("How many?"), Kind.NUMBER, groups, every)


NEW = document("new", "Now 50 people came.", "2025-06-01", source="Courier")
OLD = document("old", "Some 40 people came.", "2025-01-01", source="Herald")
AGAIN = document("again", "There were 40 people.", "2025-01-09", source="Mail")
BARE = document("bare", "There were 60 people.")


def test_values_stand_in_the_order_of_time_joined_with_their_changes() -> None:
    found = told_of((NEW, "50", 0.9), (AGAIN, "40", 0.8), (OLD, "40", 0.7), (BARE, "60", 0.6))
    shown = [(each.words, each.first, each.last, each.change, each.sources, each.number) for each in found.values]
    assert shown == [
        ("40", "2025-01-01", "2025-01-09", "first", 2, 40.0),
        ("50", "2025-06-01", "2025-06-01", "changed", 1, 50.0),
        ("60", None, None, "undated", 1, 60.0),
    ]
    numbers = [each.citation.number for value in found.values for each in value.tellings]
    assert numbers == [1, 2, 3, 4]


def test_another_value_at_once_differs_and_is_no_change() -> None:
    other = document("other", "There were 45 people.", "2025-01-02", source="Post")
    found = told_of((OLD, "40", 0.9), (other, "45", 0.8))
    assert [each.change for each in found.values] == ["first", "differs"]


def test_a_long_time_without_a_value_is_told_with_the_articles_that_are_silent() -> None:
    silent = document("silent", "Nobody counted.", "2025-03-01")
    found = told_of((OLD, "40", 0.9), (NEW, "50", 0.8), passages=tuple(map(passage, (OLD, NEW, silent))))
    assert [gap.to_json() for gap in found.gaps] == [
        {"after": "2025-01-01", "before": "2025-06-01", "days": 151, "silent": 1}
    ]
    assert found.gaps_before(found.values[1]) == found.gaps
    assert found.gaps_before(found.values[0]) == ()
    assert told_of((OLD, "40", 0.9), (AGAIN, "40", 0.8)).gaps == ()


def test_a_copy_tells_the_value_at_its_own_date_and_place() -> None:
    copy = document("copy", "By mail. Some 40 people came.", "2025-01-20", source="Echo")
    found = told_of((OLD, "40", 0.9), passages=(passage(OLD, copy),))
    first, second = found.values[0].tellings
    assert (first.citation.document_id, second.citation.document_id) == ("old", "copy")
    assert copy.text[second.start : second.end] == second.words == "40"
    assert found.values[0].last == "2025-01-20"


def test_the_section_has_a_chart_of_numbers_and_a_list_and_nothing_becomes_markup() -> None:
    evil = replace(NEW, text="Now 50 <b>people</b> came.", title="<script>")
    found = told_of((evil, "50", 0.9), (OLD, "40", 0.8))
    for language in ("en", "ru", "kk"):
        shown = as_section(found, language)
        assert shown.count("<circle") == 2
        assert shown.count("data-open=") == 4  # each opens from the chart and from the list
        assert "<script>" not in shown
        assert "<b>" not in shown
    assert "<svg" not in as_section(told_of((OLD, "40", 0.9), (AGAIN, "40", 0.8)), "en")  # one number is no chart
    assert "data-open" not in as_section(told_of(), "en")


QUESTION = StoryQuestion(
    "s", "supersede", "en", "How many?", ((("new", 4, 6),), (("old", 5, 7), ("again", 11, 13))), 0, 1
)
DATES = {"new": "2025-06-01", "old": "2025-01-01", "again": "2025-01-09"}


def test_a_timeline_is_scored_by_its_values_their_first_dates_and_what_is_wrong() -> None:
    whole = score(QUESTION, told_of((NEW, "50", 0.9), (OLD, "40", 0.8)), DATES)
    assert whole == Score(values=2, found=2, dated=2, told=2, wrong=0)
    late = score(QUESTION, told_of((AGAIN, "40", 0.8), (BARE, "60", 0.7)), DATES)
    assert late == Score(values=2, found=1, dated=0, told=2, wrong=1)
    assert shares(total([whole, late])) == ["0.750", "0.667", "0.250"]


ARTICLES = [
    {
        "id": "t1",
        "date": "2025-01-10",
        "source": "Courier",
        "text": "The Tassai bridge will cost 40 million tenge, the mayor said.",
    },
    {
        "id": "t2",
        "date": "2025-04-20",
        "source": "Herald",
        "text": "The cost of the Tassai bridge has risen to 55 million tenge.",
    },
    {"id": "t3", "date": "2025-04-21", "source": "Mail", "text": "Nine hens were lost in Tassai."},
]


@pytest.fixture(scope="module")
def bridge(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("bridge")
    (folder / "a.jsonl").write_text("".join(json.dumps({"lang": "en", **row}) + "\n" for row in ARTICLES), "utf-8")
    build([folder / "a.jsonl"], folder / "index", load_embedder())
    return folder / "index"


@pytest.fixture
def assistant(bridge: Path) -> Iterator[Assistant]:
    with Assistant.open(bridge) as found:
        yield found


@pytest.mark.parametrize(
    "question",
    [
        "How much does the Tassai bridge cost?",
        "How much did the Tassai bridge cost in January 2025?",  # the time is left out
        "Сколько стоит мост в Тассае?",
    ],
)
def test_what_a_bridge_costs_over_time(assistant: Assistant, question: str) -> None:
    found = assistant.timeline(question)
    assert [(each.number, each.first, each.change) for each in found.values] == [
        (40e6, "2025-01-10", "first"),
        (55e6, "2025-04-20", "changed"),
    ]
    assert (found.unit, [gap.days for gap in found.gaps]) == ("tenge", [100])


def test_only_articles_that_pass_the_filters_count(assistant: Assistant) -> None:
    found = assistant.timeline("How much does the Tassai bridge cost?", Filters(after="2025-02"))
    assert [each.number for each in found.values] == [55e6]
    with pytest.raises(InputError):
        assistant.timeline("How much?", Filters(documents=("nowhere",)))
    with pytest.raises(InputError):
        assistant.timeline("?")


def test_the_json_is_proved_and_what_was_changed_is_found(assistant: Assistant, bridge: Path) -> None:
    made = json.loads(json.dumps(assistant.timeline("How much does the Tassai bridge cost?").to_json()))
    with IndexReader(bridge) as reader, reader.snapshot() as snapshot:
        assert prove(made, snapshot) == (2, [])
        made["values"][1]["tellings"][0]["words"] = "99 million"
        assert prove(made, snapshot)[1][0].startswith("value 2: its words")
        made["values"][0]["tellings"][0]["citation"]["quote"] = "It is free."
        assert any(problem.startswith("value 1: at ") for problem in prove(made, snapshot)[1])
        shapes: list[object] = [{"values": 1}, {"values": [{}]}, {"values": [{"tellings": [1]}]}]
        for broken in shapes:
            with pytest.raises(InputError):
                prove(broken, snapshot)


def test_the_command_prints_values_with_their_sentences_and_gaps(
    bridge: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    def run(*arguments: str) -> str:
        with pytest.raises(SystemExit) as ended:
            commands.app(["timeline", *arguments, "--index", str(bridge)])
        assert ended.value.code == 0
        return capsys.readouterr().out

    shown = run("How much does the Tassai bridge cost?")
    assert shown.index("40 million tenge") < shown.index("… 100 days") < shown.index("55 million tenge")
    assert "changed" in shown
    assert json.loads(run("How much does the Tassai bridge cost?", "--json"))["kind"] == "number"
    assert "clearly tells a value" in run("Who sang the opera?", "--before", "2024")
