"""Follow-ups in three languages: what leans on the question before is completed, what stands alone is left alone."""

import pytest

from rag.understanding.follow_up import FollowUp, completed, standalone
from rag.understanding.said import Said, topic_after

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
        ("Who won the Ryder Cup?", "the hosts", "When?", ("The Ryder Cup: when?",)),
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
    ("Who won the election?", "Marat Seitov", "When?", "When was it that Marat Seitov won the election?"),
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


@pytest.mark.parametrize(
    ("before", "question", "understood"),
    [
        (
            "Why will the theatre of Lower Marle be shut?",
            "and the bakery?",
            "Why will the bakery of Lower Marle be shut?",
        ),
        ("How much did painting the hall cost?", "and heating the hall?", "How much did heating the hall cost?"),
        (
            "How much did the repair of the Ost dam cost?",
            "and the Lyle dam?",
            "How much did the repair of the Lyle dam cost?",
        ),
        ("How many seats does the ferry Tern have?", "and the Gannet?", "How many seats does the Gannet have?"),
        ("Who is the mayor of Tarn?", "and Corby?", "Who is the mayor of Corby?"),
        ("Who is the head of the clinic?", "and the school?", "Who is the head of the school?"),
        ("How much does a pass cost for pupils?", "and for teachers?", "How much does a pass cost for teachers?"),
        ("How much does a pass cost?", "for teachers?", "How much does a pass cost for teachers?"),
        ("How much wheat was sold to Iran?", "and barley?", "How much barley was sold to Iran?"),
        ("What is the price of bread?", "and milk?", "What is the price of milk?"),
        ("How many people were hurt in the fire?", "and killed?", "How many people were killed in the fire?"),
        (
            "How many shops shut in Astana in 2023?",
            "and cafes in 2024?",
            "How many cafes shut in Astana in 2024?",
        ),
        ("How many pupils did the school have in 2020?", "and now?", "How many pupils did the school have now?"),
        ("Сколько ржи продали в Лужском районе?", "а овса?", "Сколько овса продали в Лужском районе?"),
        (
            "Сколько ржи продали в Лужском районе в 2023 году?",
            "а овса в Омском районе?",
            "Сколько овса продали в Омском районе в 2023 году?",
        ),
        ("Сколько пассажиров перевозит паром?", "а автобус?", "Сколько пассажиров перевозит автобус?"),
        ("Когда открылся театр?", "а галерея?", "Когда открылась галерея?"),
        ("Когда закрыли музей в Каменке?", "а библиотека?", "Когда закрыли библиотеку в Каменке?"),
        ("Кто директор школы № 4?", "а школы № 5?", "Кто директор школы № 5?"),
        ("Какова длина моста через Или?", "а высота?", "Какова высота моста через Или?"),
        ("Сколько стоит билет?", "а для детей?", "Сколько стоит билет для детей?"),
        ("Сколько людей пострадали при пожаре?", "а погибли?", "Сколько людей погибли при пожаре?"),
        ("Балқаш көлінен қанша балық ауланды?", "Сыр өзенінен ше?", "Сыр өзенінен қанша балық ауланды?"),
        ("Билет қанша тұрады?", "ал балаларға?", "Билет балаларға қанша тұрады?"),
        ("Паром көлікке қанша тұрады?", "ал велосипедке?", "Паром велосипедке қанша тұрады?"),
        ("Каменкадағы кітапхана неге жабылды?", "бассейн ше?", "Каменкадағы бассейн неге жабылды?"),
        ("Тараз қаласының әкімі кім?", "ал Арыс қаласының?", "Арыс қаласының әкімі кім?"),
        ("Мұражайда неше зал бар?", "ал театрда?", "Театрда неше зал бар?"),
    ],
)
def test_a_thing_takes_the_place_of_one_of_its_kind(before: str, question: str, understood: str) -> None:
    assert standalone(question, Said(before)) == understood


