"""Overviews: what is shown for key words, greetings and requests, in every way of showing it."""

import json
from collections.abc import Iterator
from pathlib import Path

import jsonschema
import pytest

from index import Filters, IndexReader, build
from rag import Answer, Assistant, prove
from rag.overview import answer_unclear, what_is_said
from rag.types import Passage
from rag.understanding.question import meaning_of, understand
from rag.understanding.said import Said
from rag.understanding.small_talk import topic_asked_for
from tests.conftest import ROOT
from tests.fakes import FakeEmbedder
from ui.cli import printing
from ui.html.answer import turn
from ui.html.saved_answer import as_html
from ui.html.saved_markdown import as_markdown

SCHEMA = json.loads((ROOT / "rag" / "answer.schema.json").read_text("utf-8"))
ARTICLES = [
    ("a", "2026-01-10", "Bridge planned", "The bridge will be built in spring. Its cost is not known."),
    ("b", "2026-03-01", "Works began", "Workers came in March. Builders closed a lane of the bridge for a week."),
    ("c", None, "A tender", "A tender for the bridge was held. Three firms took part."),
    ("d", "2026-02-01", "School", "A school was opened in Kegen."),
]


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """An index of four articles, two of them newer than the others."""
    root = tmp_path_factory.mktemp("overview")
    rows = [{"id": id, "date": date, "title": title, "text": text} for id, date, title, text in ARTICLES]
    (root / "news.jsonl").write_text("".join(json.dumps(row) + "\n" for row in rows), "utf-8")
    build([root], root / "index", FakeEmbedder())
    return root / "index"


@pytest.fixture
def assistant(folder: Path) -> Iterator[Assistant]:
    with Assistant(IndexReader(folder), FakeEmbedder()) as opened:
        yield opened


def checked(answer: Answer, folder: Path) -> Answer:
    """An answer whose JSON keeps to the schema and is proved."""
    jsonschema.Draft202012Validator(SCHEMA).validate(answer.to_json())
    with IndexReader(folder) as reader, reader.snapshot() as snapshot:
        assert prove(answer.to_json(), snapshot)[1] == []
    return answer


def test_a_standing_phrase_is_shown_once_and_other_articles_take_its_place(tmp_path: Path) -> None:
    phrase = "The Herald is the newspaper of the steppe."
    texts = [f"{phrase} Number {number} is out." for number in range(5)] + [
        "Readers wrote to the Herald about the road."
    ]
    rows = [{"id": str(number), "title": "T", "text": text} for number, text in enumerate(texts)]
    (tmp_path / "news.jsonl").write_text("".join(json.dumps(row) + "\n" for row in rows), "utf-8")
    build([tmp_path / "news.jsonl"], tmp_path / "index", FakeEmbedder())
    with Assistant(IndexReader(tmp_path / "index"), FakeEmbedder()) as opened:
        answer = checked(opened.ask("Herald"), tmp_path / "index")
    assert answer.status == "overview"
    assert {each.sentence for each in answer.points} == {phrase, texts[-1]}
    assert len(answer.points) == 2


def test_key_words_show_a_sentence_of_each_article_newest_first(assistant: Assistant, folder: Path) -> None:
    answer = checked(assistant.ask("bridge"), folder)
    assert (answer.status, answer.reason.code, answer.text, answer.sentence) == ("overview", "key_words", None, None)
    assert [(each.text, each.sentence, each.citations) for each in answer.points] == [
        ("bridge", "Builders closed a lane of the bridge for a week.", (1,)),
        ("bridge", "The bridge will be built in spring.", (2,)),
        ("bridge", "A tender for the bridge was held.", (3,)),
    ]
    assert [each.published for each in answer.citations] == ["2026-03-01", "2026-01-10", None]


def test_of_what_no_article_tells_nothing_is_shown(assistant: Assistant, folder: Path) -> None:
    answer = checked(assistant.ask("Ronaldo"), folder)
    assert (answer.status, answer.points, answer.reason.code) == ("not_found", (), "no_match")
    shown = turn(answer, "Ronaldo", None, "en", feedback=False)
    assert (shown.count("Nearest passages"), shown.count("Other passages on this")) == (1, 0)


