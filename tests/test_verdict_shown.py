"""The verdict as it is, in every way of showing it: one answer made by hand for each, in three languages."""

import json
import re
from collections.abc import Iterator
from dataclasses import replace
from html import unescape

import jsonschema
import pytest

from index import IndexReader
from rag import Answer, Code, Reason, prove
from tests import made_answers
from tests.conftest import ROOT
from tests.made_answers import TOLD, VERDICTS
from ui.cli import printing
from ui.html.answer import turn
from ui.html.copied import as_text
from ui.html.saved_answer import as_html, as_markdown, held_answer
from ui.html.texts import say
from ui.html.wording import day, likelihood
from ui.paths import without_folders

SCHEMA = json.loads((ROOT / "rag" / "answer.schema.json").read_text("utf-8"))


@pytest.fixture(scope="module")
def reader(tmp_path_factory: pytest.TempPathFactory) -> Iterator[IndexReader]:
    with made_answers.reading(tmp_path_factory.mktemp("flood")) as opened:
        yield opened


@pytest.fixture(scope="module")
def made(reader: IndexReader) -> dict[str, Answer]:
    return made_answers.answers(reader)


def page(answer: Answer, language: str = "en") -> str:
    return turn(answer, answer.question, {}, language, feedback=True)


def words(markup: str) -> str:
    """The text of some HTML."""
    return unescape(re.sub(r"<[^>]+>", "", markup)).replace("\N{NO-BREAK SPACE}", " ")


def of(made: dict[str, Answer], verdict: str, language: str = "en") -> Answer:
    return made[made_answers.question(verdict, language)]


@pytest.mark.parametrize("language", TOLD)
@pytest.mark.parametrize("verdict", VERDICTS)
def test_every_verdict_is_valid_json_and_proved(
    made: dict[str, Answer], reader: IndexReader, verdict: str, language: str
) -> None:
    answer = of(made, verdict, language)
    row = json.loads(json.dumps(answer.to_json()))
    jsonschema.Draft202012Validator(SCHEMA).validate(row)
    with reader.snapshot() as snapshot:
        assert prove(row, snapshot)[1] == []
    documents = made_answers.documents(reader)
    kept = as_html([answer], documents, language)
    assert json.loads(held_answer(kept.encode())) == without_folders(row)


@pytest.mark.parametrize("language", TOLD)
@pytest.mark.parametrize("verdict", VERDICTS)
def test_every_way_of_showing_it_says_the_same(
    made: dict[str, Answer], reader: IndexReader, verdict: str, language: str
) -> None:
    answer, documents = of(made, verdict, language), made_answers.documents(reader)
    headlines = {"unsure": "perhaps", "nothing": "not_found", "yes_no": "articles_say"}
    expected = [say(language, headlines[verdict])] if verdict in headlines else []
    expected += [point.sentence for point in answer.points]
    if verdict == "differing":
        expected += [say(language, "others_say"), "430", "346", say(language, "said_earlier")]
    markdown = re.sub(r"\\(.)", r"\1", as_markdown([answer], documents, language)).replace("**", "")
    kept = words(as_html([answer], documents, language))
    shown = [words(page(answer, language)), kept, markdown, as_text(answer, language)]
    for each in shown:
        assert [text for text in expected if text not in each] == []


def test_markdown_without_its_marks_is_the_sentence_itself(made: dict[str, Answer], reader: IndexReader) -> None:
    held = made_answers.documents(reader)
    for answer in made.values():
        if answer.status != "answered":
            continue
        told = re.sub(r"\\(.)|\*\*", r"\1", as_markdown([answer], held, "en"))
        for point in answer.points:
            assert point.sentence in told


def test_one_point_is_a_sentence_and_several_are_a_list(made: dict[str, Answer]) -> None:
    assert "<ul" not in page(of(made, "one"))
    markup = page(of(made, "several"))
    items = re.findall(r"<li><p class=\"sentence\">(.*?)</p>", markup)
    assert [words(item) for item in items] == [
        "The mayor, Dana Serik, asked for sandbags. [1]",
        "Engineer Pavel Orlov warned of cracks in the dam. [2]",
    ]
    assert re.findall(r"<mark>(.*?)</mark>", "".join(items)) == ["Dana Serik", "Pavel Orlov"]


def test_sources_that_agree_are_counted_where_there_is_more_than_one(made: dict[str, Answer]) -> None:
    assert "2 sources agree" in words(page(of(made, "agreed")))
    assert "agree" not in words(page(of(made, "one")))
    sentence = re.findall(r"<p class=\"sentence\">.*?</p>", page(of(made, "agreed")))[0]
    assert re.findall(r">(\[\d\])<", sentence) == ["[1]", "[2]"]


