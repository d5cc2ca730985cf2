"""Encodings: what is clear is read and said, what is not is refused with candidates; never is rubbish taken for text."""

import random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from index.articles.encoding.decode import decode, decode_named
from index.errors import InputError

RUSSIAN = (
    "Вчера в городе Тёплый Яр открыли крытый рынок. На строительство ушло два года и семь миллионов рублей, рассказал "
    "Сергей Жуков, глава районной управы. Торговать здесь будут овощами, мёдом и рыбой; места распределил жребий. "
    "Ещё весной жители жаловались, что прежние ряды стоят под открытым небом, а зимой их заносит снегом по крышу. "
    "Площадь под старыми рядами засадят липами, между дорожками поставят скамьи и фонари."
)
KAZAKH = (
    "Ауылдағы жаңа кітапхана осы аптада оқырмандарға есігін ашты. Ғимаратты салуға үш жыл кетті, дейді әкім орынбасары "
    "Қуаныш Өмірзақов. Мұнда он екі мың кітап, балаларға арналған бөлме және шағын көрме залы бар. Бұрын тұрғындар кітап "
    "іздеп көрші ауданға баратын еді, енді бәрі өз көшелерінде. Кешкі сағаттарда мұғалімдер үйірме жүргізеді, ал "
    "демалыс күндері ақындар мен жазушылар оқырмандармен кездесетін болады."
)
HEBREW = "אתמול נפתחה בעיר ספרייה חדשה ובה שנים עשר אלף ספרים. היא נבנתה במשך שנתיים, אמר ראש העיר."
ENGLISH = "The café of Zoë Müller in Saint-Rémy serves “smörgås” – at £4 – until it’s eight o’clock."


@pytest.mark.parametrize(
    ("text", "encoding", "said"),
    [
        (RUSSIAN, "windows-1251", "windows-1251"),
        (RUSSIAN[:60], "windows-1251", "windows-1251"),
        (RUSSIAN.upper(), "windows-1251", "windows-1251"),
        (RUSSIAN, "koi8-r", "koi8-r"),
        (RUSSIAN[:200], "koi8-r", "koi8-r"),
        (RUSSIAN[:200], "cp866", "cp866"),
        (RUSSIAN, "cp866", "cp866"),
        (RUSSIAN, "iso8859-5", "iso8859-5"),
        (RUSSIAN, "mac-cyrillic", "mac-cyrillic"),
        (KAZAKH, "kz1048", "kz1048"),
        (ENGLISH, "windows-1252", "windows-1252"),
        ("Le maire a inauguré la forêt.", "latin-1", "windows-1252"),
        (RUSSIAN, "utf-16", "utf-16"),
        (KAZAKH, "utf-16-le", "utf-16 without a byte order mark"),
        (RUSSIAN, "utf-16-be", "utf-16 without a byte order mark"),
        (ENGLISH, "utf-16-le", "utf-16 without a byte order mark"),
    ],
)
def test_clear_cases_are_read_and_said(text: str, encoding: str, said: str) -> None:
    read, notes = decode(text.encode(encoding))
    assert read == text
    assert [(note.kind, note.detail) for note in notes] == [("read as", said)]


@pytest.mark.parametrize("encoding", ["koi8-r", "cp866", "iso8859-5"])
def test_a_few_words_in_a_rare_encoding_are_refused_with_a_sample(encoding: str) -> None:
    with pytest.raises(InputError) as refused:
        decode(RUSSIAN[:60].encode(encoding))
    assert f'{encoding}: "Вчера в городе' in refused.value.what
    assert "iconv" in refused.value.what


@pytest.mark.parametrize(
    ("raw", "reason"),
    [
        (b"\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR\xff\xfe\x80", "NUL"),
        (random.Random(1).randbytes(5000), "no text"),
        (RUSSIAN.encode()[:-1] + b"\xff.", "damaged UTF-8"),
        (KAZAKH[:200].encode().replace("кітап".encode(), b"\xd1\xff\xd1"), "damaged UTF-8"),
        (HEBREW.encode("iso8859-8"), "not UTF-8"),
        (b"\xff\xfe\x00", "damaged UTF-16"),
        (b"\x98\xb0\x98\xb1\xff\xfe", "no text"),
    ],
)
def test_what_is_no_text_is_named(raw: bytes, reason: str) -> None:
    with pytest.raises(InputError, match=reason):
        decode(raw)


@pytest.mark.parametrize(
    ("text", "encoding", "name"),
    [
        (RUSSIAN, "windows-1251", "windows-1251"),
        (RUSSIAN[:20], "koi8-r", "koi8-r"),
        (RUSSIAN[:20], "utf-8", "windows-1251"),
        (RUSSIAN, "windows-1251", "iso-8859-1"),
        (RUSSIAN, "windows-1251", "utf-8"),
        (RUSSIAN, "utf-8", "utf-16"),
        (RUSSIAN, "utf-8", "rot13"),
        (RUSSIAN, "utf-8", "unicode_escape"),
        (RUSSIAN, "utf-8", "x-unknown"),
        (RUSSIAN, "utf-8", None),
        ("Příliš žluťoučký kůň.", "iso8859-2", "iso-8859-2"),
        ("Le maire a inauguré la forêt de 9 m² à 5 €.", "windows-1252", "iso-8859-1"),
    ],
)
def test_the_name_of_an_encoding_is_believed_where_it_can_be_true(text: str, encoding: str, name: str | None) -> None:
    assert decode_named(text.encode(encoding), name)[0] == text


def test_line_ends_become_newlines_and_a_mark_goes() -> None:
    assert decode(b"\xef\xbb\xbfa\r\nb\rc\n") == ("a\nb\nc\n", ())


@given(st.text(alphabet=st.characters(exclude_categories=["Cs"], exclude_characters="\0\r\ufeff")))
def test_utf8_stays_as_it_is(text: str) -> None:
    assert decode(text.encode()) == (text, ())


@given(st.binary(max_size=300))
def test_any_bytes_are_text_or_refused(raw: bytes) -> None:
    try:
        text, _ = decode(raw)
    except InputError:
        return
    assert isinstance(text, str)
