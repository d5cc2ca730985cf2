"""What asks where a thing is, which words say so, that nothing else is said to it; and what is no answer to how something is done."""

import json

import pytest

from index import IndexReader, build
from rag import Assistant
from rag.understanding.whereabouts import names_place, thing_sought
from tests.fakes import FakeEmbedder


@pytest.mark.parametrize(
    ("text", "language", "thing"),
    [
        ("where is the lighthouse", "en", "lighthouse"),
        ("Where's Karabas located?", "en", "Karabas"),
        ("where bakery", "en", "bakery"),
        ("Where is it?", "en", None),
        ("Where did the lighthouse stand?", "en", None),
        ("Where was the fair held?", "en", None),
        ("где маяк", "ru", "маяк"),
        ("А где находится Карабас?", "ru", "Карабас"),
        ("где построят маяк", "ru", None),
        ("где он", "ru", None),
        ("маяк қайда?", "kk", "маяк"),
        ("Қарабас қай жерде орналасқан?", "kk", "Қарабас"),
        ("ол қайда", "kk", None),
    ],
)
def test_what_asks_where_a_thing_is(text: str, language: str, thing: str | None) -> None:
    assert thing_sought(text, language) == thing


@pytest.mark.parametrize(
    ("sentence", "words", "language", "expected"),
    [
        ("Keepers of the lighthouses met in Aktau.", "Aktau", "en", False),
        ("Keepers met in Aktau.", "Aktau", "en", False),
        ("It stands in Aktau.", "Aktau", "en", True),
        ("In Aktau stands a lighthouse.", "Aktau", "en", True),
        ("The lighthouse was damaged by a storm in Aktau.", "Aktau", "en", False),
        ("Маяк пострадал от шторма в Актау.", "Актау", "ru", False),
        ("Маяк находится в Актау.", "Актау", "ru", True),
        ("The lighthouse stands on the western cape.", "on the western cape", "en", True),
        ("The lighthouse stands on the western cape.", "the western cape", "en", True),
        ("The lighthouse is of white brick.", "white brick", "en", False),
        ("The lighthouse was lit on 4 May.", "4 May", "en", False),
        ("The Union of Keepers on the Cape paid.", "Union of Keepers on the Cape", "en", False),
        ("Маяк стоит за старым портом.", "старым портом", "ru", True),
        ("Маяк сложен из белого кирпича.", "белого кирпича", "ru", False),
        ("Маяк порттың артында тұр.", "порттың артында", "kk", True),
        ("Маяк ақ кірпіштен қаланған.", "ақ кірпіштен", "kk", False),
    ],
)
def test_which_words_say_where(sentence: str, words: str, language: str, expected: bool) -> None:
    start = sentence.index(words)
    thing = "lighthouse" if language == "en" else "маяк"
    assert names_place(sentence, start, start + len(words), thing, language) is expected


@pytest.fixture(scope="module")
def assistant(tmp_path_factory: pytest.TempPathFactory) -> Assistant:
    folder = tmp_path_factory.mktemp("cape")
    texts = [
        "The new lighthouse consists of a single tower. Keepers paid for it.",
        "The bakery is behind the market. It was built by hand.",
        "To bake the long black bread of the cape:\n\n1. Mix rye flour with warm water.\n2. Bake the black bread slowly.",
    ]
    rows = [{"id": f"c{at}", "title": "News", "text": text} for at, text in enumerate(texts)]
    (folder / "a.jsonl").write_text("\n".join(map(json.dumps, rows)), "utf-8")
    build([folder / "a.jsonl"], folder / "index", FakeEmbedder())
    return Assistant(IndexReader(folder / "index"), FakeEmbedder())


def test_where_no_sentence_names_a_place_those_about_the_thing_are_shown(assistant: Assistant) -> None:
    answer = assistant.ask("where is the lighthouse")
    assert (answer.status, answer.reason.code, answer.text) == ("overview", "whereabouts", None)
    assert [each.sentence for each in answer.points] == ["The new lighthouse consists of a single tower."]


def test_a_place_is_said(assistant: Assistant) -> None:
    answer = assistant.ask("where is the bakery")
    assert answer.points[0].sentence == "The bakery is behind the market."
    assert answer.status in ("answered", "unsure") or answer.reason.code == "whereabouts"


@pytest.mark.parametrize(
    "text", ["How do I bake the long black bread?", "how can one bake long black bread of the cape"]
)
def test_all_steps_are_said_to_be_how_something_is_done(assistant: Assistant, text: str) -> None:
    answer = assistant.ask(text)
    assert answer.text is None or not answer.sentence.endswith(":")
    assert (answer.status, answer.text) == (
        "answered",
        "1. Mix rye flour with warm water.\n2. Bake the black bread slowly.",
    )