@pytest.mark.parametrize(
    ("text", "topic"),
    [
        ("Tell me about the school", "the school"),
        ("summarise the article about the school in Kegen", "the school in Kegen"),
        ("latest news about school", "school"),
        ("Any articles on the Kegen school?", "the Kegen school"),
    ],
)
def test_a_request_for_a_topic_is_its_key_words(assistant: Assistant, text: str, topic: str) -> None:
    answer = assistant.ask(text)
    assert (answer.understood, answer.status, answer.reason.code) == (topic, "overview", "key_words")
    assert [each.sentence for each in answer.points] == ["A school was opened in Kegen."]


@pytest.mark.parametrize(
    ("text", "language", "topic"),
    [
        ("перескажи статью про школу", "ru", "школу"),
        ("последние новости о мосте", "ru", "мосте"),
        ("Расскажи о мосте", "ru", "мосте"),
        ("мектеп туралы соңғы жаңалықтар", "kk", "мектеп"),
        ("көпір туралы мақаланы қысқаша айтып бер", "kk", "көпір"),
        ("Сколько статей о мосте?", "ru", None),
    ],
)
def test_what_a_request_is_about(text: str, language: str, topic: str | None) -> None:
    assert topic_asked_for(text, language) == topic


@pytest.mark.parametrize("text", ["briddge toll when", "When tennder"])
def test_what_asks_once_its_slips_are_corrected_is_a_question(folder: Path, text: str) -> None:
    with IndexReader(folder) as reader, reader.snapshot(search=True) as snapshot:
        assert meaning_of(text, snapshot).kind == "question"


@pytest.mark.parametrize("text", ["Hello!", "Кто ты?", "Мақалаларды салыстыр", "summarise"])
def test_small_talk_lists_the_articles_newest_first(assistant: Assistant, folder: Path, text: str) -> None:
    answer = checked(assistant.ask(text), folder)
    assert (answer.status, answer.reason.code, answer.points, answer.passages) == ("overview", "small_talk", (), ())
    assert answer.reason.params == {"articles": 4}
    assert [each.id for each in answer.articles] == ["b", "d", "a", "c"]
    assert answer.to_json()["articles"][0] == {
        "id": "b",
        "title": "Works began",
        "source": None,
        "published": "2026-03-01",
        "language": "en",
        "path": answer.articles[0].path,
    }


@pytest.mark.parametrize("text", ["Is the bridge good?", "is the bridge any good", "are bridges bad or good?"])
def test_whether_something_is_good_is_not_judged(assistant: Assistant, folder: Path, text: str) -> None:
    answer = checked(assistant.ask(text), folder)
    assert (answer.status, answer.reason.code, answer.text) == ("overview", "judging", None)
    assert [each.sentence for each in answer.points][:1] == ["Builders closed a lane of the bridge for a week."]
    assert turn(answer, text, None, "kk", feedback=False).count("баға бермейді") == 1


def test_a_year_or_a_shared_word_is_of_the_language_of_who_asks(tmp_path: Path) -> None:
    texts = {"ru": "Сенат собрался в 1998 году.", "kk": "Сенат 1998 жылы жиналды, өйткені заң керек болды."}
    rows = [{"id": code, "title": "T", "text": text, "language": code} for code, text in texts.items()]
    (tmp_path / "a.jsonl").write_text("".join(json.dumps(row) + "\n" for row in rows), "utf-8")
    build([tmp_path / "a.jsonl"], tmp_path / "index", FakeEmbedder())
    with Assistant(IndexReader(tmp_path / "index"), FakeEmbedder()) as opened:
        for text, spoken in (("Сенат", "kk"), ("Сенат", "ru"), ("1998", "kk"), ("1998", "ru")):
            answer = checked(opened.ask(text, spoken=spoken), tmp_path / "index")
            assert answer.language == spoken
            assert [each.language for each in answer.citations] == [spoken, *({"ru", "kk"} - {spoken})]
        assert opened.ask("Сколько сенаторов?", spoken="kk").language == "ru"
        assert opened.ask("Қанша сенатор?", spoken="ru").language == "kk"


@pytest.mark.parametrize(
    "text",
    ["How to close a lane?", "how do I close a lane", "how can we close the lane?", "How should one close lanes"],
)
def test_of_how_something_is_done_the_articles_sentences_are_shown(
    assistant: Assistant, folder: Path, text: str
) -> None:
    answer = checked(assistant.ask(text), folder)
    assert (answer.status, answer.reason.code, answer.text) == ("overview", "how_to", None)
    assert [each.sentence for each in answer.points] == ["Builders closed a lane of the bridge for a week."]
    assert turn(answer, text, None, "ru", feedback=False).count("редко сказано в одном предложении") == 1


