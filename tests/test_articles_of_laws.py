"""The articles of laws: where they stand, that chunks begin with them, and what one says that a question names by its number."""

from concurrent.futures import Future

import pytest

from index import Document
from index.analysis.detect import detect
from index.articles.chunks import cut
from index.articles.parts import cuts_of, parts_of
from index.types import Chunk
from rag.types import Passage, Query
from rag.verdict.articles import LONGEST, named_articles

LAKES = (
    "Chapter I\n\nGeneral provisions\n\nArticle 1. Lakes\n\nLakes belong to all, and whoever visits one leaves it as it was found, winter and summer.\n\n"
    "Article 2\n\n1. Boats need a number.\n2. Article 5 of the Road Act holds for jetties, too.\n\nArticle 2-1\n\nSwans are protected."
)
OZERA = "ГЛАВА 1. ОБЩИЕ ПОЛОЖЕНИЯ\nСтатья 1. Озёра\nОзёра принадлежат всем.\n\nСтатья 2.\n1. Лодки получают номера.\n2. Статья 7 не применяется."
KOLDER = "1-тарау. Жалпы ережелер\n\n1-бап. Көлдер\n\nКөлдер бәріне ортақ.\n\n2-бап\n\nҚайыққа нөмір беріледі.\n\n3-бапқа сәйкес аққу қорғалады."


def law(text: str, language: str = "en", title: str = "Lakes Act") -> Document:
    return Document(title, title, text, None, None, None, language, "")


def asked(question: str) -> Query:
    return Query(question, detect(question), (), {}, Future())


def passages(*documents: Document) -> list[Passage]:
    return [
        Passage(Chunk(of.id, 0, 0, len(of.text), of.text), of, rank, 1.0, {}) for rank, of in enumerate(documents, 1)
    ]


@pytest.mark.parametrize(
    ("text", "language", "numbers"),
    [
        (LAKES, "en", [None, "1", "2", "2-1"]),
        (OZERA, "ru", [None, "1", "2"]),
        (KOLDER, "kk", [None, "1", "2"]),
        ("Article 17 of the Constitution was amended.\nSection 5 has gone.", "en", []),
    ],
)
def test_an_article_begins_at_a_line_with_its_number(text: str, language: str, numbers: list[str | None]) -> None:
    parts = parts_of(text, language)
    assert [part.article for part in parts] == numbers
    assert all(part.start < part.body <= part.end <= len(text) for part in parts)


def test_chunks_do_not_run_across_articles() -> None:
    text = f"{LAKES}\n\n{'Of the state of lakes the council tells the town every spring. ' * 12}"
    assert [chunk.text.split("\n")[0] for chunk in cut(law(text))] == ["Chapter I", "Article 2", "Article 2-1"]


def test_a_table_of_contents_is_no_row_of_chunks() -> None:
    contents = "\n".join(f"Article {number}. Name" for number in range(1, 31))
    assert all(start >= 80 for start in cuts_of(contents, "en"))
    assert len(cut(law(f"{contents}\n\nArticle 1. Name\n\n{'All lakes are free. ' * 30}"))) < 15


@pytest.mark.parametrize(
    ("question", "of", "said"),
    [
        ("What does Article 2 say?", law(LAKES), "1. Boats need a number.\n2. Article 5 of the Road Act holds for jetties, too."),
        ("What does article 2-1 of the Lakes Act say?", law(LAKES), "Swans are protected."),
        ("What is Article 2-1 about?", law(LAKES), "Swans are protected."),
        ("What does Article 2 of the Road Act say?", law(LAKES), None),
        ("What does Article 2 say about boats on rivers?", law(LAKES), None),
        ("What does Article 5 say?", law(LAKES), None),
        ("О чём статья 1?", law(OZERA, "ru"), "Озёра\nОзёра принадлежат всем."),
        ("Что говорится в статье 2 закона об озёрах?", law(OZERA, "ru", "Закон об озёрах"), "1. Лодки получают номера.\n2. Статья 7 не применяется."),
        ("Что гласит 2-я статья?", law(OZERA, "ru"), "1. Лодки получают номера.\n2. Статья 7 не применяется."),
        ("Что говорится в статье 7?", law(OZERA, "ru"), None),
        ("1-бапта не айтылған?", law(KOLDER, "kk"), "Көлдер\n\nКөлдер бәріне ортақ."),
        ("Көлдер туралы заңның 1-бабында не жазылған?", law(KOLDER, "kk", "Көлдер туралы заң"), "Көлдер\n\nКөлдер бәріне ортақ."),
        ("2-бапқа сәйкес қайыққа не беріледі?", law(KOLDER, "kk"), None),
        ("Что гласит статья 2-1?", law(LAKES), "Swans are protected."),
        ("2-1-бап", law(LAKES), "Swans are protected."),
        ("show me the text of article 2-1", law(LAKES), "Swans are protected."),
    ],
)  # fmt: skip
def test_an_article_that_is_asked_for_by_its_number(question: str, of: Document, said: str | None) -> None:
    found = named_articles(asked(question), passages(of), 0.89)
    assert [reading.answer for reading in found] == ([said] if said else [])
    assert all(reading.sentence.startswith(("Article", "Статья", "1-бап")) for reading in found)


def test_every_law_that_was_found_has_its_own() -> None:
    acts = law("Article 3\n\nCats stay in.", title="Cat Act"), law("Article 3\n\nDogs stay out.", title="Dog Act")
    found = named_articles(asked("What does Article 3 say?"), passages(*acts), 0.89)
    assert [reading.answer for reading in found] == ["Cats stay in.", "Dogs stay out."]
    one = named_articles(asked("What does Article 3 of the Dog Act say?"), passages(*acts), 0.89)
    assert [reading.answer for reading in one] == ["Dogs stay out."]


def test_of_a_long_article_whole_sentences_are_shown() -> None:
    of = law(f"Article 3\n\n{'A boat is moored at night. ' * 200}")
    (found,) = named_articles(asked("What does Article 3 say?"), passages(of), 0.89)
    assert found.answer.endswith("A boat is moored at night.")
    assert LONGEST - 60 < len(found.answer) <= LONGEST
