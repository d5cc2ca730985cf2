"""Slips of the pen: which words are corrected, which are left alone, and that a question can be asked as it is written."""

from pathlib import Path

import pytest

from index import IndexReader, build
from index.analysis.dictionary import is_word
from rag import Assistant
from rag.understanding.edits import Edit, distance, edit_between
from rag.understanding.keyboard import in_other_layout
from rag.understanding.typos import corrected
from tests.fakes import FakeEmbedder

ARTICLES = {
    "en": "At least ten constitutional laws must change. Zhienbayev presented the approaches to parliament in January. "
    "The decision of the commission was published.",
    "ru": "Изменить придётся не менее десяти конституционных законов. Комиссия опубликовала решение. Парламент станет однопалатным.",
    "kk": "Кемінде он конституциялық заң өзгереді. Комиссия шешімін жариялады. Парламент бір палаталы болады.",
}
SLIPS = [
    ("en", "How mny laws musst change?", "How many laws must change?"),
    ("en", "Hwo many consttitutional laws must change?", "How many constitutional laws must change?"),
    ("en", "What did the parliamnet of the commission decide?", "What did the parliament of the commission decide?"),
    ("en", "When was the deciison published?", "When was the decision published?"),
    ("ru", "Сколько конституцоинных законов придётся изменить?", "Сколько конституционных законов придётся изменить?"),
    ("ru", "Когда коммиссия опубликовала решение?", "Когда комиссия опубликовала решение?"),
    ("en", "What happened in JJanuary?", "What happened in January?"),
    ("ru", "ККомиссия когда опубликовала решение?", "Комиссия когда опубликовала решение?"),
    ("ru", "Скольк законов придётся изменить?", "Сколько законов придётся изменить?"),
    ("kk", "Қнша конституциялық заң өзгереді?", "Қанша конституциялық заң өзгереді?"),
    ("ru", "колько законов придётся изменить?", "сколько законов придётся изменить?"),  # not только
    ("ru", "Когда комиссия опубликовала решенние?", "Когда комиссия опубликовала решение?"),  # its stem is known
    ("en", "When did Zhienbayev present the approachhes?", "When did Zhienbayev present the approaches?"),
    ("kk", "Комисссия шешімін қашан жариялады?", "Комиссия шешімін қашан жариялады?"),
    ("en", "parliment", "parliament"),  # though "parlament" is more usual, in other languages
    ("en", "What did the comission publish?", "What did the commission publish?"),
    ("kk", "Парлмаент неше палаталы болады?", "Парламент неше палаталы болады?"),
    ("en", "Which laws must chamge?", "Which laws must change?"),  # one letter for another makes no word
    ("en", "Which yapproaches did he present?", "Which approaches did he present?"),
    (
        "en",
        "Which laws does the commission suport?",
        "Which laws does the commission support?",
    ),  # a word in other languages
    ("en", "Which diferent laws must change?", "Which different laws must change?"),
    ("en", "When was the hospitel opened?", "When was the hospital opened?"),  # a word that no article has
    ("ru", "Сколько законой придётся изменить?", "Сколько законов придётся изменить?"),
    ("ru", "Когда опубликоваль решение?", "Когда опубликовала решение?"),
    ("ru", "В какой деь комиссия опубликовала решение?", "В какой день комиссия опубликовала решение?"),  # not деп
    ("kk", "Қанша конституциялық зың өзгереді?", "Қанша конституциялық заң өзгереді?"),
    ("kk", "Комиссия шешймін қашан жариялады?", "Комиссия шешімін қашан жариялады?"),
]
LEFT = [
    ("en", "How many laws must change?"),
    ("en", "Which hospital did the commission publish?"),  # a word that the index does not have is no slip
    ("en", "Who is Tokayev in the laws of parliament?"),
    ("en", "Did GPT4 or law 18F change the laws?"),
    ("en", "Who is Zhienbayv?"),  # another spelling of the name
    ("en", "Is it wrong that laws change?"),
    ("en", "Which laws about a vape must change?"),  # new words, one letter from others
    ("en", "Which laws about glamping and quinoa must change?"),
    ("en", "What did the commissions publish?"),  # another form than the articles'
    ("ru", "Кому комиссии опубликовали решения?"),
    ("kk", "Комиссияның шешімдері жарияланды ма?"),
    ("ru", "Сколько школ построила комиссия?"),
    ("ru", "Какие законы опубликовали власти?"),
    ("kk", "Комиссия қанша мектеп салды?"),
    ("ru", "Сколько загонов построила комиссия?"),  # words near to those of the articles
    ("ru", "Кто опубликовало решение комиссии?"),
    ("en", "Was a charge published with the laws?"),
    ("en", "Which neighbours did the commission colour?"),
    ("kk", "Қанша заңгер болды?"),
    ("en", "Who is Zhienbatov in parliament?"),  # another name
    ("ru", "Какое решение опубликовал маслихат акимата?"),  # words of Kazakhstan
    ("ru", "Сколько тенге потратила комиссия?"),
    ("kk", "Комиссия шешімін айтып берші"),  # not бері
    ("kk", "Комиссия мәселелерін қашан жариялады?"),  # a form that is in no list
]


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """An index of three short articles."""
    root = tmp_path_factory.mktemp("slips")
    for language, text in ARTICLES.items():
        (root / f"laws.{language}.md").write_text(f"---\ntitle: {language}\nlang: {language}\n---\n{text}\n", "utf-8")
    build([root], root / "index", FakeEmbedder())
    return root / "index"