@pytest.mark.parametrize("text", ["When election", "where is Ronaldo?", "what is sailing", "Who was Thorvaldsen?"])
def test_a_short_question_about_what_no_article_names_is_not_answered(assistant: Assistant, text: str) -> None:
    answer = assistant.ask(text)
    assert (answer.status, answer.points, answer.reason.code) == ("not_found", (), "no_match")


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("When was the tender?", "question"),
        ("what is the bridge toll", "question"),
        ("Who is Kegen?", "who"),
        ("Қашан көпір?", "question"),
    ],
)
def test_a_short_question_about_what_there_is_or_in_another_language_is_asked(
    folder: Path, text: str, kind: str
) -> None:
    with IndexReader(folder) as reader, reader.snapshot(search=True) as snapshot:
        assert meaning_of(text, snapshot).kind == kind


def in_two_languages(tmp_path: Path) -> Assistant:
    texts = {"en": "The ferry Albatros was sold.", "ru": "Паром Albatros стоит в порту, и никто не ждёт его на берегу."}
    rows = [
        {"id": code, "title": "T", "text": text, "language": code, "date": f"2026-0{at}-01"}
        for at, (code, text) in enumerate(texts.items(), 1)
    ]
    (tmp_path / "a.jsonl").write_text("\n".join(map(json.dumps, rows)), "utf-8")
    build([tmp_path / "a.jsonl"], tmp_path / "index", FakeEmbedder())
    return Assistant(IndexReader(tmp_path / "index"), FakeEmbedder())


@pytest.mark.parametrize(("text", "languages"), [("Albatros", ["en", "ru"]), ("паром Albatros", ["ru"])])
def test_sentences_in_the_language_of_the_key_words_go_before_newer_ones(
    tmp_path: Path, text: str, languages: list[str]
) -> None:
    with in_two_languages(tmp_path) as opened:
        answer = opened.ask(text)
        assert [each.language for each in answer.citations] == languages


def shown(tmp_path: Path, text: str, question: str) -> list[str]:
    """The sentences that are shown for key words of one article."""
    tmp_path.mkdir(exist_ok=True)
    (tmp_path / "a.jsonl").write_text(json.dumps({"id": "a", "title": "T", "text": text}), "utf-8")
    build([tmp_path / "a.jsonl"], tmp_path / "index", FakeEmbedder())
    with Assistant(IndexReader(tmp_path / "index"), FakeEmbedder()) as opened:
        return [each.sentence for each in opened.ask(question).points]


@pytest.mark.parametrize(
    "line",
    ["$ ferry start --now", "{{#include ferry.txt}}", "let ferry = Boat::new();", "// the ferry", "if ferry != 3 {"],
)
def test_a_line_of_code_is_no_sentence_about_key_words(tmp_path: Path, line: str) -> None:
    sentence = "Then the ferry begins to move across the lake."
    assert shown(tmp_path, f"{line}\n\n{sentence}", "ferry") == [sentence]
    assert shown(tmp_path / "alone", line, "ferry") == []


def test_a_line_of_code_is_shown_to_who_asks_for_code(tmp_path: Path) -> None:
    assert shown(tmp_path, "$ ferry start\n\nIt moves.", "$ ferry start") == ["$ ferry start"]


def test_a_sentence_about_key_words_goes_before_a_heading(tmp_path: Path) -> None:
    assert shown(tmp_path, "Ferry Rules\n\nEvery ferry has two captains.", "ferry") == ["Every ferry has two captains."]


def test_another_passage_of_an_article_that_holds_the_words_goes_before_one_that_only_its_title_is_about(
    tmp_path: Path,
) -> None:
    filler = " ".join(f"Clerk number {at} sorted the post by hand." for at in range(40))
    row = {"id": "a", "title": "Petitions", "text": f"{filler}\n\nOf the petitions ten were read."}
    (tmp_path / "a.jsonl").write_text(json.dumps(row), "utf-8")
    build([tmp_path / "a.jsonl"], tmp_path / "index", FakeEmbedder())
    with IndexReader(tmp_path / "index") as reader, reader.snapshot(search=True) as snapshot:
        query = understand("petitions", FakeEmbedder(), snapshot)
        chunks = snapshot.chunks(snapshot.document_chunks("a"))
        passages = [Passage(chunk, document, at, 1.0, {}) for at, (chunk, document) in enumerate(chunks)]
        assert len(passages) > 1
        said = what_is_said(query, passages, FakeEmbedder())
    assert [each.sentence for each in said] == ["Of the petitions ten were read."]


