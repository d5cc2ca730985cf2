"""What asks for a definition, which sentences give one, and that nothing else is said to it."""

import json
from dataclasses import replace
from pathlib import Path

import pytest

from index import IndexReader, build
from rag import Assistant
from rag.overview import tells_of
from rag.types import Reading
from rag.understanding.definition import defines, definition_in, thing_asked
from rag.understanding.first_letters import spelled_out
from rag.understanding.question import Kind, Meant, prepare
from rag.understanding.topic import is_statement
from rag.verdict.grouping import Group
from rag.verdict.judge import Verdict
from rag.verdict.values import statement
from tests.fakes import FakeEmbedder


@pytest.mark.parametrize(
    ("text", "language", "thing"),
    [
        ("What is gluten?", "en", "gluten"),
        ("what's a sluice gate", "en", "sluice gate"),
        ("what are tariffs", "en", "tariffs"),
        ("What is the Bundestag?", "en", "Bundestag"),
        ("what is the sluice gate", "en", "sluice gate"),
        ("what's the toll road", "en", "toll road"),
        ("what is the main reason", "en", None),
        ("what are the opening hours", "en", None),
        ("что это за паром", "ru", "паром"),
        ("define osmosis", "en", "osmosis"),
        ("what does quorum mean?", "en", "quorum"),
        ("what is the price", "en", None),
        ("what is happening", "en", None),
        ("what is planned", "en", None),
        ("what is the ferry's name", "en", None),
        ("what is it", "en", None),
        ("Что такое кворум?", "ru", "кворум"),
        ("что значит паводок", "ru", "паводок"),
        ("вече это что", "ru", "вече"),
        ("что это", "ru", None),
        ("Что изменится?", "ru", None),
        ("кворум деген не", "ru", "кворум"),
        ("Тасқын дегеніміз не?", "kk", "Тасқын"),
        ("router деген не", "kk", "router"),
        ("аманат нені білдіреді", "kk", "аманат"),
        ("бұл не", "kk", None),
        ("Парламент не ұсынды?", "kk", None),
    ],
)
def test_what_asks_what_a_thing_is(text: str, language: str, thing: str | None) -> None:
    assert thing_asked(text, language) == thing


@pytest.mark.parametrize(
    ("sentence", "thing", "language", "expected"),
    [
        ("Gluten is a protein of wheat.", "gluten", "en", True),
        ("In short, a sluice gate is a door for water.", "sluice gates", "en", True),
        ("A quorum (or the least number) means half of the members.", "quorum", "en", True),
        ("The upper house, often called the Senate, has 50 members.", "Senate", "en", True),
        ("Gluten is not in rice.", "gluten", "en", False),
        ("The charter is to make ferries safer.", "charter", "en", True),
        ("The charter is to be signed in May.", "charter", "en", False),
        ("Wooden gates are doors without iron.", "gates", "en", False),
        ("Wooden gates are doors without iron.", "wooden gates", "en", True),
        ("Внешний шлюз — это ворота для воды.", "шлюз", "ru", False),
        ("В Актау шлюз — это ворота для воды.", "шлюз", "ru", True),
        ("Ескі шлюз дегеніміз – ағаш қақпа.", "шлюз", "kk", False),
        ("Ақтауда шлюз дегеніміз – су қақпасы.", "шлюз", "kk", True),
        ("The quorum was reached at noon.", "quorum", "en", False),
        ("The gate is open and nobody knows what gluten is a part of.", "gluten", "en", False),
        ("Кворум — наименьшее число голосов.", "кворум", "ru", True),
        ("Паводок это быстрый подъём воды.", "паводок", "ru", True),
        ("Кворум был в полдень.", "кворум", "ru", False),
        ("Тасқын дегеніміз – судың тез көтерілуі.", "тасқын", "kk", True),
        ("Мұндай жиын кеңес деп аталады.", "жиын", "kk", False),
        ("Кеңес деп аталады мұндай жиын.", "кеңес", "kk", True),
        ("Тасқын сейсенбіде басталды.", "тасқын", "kk", False),
        ("Су тасуын тасқын, кейде сел деп атайды.", "тасқын", "kk", True),
        ("Кво\u0301рум (от лат. quorum (praesentia)) — наименьшее число голосов.", "кворум", "ru", True),
        ("The Upper Sluice Works (USW) is a plant.", "USW", "en", True),
        ("The seat of the assembly shall be the town of Orlen.", "seat", "en", True),
        ("The seat of the assembly, of oak, was sold.", "seat", "en", False),
        ("The seat of the assembly shall not be moved.", "seat", "en", False),
        ("Главной рекой области является Ишим.", "главная река", "ru", True),
        ("Кворум является половиной числа членов.", "кворум", "ru", True),
        ("Главной реке области, что обмелела, помогут.", "главная река", "ru", False),
    ],
)
def test_which_sentences_say_what_a_thing_is(sentence: str, thing: str, language: str, expected: bool) -> None:
    assert defines(sentence, thing, language) is expected


