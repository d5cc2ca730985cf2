"""Questions in other letters than were meant: Kazakh without its letters, Kazakh in plain Latin ones, other keyboard layouts."""

from pathlib import Path

import pytest

from index import IndexReader, build
from rag.understanding.keyboard import in_kazakh_layout
from rag.understanding.question import meaning_of
from tests.fakes import FakeEmbedder

ARTICLES = {
    "en": "The mayor opened a bridge. Ten laws must change.",
    "ru": "Мэр открыл мост. Изменить придётся десять законов. Канал построили в срок.",
    "kk": "Қалада көпір ашылды. Он заң өзгереді. Қазақстан халқы жаңа мектептің құрылысын қолдады. Жұмыс күзде басталды.",
}
MEANT = [
    ("Казакстанда канша зан озгереди?", "kk", "Қазақстанда қанша заң өзгереді?"),
    ("Калада канша копир ашылды?", "kk", "Қалада қанша көпір ашылды?"),
    ("Жана курылыс кашан басталды?", "kk", "Жаңа құрылыс қашан басталды?"),
    ("kazakstanda kansha zan ozgeredi?", "kk", "қазақстанда қанша заң өзгереді?"),
    ("Qalada qansha kopir ashyldy?", "kk", "Қалада қанша көпір ашылды?"),
    ("jumys qashan bastaldy?", "kk", "жұмыс қашан басталды?"),
    ("0fyif pf4 -puthtl3?", "kk", "қанша заң өзгереді?"),
    ("Сколько pfrjyjd придётся изменить?", "ru", "Сколько законов придётся изменить?"),
    ("Crjkmrj законов придётся изменить?", "ru", "Сколько законов придётся изменить?"),
    ("How many дфцы must change?", "en", "How many laws must change?"),
    ("Rjulf jnrhskb vjcn?", "ru", "Когда открыли мост?"),
]
LEFT = [
    ("Сколько законов придётся изменить?", "ru"),
    ("Когда мэр открыл канал?", "ru"),  # where the letters could be Kazakh ones
    ("Кто построил?", "ru"),
    ("Что такое iPhone?", "ru"),
    ("How many laws must change?", "en"),
    ("Who is Kassym Jomart?", "en"),
    ("Qui a ouvert le pont?", "en"),
    ("Қалада неше көпір ашылды?", "kk"),
    ("Қала халқы неше мектеп салды?", "kk"),
]


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """An index of a short article in each language."""
    root = tmp_path_factory.mktemp("letters")
    for language, text in ARTICLES.items():
        (root / f"news.{language}.md").write_text(f"---\ntitle: {language}\nlang: {language}\n---\n{text}\n", "utf-8")
    build([root], root / "index", FakeEmbedder())
    return root / "index"


@pytest.mark.parametrize(("written", "language", "meant"), MEANT)
def test_a_question_is_read_in_the_letters_that_were_meant(
    folder: Path, written: str, language: str, meant: str
) -> None:
    with IndexReader(folder) as reader, reader.snapshot() as snapshot:
        found = meaning_of(written, snapshot)
    assert (found.language, found.text) == (language, meant)


@pytest.mark.parametrize(("question", "language"), LEFT)
def test_letters_that_were_meant_stay(folder: Path, question: str, language: str) -> None:
    with IndexReader(folder) as reader, reader.snapshot() as snapshot:
        found = meaning_of(question, snapshot)
    assert (found.language, found.text) == (language, question)


def test_the_kazakh_layout_has_its_letters_on_the_row_of_digits() -> None:
    assert in_kazakh_layout("2345890-=") == "әіңғүұқөһ"


def test_a_foreign_word_beside_cyrillic_ones_stays_as_it_is(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text("A sluice is a gate. The harbour has a sluice.", "utf-8")
    build([tmp_path / "a.txt"], tmp_path / "index", FakeEmbedder())
    with IndexReader(tmp_path / "index") as reader, reader.snapshot(search=True) as snapshot:
        for text in ("sluice деген не", "harbour кайда", "what is sluice"):
            assert meaning_of(text, snapshot).text.split()[0] == text.split()[0]
