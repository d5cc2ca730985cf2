"""Kazakh."""

from collections.abc import Callable

from index.analysis import kazakh_stemmer
from index.analysis.languages.kazakh_endings import ablative, collective, counted, declined, ordinal
from index.analysis.languages.record import (
    AnswerWords,
    FollowUpWords,
    Language,
    LayoutWords,
    NumberWord,
    Numerals,
    Role,
    SentenceWords,
    TimeWords,
    denominators,
    number_words,
    words,
)

_UNITS = """
1: бір* | 2: екі* | 3: үш* | 4: төрт* | 5: бес* | 6: алты* | 7: жеті* | 8: сегіз* | 9: тоғыз* | 10: он* | 20: жиырма*
30: отыз* | 40: қырық* | 50: елу* | 60: алпыс* | 70: жетпіс* | 80: сексен* | 90: тоқсан*
"""
_COLLECTIVES = "1: біреу* | 2: екеу* | 3: үшеу* | 4: төртеу* | 5: бесеу* | 6: алтау* | 7: жетеу*"
_SCALES = "100: жүз* | 1000: мың* | 1000000: миллион* | 1000000000: миллиард* | 1000000000000: триллион*"
_SHORT_SCALES = "1000000: млн | 1000000000: млрд | 1000000000000: трлн"
_AMOUNTS = "0: нөл* | 1: жалғыз | 2: қос жұп* | 10: ондаған | 12: дюжина*"
_PARTS = "1/2: жарты* жарым* | 1/4: ширек*"
# Forms that are far more often other words: there, such, the same, for, him, her face, in practice.
_OTHER_WORDS = words("онда ондай бірдей үшін оны онын онына онында жүзі жүзін жүзіне жүзінде жүзінен жүзінің жүзімен")


def _stemmer() -> Callable[[str], str]:
    return kazakh_stemmer.stem


def _from(stem: str) -> list[str]:
    return [ablative(stem)]


def _number_words() -> dict[str, NumberWord]:
    table = {
        **number_words(Role.ORDINAL, f"{_UNITS} | {_SCALES}", ordinal),
        **number_words(Role.UNIT, _UNITS, declined),
        **number_words(Role.UNIT, _COLLECTIVES, collective),
        **number_words(Role.SCALE, _SCALES, counted),
        **number_words(Role.SCALE, _SHORT_SCALES),
        **number_words(Role.AMOUNT, _AMOUNTS, declined),
        **number_words(Role.PART, _PARTS, declined),
    }
    return {form: word for form, word in table.items() if form not in _OTHER_WORDS}


