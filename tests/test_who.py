"""What asks who somebody is, who made a thing, what sets two things apart, or does not say which of many is meant; and what is said to it."""

import json
from pathlib import Path

import pytest

from index import IndexReader, build
from rag import Assistant
from rag.understanding.common_words import common_words
from rag.understanding.small_talk import topic_compared, topic_to_do
from rag.understanding.who import made_by_whom, names_maker, person_asked, tells_who
from tests.fakes import FakeEmbedder


@pytest.mark.parametrize(
    ("text", "language", "things"),
    [
        ("What's the difference between a shallow and a deep copy?", "en", "shallow deep copy"),
        ("How is a reservoir different from a lake", "en", "reservoir lake"),
        ("compare the old bridge with the new bridge", "en", "old bridge new bridge"),
        ("ferry versus bus", "en", "ferry bus"),
        ("How much do the prices differ?", "en", None),
        ("What was the difference?", "en", None),
        ("Какая разница между налогом и сбором?", "ru", "налогом сбором"),
        ("в чём отличие парома от катера", "ru", "парома катера"),
        ("чем отличаются налоги от сборов", "ru", "налоги сборов"),
        ("Почему соседи против парковки?", "ru", None),
        ("Чем отличился паром?", "ru", None),
        ("салық пен алымның айырмашылығы қандай", "kk", "салық алымның"),
        ("паром мен қайықты салыстыр", "kk", "паром қайықты"),
        ("паром қайықтан немен ерекшеленеді?", "kk", "паром қайық"),
        ("Айырмашылығы неде?", "kk", None),
    ],
)
def test_what_asks_to_compare_two_things(text: str, language: str, things: str | None) -> None:
    assert topic_compared(text, language) == things


@pytest.mark.parametrize(
    ("text", "language", "name"),
    [
        ("who's Aigerim Sadykova?", "en", "Aigerim Sadykova"),
        ("who is nurlan", "en", "nurlan"),
        ("Who is the captain?", "en", None),
        ("who is responsible for it", "en", None),
        ("who is going", "en", None),
        ("Кто такая Айгерим Садыкова?", "ru", "Айгерим Садыкова"),
        ("кто это Нурлан", "ru", "Нурлан"),
        ("кто это сделал", "ru", None),
        ("кто такой аким", "ru", None),
        ("Айгерім Садықова деген кім?", "kk", "Айгерім Садықова"),
        ("ол кім", "kk", None),
        ("директор кім", "kk", None),
    ],
)
def test_what_asks_who_bears_a_name(text: str, language: str, name: str | None) -> None:
    assert person_asked(text, language) == name


@pytest.mark.parametrize(
    ("text", "language", "thing"),
    [
        ("who founded the choir?", "en", "choir"),
        ("Who designed the new logo?", "en", "new logo"),
        ("who owns it", "en", None),
        ("who made up for the loss of the two old boats", "en", None),
        ("кто придумал герб", "ru", "герб"),
        ("кто это придумал", "ru", None),
        ("хорды кім құрды?", "kk", "хорды"),
        ("елтаңбаны кім ойлап тапты", "kk", "елтаңбаны"),
        ("дүкеннің иесі кім", "kk", "дүкен"),
        ("оны кім жасады", "kk", None),
    ],
)
def test_what_asks_who_made_a_thing(text: str, language: str, thing: str | None) -> None:
    assert made_by_whom(text, language) == thing


@pytest.mark.parametrize(
    ("text", "topic"),
    [
        ("қосымша қалай орнатылады", "қосымша қалай орнатылады"),
        ("Құжат қалай сақталады?", "Құжат қалай сақталады"),
        ("сайлау қалай өтеді", None),
        ("Заң қалай қабылданады?", None),
    ],
)
def test_what_asks_in_kazakh_how_something_is_done(text: str, topic: str | None) -> None:
    assert topic_to_do(text, "kk") == topic