@pytest.mark.parametrize(
    ("text", "language", "expected"),
    [
        ("ferry is late", "en", True),
        ("no ferry today", "en", True),
        ("ferry fare 2024 adults", "en", False),
        ("is ferry late", "en", False),
        ("who is late today", "en", False),
        ("ferry is late?", "en", False),
        ("паром снова не ходит", "ru", True),
        ("нет тёплой воды", "ru", True),
        ("цена на паром", "ru", False),
        ("паром жүзбей тұр", "kk", True),
        ("паром енді жүрмейді", "kk", True),
        ("паром жүре ме екен", "kk", False),
        ("паром бағасы қанша болды", "kk", False),
        ("паромның жазғы бағасы", "kk", False),
    ],
)
def test_a_few_words_that_state_something_ask_nothing(text: str, language: str, expected: bool) -> None:
    assert is_statement(text, language) is expected


@pytest.fixture(scope="module")
def assistant(tmp_path_factory: pytest.TempPathFactory) -> Assistant:
    folder = tmp_path_factory.mktemp("sluice")
    texts = [
        "The sluice was painted in May. The town paid for the sluice. Ferries wait there.",
        "Nobody was hurt. A sluice is a gate that holds back water. It was built by hand.",
        "The harbour of Sluice-Town was closed. Orders are late this month.",
        "The old ferry came to the pier. Its bell was heard in the town.",
    ]
    rows = [{"id": f"s{n}", "title": "News", "text": text} for n, text in enumerate(texts)]
    (folder / "a.jsonl").write_text("\n".join(map(json.dumps, rows)), "utf-8")
    build([folder / "a.jsonl"], folder / "index", FakeEmbedder())
    return Assistant(IndexReader(folder / "index"), FakeEmbedder())


@pytest.mark.parametrize("text", ["what is a sluice", "What is sluice?", "sluice деген не"])
def test_only_a_defining_sentence_is_said_and_goes_first(assistant: Assistant, text: str) -> None:
    answer = assistant.ask(text)
    assert answer.points[0].sentence == "A sluice is a gate that holds back water."
    assert answer.status in ("answered", "unsure") or answer.reason.code == "defining"


@pytest.mark.parametrize("text", ["what is a ferry", "что такое ferry"])
def test_where_none_defines_the_articles_sentences_are_shown(assistant: Assistant, text: str) -> None:
    answer = assistant.ask(text)
    assert (answer.status, answer.reason.code, answer.text) == ("overview", "defining", None)
    assert {"The old ferry came to the pier."} <= {each.sentence for each in answer.points}


def test_of_two_key_words_a_passage_must_hold_both(assistant: Assistant) -> None:
    assert [each.sentence for each in assistant.ask("ferry pier").points] == ["The old ferry came to the pier."]
    assert assistant.ask("ferry late").points == ()