@pytest.mark.parametrize(
    ("before", "answer", "question", "understood"),
    [
        ("Why was the pier shut?", "rot", "who said so?", "Who said why the pier was shut: rot?"),
        ("How much will the dam cost?", "9 million", "according to whom?", "Who said how much the dam will cost?"),
        ("Почему закрыли мост?", "из-за трещин", "кто это сказал?", "Кто сказал, почему закрыли мост: из-за трещин?"),
        ("Сколько стоит мост?", "9 млн", "откуда это известно?", "Кто сказал, сколько стоит мост?"),
        ("Пеш неге сөнді?", "отын таусылғандықтан", "мұны кім айтты?", "Пеш отын таусылғандықтан сөнді деп кім айтты?"),
        ("Why was the pier shut?", "rot", "кто сказал?", "Who said why the pier was shut: rot?"),
    ],
)
def test_who_said_so_is_asked_of_what_was_answered(before: str, answer: str, question: str, understood: str) -> None:
    assert standalone(question, Said(before, answer)) == understood


@pytest.mark.parametrize(
    ("before", "answer", "question", "understood"),
    [
        ("When was the mine at Brack opened?", "1960", "who works there?", "Who works there (the mine at Brack)?"),
        ("When was the mine at Brack opened?", "1960", "and its owner?", "Who is the mine at Brack's owner?"),
        ("Who is the head of the port?", "Ann Lee", "when was it built?", "When was the port built?"),
        ("When was it that Ann Lee won the cup?", "in May", "where does she live?", "Where does Ann Lee live?"),
        ("Who runs the port?", "Ann Lee and Bo Kim", "when did they start?", "When did Ann Lee and Bo Kim start?"),
        ("What did the minister promise?", "a road", "when will it open?", "When will a road open?"),
        ("Кто мэр Тарна?", "Илья Рябов", "сколько ему лет?", "Сколько ему (Илья Рябов) лет?"),
        ("Кто директор музея Тарна?", "Илья Рябов", "когда он открылся?", "Когда музей Тарна открылся?"),
        ("Кто директор театра «Тень»?", None, "где он находится?", "Где театр «Тень» находится?"),
        ("Кто мэр?", "Вера Ли и Пётр Ким", "когда её избрали?", "Когда её (Вера Ли) избрали?"),
        ("Кегендегі көпір қайда?", None, "оның ұзындығы қандай?", "Кегендегі көпірдің ұзындығы қандай?"),
        ("Мұражай директоры кім?", "Анна Ли", "ол қашан салынды?", "Мұражай директоры қашан салынды?"),
        ("When was the mill built?", "1960", "а кто её построил?", "Кто её (the mill) построил?"),
        ("Когда построили мельницу?", "в 1960", "how high is it?", "How high is мельница?"),
        ("Where is the mine at Brack?", None, "how deep is this mine?", "How deep is this mine (the mine at Brack)?"),
        ("Когда открыли шахту в Логу?", None, "кто купил эту шахту?", "Кто купил эту шахту (шахта в Логу)?"),
    ],
)
def test_pronouns_mean_what_was_spoken_of(before: str, answer: str | None, question: str, understood: str) -> None:
    assert standalone(question, Said(before, answer)) == understood


@pytest.mark.parametrize(
    ("before", "answer", "question", "offers"),
    [
        (
            "Who joined the board?",
            "Ann Lee and Eva Holt",
            "who chose her?",
            ("Who chose Ann Lee?", "Who chose Eva Holt?"),
        ),
        (
            "Кто возглавил сборную?",
            "Пётр Ли и Борис Ким",
            "сколько ему лет?",
            ("Сколько ему (Пётр Ли) лет?", "Сколько ему (Борис Ким) лет?"),
        ),
        ("Театрды кім құрды?", "Анна Ли мен Бөрі Ким", "ол қайда?", ("Анна Ли қайда?", "Бөрі Ким қайда?")),
    ],
)
def test_of_two_persons_both_are_offered(before: str, answer: str, question: str, offers: tuple[str, ...]) -> None:
    assert completed(question, Said(before, answer)) == FollowUp(None, offers)