KAZAKH = Language(
    code="kk",
    names=words("kaz kz kazakh qazaq qazaqsha қаз қазақ қазақша казахский казахском казахского казах"),
    cyrillic=True,
    letters=frozenset("әғқңөұүһіӘҒҚҢӨҰҮҺІ"),
    small_words=words(
        "айтты ал алды алдын ба бар бас бе бойынша бол болады болды да де деген деп екен емес жаңа жатыр жыл кандай каша "
        "кашан кезде кеш ма ме мен неге неден неше не ол он оны оның осы па пе саны сол тағы туралы"
    ),
    question_words=words(
        "кім кімнің кімді кімге кіммен кімдер не нені неге ненің немен қандай қай қайсы қашан қайда қайдан қалай қанша "
        "неше нешінші неліктен дегеніміз деген деп ма ме ба бе па пе"
    ),
    negations=words("емес жоқ ешқашан"),
    stemmer=_stemmer,
    without_case=kazakh_stemmer.without_case,
    numerals=Numerals(
        words=_number_words(),
        denominators=denominators(f"{_UNITS} | {_SCALES}", _from),
        denominator_first=True,
        ordinal_suffixes=words("ші шы інші ншы нші ыншы"),
        counted_suffixes=words("км м см мм кг г мг т сағ мин сек мвт квт мб гб га л млн млрд трлн мың тг"),
        percent=frozenset((*declined("пайыз"), *declined("процент"))),
        decimal=",",
    ),
    answers=AnswerWords(
        asks_number=r"\b(?:неше\w*|қанша\w*)\b",
        asks_time=r"\b(?:қашан\w*|қай (?:күні|жылы|айда|кезде))\b",
        asks_person=r"^\W*кім\w*\b|\b(?:кім|кімнің|кімді)\b",
        times=r"қаңтар\w*|ақпан\w*|наурыз\w*|сәуір\w*|мамыр\w*|маусым\w*|шілде\w*|тамыз\w*|қыркүйек\w*|қазан\w*|қараша\w*|"
        r"(?:дүй|сей|сәр|бей)сенбі\w*|жұма\w*|сенбі\w*|жексенбі\w*|көктем\w*|жаз(?:да|ғы)|күз\w*|қыс(?:та|қы)|ғасыр\w*|"
        r"сағат\w*|таңертең\w*|кешке|түн(?:де|гі)|желтоқсан\w*|бүгін\w*|ертең\w*|кеше\w*|күн\w*|апта\w*|ай|айда\w*|жыл\w*",
        persons=r"президент\w*|министр\w*|депутат\w*|сенатор\w*|спикер\w*|автор\w*|комисси\w*|комитет\w*|парламент\w*|"
        r"парти\w*|төраға\w*|төрайым\w*|мүше\w*|сарапшы\w*|заңгер\w*|азамат\w*|адам\w*|халы[қғ]\w*|сайлаушы\w*|үкімет\w*|"
        r"топ\w*|кеңес\w*|басшы\w*|ешкім",
    ),
    follow_up=FollowUpWords(
        openers=r"(?:ал|және|ал енді|енді|сонда|бірақ)(?=[\s,?])[\s,]*",
        asking=r"қанша\w*|неше\w*|қашан\w*|қайда\w*|қай(?:сы\w*|дан)?|неге|неліктен|қалай|қандай|кім\w*|"
        r"не(?:мен|ні|нің|ден)?",
        pronouns="ол|олар|оны|оның|оған|онда|одан|онымен|олардың|оларды",
        what_of=r"\s*\bше\b\s*",
    ),
    times=TimeWords(
        months=(
            *(
                "қаңтар",
                "ақпан",
                "наурыз",
                "сәуір",
                "мамыр",
                "(?<!бір )(?<!осы )маусым",
                "шілде",
                "тамыз",
                "қыркүйек",
                "қазан",
                "қараша",
            ),
            "желтоқсан",
        ),
        of_day="(?:-?(?:ші|шы|сі|сы|і|ы))?",
        of_year=r"(?:\s*(?:жыл(?:ғы)?|ж\.))?",
        between=r"(?:(?:дың|дің|тың|тің|ның|нің)?,?\s+)",
        after={
            "as_of": r"\w*[ғг][ыі]\s+(?:\w+\s+)?(?:бойынша|жағдай\w*)|\w*\s+(?:қарай|жағдай\w*)",
            "before": r"\w*\s+дейін",
            "since": r"\w*\s+(?:бері|бастап)",
            "after": r"\w*\s+(?:кейін|соң)",
            "during": r"[дт][ае](?:[ғг][ыі])?(?!\w)|(?<=жыл)ы(?:нда)?(?!\w)|(?<=ж\.)|(?:[дтн][ыі]ң)?\s+(?:ай\w*|ішінде|бойы)",
        },
        parts=(
            r"(?:[дтн][ыі]ң)?\s+басын?",
            r"(?:[дтн][ыі]ң)?\s+ортасын?",
            r"(?:[дтн][ыі]ң)?\s+(?:соңын?|аяғын?)",
        ),
        parts_follow=True,
        joins=r"[-–—]|\w*\s+(?:мен|пен|бен)|\w*\s+бастап",
        relative={
            "былтыр(?:ғы)?|өткен жыл(?:ы|ғы|да)": ("year", -1),
            "биыл(?:ғы)?|(?:осы|ағымдағы) жыл(?:ы|ғы|да)?": ("year", 0),
            "(?:келесі|келер) жыл(?:ы|ғы|да)?": ("year", 1),
            "өткен ай(?:да|дағы)?": ("month", -1),
            "(?:осы|ағымдағы) ай(?:да|дағы)?": ("month", 0),
            "(?:келесі|келер) ай(?:да|дағы)?": ("month", 1),
            "өткен апта(?:да|дағы)?": ("week", -1),
            "осы апта(?:да|дағы)?": ("week", 0),
            "(?:келесі|келер) апта(?:да|дағы)?": ("week", 1),
            "алдыңғы күні": ("day", -2),
            "кеше(?:гі)?": ("day", -1),
            "ертең(?:гі)?": ("day", 1),
        },
        ago=r"(?:(?P<count>\d+|[а-яәғқңөұүһі]+)\s+)?(?:(?P<day>күн)|(?P<week>апта)|(?P<month>ай)|(?P<year>жыл)) бұрын",
    ),
    sentences=SentenceWords(
        never_end=words("акад аға ауд гр доц ем мыс обл п проф р ред см т тел тт ш"),
        may_end=words("ж жж ғ ғғ млн млрд мың трлн тг кг км м см сағ мин сек га т.с.с б.з б.з.д ақш қр"),
        list_ends=words("т.б ж.б т.с.с т.с"),
        before_numbers=words("бап б ст"),
        starters=words(
            "ал алайда ары бұл бұған бұдан бүгін бірақ біз біздің бірінші барлық дегенмен демек егер екінші енді ең жалпы және "
            "жаңа кейін кеше көп қазір мен менің мұнда мұндай ол олар олардың онда оның оған осы осылайша осындай өйткені сен сіз "
            "соған сол сонда сондай сондықтан сонымен соңғы тағы ертең"
        ),
    ),
    layout=LayoutWords(
        pictures="(?:фото)?сурет(?:тер)?|фото",
        credits="авторы?|дереккөз|түсірген",
        menus="(?:соңғы|басқа|тағы|ұқсас|танымал|негізгі) (?:жаңалықтар|мақалалар|материалдар)|оқи отырыңыз|тағы оқыңыз|"
        "сондай-ақ оқыңыз|тақырып бойынша|сізге қызықты болуы мүмкін|өткізіп алмаңыз",
        credit_words=words(
            "баспасөз қызметі қызметінің мұрағаты мұрағатынан архивінен ақпарат агенттігі редакция әкімдік әкімдігі "
            "әкімдігінің министрлігі министрлігінің мұражайы сайтынан ашық дереккөз дереккөзден"
        ),
        open_ends=words("мен пен бен және әрі бірақ немесе үшін туралы"),
        links_on=words("және мен пен бен бірақ немесе әрі үшін деп туралы"),
    ),
)
