"""Copies: the same story is one, other stories, corrections and translations are not."""

import hashlib
import re

import pytest

from index import Document
from rag.retrieval.near_duplicates import DuplicateGroups, facts, facts_agree, overlap_coefficient, shingles, words

STORY = [
    "The working group on the reform of Parliament met in Astana and heard a report on the first month of its work.",
    "About 40 articles of the Constitution will have to be revised, the state counsellor told the members of the group.",
    "He added that two thirds of the proposals sent by citizens concern the structure of the future single chamber.",
    "The members agreed to study the experience of other countries before they put the draft on the table in spring.",
    "A referendum will be held when the public has had the time to read and to discuss every one of the amendments.",
]
OTHER = [
    "Wheat exports grew again in the autumn because the harvest in the northern regions was unusually rich this year.",
    "The railway company has promised to find two hundred more wagons for the grain that is waiting at the stations.",
]


def document(id: str, *paragraphs: str, language: str = "en", source: str | None = None) -> Document:
    text = "\n\n".join(paragraphs)
    sha256 = hashlib.sha256(text.encode()).hexdigest()
    return Document(id, f"Title of {id}", text, source, None, None, language, sha256)


def changed(before: str, after: str) -> list[str]:
    assert before in " ".join(STORY)
    return [paragraph.replace(before, after) for paragraph in STORY]


@pytest.mark.parametrize(
    "paragraphs",
    [
        STORY,
        ["ASTANA, 19 January, Example Agency.", *STORY],
        [*STORY, "Example Agency reports."],
        [OTHER[0], *STORY[1:]],
        [*STORY[:-1], OTHER[1]],
        [OTHER[0], *STORY[1:-1], OTHER[1]],
        [*STORY[:2], OTHER[1], *STORY[2:]],
        STORY[:3],
        [paragraph.replace("single chamber", "“single” chamber —").upper() for paragraph in STORY],
        changed("told the members", "informed the members"),
    ],
)
def test_lightly_edited_stories_are_copies(paragraphs: list[str]) -> None:
    one, other = document("one", *STORY), document("other", *paragraphs)
    assert DuplicateGroups().are_copies(one, other)
    assert DuplicateGroups().are_copies(other, one)
    assert DuplicateGroups().of(one) == "one"


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("About 40 articles", "About 45 articles"),
        ("About 40 articles", "Some 45 articles"),
        ("About 40 articles", "About 40 to 45 articles"),
        ("two thirds", "three quarters"),
        ("in Astana", "in Almaty"),
        ("will be held", "will not be held"),
        ("the first month", "the second month"),
    ],
)
def test_a_correction_is_no_copy(before: str, after: str) -> None:
    one = document("one", *STORY)
    assert not DuplicateGroups().are_copies(one, document("other", *changed(before, after)))
    wrapped = [OTHER[0], *changed(before, after), "Example Agency reports."]
    assert not DuplicateGroups().are_copies(one, document("other", *wrapped))


@pytest.mark.parametrize(
    ("one", "other", "language"),
    [
        ("Пересмотреть нужно около сорока статей закона", "Пересмотреть нужно около пятидесяти статей закона", "ru"),
        ("В силу вступит не менее десяти законов страны", "В силу вступит не менее двадцати законов страны", "ru"),
        (
            "Кемінде он конституциялық заңды жаңарту керек болады",
            "Кемінде бес конституциялық заңды жаңарту керек болады",
            "kk",
        ),
        ("Вчера закон не был принят большинством голосов", "Вчера закон был принят большинством голосов", "ru"),
    ],
)
def test_numbers_in_words_count_in_every_language(one: str, other: str, language: str) -> None:
    assert not facts_agree(
        facts(f"{OTHER[0]} {one} {OTHER[1]}", language), facts(f"{OTHER[0]} {other} {OTHER[1]}", language)
    )


def test_a_paper_may_name_itself() -> None:
    texts = [
        [*STORY[:2], f"This is what a correspondent of {name} reports from the hall.", *STORY[2:]]
        for name in ("Orda", "Akorda")
    ]
    one, other = (
        document(name, *text, source=f"{name}.kz") for name, text in zip(("Orda", "Akorda"), texts, strict=True)
    )
    assert DuplicateGroups().are_copies(one, other)
    assert not DuplicateGroups().are_copies(document("a", *texts[0]), document("b", *texts[1]))