@pytest.mark.parametrize(
    ("said", "text", "name", "asked", "language", "expected"),
    [
        ("head of the choir", "Aigerim Sadykova, head of the choir, sang.", "Aigerim Sadykova", "en", "en", True),
        ("Marat Ospanov", "Marat Ospanov thanked Aigerim Sadykova.", "sadykova", "en", "en", False),
        ("Марат Оспанов", "Марат Оспанов поблагодарил Айгерим Садыкову.", "Садыкова", "ru", "ru", False),
        ("Marat Ospanov", "Marat Ospanov thanked Aigerim Sadykova.", "Садыкова", "ru", "en", False),
        ("Director Sadykova", "Director Sadykova sang.", "Sadykova", "en", "en", True),
        ("Marat Ospanov", "The council chose Marat Ospanov.", "chosen", "en", "en", True),
    ],
)
def test_a_name_alone_does_not_say_who_bears_another(
    said: str, text: str, name: str, asked: str, language: str, expected: bool
) -> None:
    assert tells_who(said, text, name, asked, language) is expected


@pytest.mark.parametrize(
    ("said", "sentence", "thing", "asked", "language", "expected"),
    [
        ("Marat Ospanov", "The choir was founded by Marat Ospanov.", "choir", "en", "en", True),
        ("Marat Ospanov", "It was founded by Marat Ospanov.", "choir", "en", "en", True),
        ("Marat Ospanov", "Songs by Marat Ospanov were heard.", "choir", "en", "en", False),
        ("The choir of Kegen", "The choir of Kegen sang for an hour.", "choir", "en", "en", False),
        ("Марат Оспанов", "Хор основал Марат Оспанов.", "хор", "ru", "ru", True),
        ("Marat Ospanov", "Marat Ospanov founded it.", "хор", "ru", "en", True),
        ("Dana Serik", "The songs were written by Dana Serik.", "choir songs", "en", "en", True),
        ("Dana Serik", "The poster was drawn by Dana Serik.", "choir songs", "en", "en", False),
    ],
)
def test_who_made_a_thing_is_told_where_it_is_named(
    said: str, sentence: str, thing: str, asked: str, language: str, expected: bool
) -> None:
    assert names_maker(said, sentence, "A choir in Kegen", thing, asked, language) is expected


TOWNS = ("Kegen", "Aral", "Shu", "Esik", "Ridder", "Saran", "Abay", "Tekeli")


def pile(others: int) -> list[dict[str, str]]:
    """Articles on eight games that somebody won, and on other things."""
    games = [f"The club of {town} won a game in {town} on Sunday. Few people came." for town in TOWNS]
    rest = [f"House {n} of the street was painted in colour {n}. Neighbours liked it." for n in range(others)]
    return [{"id": str(n), "title": f"Note {n}", "text": text} for n, text in enumerate([*games, *rest])]


@pytest.fixture(scope="module")
def large(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return made(tmp_path_factory.mktemp("large"), pile(100))


def made(folder: Path, rows: list[dict[str, str]]) -> Path:
    (folder / "a.jsonl").write_text("".join(json.dumps(row) + "\n" for row in rows), "utf-8")
    build([folder / "a.jsonl"], folder / "index", FakeEmbedder())
    return folder / "index"


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("who won?", "won"),
        ("Who won the game?", "won game"),
        ("who won in kegen", ""),  # says which
        ("Who won in Kegen?", ""),
        ("who won 2 games", ""),
        ("who painted houses", ""),  # of nearly all
        ("who lost", ""),  # of none
        ("kegen?", ""),
    ],
)
def test_words_that_many_articles_hold_do_not_say_which_is_meant(large: Path, text: str, found: str) -> None:
    with IndexReader(large) as reader, reader.snapshot(search=True) as snapshot:
        assert common_words(text, "en", snapshot) == found


def test_in_a_small_pile_nothing_else_can_be_meant(tmp_path: Path) -> None:
    with IndexReader(made(tmp_path, pile(3))) as reader, reader.snapshot(search=True) as snapshot:
        assert common_words("who won?", "en", snapshot) == ""


def test_what_many_could_be_meant_by_is_shown_and_not_said(large: Path) -> None:
    with Assistant(IndexReader(large), FakeEmbedder()) as assistant:
        answer = assistant.ask("Who won?")
        assert (answer.status, answer.reason.code, answer.text) == ("overview", "vague", None)
        assert len({point.sentence for point in answer.points}) == 5
        assert all(" won a game in " in point.sentence for point in answer.points)
        assert assistant.ask("Who won?", verbatim=True).reason.code != "vague"
        compared = assistant.ask("difference between a club and a game")
        assert (compared.status, compared.reason.code, compared.text) == ("overview", "comparing", None)
        assert all("club" in point.sentence and "game" in point.sentence for point in compared.points)