@pytest.mark.parametrize(("language", "written", "read"), SLIPS)
def test_a_slip_gives_way_to_a_word_of_the_index(folder: Path, language: str, written: str, read: str) -> None:
    with IndexReader(folder) as reader, reader.snapshot() as snapshot:
        text, corrections = corrected(written, language, snapshot)
    assert text == read
    changed = [pair for pair in zip(written.split(), read.split(), strict=True) if pair[0] != pair[1]]
    assert [(each.written, each.read) for each in corrections] == [(a.strip("?"), b.strip("?")) for a, b in changed]


@pytest.mark.parametrize(("language", "question"), LEFT)
def test_what_is_no_slip_is_left_alone(folder: Path, language: str, question: str) -> None:
    with IndexReader(folder) as reader, reader.snapshot() as snapshot:
        assert corrected(question, language, snapshot) == (question, ())


@pytest.mark.parametrize("form", ["акиматами", "маслихату", "кюем", "жузов", "баурсаки", "айыльного", "цона", "бием"])
def test_a_local_word_is_a_word_in_every_form(form: str) -> None:
    assert is_word(form, "ru")
    assert not is_word(form[:1] + "ъ" + form[1:], "ru")


def test_the_s_of_an_owner_is_no_part_of_a_name(tmp_path: Path) -> None:
    article = tmp_path / "harbour.txt"
    article.write_text("Harbour master Edda Rolfe of Skarn will retire in March. Rolfe sailed for years.", "utf-8")
    build([article], tmp_path / "index", FakeEmbedder())
    with IndexReader(tmp_path / "index") as reader, reader.snapshot() as snapshot:
        question = "When will Edda Rolfe's successor retire?"
        assert corrected(question, "en", snapshot) == (question, ())


@pytest.mark.parametrize(
    ("question", "language"),
    [
        ("Сколько человек живёт в Акбулаке?", "ru"),
        ("сколько человек живёт за сарысаем", "ru"),
        ("Ақбұлақтан қанша адам көшірілді?", "kk"),
    ],
)
def test_a_name_in_another_case_is_no_slip(tmp_path: Path, question: str, language: str) -> None:
    (tmp_path / "ru.txt").write_text("Акбулак стоит у реки, а Сарысай выше. Там живёт сто человек.", "utf-8")
    (tmp_path / "kk.txt").write_text("Ақбұлақ өзен жағасында. Адамдар көшірілді.", "utf-8")
    build([tmp_path / "ru.txt", tmp_path / "kk.txt"], tmp_path / "index", FakeEmbedder())
    with IndexReader(tmp_path / "index") as reader, reader.snapshot() as snapshot:
        assert corrected(question, language, snapshot) == (question, ())


def test_a_question_can_be_asked_as_it_is_written(folder: Path) -> None:
    written = "How mny laws musst change?"
    with Assistant(IndexReader(folder), FakeEmbedder()) as assistant:
        answer, as_it_is = assistant.ask(written), assistant.ask(written, verbatim=True)
    assert (answer.question, answer.understood) == (written, "How many laws must change?")
    assert answer.to_json()["corrections"] == [{"written": "mny", "read": "many"}, {"written": "musst", "read": "must"}]
    assert (as_it_is.understood, as_it_is.corrections) == (written, ())


@pytest.mark.parametrize(
    ("slip", "meant", "edit", "edits"),
    [
        ("lwas", "laws", Edit.SWAPPED, 1),
        ("laaws", "laws", Edit.DOUBLED, 1),
        ("las", "laws", Edit.LEFT_OUT, 1),
        ("lawxs", "laws", Edit.PUT_IN, 1),
        ("lavs", "laws", Edit.CHANGED, 1),
        ("lavvs", "laws", Edit.PUT_IN, 2),
        ("court", "laws", Edit.PUT_IN, 3),
        ("laws", "laws", Edit.SWAPPED, 0),
    ],
)
def test_edits(slip: str, meant: str, edit: Edit, edits: int) -> None:
    assert distance(slip, meant, 2) == distance(meant, slip, 2) == edits
    assert edit_between(slip, meant) is edit


@pytest.mark.parametrize("text", ["привет", "Сколько законов изменят", "hello there", "x ' ж"])
def test_the_other_layout_and_back(text: str) -> None:
    assert in_other_layout(in_other_layout(text)) == text or " ' " in text


def test_a_question_in_the_wrong_layout_is_read_in_the_right_one(folder: Path) -> None:
    with Assistant(IndexReader(folder), FakeEmbedder()) as assistant:
        assert assistant.ask("crjkmrj pfrjyjd ghbl`ncz bpvtybnm?").understood == "сколько законов придётся изменить?"
        assert assistant.ask("ghbdtn").reason.code == "small_talk"
