"""Greetings, thanks and requests: which are caught, that no question is, and how a question is freed of courtesies."""

import json
from pathlib import Path

import pytest

from eval.datasets.own import DEV, load_own, questions_of
from eval.datasets.questions import CALIBRATION, GOLD, load_gold
from index import build, load_embedder
from index.analysis.languages import LANGUAGES
from rag import Assistant
from rag.understanding.like_small_talk import is_like_small_talk
from rag.understanding.question import _questions
from rag.understanding.small_talk import (
    asks_for_more,
    is_small_talk,
    topic_asked_for,
    topic_judged,
    topic_to_do,
    without_small_talk,
)
from rag.understanding.topic import is_topic

TALK = [json.loads(line) for line in Path(__file__).with_name("small_talk.jsonl").read_text("utf-8").splitlines()]
KEPT_APART = 0.95  # share caught of those that the words were not written with


def test_small_talk_is_caught() -> None:
    missed = [row["text"] for row in TALK if row["half"] == "built_with" and not is_small_talk(row["text"])]
    assert missed == []


def test_small_talk_that_nobody_thought_of_is_caught_too() -> None:
    apart = [row for row in TALK if row["half"] == "kept_apart"]
    assert len(apart) == 45
    assert sum(is_small_talk(row["text"]) for row in apart) >= KEPT_APART * len(apart)


def test_the_vector_tells_small_talk_from_questions() -> None:
    embedder = load_embedder()
    apart = [row["text"] for row in TALK if row["half"] == "kept_apart"]
    questions = [each.question for each in load_gold(GOLD)]

    def alike(texts: list[str]) -> list[str]:
        return [text for text in texts if is_like_small_talk(embedder.embed_query(text).vectors[0], embedder.name)]

    assert len(alike(apart)) >= KEPT_APART * len(apart)
    assert alike(questions) == []
    assert not is_like_small_talk(embedder.embed_query(apart[0]).vectors[0], "another model")


def test_what_is_only_like_small_talk_gets_the_overview(tmp_path: Path) -> None:
    (tmp_path / "ferry.md").write_text("# The ferry\n\nThe ferry to Brask sails at six o'clock.\n", "utf-8")
    build([tmp_path / "ferry.md"], tmp_path / "index", load_embedder())
    with Assistant.open(tmp_path / "index") as assistant:
        asked = {text: assistant.ask(text) for text in ("sup, whats new", "Which boat sails to Haldene on Sunday?")}
        assert [each.status for each in asked.values()] == ["overview", "not_found"]
        assert assistant.ask("sup, whats new", verbatim=True).status != "overview"


def test_no_question_of_our_sets_is_small_talk() -> None:
    gold = [each.question for path in (GOLD, CALIBRATION) for each in load_gold(path)]
    own = [text for row in load_own(DEV) for language in LANGUAGES for text, _ in questions_of(row, language)]
    assert len(gold) + len(own) > 1_000
    assert [text for text in (*gold, *own) if is_small_talk(text)] == []


@pytest.mark.parametrize(
    "question",
    [
        "What is the difference between a deputy and a senator?",
        "What does the working group do?",
        "Summarise the reform",
        "Which topics were discussed at the meeting?",
        "Кто такой Токаев?",
        "О чём говорил президент?",
        "Какие статьи изменят?",
        "Кто помог ему?",
        "Қандай баптар өзгереді?",
        "Кім көмектесті?",
        "Ол не туралы айтты?",
        "Ты знаешь Токаева?",
        "На что жалуются жители Кегена?",
        "What do people complain about in Kegen?",
        "I am late for the ferry",
        "What happened in Kegen yesterday?",
        "Что произошло в Кегене?",
        "Кегенде не болды?",
        "Is the ferry free?",
        "Books in Kazakh",
        "Сколько времени идёт автобус?",
        "Новости Кегена",
        "Сен Тоқаевты танисың ба?",
        "Тұрғындар су туралы не айтты?",
        "What is new in the draft?",
        "Who is alive after the crash?",
        "What are these bridges about to replace?",
        "Что нового в законе о воде?",
        "Кто живой остался после пожара?",
        "Как устроен новый зоопарк?",
        "Ладно, а кто построил мост?",
        "Су құбырында не жаңалық?",
        "Кітапханада кім бар?",
        "Көмек кімге тиді?",
    ],
)
def test_what_names_something_is_a_question(question: str) -> None:
    assert not is_small_talk(question)