def test_a_short_key_word_is_not_found_in_a_name_with_a_hyphen(tmp_path: Path) -> None:
    texts = {"name": "Орта-Су қаласында мектеп ашылды.", "thing": "Кранда су жоқ."}
    rows = [{"id": id, "title": "Хабар", "text": text, "language": "kk"} for id, text in texts.items()]
    (tmp_path / "a.jsonl").write_text("\n".join(map(json.dumps, rows)), "utf-8")
    build([tmp_path / "a.jsonl"], tmp_path / "index", FakeEmbedder())
    with Assistant(IndexReader(tmp_path / "index"), FakeEmbedder()) as opened:
        assert [each.sentence for each in opened.ask("су", spoken="kk").points] == ["Кранда су жоқ."]
        assert [each.sentence for each in opened.ask("Орта-Су", spoken="kk").points] == [texts["name"]]


@pytest.mark.parametrize(
    ("sentence", "thing", "language", "said"),
    [
        ("“sluice” means a gate that holds back water;", "sluice", "en", "a gate that holds back water;"),
        ("In this Act, “sluice”, in relation to a canal, means any gate;", "sluices", "en", "any gate;"),
        ("A sluice (or gate) means a door for water.", "sluice", "en", "a door for water."),
        ("Sluice means a door for water;", "sluice", "en", "a door for water;"),
        ("USW stands for Upper Sluice Works.", "usw", "en", "Upper Sluice Works."),
        ("A sluice is defined as a door for water.", "sluice", "en", "a door for water."),
        ("The sluice means delays for boats.", "sluice", "en", None),
        ("Inflation means higher fares.", "inflation", "en", None),
        ("A sluice means that boats must wait.", "sluice", "en", None),
        ("Wooden sluices refer to doors.", "sluices", "en", None),
        ("3) шлюз – ворота для воды;", "шлюз", "ru", "ворота для воды;"),
        ("«шлюз» означает ворота для воды;", "шлюз", "ru", "ворота для воды;"),
        ("Шлюз (затвор) — это ворота для воды.", "шлюзы", "ru", "ворота для воды."),
        ("Под шлюзом понимаются ворота.", "шлюз", "ru", "ворота."),
        ("Шлюз – гордость посёлка.", "шлюз", "ru", None),
        ("Отставка означает новые выборы.", "отставка", "ru", None),
        ("Шлюз — это позор, сказал аким.", "шлюз", "ru", None),
        ("2) шлюз – су қақпасы;", "шлюз", "kk", "су қақпасы;"),
        ("Шлюз дегеніміз – су қақпасы.", "шлюз", "kk", "су қақпасы."),
        ("Шлюз – бұл су қақпасы.", "шлюз", "kk", "су қақпасы."),
        ("Шлюз деп суды тоқтататын қақпаны айтады.", "шлюз", "kk", "суды тоқтататын қақпаны айтады."),
        ("Шлюз ашылады деп айтты әкім.", "шлюз", "kk", None),
    ],
)  # fmt: skip
def test_where_a_sentence_says_what_a_thing_is(sentence: str, thing: str, language: str, said: str | None) -> None:
    begins = definition_in(sentence, thing, language)
    assert (None if begins is None else sentence[begins:]) == said


@pytest.mark.parametrize(
    ("sentence", "name", "long"),
    [
        ("The Upper Sluice Works (USW) was shut.", "usw", "Upper Sluice Works"),
        ("The USW (Upper Sluice Works) was shut.", "USW", "Upper Sluice Works"),
        ("Министерство внутренних дел (МВД) сообщило.", "МВД", "Министерство внутренних дел"),
        ("ҚР Ұлттық қауіпсіздік комитеті (ҰҚК) хабарлады.", "ҰҚК", "Ұлттық қауіпсіздік комитеті"),
        ("The Bank of Orlen (BOO) was shut.", "BOO", "Bank of Orlen"),
        ("The bridge (USW) was shut.", "USW", None),
        ("Mayor Ada (it) spoke.", "it", None),
        ("The USW (since 2010) was shut.", "USW", None),
    ],
)
def test_where_a_name_of_first_letters_is_spelled_out(sentence: str, name: str, long: str | None) -> None:
    found = spelled_out(sentence, name)
    assert (found and sentence[slice(*found)]) == long


