"""Deputies and assistants: told apart from the head of something, in three languages."""

import pytest

from index.analysis.detect import detect
from rag.reading.deputies import asks_for_head, is_deputy


@pytest.mark.parametrize(
    ("question", "is_asked"),
    [
        ("Who heads the mine?", True),
        ("Who is the new director of the Karaoi mine?", True),
        ("Who became mayor of Orvik?", True),
        ("Who is the deputy director of the mine?", False),
        ("Who spoke at the meeting?", False),
        ("Who did the director meet?", False),
        ("Who is in charge?", True),
        ("Кто главный?", True),
        ("Кто тут самый главный?", True),
        ("Кто возглавляет комиссию?", True),
        ("Кто сейчас директор шахты?", True),
        ("Кто стал акимом Орвика?", True),
        ("Кто заместитель директора шахты?", False),
        ("Кто выступил на заседании?", False),
        ("Шахтаның директоры кім?", True),
        ("Комиссияны кім басқарады?", True),
        ("Шахта директорының орынбасары кім?", False),
        ("Отырыста кім сөйледі?", False),
    ],
)
def test_questions_for_the_head_of_something(question: str, is_asked: bool) -> None:
    assert asks_for_head(question, detect(question)) is is_asked


@pytest.mark.parametrize(
    ("text", "name", "language", "expected"),
    [
        ("Deputy director Oleg Sidorov said so.", "Oleg Sidorov", "en", True),
        ("The deputy head of the Karaoi mine, Oleg Sidorov, said so.", "Oleg Sidorov", "en", True),
        ("Oleg Sidorov, a deputy director of the mine, said so.", "Oleg Sidorov", "en", True),
        ("Oleg Sidorov, vice-president of the club, said so.", "Oleg Sidorov", "en", True),
        ("The Deputy Director Oleg Sidorov said so.", "Sidorov", "en", True),
        ("The deputy head, Oleg Sidorov, said so.", "The deputy head, Oleg Sidorov", "en", True),
        ("Заместитель главы библиотеки Орвика Олег Сидоров согласен.", "Сидоров", "ru", True),
        ("The assistant to the Orvik President on legal matters Oleg Sidorov said so.", "Oleg Sidorov", "en", True),
        ("Заместитель Министра Обороны Орвика Олег Сидоров согласен.", "Олег Сидоров", "ru", True),
        ("Oleg Sidorov is deputy director of the mine and lives in Orvik.", "Oleg Sidorov", "en", True),
        ("Олег Сидоров занимает пост заместителя директора шахты.", "Олег Сидоров", "ru", True),
        ("Олег Сидоров қазір шахта директорының орынбасары.", "Олег Сидоров", "kk", True),
        ("Asel Kim was received by the deputy director, Oleg Sidorov.", "Asel Kim", "en", False),
        ("Director Asel Kim said so.", "Asel Kim", "en", False),
        ("Asel Kim, previously deputy director of the mine, now heads it.", "Asel Kim", "en", False),
        ("Асель Ким, до этого заместитель директора шахты, возглавила её.", "Асель Ким", "ru", False),
        ("Әсел Ким, бұған дейін шахта директорының орынбасары, оны басқарады.", "Әсел Ким", "kk", False),
        ("Asel Kim, director, and her deputy director Oleg Sidorov came.", "Asel Kim", "en", False),
        ("Deputy director Oleg Sidorov met Asel Kim.", "Asel Kim", "en", False),
        ("Deputy Asel Kim heads the commission.", "Asel Kim", "en", False),  # a member of parliament
        ("Об этом сказал заместитель директора шахты Олег Сидоров.", "Олег Сидоров", "ru", True),
        ("Олег Сидоров, заместитель акима Орвикской области, согласен.", "Олег Сидоров", "ru", True),
        ("Сказала замакима Асель Ким.", "Асель Ким", "ru", True),
        ("Директор Асель Ким и её заместитель Олег Сидоров приехали.", "Асель Ким", "ru", False),
        ("Заместитель директора Олег Сидоров встретил Асель Ким.", "Асель Ким", "ru", False),
        ("Депутат Асель Ким возглавляет комиссию.", "Асель Ким", "ru", False),
        ("Шахта директорының орынбасары Олег Сидоров осылай деді.", "Олег Сидоров", "kk", True),
        ("Олег Сидоров, шахта директорының орынбасары, осылай деді.", "Олег Сидоров", "kk", True),
        ("Директор Әсел Ким мен оның орынбасары Олег Сидоров келді.", "Әсел Ким", "kk", False),
        ("Шахта директоры Әсел Ким осылай деді.", "Әсел Ким", "kk", False),
    ],
)
def test_names_of_deputies(text: str, name: str, language: str, expected: bool) -> None:
    start = text.index(name)
    assert is_deputy(text, start, start + len(name), language) is expected
