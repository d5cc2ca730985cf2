"""What says the opposite of what is asked, or tells a number of others, is no answer."""

import pytest

from index.analysis.languages import LANGUAGES, RECORDS
from rag.reading.opposites import AskedOpposites

# A question and its language, a clause and its language, whether it tells of others.
OPPOSITES = [
    ("When did the baths open?", "en", "the baths closed on 3 May", "en", True),
    ("When did the baths open?", "en", "the baths opened on 3 May", "en", False),
    ("When did the baths open?", "en", "the baths were not closed on 3 May", "en", False),
    ("When did the baths open?", "en", "3 мамырда моншалар жабылды", "kk", True),
    ("When did the baths open, and when did they close?", "en", "they closed in May", "en", False),
    ("Which shop was not opened?", "en", "the shop on the quay was closed", "en", False),
    ("By how much did rents fall?", "en", "rents rose by 4 percent", "en", True),
    ("Which pumps are affected?", "en", "the fix is in pumps made after 2020", "en", True),
    ("How many voted against the dam?", "en", "24 members voted for the dam", "en", True),
    ("How many voted for and against?", "en", "24 members voted for the dam", "en", False),
    ("Who lives in the western wing?", "en", "the nurses live in the eastern wing", "en", True),
    ("In which version did the error appear?", "en", "it was removed in version 9", "en", True),
    ("How many houses did the flood damage?", "en", "жер сілкінісі 86 үйді бүлдірді", "kk", True),
    ("How many houses did the flood damage?", "en", "the storm and the flood damaged 86 houses", "en", False),
    ("Who won gold?", "en", "ол күміс медаль алды", "kk", True),
    ("Сколько человек уволил завод?", "ru", "завод нанял 40 человек", "ru", True),
    ("Сколько человек уволил завод?", "ru", "завод уволил 40 человек", "ru", False),
    ("Сколько яблок вывезли?", "ru", "imports of apples came to 40 tonnes", "en", True),
    ("Сколько депутатов голосовали против?", "ru", "за устав проголосовали 19 депутатов", "ru", True),
    ("Кого осудил суд?", "ru", "суд оправдал двух сторожей", "ru", True),
    ("Қанша су сақталды, деңгей неше сантиметрге төмендеді?", "kk", "деңгей 45 сантиметрге көтерілді", "kk", True),
    ("Неше жобаны мақұлдады?", "kk", "кеңес 12 жобадан бас тартты", "kk", True),
    ("Солтүстік жағада неше үй бар?", "kk", "оңтүстік жағада 12 үй бар", "kk", True),
    ("Солтүстік жағада неше үй бар?", "kk", "на северном берегу 12 домов", "ru", False),
]
TOLD_APART = [
    ("How much do pupils pay?", "en", "a swim costs adults 1,500 crowns", "en", True),
    ("How much do children pay?", "en", "pupils pay 600 crowns", "en", False),
    ("How much do children pay?", "en", "35 crowns for adults and 10 for children", "en", False),
    ("How many women sing?", "en", "the choir has 40 men", "en", True),
    ("Сколько стоил ремонт моста?", "ru", "строительство обошлось в 86 миллионов", "ru", True),
    ("How many matches did they lose?", "en", "they won 21 matches", "en", True),
    ("Сколько платят дети?", "ru", "для взрослых вход стоит 1500 крон", "ru", True),
    ("Сколько платят дети?", "ru", "дети платят половину", "ru", False),
    ("Сколько учителей в школе?", "ru", "в школе 640 учеников", "ru", True),
    ("Сколько гостей было зимой?", "ru", "летом было 900 гостей", "ru", True),
    ("How many nurses work there?", "en", "the ward has 17 doctors", "en", True),
    ("How many nurses work there?", "en", "17 doctors and 40 nurses work there", "en", False),
    ("How many nurses work there?", "en", "the ward has a staff of 17", "en", True),
    ("How much grain was sold?", "en", "40 tonnes of wheat were sold", "en", False),
    ("Сколько риса собрали?", "ru", "2019 жылы 310 мың тонна астық жиналды", "kk", True),
    ("How many beds do the nurses make?", "en", "the doctors have 17 beds", "en", False),
    ("Сколько мостов построят?", "ru", "построят 900 км дорог", "ru", True),
    ("Сколько меди добыли?", "ru", "they dug 3 tonnes of zinc", "en", True),
    ("Неше сиыр бар?", "kk", "ауылда 300 жылқы бар", "kk", True),
    ("Балалар қанша төлейді?", "kk", "ересектерге билет 900 теңге", "kk", True),
    ("Балалар қанша төлейді?", "kk", "балаларға билет 300 теңге", "kk", False),
    ("Неше поезд келді?", "kk", "12 поезд кетті", "kk", True),
    ("How many people were taken to hospital?", "en", "the blast killed 15 people", "en", True),
    ("How many people were taken to hospital?", "en", "15 were killed and 26 taken to hospital", "en", False),
    ("How many climbers are missing?", "en", "спасатели извлекли двоих", "ru", True),
    ("Сколько человек эвакуировали?", "ru", "в зале было около 460 человек", "ru", True),
    ("Сколько человек эвакуировали?", "ru", "эвакуировали 600 человек", "ru", False),
    ("Қанша бала ауырды?", "kk", "310 балаға екпе егілді", "kk", True),
    ("Қанша адам зардап шекті?", "kk", "the police detained 81 people", "en", True),
    ("How much is the reward?", "en", "the ring is insured for 90,000 crowns", "en", True),
    ("Каков штраф?", "ru", "аренда стоит 400 крон", "ru", True),
    ("How many houses were repaired?", "en", "the quake damaged 86 houses", "en", True),
    ("How many flats are unfit to live in?", "en", "12 flats were handed over", "en", True),
    ("How many flats are unfit to live in?", "en", "су 40 үйді басты", "kk", False),
    ("How many flats are unfit to live in?", "en", "су басқан 40 пәтер", "kk", True),
    ("Сколько домов сдали семьям?", "ru", "подтоплены 64 дома", "ru", True),
    ("Сколько домов сдано?", "ru", "подтоплены 64 дома", "ru", True),
    ("Сколько домов сдано?", "ru", "из 80 домов сдано 64", "ru", False),
    ("How many tractors did the works produce?", "en", "it sold 310 tractors abroad", "en", True),
    ("Сколько тракторов продали?", "ru", "зауыт 420 трактор өндірді", "kk", True),
    ("How many trees were planted?", "en", "the storm felled 12 oaks", "en", True),
    ("How many trees were planted?", "en", "90 trees had been cut down", "en", True),
    ("Неше ұсыныс түсті?", "kk", "комиссия 70 ұсынысты қарастырды", "kk", True),
    ("How many proposals were adopted?", "en", "citizens submitted 900 proposals", "en", True),
    ("How many proposals were adopted?", "en", "of 900 submitted 40 were adopted", "en", False),
]


@pytest.mark.parametrize(("question", "asked_in", "clause", "told_in", "are_others"), OPPOSITES)
def test_the_opposite_is_told_of_others(
    question: str, asked_in: str, clause: str, told_in: str, are_others: bool
) -> None:
    for is_number in (False, True):
        assert AskedOpposites(question, asked_in, is_number=is_number).are_others(clause, told_in) is are_others


@pytest.mark.parametrize(("question", "asked_in", "clause", "told_in", "are_others"), TOLD_APART)
def test_a_number_is_told_of_others(question: str, asked_in: str, clause: str, told_in: str, are_others: bool) -> None:
    assert AskedOpposites(question, asked_in, is_number=True).are_others(clause, told_in) is are_others
    assert not AskedOpposites(question, asked_in, is_number=False).are_others(clause, told_in)


def test_every_language_knows_the_same_sets() -> None:
    sizes = [
        [list(map(len, sets)) for sets in (told.opposites, told.counted, told.told_apart)]
        for told in (record.statements for record in RECORDS.values())
    ]
    assert len(sizes) == len(LANGUAGES)
    assert all(each == sizes[0] for each in sizes)