@pytest.mark.parametrize(
    ("language", "lines"),
    [
        ("en", ["430 homes (differs, 8 April 2024) [3]", "346 homes (earlier, 6 April 2024) [4]"]),
        ("ru", ["430 домов (расходится, 8 апреля 2024 года) [3]", "346 домов (раньше, 6 апреля 2024 года) [4]"]),
        ("kk", ["430 үй (сәйкес келмейді, 2024 жылғы 8 сәуір) [3]", "346 үй (бұрын, 2024 жылғы 6 сәуір) [4]"]),
    ],
)
def test_what_others_say_has_its_relation_date_and_citation(
    made: dict[str, Answer], reader: IndexReader, language: str, lines: list[str]
) -> None:
    answer = of(made, "differing", language)
    told = re.findall(r"<div class=\"otherwise\">(.*?)</div>", page(answer, language))[0]
    assert [words(row) for row in re.findall("<li>(.*?)</li>", told)] == lines
    kept = as_html([answer], made_answers.documents(reader), language)
    assert [
        words(row) for row in re.findall("<li>(.*?)</li>", kept.split('class="others"')[1].split("</ul>")[0])
    ] == lines
    assert as_text(answer, language).split("\n")[1].endswith("; ".join(lines))


def test_an_answer_that_others_contradict_is_never_very_likely(made: dict[str, Answer]) -> None:
    differing = of(made, "differing")
    assert differing.points[0].confidence == 0.94
    assert likelihood(differing, differing.points[0]) == "likely"
    assert likelihood(replace(differing, others=()), differing.points[0]) == "sure"
    assert say("en", "sure") not in words(page(differing))


@pytest.mark.parametrize(
    ("confidence", "key"), [(0.897, "sure"), (0.894, "likely"), (0.596, "likely"), (0.594, "uncertain")]
)
def test_the_words_go_by_the_figure_that_is_shown(made: dict[str, Answer], confidence: float, key: str) -> None:
    alone = replace(of(made, "differing"), others=())
    assert likelihood(alone, replace(alone.points[0], confidence=confidence)) == key


@pytest.mark.parametrize("language", TOLD)
def test_no_contradiction_is_claimed_of_what_is_only_perhaps_an_answer(
    made: dict[str, Answer], reader: IndexReader, language: str
) -> None:
    perhaps = replace(of(made, "differing", language), status="unsure")
    documents = made_answers.documents(reader)
    shown = [words(page(perhaps, language)), words(as_html([perhaps], documents, language))]
    shown += [as_markdown([perhaps], documents, language), as_text(perhaps, language)]
    for each in shown:
        assert say(language, "others_may_say") in each
        assert say(language, "others_say") not in each


def test_perhaps_is_another_thing_than_an_answer(made: dict[str, Answer], reader: IndexReader) -> None:
    answer = of(made, "unsure")
    markup = page(answer)
    assert 'class="turn unsure"' in markup
    assert "Some <mark>346 homes</mark> were flooded by noon, rescuers said." in markup
    for each in (markup, as_html([answer], made_answers.documents(reader), "en")):
        assert not re.search("the answer|0\\.41|class=.dot", words(each.split("<script")[0]).lower())


def test_nothing_found_names_the_stage_and_marks_the_nearest_sentences(made: dict[str, Answer]) -> None:
    markup = page(of(made, "nothing"))
    assert "Passages were found and read, but" in words(markup)
    leads = re.findall(r'<span class="lead" lang="en">(.*?)</span>', markup)
    assert len(leads) == 5
    assert leads[2].startswith("Water reached the lower streets at dawn. <mark>Some 346 homes")
    assert leads[2].endswith("rescuers said.</mark> Boats were sent.")


def test_a_long_passage_is_shown_around_its_best_sentence(made: dict[str, Answer]) -> None:
    answer = of(made, "nothing")
    passage = answer.passages[0]
    before, after = "Early word. " * 50, " Later word." * 50
    document = replace(passage.document, text=before + "The dam held." + after)
    chunk = replace(passage.chunk, end=len(document.text), text=document.text)
    best = (len(before), len(before) + 13)
    long = replace(passage, document=document, chunk=chunk, best=best)
    markup = page(replace(answer, passages=(long, replace(long, best=None))))
    marked, plain = re.findall(r'<span class="lead" lang="en">(.*?)</span>', markup)
    assert re.fullmatch(r"…(?:word\. |Early word\. )[^<]{,120}<mark>The dam held\.</mark>[^<]{,121}…", marked)
    assert plain.startswith("Early word. Early")
    assert plain.endswith("…")