def test_words_that_only_sound_alike_are_not_shown_for_each_other(tmp_path: Path) -> None:
    assert shown(tmp_path, "She could not read the letter.", "roads") == []
    assert shown(tmp_path / "name", "Mayor Omarov opened a bridge.", "омаров") == ["Mayor Omarov opened a bridge."]


@pytest.mark.parametrize("text", ["хм", "ъх", "э,"])
def test_what_would_be_a_mark_or_two_in_the_other_layout_stays(assistant: Assistant, text: str) -> None:
    assert assistant.ask(text).understood == text


@pytest.mark.parametrize(
    ("text", "language"),
    [("why", "en"), ("what was it?", "en"), ("yes", "en"), ("is it good?", "en"), ("почему", "ru"), ("я", "ru"), ("кто это был", "ru"),
     ("неге?", "kk"), ("иә", "kk"), ("мен", "kk"), ("is that true?", "en"), ("правда ли это", "ru"), ("бұл рас па?", "kk"),
     ("thanks, and why?", "en"), ("Спасибо, а где?", "ru"), ("рақмет, ал қайда?", "kk")],
)  # fmt: skip
def test_words_that_name_nothing_ask_nothing(assistant: Assistant, text: str, language: str) -> None:
    answer = assistant.ask(text)
    jsonschema.Draft202012Validator(SCHEMA).validate(answer.to_json())
    assert (answer.status, answer.reason.code, answer.points, answer.language) == ("not_found", "unclear", (), language)


def test_a_pasted_paragraph_that_asks_nothing_is_not_answered(assistant: Assistant, folder: Path) -> None:
    letter = "Dear editors! Builders closed a lane of the bridge for a week, and our bus was late each morning. We were all very angry."
    assert checked(assistant.ask(letter), folder).status in ("overview", "not_found")
    assert assistant.ask(f"{letter} How long was the lane closed?").status not in ("overview",)
    assert assistant.ask(f"{letter} Tell us how long the lane was closed.").status not in ("overview",)


def test_what_has_no_letters_is_in_the_language_of_most_articles(tmp_path: Path) -> None:
    texts = ["Мост построили в 2018 году.", "В школе учится 2018 детей.", "The bridge was built in 2018."]
    rows = [{"id": str(number), "title": "T", "text": text} for number, text in enumerate(texts)]
    (tmp_path / "news.jsonl").write_text("".join(json.dumps(row) + "\n" for row in rows), "utf-8")
    build([tmp_path / "news.jsonl"], tmp_path / "index", FakeEmbedder())
    with Assistant(IndexReader(tmp_path / "index"), FakeEmbedder()) as opened:
        assert [opened.ask(text).language for text in ("2018", "2018?", "in 2018", "рахмет")] == [
            "ru", "ru", "en", "kk",
        ]  # fmt: skip


def test_filters_hold_for_overviews(assistant: Assistant) -> None:
    answer = assistant.ask("Hello!", filters=Filters(after="2026-02"))
    assert [each.id for each in answer.articles] == ["b", "d"]
    assert answer.reason.params == {"articles": 2}
    found = assistant.ask("bridge", filters=Filters(after="2026-02"))
    assert [each.document_id for each in found.citations] == ["b"]


def test_word_for_word_even_a_greeting_is_asked(assistant: Assistant) -> None:
    assert assistant.ask("Hello!", verbatim=True).status in ("answered", "unsure", "not_found")
    assert assistant.ask("bridge", verbatim=True).status in ("answered", "unsure", "not_found")


def test_the_other_questions_of_a_letter_are_offered(assistant: Assistant, folder: Path) -> None:
    answer = checked(assistant.ask("I live by the bridge. When will it be built? Who pays for the school?"), folder)
    assert (answer.understood, answer.offers) == (
        "I live by the bridge. When will it be built?",
        ("Who pays for the school?",),
    )


