"""Each part of the search alone: what one part cannot see it does not find, and the whole finds both."""

import json
import re
from pathlib import Path

import pytest

from eval.datasets.questions import GOLD, Evidence, Question, load_gold
from eval.measures.ranking import RANKING
from eval.runs.ablations import FINDERS, WHOLE, ablations, search_ablations
from index import Embedded, build
from tests.fakes import FakeEmbedder

TEXTS = {
    "car": "The automobile was painted red last spring.",
    "code": "The parcel has the number QX7741 on its lid.",
    "other": "The parcel has the number ZB2093 on its lid.",
    "fish": "Herring swim along the northern coast.",
}


class Synonyms(FakeEmbedder):
    """Sees what words mean, and no codes: what is spelled with figures is nothing to it."""

    def embed_documents(self, texts: list[str]) -> Embedded:  # type: ignore[override]
        meant = [re.sub("vehicle|automobile", "car", text) for text in texts]
        return super().embed_documents([re.sub(r"\w*\d\w*", "", text) for text in meant])


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    rows = [{"id": id, "text": text} for id, text in TEXTS.items()]
    (tmp_path / "a.jsonl").write_text("".join(json.dumps(row) + "\n" for row in rows), "utf-8")
    build([tmp_path / "a.jsonl"], tmp_path / "index", Synonyms())
    return tmp_path / "index"


def question(id: str, text: str, documents: tuple[str, ...] | None = None) -> Question:
    return Question(id, text, "en", (), (Evidence(id, TEXTS[id]),), documents)


def first(folder: Path, asked: Question) -> dict[str, float]:
    """Whether each finder has the right passage first."""
    found = search_ablations([asked], folder, Synonyms())
    return {name: of["hit@1"].value for name, of in found.items()}


def test_words_alone_do_not_find_what_is_said_in_other_words(folder: Path) -> None:
    assert first(folder, question("car", "vehicle")) == {"BM25 only": 0, "dense only": 1, "hybrid": 1}


def test_vectors_alone_do_not_find_a_code(folder: Path) -> None:
    found = {
        name: first(folder, question(name, f"number {code}"))
        for name, code in (("code", "QX7741"), ("other", "ZB2093"))
    }
    assert found["code"]["BM25 only"] == found["other"]["BM25 only"] == 1
    assert found["code"]["hybrid"] == found["other"]["hybrid"] == 1
    assert found["code"]["dense only"] + found["other"]["dense only"] == 1  # the two look the same: one comes first


def test_measures_are_means_over_all_questions_and_those_without_words_find_nothing(folder: Path) -> None:
    asked = [question("car", "automobile"), question("fish", "?!")]
    found = search_ablations(asked, folder, Synonyms())
    assert list(found) == list(FINDERS)
    for of in found.values():
        assert of.keys() == RANKING.keys()
        assert (of["hit@1"].value, of["hit@1"].count) == (0.5, 2)


def test_a_restricted_question_is_searched_only_there(folder: Path) -> None:
    inside = search_ablations([question("other", "number QX7741 parcel", ("other",))], folder, Synonyms())
    assert {of["hit@1"].value for of in inside.values()} == {1}


def test_only_the_whole_answers(seeds_folder: Path) -> None:
    questions = [each for each in load_gold(GOLD) if each.language == "en"][:4]
    found = ablations(questions, seeds_folder)
    assert list(found) == [*FINDERS, WHOLE]
    assert all("answered rightly" not in found[name] for name in FINDERS)
    assert found[WHOLE]["answered rightly"].count == sum(each.answerable for each in questions)
    assert found[WHOLE]["hit@5"].count == found["hybrid"]["hit@5"].count