@pytest.mark.parametrize(
    ("before", "question", "understood"),
    [
        ("Когда открыли бассейн в Каменке?", "а сколько стоит?", "Сколько стоит бассейн в Каменке?"),
        ("Почему закрыли завод?", "а когда откроют?", "Когда откроют завод?"),
        ("Когда открыли школу в Каменке?", "а кто директор?", "Кто директор (школа в Каменке)?"),
        ("When did the museum of Tolm open?", "and who is the director?", "Who is the director of the museum of Tolm?"),
        ("Жаңа көпір қашан ашылады?", "ұзындығы қанша?", "Жаңа көпірдің ұзындығы қанша?"),
        ("Жаңа көпір қашан ашылады?", "қайда орналасқан?", "Жаңа көпір қайда орналасқан?"),
        ("When was the mill at Brack built?", "неге жабылды?", "Неге жабылды (the mill at Brack)?"),
        ("Тараз мұражайы қашан ашылды?", "а кто директор?", "Кто директор (Тараз мұражайы)?"),
    ],
)
def test_what_is_left_out_is_what_was_spoken_of(before: str, question: str, understood: str) -> None:
    assert standalone(question, Said(before)) == understood


@pytest.mark.parametrize(
    ("before", "question", "understood"),
    [
        ("When was the hall built?", "ok, and where?", "Where was the hall built?"),
        ("When was the hall built?", "wheer?", "Where was the hall built?"),
        ("Когда построили дом?", "понятно, а где?", "Где построили дом?"),
        ("Когда построили дом?", "почиму?", "Почему построили дом?"),
        ("Үй қашан салынды?", "жақсы, ал қайда?", "Үй қайда салынды?"),
        ("Үй неге жабылды?", "кашан?", "Үй қашан жабылды?"),
        ("Why did the mill close?", "when was that?", "When did the mill close?"),
        ("How long is the pier?", "how wide?", "How wide is the pier?"),
        ("For how much was the horn sold?", "to whom?", "To whom was the horn sold?"),
        ("К какому сроку приговорили вора?", "за что?", "За что приговорили вора?"),
        ("Чем болеют дети?", "почему?", "Почему болеют дети?"),
    ],
)
def test_question_words_are_understood_as_people_write_them(before: str, question: str, understood: str) -> None:
    assert standalone(question, Said(before)) == understood


def test_what_was_spoken_of_before_the_last_question_may_be_meant_as_well() -> None:
    asked = Said("Why was the opening put off?", "snow", topic="When was the clinic in Ostrow opened?")
    assert standalone("how many doctors work there?", asked._replace(question="Why was that?")) == (
        "How many doctors work there (the clinic in Ostrow)?"
    )
    asked = Said("А почему открытие переносили?", None, topic="Когда открыли клинику в Острове?")
    assert standalone("сколько в ней врачей?", asked) == "Сколько в ней (клиника в Острове) врачей?"
    assert topic_after(Said("Когда открыли клинику в Острове?")) == "Когда открыли клинику в Острове?"
    assert (
        topic_after(Said("А почему?", topic="Когда открыли клинику в Острове?")) == "Когда открыли клинику в Острове?"
    )
    assert topic_after(None) is None


@pytest.mark.parametrize(
    "question",
    [
        "Which law did the court base its decision on?",
        "And who appointed Wendt?",
        "а какая столица Франции?",
        "Аты-жөнін көрсетпей хат жазса, оны қарай ма?",
        "Кеңес отырысы қашан өтеді?",
    ],
)
def test_what_explains_itself_is_left_alone(question: str) -> None:
    assert standalone(question, Said("How much will the bridge cost?", "9 million")) == question