@pytest.mark.parametrize(
    ("language", "written", "asked"),
    [
        ("en", "Hello, how many laws must change?", "How many laws must change?"),
        ("en", "Hi there! Could you please tell me how many laws must change?", "How many laws must change?"),
        ("en", "How many laws must change? Thank you!", "How many laws must change?"),
        ("en", "Thanks to what did construction speed up?", "Thanks to what did construction speed up?"),
        ("ru", "Добрый день! Подскажите, пожалуйста, сколько законов изменят?", "Сколько законов изменят?"),
        ("ru", "Привет, кто выступил?", "Кто выступил?"),
        ("kk", "Сәлеметсіз бе! Айтыңызшы, қанша заң өзгереді?", "Қанша заң өзгереді?"),
        ("kk", "Қайырлы күн, қанша заң өзгереді? Рақмет!", "Қанша заң өзгереді?"),
        ("kk", "түсіндіріп берші, паром неге тоқтады", "Паром неге тоқтады?"),
        ("kk", "Түсіндірме қай жылы жазылды?", "Түсіндірме қай жылы жазылды?"),
        ("ru", "Сравни, сколько стоит паром, а сколько автобус", "Сколько стоит паром, а сколько автобус?"),
        ("en", "Remind me who built the dam", "Who built the dam?"),
    ],
)
def test_a_question_is_freed_of_courtesies(language: str, written: str, asked: str) -> None:
    assert without_small_talk(written, language) == asked


@pytest.mark.parametrize(
    ("letter", "asked"),
    [
        (
            "Dear editors,\nI have read your piece on the reform. How many laws must change? Thank you, a reader",
            ["How many laws must change?"],
        ),
        (
            "Здравствуйте! Прочитал вашу статью. Сколько обращений поступило? И кто их читает? С уважением",
            ["Сколько обращений поступило?", "И кто их читает?"],
        ),
        ("Мақалаңызды оқыдым. Қанша өтініш түсті? Алдын ала рақмет.", ["Қанша өтініш түсті?"]),
        ("I am checking a report. Please tell me how many appeals came.", ["How many appeals came?"]),
        ("The bridge is old. It was built long ago.", ["The bridge is old. It was built long ago."]),
        (
            "A river port opened in Ust-Tal. How many ships come?",
            ["A river port opened in Ust-Tal. How many ships come?"],
        ),
        ("Открыли порт. Сколько он стоил?", ["Открыли порт. Сколько он стоил?"]),
        ("Атырауда порт ашылды. Оның құны қанша?", ["Атырауда порт ашылды. Оның құны қанша?"]),
        (
            "From: Pia <pia@example.org>\nSubject: opening hours\n\nHi all,\nI came to Lund on Sunday and it was shut.\n"
            "We would like to know how many days a week the reading room is open.\nThanks,\nPia",
            ["How many days a week the reading room is open?"],
        ),
        (
            "Dear Sir or Madam,\nOur street floods every spring.\nHow many metres of pipe were laid on Elm Street?\nKind regards,\nAnn",
            ["How many metres of pipe were laid on Elm Street?"],
        ),
        (
            "Hello,\nI am Tom. The new swimming pool opened on Monday.\nWho was there?\nRegards",
            ["The new swimming pool opened on Monday. Who was there?"],
        ),
        (
            "Кому: справка\nТема: плотина\n\nДобрый день.\nНа работе заспорили, с какого года стоит плотина в Кегене.\nСпасибо!\nАня",
            ["С какого года стоит плотина в Кегене?"],
        ),
        ("Уважаемая редакция, спорим с братом: кто первым переплыл Балхаш? Рустам", ["Кто первым переплыл Балхаш?"]),
        ("Здравствуйте, паром закрыли. Когда его откроют? Спасибо", ["Паром закрыли. Когда его откроют?"]),
        (
            "Тақырып: паром\nҚайырлы күн!\nБіз паромның билеті қанша тұратынын білгіміз келеді.\nҚұрметпен, Серік",
            ["Паромның билеті қанша тұрады?"],
        ),
        ("Құрметті редакция, біз зейнеткерлерміз. Музейге кіру қанша тұрады? Рақмет.", ["Музейге кіру қанша тұрады?"]),
        ("Музейдің қай күні жабық екенін айтып бер", ["Музейдің қай күні жабық екен?"]),
        ("Президент қай баптар өзгеретінін айтты", ["Президент қай баптар өзгеретінін айтты"]),
        ("Кто спорил, сколько стоит мост", ["Кто спорил, сколько стоит мост"]),
        ("The new museum: how many halls?", ["The new museum: how many halls?"]),
        (
            "> You wrote about the quarry.\n> It was long.\nDear editor,\nwho owns the quarry at Brask?\nSincerely, P. Moe",
            ["Who owns the quarry at Brask?"],
        ),
        (
            "Good day! See the report. Please advise when the fee for boats changes.\nMany thanks",
            ["When the fee for boats changes?"],
        ),
        (
            "Добрый день! Прошу уточнить дату открытия музея. С уважением, Тимур",
            ["Прошу уточнить дату открытия музея."],
        ),
        ("hello Kenes team, when did the boat sink", ["When did the boat sink?"]),
        ("Мы спросили: когда откроют музей?", ["Когда откроют музей?"]),
    ],
)
def test_the_questions_in_a_letter_are_found(letter: str, asked: list[str]) -> None:
    assert _questions(letter) == asked