def test_other_stories_that_quote_the_same_statement_are_no_copies() -> None:
    quoted = STORY[1]
    one = document("one", quoted, *OTHER)
    other = document("other", *STORY)
    assert 0 < overlap_coefficient(shingles(one.text), shingles(other.text)) < 0.5
    assert not DuplicateGroups().are_copies(one, other)


def test_languages_and_long_texts() -> None:
    assert not DuplicateGroups().are_copies(document("one", *STORY), document("other", *STORY, language="kk"))
    long = [f"Paragraph {n} of a long report." for n in range(3000)]
    assert not DuplicateGroups().are_copies(document("one", *long), document("other", *long, "The end."))
    assert DuplicateGroups().are_copies(document("one", *long), document("other", *long))


def test_a_document_is_no_copy_of_itself_and_empty_texts_of_nothing() -> None:
    one = document("one", *STORY)
    assert not DuplicateGroups().are_copies(one, one)
    assert overlap_coefficient(frozenset(), frozenset([1])) == 0
    assert len(shingles("one two three four five six")) == 2
    assert len(shingles("one two")) == 1


def test_stories_are_named_after_their_first_document() -> None:
    stories = DuplicateGroups()
    assert [stories.of(document(id, *text)) for id, text in (("a", STORY), ("b", OTHER), ("c", STORY[:4]))] == [
        "a",
        "b",
        "a",
    ]


def test_facts_that_stand_before_the_text_may_be_added() -> None:
    assert facts_agree(words(" ".join(STORY)), words(" ".join(["Updated at 12:40.", *STORY])))
    first = re.sub("The working", "40 of the working", " ".join(STORY), count=1)
    assert not facts_agree(words(first), words(first.replace("40 of", "45 of", 1)))


FOX, HEN = "a quick brown fox jumps", "over the lazy hen there"


@pytest.mark.parametrize(
    ("here", "there", "agree"),
    [
        # a correction: at most five words between the same words
        ("some 40 laws", "some 45 laws", False),
        ("some laws", "some 45 laws", False),
        ("", "not", False),
        ("in Astana", "in Almaty", False),
        ("", "in Almaty", True),  # a name that was only added
        ("a few laws", "several laws", True),
        # another wording: at most twelve words, or longer with long words in common
        ("it was said that 40 laws change", "they announced that as many as 45 will", False),
        ("it was said that 40 laws change", "they announced that as many as 40 of 50 will", True),
        ("it was said that Astana is cold", "they announced that Almaty is very warm", True),
        (
            "the counsellor announced proposals from 40 citizens about chambers of the future parliament of ours",
            "the counsellor announced proposals from 45 citizens about chambers of this future parliament of theirs",
            False,
        ),
        # a passage of its own
        (
            "wheat exports grew in 40 regions because the harvest there was unusually rich this very year again",
            "trains carry 45 loads of timber past empty stations at night while nobody looks at them at all",
            True,
        ),
    ],
)
def test_the_table_of_what_contradicts(here: str, there: str, agree: bool) -> None:
    one, other = words(f"{FOX} {here} {HEN}"), words(f"{FOX} {there} {HEN}")
    assert facts_agree(one, other) is agree
    assert facts_agree(other, one) is agree


@pytest.mark.parametrize(("here", "there", "agree"), [("In Astana", "In Almaty", True), ("40 laws", "45 laws", False)])
def test_at_the_edge_only_numbers_count(here: str, there: str, agree: bool) -> None:
    assert facts_agree(words(f"{here} {FOX}"), words(f"{there} {FOX}")) is agree
    assert facts_agree(words(f"{FOX} {here}"), words(f"{FOX} {there}")) is agree


def test_the_same_sentences_in_another_order_are_a_copy_and_with_another_number_none() -> None:
    one = document("one", "The dam is 40 metres high. It was built by hand. Nobody lives there.")
    assert DuplicateGroups().are_copies(
        one, document("b", "Nobody lives there. The dam is 40 metres high. It was built by hand.")
    )
    assert not DuplicateGroups().are_copies(
        one, document("c", "Nobody lives there. The dam is 45 metres high. It was built by hand.")
    )
