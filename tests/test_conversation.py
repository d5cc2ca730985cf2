"""Follow-ups in three languages: what leans on the question before is completed, what stands alone is left alone."""

import pytest

from rag.understanding.follow_up import FollowUp, completed, standalone
from rag.understanding.said import Said

FOLLOW_UPS = [
    ("Where did the working group meet?", "and when?", "When did the working group meet?"),
    ("How many laws must change?", "and when?", "When must laws change?"),
    ("How many laws must change?", "And how many articles?", "How many articles must change?"),
    ("How many laws must change?", "When?", "When must laws change?"),
    ("Who is Yerzhan Zhienbayev?", "When did he speak?", "When did Yerzhan Zhienbayev speak?"),
    ("Who is Yerzhan Zhienbayev?", "what is his job?", "What is Yerzhan Zhienbayev's job?"),
    ("How many deputies will there be?", "what about the Senate?", "How many deputies will there be: the Senate?"),
    ("Сколько статей Конституции изменят?", "а сколько законов?", "Сколько законов изменят?"),
    ("Когда собралась рабочая группа?", "а где?", "Где собралась рабочая группа?"),
    ("Кто такой Ержан Жиенбаев?", "Когда он выступил?", "Когда Ержан Жиенбаев выступил?"),
    ("Сколько законов придётся изменить?", "а статей?", "Сколько статей придётся изменить?"),
    ("Жұмыс тобы қайда жиналды?", "ал қашан?", "Жұмыс тобы қашан жиналды?"),
    ("Қанша бап өзгереді?", "ал қанша заң?", "Қанша заң өзгереді?"),
    ("Қанша заң өзгереді?", "Қашан?", "Қашан заң өзгереді?"),
    ("Қанша депутат болады?", "Құрылтай ше?", "Қанша депутат болады: Құрылтай?"),
]
ALONE = [
    ("How many laws must change?", "Who is Natalya Pan?"),
    ("How many laws must change?", "And who chairs the working group on parliamentary reform?"),
    ("Who is Natalya Pan?", "When will the Kurultai meet and who will lead it?"),
    ("Сколько законов придётся изменить?", "Где прошло заседание рабочей группы?"),
    ("Қанша заң өзгереді?", "Жұмыс тобының отырысы қайда өтті?"),
    ("How many laws must change?", "???"),
    ("How many laws must change?", ""),
]


@pytest.mark.parametrize(("before", "question", "understood"), FOLLOW_UPS)
def test_follow_ups_are_completed(before: str, question: str, understood: str) -> None:
    assert standalone(question, Said(before)) == understood


@pytest.mark.parametrize(("before", "question"), ALONE)
def test_whole_questions_are_left_as_they_are(before: str, question: str) -> None:
    assert standalone(question, Said(before)) == question


@pytest.mark.parametrize("question", [question for _, question, _ in FOLLOW_UPS])
def test_without_a_conversation_nothing_is_completed(question: str) -> None:
    assert standalone(question, None) == question


def test_a_bare_question_word_may_be_in_another_language() -> None:
    assert standalone("а когда?", Said("How many laws must change?")) == "When must laws change?"
    assert standalone("ал қашан?", Said("Where did the working group meet?")) == "When did the working group meet?"
    assert standalone("and when?", Said("Жұмыс тобы қайда жиналды?")) == "Жұмыс тобы қашан жиналды?"
    for why in ("неге", "почему", "why"):
        assert completed(why, Said("2025")) == FollowUp(
            None
        )  # a year speaks no language, and says nothing to ask about
    assert standalone("а в 2024 году?", Said("How many schools were built?")) == "How many schools were built in 2024?"
    assert standalone("а кто это сделал?", Said("How many laws must change?")) == "а кто это сделал?"


def test_a_pronoun_may_mean_a_name_in_the_answer() -> None:
    said = Said("Who presented the approaches?", "The approaches were presented by Yerzhan Zhienbayev in Astana.")
    assert standalone("What is his job?", said) == "What is Yerzhan Zhienbayev's job?"
    said = Said("Кто представил подходы?", "Ержан Жиенбаев")
    assert standalone("Когда он выступил?", said) == "Когда Ержан Жиенбаев выступил?"
    assert standalone("Когда он выступил?", Said("Кто представил подходы?")) == "Когда он выступил?"