@pytest.mark.parametrize("quoted", ["“open to the river”", "'open to the river'", "«open to the river»"])
def test_a_thing_in_quotation_marks_may_have_more_words(quoted: str) -> None:
    assert thing_asked(f"What does {quoted} mean?", "en") == "open to the river"
    assert thing_asked("What does open to the river mean?", "en") is None


def test_what_laws_and_glossaries_say_that_a_thing_is_answers_with_its_list(tmp_path: Path) -> None:
    law = (
        "In this Act—\n\n“harbour dues” means sums that are paid for a berth;\n\n“open to the river” means—\n\n"
        "(a) without a gate, or\n\n(b) with a gate that stands open;\n\n“sluice” means a gate that—\n\n"
        "(a) holds back water, and\n\n(b) can be raised.\n\nThe sluice was painted."
    )
    rows = [{"id": f"law{n}", "title": f"Harbour Act {n}", "text": law, "language": "en"} for n in (1, 2)]
    rows.append({"id": "ru", "title": "Закон о портах", "text": "1) причал – место для судов;\n\n2) порт – гавань;"})
    (tmp_path / "a.jsonl").write_text("\n".join(json.dumps(row) for row in rows), "utf-8")
    build([tmp_path / "a.jsonl"], tmp_path / "index", FakeEmbedder())
    with Assistant(IndexReader(tmp_path / "index"), FakeEmbedder()) as laws:
        answer = laws.ask("What is a sluice?")
        assert (answer.status, answer.text) == (
            "answered",
            "a gate that—\n\n(a) holds back water, and\n\n(b) can be raised",
        )
        assert [point.sources for point in answer.points] == [len(answer.points[0].citations)]
        assert laws.ask("What does “open to the river” mean?").text == (
            "(a) without a gate, or\n\n(b) with a gate that stands open"
        )
        assert laws.ask("Что такое причал?").text == "место для судов"


@pytest.mark.parametrize(
    ("kind", "thing", "expected"),
    [
        ("defining", "vesting schedule", True),
        ("defining", "lighthouse schedule", False),
        ("vague", "long vesting", True),
        ("who", "vesting schedule", False),
    ],
)
def test_where_no_passage_names_all_of_a_thing_what_names_most_of_it_may_be_said(
    tmp_path: Path, kind: Kind, thing: str, expected: bool
) -> None:
    texts = ["All grants have a four-year vesting.", "A schedule of ferries hangs there.", "The schedule is old."]
    rows = [{"id": f"{n}", "title": f"News {n}", "text": text} for n, text in enumerate(texts)]
    (tmp_path / "a.jsonl").write_text("\n".join(map(json.dumps, rows)), "utf-8")
    build([tmp_path / "a.jsonl"], tmp_path / "index", FakeEmbedder())
    with IndexReader(tmp_path / "index") as reader, reader.snapshot(search=True) as snapshot:
        meant = Meant(kind, thing, "en", thing=thing)
        (grants,) = (each for n in "012" if (each := snapshot.document(n)) and "grants" in each.text)
        reading = Reading(grants, 0, len(grants.text), 0, 10, 0.5)
        verdict = Verdict("unsure", None, (Group((statement(reading, None),)),), (), (reading,))
        assert tells_of(prepare(meant, FakeEmbedder(), snapshot), meant, verdict) is expected
        assert not tells_of(prepare(meant, FakeEmbedder(), snapshot), meant, replace(verdict, points=()))