@pytest.mark.parametrize("language", ["en", "ru", "kk"])
def test_overviews_are_shown_everywhere(
    assistant: Assistant, folder: Path, language: str, capsys: pytest.CaptureFixture[str]
) -> None:
    with IndexReader(folder) as reader, reader.snapshot() as snapshot:
        documents = {id: snapshot.document(id) for id, *_ in ARTICLES}
    held = {id: document for id, document in documents.items() if document}
    for question, shown in (("bridge", "closed a lane of the "), ("Hello!", "Works began")):
        answer = assistant.ask(question)
        printing.answer(answer)
        ways = (
            capsys.readouterr().out,
            turn(answer, question, {"question": question}, language, feedback=False),
            as_html([answer], held, language),
            as_markdown([answer], held, language),
        )
        assert [shown in each for each in ways] == [True] * 4
        assert "0.00" not in "".join((ways[0], ways[1], ways[3]))


def test_the_page_offers_the_question_as_written_and_further_ones(assistant: Assistant) -> None:
    letter = "I live by the bridge. When will it be built? Who pays for the school?"
    shown = turn(assistant.ask(letter), letter, {"question": letter}, "en", feedback=False)
    assert f'data-ask="{letter}" data-verbatim' in shown
    assert 'data-ask="Who pays for the school?"' in shown
    plain = "When will the bridge be built?"
    assert "data-verbatim" not in turn(assistant.ask(plain), plain, {"question": plain}, "en", feedback=False)


def test_an_article_goes_on_after_its_answer(assistant: Assistant, folder: Path) -> None:
    said = Said("When will the bridge be built?", "in spring", "a", len("The bridge will be built in spring."))
    answer = checked(assistant.more("tell me more", said), folder)
    assert (answer.status, answer.reason.code, answer.understood) == ("overview", "more", said.question)
    assert [each.sentence for each in answer.points] == ["Its cost is not known."]
    assert "a" not in {passage.document.id for passage in answer.passages}
    answered_last = said._replace(end=answer.citations[0].end)
    before_it = checked(assistant.more("tell me more", answered_last), folder)
    assert [each.sentence for each in before_it.points] == ["The bridge will be built in spring."]
    at_its_end = checked(assistant.more("tell me more", answered_last._replace(answer=None)), folder)
    assert (at_its_end.points, at_its_end.reason.code) == ((), "more")
    assert at_its_end.passages


def test_a_follow_up_that_is_no_question_offers_what_may_be_meant() -> None:
    answer = answer_unclear("and when?", ("The bridge: when?",))
    jsonschema.Draft202012Validator(SCHEMA).validate(answer.to_json())
    shown = turn(answer, "and when?", None, "en", feedback=True)
    assert 'data-ask="The bridge: when?"' in shown
    assert "It is not clear what is asked. Please write a whole question." in shown
    assert "data-download" not in shown


@pytest.mark.parametrize("written", ["2026", "https://example.org/news/1", "www.example.org/news"])
def test_a_number_or_an_address_alone_asks_nothing(assistant: Assistant, written: str) -> None:
    answer = assistant.ask(written)
    assert answer.status in ("overview", "not_found")
    assert answer.reason.code in ("key_words", "no_match")


def test_a_greeting_lists_articles_in_its_own_language_first(tmp_path: Path) -> None:
    rows = [
        {"id": "ru-old", "date": "2026-01-01", "title": "Мост", "text": "Мост открыли.", "lang": "ru"},
        {"id": "en", "date": "2026-03-01", "title": "Bridge", "text": "The bridge is open.", "lang": "en"},
        {"id": "ru-new", "date": "2026-02-01", "title": "Школа", "text": "Школу открыли.", "lang": "ru"},
    ]
    (tmp_path / "news.jsonl").write_text("".join(json.dumps(row) + "\n" for row in rows), "utf-8")
    build([tmp_path], tmp_path / "index", FakeEmbedder())
    with Assistant(IndexReader(tmp_path / "index"), FakeEmbedder()) as opened:
        for greeting, order in (("привет", ["ru-new", "ru-old", "en"]), ("hello", ["en", "ru-new", "ru-old"])):
            assert [each.id for each in opened.ask(greeting).articles] == order
        only = opened.ask("привет", filters=Filters(languages=("en",)))
        assert [each.id for each in only.articles] == ["en"]