@pytest.mark.parametrize(
    ("before", "answer", "question", "understood"),
    [
        (
            "Where is the new school in Kegen?",
            "by the river",
            "How many pupils does it have?",
            "How many pupils does the new school in Kegen have?",
        ),
        ("What did the commission publish?", "a report", "When did it meet?", "When did the commission meet?"),
        ("How many laws must change?", "ten", "Who drafts them?", "Who drafts laws?"),
        ("Who is the mayor of Kentau?", "Daulet Nurov", "When was he appointed?", "When was Daulet Nurov appointed?"),
        ("Who is the mayor of Kentau?", None, "When was he appointed?", "When was the mayor of Kentau appointed?"),
        ("Who is the minister of health?", None, "And her deputy?", "Who is the minister of health's deputy?"),
        ("How much is a tyre change for the van?", "40", "What about a service?", "How much is a service for the van?"),
        ("How many schools were built in 2023?", None, "And in 2024?", "How many schools were built in 2024?"),
        ("How many schools were built?", None, "and in March?", "How many schools were built in March?"),
        (
            "How many schools were built in Almaty in 2023?",
            None,
            "And in Astana?",
            "How many schools were built in Astana in 2023?",
        ),
        ("How many goals did Hazard score?", "two", "when?", "When did Hazard score goals?"),
        ("Who will lead the group?", "Erlan Karin", "since when?", "Since when will Erlan Karin lead the group?"),
        ("How much will the bridge cost?", "9 million tenge", "Why?", "Why will the bridge cost 9 million tenge?"),
        ("Сколько стоил ремонт моста?", "9 млн", "Когда он закончился?", "Когда ремонт моста закончился?"),
        (
            "Где находится новая школа в Кегене?",
            None,
            "Сколько в ней учеников?",
            "Сколько в ней (новая школа в Кегене) учеников?",
        ),
        ("Когда откроют школу?", None, "А сколько она стоит?", "Сколько школа стоит?"),
        ("Кто выступил на заседании?", "Наталья Пан", "а когда?", "Когда Наталья Пан выступила на заседании?"),
        ("Что сказал президент?", None, "Когда?", "Когда это сказал президент?"),
        ("Сколько школ построили в 2023 году?", None, "А в 2024 году?", "Сколько школ построили в 2024 году?"),
        ("Сколько школ построили в Алматы?", None, "а в Астане?", "Сколько школ построили в Астане?"),
        ("Кегендегі жаңа мектеп қайда орналасқан?", None, "Ол қанша тұрады?", "Кегендегі жаңа мектеп қанша тұрады?"),
        ("Көпірді қашан ашты?", None, "Ол қанша тұрады?", "Көпір қанша тұрады?"),
        (
            "Денсаулық министрі кім?",
            "Ақмарал Әлназарова",
            "Ол қашан тағайындалды?",
            "Ақмарал Әлназарова қашан тағайындалды?",
        ),
        ("2023 жылы қанша мектеп салынды?", None, "Ал 2024 жылы?", "2024 жылы қанша мектеп салынды?"),
        ("Алматыда қанша мектеп салынды?", None, "Ал Астанада?", "Астанада қанша мектеп салынды?"),
    ],
)
def test_persons_things_times_and_places_are_taken_over(
    before: str, answer: str | None, question: str, understood: str
) -> None:
    assert standalone(question, Said(before, answer)) == understood


@pytest.mark.parametrize(
    ("before", "answer", "question", "offers"),
    [
        ("How much will the bridge cost?", "9 million tenge", "and when?", ("The bridge: when?",)),
        ("How much is a tyre change for the van?", "40", "Why?", ("A tyre change for the van: why?",)),
        ("Who won the Ryder Cup?", "Team Europe", "When?", ("The Ryder Cup: when?",)),
        ("Сколько стоил ремонт моста?", "9 млн", "а когда?", ("Ремонт моста: когда?",)),
        ("Көпір қанша тұрады?", None, "ал қашан?", ("Көпір: қашан?",)),
        ("How much will the bridge cost?", None, "а когда?", ("The bridge: when?",)),
        ("How much will the bridge cost?", "9 million", "and who paid?", ("The bridge: who paid?",)),
        ("How many schools were built?", "six", "and what happened next?", ("Schools: what happened next?",)),
        ("Сколько стоил ремонт моста?", None, "а кто против?", ("Ремонт моста: кто против?",)),
        ("Көпір қанша тұрады?", None, "ал кім төледі?", ("Көпір: кім төледі?",)),
    ],
)
def test_what_makes_no_whole_question_is_offered(
    before: str, answer: str | None, question: str, offers: tuple[str, ...]
) -> None:
    assert completed(question, Said(before, answer)) == (None, offers)


@pytest.mark.parametrize(
    ("before", "question", "understood"),
    [
        ("How many schools were built?", "and kindergartens?", "How many kindergartens were built?"),
        ("How many schools were built?", "and housing?", "How many schools were built: housing?"),
        ("Сколько мостов построят?", "а тоннелей?", "Сколько тоннелей построят?"),
        ("Сколько мостов построят?", "а театр?", "Сколько мостов построят: театр?"),
        ("Қанша көпір салынады?", "мектеп ше?", "Қанша мектеп салынады?"),
        ("Қанша көпір салынады?", "мектептер ше?", "Қанша көпір салынады: мектептер?"),
    ],
)
def test_only_what_can_be_counted_takes_the_place_of_what_was(before: str, question: str, understood: str) -> None:
    assert standalone(question, Said(before)) == understood