def test_no_yes_and_no_of_our_own(made: dict[str, Answer]) -> None:
    text = words(page(of(made, "yes_no")))
    assert "The articles say:No vote was taken, since" in text
    assert not re.search(r"\b(?:Yes|No)[.:,]", text)


def test_another_question_than_the_one_written_is_shown(made: dict[str, Answer]) -> None:
    rewritten = of(made, "rewritten")
    assert "Showing: How many homes were flooded?" in words(page(rewritten))
    assert "Showing:" not in words(page(of(made, "one")))
    spread = replace(rewritten, question="How  many homes\nwere flooded?")
    assert "Showing:" not in words(page(spread))


def test_a_sentence_in_another_language_than_the_question_says_so(made: dict[str, Answer]) -> None:
    kazakh = replace(of(made, "one", "kk"), language="en")
    assert '<span class="badge" data-aloud>' in page(kazakh)
    assert "[1]Kazakh" in words(page(kazakh))
    assert "badge" not in page(of(made, "one"))


def test_an_overview_says_first_what_it_is(made: dict[str, Answer]) -> None:
    answer = replace(of(made, "several"), status="overview", reason=Reason(Code.KEY_WORDS))
    text = words(page(answer))
    assert 0 < text.index("This is what the articles say about them.") < text.index("The mayor, Dana Serik")
    assert "the answer" not in text.lower()


def test_what_is_read_out_is_verdict_sentence_and_nothing_else(made: dict[str, Answer]) -> None:
    def aloud(verdict: str) -> list[str]:
        parts = re.findall(r"<(p|span)(?=[^>]* data-aloud)[^>]*>(.*?)</\1>", page(of(made, verdict)))
        return [words(part) for _, part in parts]

    assert aloud("one") == ["By Monday evening 412 homes in Karasu stood in water, the district office said."]
    assert aloud("unsure")[0] == "Perhaps:"
    assert aloud("nothing")[0] == "No sentence was found that clearly answers."
    assert "Other articles say otherwise:" in aloud("differing")


@pytest.mark.parametrize(
    ("verdict", "begins"),
    [
        ("one", ["By Monday evening **412 homes** in Karasu stood in water, the district office said. [1]"]),
        ("agreed", ["By Monday evening **412 homes** in", "Very likely the answer · 0.94 · 2 sources agree"]),
        ("several", ["- The mayor, **Dana Serik**, asked", "  Likely the answer · 0.81", "- Engineer **Pavel Orlov**"]),
        ("unsure", ["Perhaps:", "Some **346 homes** were flooded by noon, rescuers said. [1]", "This sentence may"]),
        ("nothing", ["No sentence was found that clearly answers.", "Passages were found and read, but"]),
        ("yes_no", ["The articles say:", "**No vote was taken**, since the council had no quorum. [1]"]),
        ("rewritten", ["Showing: How many homes were flooded?", "By Monday evening **412 homes**"]),
    ],
)
def test_the_command_line_says_it_too(
    made: dict[str, Answer], capsys: pytest.CaptureFixture[str], verdict: str, begins: list[str]
) -> None:
    printing.answer(of(made, verdict))
    printed = capsys.readouterr().out.split("\n")
    assert [line[: len(start)] for line, start in zip(printed, begins, strict=False)] == begins


def test_the_command_line_names_others_and_marks_the_nearest(
    made: dict[str, Answer], capsys: pytest.CaptureFixture[str]
) -> None:
    printing.answer(of(made, "differing"))
    printed = capsys.readouterr().out
    others = (
        "Other articles say otherwise:\n- **430 homes** (differs, 8 April 2024) [3]\n- **346 homes** (earlier, 6 April"
    )
    assert others in printed
    printing.answer(of(made, "nothing"))
    assert "dawn. **Some 346 homes were flooded by noon, rescuers said.** Boats" in capsys.readouterr().out


def test_a_kept_refusal_holds_what_came_nearest(made: dict[str, Answer]) -> None:
    answer = of(made, "nothing")
    assert "> Some 346 homes were flooded by noon, rescuers said." in as_markdown([answer], {}, "en")
    assert "<mark>Some 346 homes were flooded by noon, rescuers said.</mark>" in as_html([answer], {}, "en")


def test_dates_are_words_and_what_is_none_stays_as_it_is() -> None:
    assert [day(date) for date in ("2024", "2024-13", "spring", "2024-4-8")] == [None] * 4
    assert say("ru", *[("day_12")], day=1, year="2023") == "1 декабря 2023 года"
    assert say("kk", "month_01", year="2023") == "2023 жылғы қаңтар"