@pytest.mark.parametrize(
    ("language", "text"),
    [
        *(
            ("en", each)
            for each in ("bridge opening", "Tokayev", "the Kurultai", "parliament?", "Kassym-Jomart Tokayev")
        ),
        *(("ru", each) for each in ("Сенат", "новый парламент", "Касым-Жомарт Токаев", "стоимость моста")),
        *(("kk", each) for each in ("жаңа парламент", "Жиенбаев", "көпірдің ашылуы")),
    ],
)
def test_key_words_are_told(language: str, text: str) -> None:
    assert is_topic(text, language)


@pytest.mark.parametrize(
    ("language", "text"),
    [
        *(("en", each) for each in ("bridge opening date", "number of laws to change", "Why?", "Senate abolished?")),
        *(("ru", each) for each in ("Сенат упразднят?", "дата открытия моста", "Когда?", "Кто выступил?")),
        *(("kk", each) for each in ("Қашан?", "Сенат жойыла ма?", "Парламент таратылды?", "eGov ненің платформасы?")),
    ],
)
def test_questions_are_no_key_words(language: str, text: str) -> None:
    assert not is_topic(text, language)


def test_what_a_request_is_about_is_told() -> None:
    assert topic_asked_for("Tell me about the Senate", "en") == "the Senate"
    assert topic_asked_for("Расскажи о реформе", "ru") == "реформе"
    assert topic_asked_for("Реформа туралы айтып бер", "kk") == "Реформа"
    assert topic_asked_for("How many laws?", "en") is None


@pytest.mark.parametrize(
    ("language", "text"),
    [
        *(("en", each) for each in ("Tell me more", "more details, please", "what else?")),
        *(("ru", each) for each in ("Подробнее", "расскажи подробнее", "а ещё?")),
        *(("kk", each) for each in ("Толығырақ", "тағы не бар?")),
    ],
)
def test_asking_for_more_is_told(language: str, text: str) -> None:
    assert asks_for_more(text, language)


@pytest.mark.parametrize(
    ("text", "language", "topic"),
    [
        ("Is rust good?", "en", "rust"),
        ("Are the new buses any good or bad?", "en", "the new buses"),
        ("Is the bridge worth it?", "en", "the bridge"),
        ("Is the bridge good for lorries?", "en", None),
        ("Is the good road open?", "en", None),
        ("Хорошая ли вода?", "ru", "вода"),
        ("Реформа — это хорошо или плохо?", "ru", "Реформа"),
        ("Дорога плохая?", "ru", "Дорога"),
        ("Дорога плохая", "ru", None),
        ("Плохая дорога", "ru", None),
        ("Жаңа парламент жақсы ма, жаман ба?", "kk", "Жаңа парламент"),
        ("Су жақсы ма?", "kk", "Су"),
        ("Жақсы жол салынды ма?", "kk", None),
    ],
)
def test_what_is_to_be_judged_is_told(text: str, language: str, topic: str | None) -> None:
    assert topic_judged(text, language) == topic


@pytest.mark.parametrize(
    ("text", "language", "topic"),
    [
        ("how to swim?", "en", "swim"),
        ("How can I renew a passport", "en", "renew a passport"),
        ("How do rivers freeze?", "en", None),
        ("How many can I take?", "en", None),
        ("Как мне получить справку?", "ru", "получить справку"),
        ("как правильно беречься", "ru", "беречься"),
        ("Как изменился закон?", "ru", None),
        ("Қалай тіркелемін?", "kk", "Қалай тіркелемін"),
        ("төлқұжатты қалай ауыстыруға болады", "kk", "төлқұжатты қалай ауыстыруға болады"),
        ("Заң қалай өзгерді?", "kk", None),
    ],
)
def test_what_is_asked_how_to_do(text: str, language: str, topic: str | None) -> None:
    assert topic_to_do(text, language) == topic


@pytest.mark.parametrize("text", ["tell me", "Расскажи!", "расскажите", "айтып берші", "Айтып беріңізші"])
def test_a_request_to_tell_that_names_nothing_is_small_talk(text: str) -> None:
    assert is_small_talk(text)


@pytest.mark.parametrize("text", ["tell me about ferries", "расскажи о мостах", "көпір туралы айтып берші"])
def test_a_request_to_tell_of_something_is_none(text: str) -> None:
    assert not is_small_talk(text)