@pytest.mark.parametrize("question", ["and then?", "и всё?", "ал сонда?"])
def test_words_that_say_nothing_do_not_go_into_the_question_before(question: str) -> None:
    assert completed(question, Said("How many schools were built?")).question in (None, question)


@pytest.mark.parametrize(
    "question",
    ["Thanks!", "Спасибо", "Рақмет", "Tell me more", "Подробнее", "Толығырақ", "и что дальше?", "and what else?"],
)
def test_thanks_and_asking_for_more_are_no_follow_up_questions(question: str) -> None:
    assert completed(question, Said("How much will the bridge cost?", "9 million")) == (question, ())


# Written apart from the rules: question, its answer, the follow-up, what it means; None where it is not asked.
APART = [
    ("Who is the director of the museum?", "Anna Petrova", "When did she start?", "When did Anna Petrova start?"),
    (
        "Where was the new hospital built?",
        "Kokshetau",
        "How many beds does it have?",
        "How many beds does the new hospital have?",
    ),
    ("How many teachers were hired in 2021?", "40", "and in 2022?", "How many teachers were hired in 2022?"),
    ("When will the tunnel open?", "2027", "where?", "Where will the tunnel open?"),
    ("Why was the match postponed?", "rain", "When?", "When was the match postponed?"),
    ("How many votes did the party win?", "90", "when?", "When did the party win votes?"),
    ("How much does the ticket cost?", "500", "And when?", None),
    ("Who won the election?", "Marat Seitov", "When?", None),
    ("What is the law about?", "water", "Why?", None),
    ("Where is the festival held?", "Taraz", "and when?", "When is the festival held?"),
    ("Кто директор музея?", "Анна Петрова", "Когда она начала работать?", "Когда Анна Петрова начала работать?"),
    ("Где построили новую больницу?", "в Кокшетау", "Сколько в ней коек?", "Сколько в ней (новая больница) коек?"),
    ("Сколько учителей приняли в 2021 году?", "40", "а в 2022 году?", "Сколько учителей приняли в 2022 году?"),
    ("Когда откроют туннель?", "2027", "а где?", "Где откроют туннель?"),
    ("Почему перенесли матч?", "дождь", "когда?", "Когда перенесли матч?"),
    ("Сколько стоит билет?", "500", "а когда?", None),
    ("Кто победил на выборах?", "Марат Сеитов", "когда?", "Когда Марат Сеитов победил на выборах?"),
    ("Что решила комиссия?", "отложить", "Почему?", "Почему это решила комиссия?"),
    ("Где проходит фестиваль?", "Тараз", "А сколько стран?", "Сколько стран проходит фестиваль?"),
    ("Сколько людей живёт в Таразе?", "400 тысяч", "А в Шымкенте?", "Сколько людей живёт в Шымкенте?"),
    ("Мұражай директоры кім?", "Анна Петрова", "Ол қашан бастады?", "Анна Петрова қашан бастады?"),
    ("Жаңа аурухана қайда салынды?", "Көкшетауда", "Онда неше төсек бар?", "Онда (Жаңа аурухана) неше төсек бар?"),
    ("2021 жылы қанша мұғалім қабылданды?", "40", "ал 2022 жылы?", "2022 жылы қанша мұғалім қабылданды?"),
    ("Туннель қашан ашылады?", "2027", "қайда?", "Туннель қайда ашылады?"),
    ("Матч неге кейінге қалдырылды?", "жаңбыр", "қашан?", "Матч қашан кейінге қалдырылды?"),
    ("Билет қанша тұрады?", "500", "ал қашан?", None),
    ("Таразда қанша адам тұрады?", "400 мың", "Ал Шымкентте?", "Шымкентте қанша адам тұрады?"),
    ("Фестиваль қайда өтеді?", "Тараз", "ал қашан?", "Фестиваль қашан өтеді?"),
    ("When will the tunnel open?", "2027", "а где?", "Where will the tunnel open?"),
    ("Туннель қашан ашылады?", "2027", "where?", "Туннель қайда ашылады?"),
]


@pytest.mark.parametrize(("before", "answer", "question", "understood"), APART)
def test_follow_ups_that_were_written_apart_from_the_rules(
    before: str, answer: str, question: str, understood: str | None
) -> None:
    assert completed(question, Said(before, answer)).question == understood


@pytest.mark.parametrize("question", ["why?", "and where?", "thanks, and when?"])
def test_of_a_number_alone_nothing_is_asked(question: str) -> None:
    assert completed(question, Said("1998")) == FollowUp(None, ())


def test_thanks_before_a_follow_up_are_no_part_of_it() -> None:
    assert completed("thanks, and where?", Said("When did the ferry sink?")).question == "Where did the ferry sink?"
