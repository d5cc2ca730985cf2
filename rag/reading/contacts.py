"""Telephone numbers, e-mail and web addresses as values: 8 (7172) 55-12-34 and +7 7172 551234 are one, and no part of one is a number."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from index.analysis.languages import record
from index.analysis.languages.record import whole_words
from rag.reading.answer_type import AnswerType
from rag.reading.quantities import measured_in
from rag.understanding.when import times_in

CONTACTS = (AnswerType.PHONE, AnswerType.EMAIL, AnswerType.WEBSITE)
NATIONAL = 9  # digits from which a number is known without the code of its country
SHORTEST, LONGEST = 7, 15  # digits of a number that is written as no other one is
SHORT = 6  # digits at most of a number that only words beside it tell from others: 112
_BEFORE, _AFTER = 40, 25  # characters beside a number, in which such words stand
_LISTED = 200  # characters before the item of a list, in which they stand

_GROUP = r"(?:\(\d{1,5}\)|\d{1,12})"
_WRITTEN = re.compile(
    rf"(?<![\w@/.,:№#$€£₸₽-])\+?[ \u00a0]?{_GROUP}(?:[ \u00a0]?[-–‑]?[ \u00a0]?{_GROUP})*(?![\w@%/]|[.,:]\d)"
)
_DIGITS = re.compile(r"\d+")
_DAY, _MONTH = r"(?:0?[1-9]|[12]\d|3[01])", r"(?:0?[1-9]|1[0-2])"
_DATE = re.compile(rf"{_DAY}-{_MONTH}-(?:\d\d|\d{{4}})|\d{{4}}-{_MONTH}-{_DAY}")
_NUMBERED = re.compile(
    r"\w*(?:ISBN|IBAN|БИН|ИИН|BIN|IIN|БСН|ЖСН|ИНН|ОГРН)\W*$", re.IGNORECASE
)  # what is no telephone's
# Written as hardly anything else is: +7 …, (7172) …, 0800 …, 8 (…) …, 87071234567, 2-14-55, 650-273-5591.
_SURELY = re.compile(
    r"\+.*|(?:\d{1,2}[ -]?)?\(\d{3,5}\).*|0(?:[ -]?\d){8,10}|00(?:[ -]?\d){9,13}|[178][ -]\d{3}(?:[ -]?\d){7}|8\d{10}|"
    r"\d{1,3}-\d\d-\d\d|\d{3}[ -]\d{3}[ -]\d{4}"
)
_OTHER = re.compile(r"(?:\d[\d -]*\W+(?:[^\W\d_]{1,6}\W+)?)+$")  # numbers right before another one: 101 or
_YEAR = re.compile(r"(?:19|20)\d\d")
_JOINT = re.compile(r"[\s,;/]*(?:\s(?:or|and|и|или|және|немесе|мен)\s)?\s*", re.IGNORECASE)
_ITEM = re.compile(r"[–—:-]\s*$")
_SHORT = re.compile(rf"(?<![\w@/.,:#$€£₸₽-])\d(?:[- ]?\d){{1,{SHORT - 1}}}(?![\w%€₸₽]|[.,:/]\d)(?!-\d)")
_EMAIL = re.compile(r"[\w.+-]*\w(?:@|\s?[\[(](?:at|собака)[\])]\s?)[\w-]+(?:\.[\w-]+)+", re.IGNORECASE)
_SITE = re.compile(
    r"(?<![@\w.-])(?:https?://|www\.)?(?:[\w-]+\.)+(?:com|org|net|info|edu|gov|mil|int|biz|eu|uk|ie|kz|ru|рф|қаз|uz|kg|tj|tm|by|ua|de|fr|us|io|dev|app)"
    r"(?![\w@]|\.\w)(?::\d+)?(?:/[^\s<>()\[\]\"«»]*[^\s<>()\[\]\"«».,;:!?])?|(?<![@\w])https?://[^\s<>()\[\]\"«»]*[^\s<>()\[\]\"«».,;:!?]",
    re.IGNORECASE,
)


_HOUR = re.compile(r"(?<![\d.,:])(?:[01]?\d|2[0-4])(?:[:.][0-5]\d)?(?!\d|[.,:]\d)")
_CAPITAL = re.compile(r"(?<!\w)[^\W\d_a-zа-яёәғқңөұүһі]")


@dataclass(frozen=True, slots=True)
class Contact:
    """A telephone number or an address of the web that a text names at `start` to `end`; its value is without what is only spelling."""

    start: int
    end: int
    kind: AnswerType
    value: str

    def equals(self, other: "Contact") -> bool:
        """Whether both are one: of two telephone numbers one may leave out the code of the country."""
        if self.kind is not other.kind or self.kind is not AnswerType.PHONE:
            return self.kind is other.kind and self.value == other.value
        shorter, longer = sorted((self.value, other.value), key=len)
        return shorter == longer or (len(shorter) >= NATIONAL and longer.endswith(shorter))


def contacts_in(text: str, language: str = "", *, short: bool = False) -> list[Contact]:
    """The telephone numbers, e-mail and web addresses of a text, in their order.

    Args:
        short: take numbers of a few digits for those of a telephone, too, where words in the language of the text announce one.

    >>> text = "Call 0800 123 4567 or write to info@mill.example or see mill.org/en. 120,000 people, 2024-05-08"
    >>> [text[each.start : each.end] for each in contacts_in(text)]
    ['0800 123 4567', 'info@mill.example', 'mill.org/en']
    >>> [each.value for each in contacts_in("Call 112 in 2024", "en", short=True)]
    ['112']
    """
    found: list[Contact] = []
    for each in (*_emails(text), *_sites(text), *_phones(text), *(_short(text, language) if short else ())):
        if not any(each.start < other.end and other.start < each.end for other in found):
            found.append(each)
    return sorted(found, key=lambda each: each.start)


def contacts_of(kind: AnswerType | None, text: str, language: str) -> list[Contact]:
    """The telephone numbers or addresses of a text, as a question that asks for this kind wants them."""
    found = contacts_in(text, language, short=kind is AnswerType.PHONE)
    return [each for each in found if each.kind is kind]


def together(contacts: Sequence[Contact], text: str) -> tuple[int, int]:
    """Where the first of some contacts begins, and where the last one ends that follows it with nothing told between: 55-12-30, 55-12-31."""
    start, end = contacts[0].start, contacts[0].end
    for each in contacts[1:]:
        if not _JOINT.fullmatch(text, end, each.start):
            break
        end = each.end
    return start, end


def without_contacts(text: str) -> str:
    """A text without its telephone numbers, e-mail and web addresses.

    >>> without_contacts("Housing: housing@mill.example, 55-12-30")
    'Housing:  ,  '
    """
    rest, left = [], 0
    for each in contacts_in(text):
        rest.append(text[left : each.start])
        left = each.end
    return " ".join([*rest, text[left:]])


def tells_address(text: str) -> bool:
    """Whether words may tell the address of a place: a name stands in them besides telephone numbers and addresses of the web.

    >>> [tells_address(each) for each in ("1 Shire Way, Gloucester", "Mail@Mill.example, 55-12-30", "ул. Абая, 15")]
    [True, False, True]
    """
    return bool(_CAPITAL.search(without_contacts(text)))


def tells_hours(text: str, language: str) -> bool:
    """Whether words name an hour that is of no date, or say that something is always open.

    >>> [tells_hours(each, "en") for each in ("9am–5pm", "10:00 to 18:00", "around the clock", "since 5 May 2024", "01452 614758")]
    [True, True, True, False, False]
    """
    if whole_words(record(language).contacts.always_open).search(text):
        return True
    aside = [(each.start, each.end) for each in times_in(text, language)]
    aside += [(each.start, each.end) for each in contacts_in(text)]
    hours = (each.start() for each in _HOUR.finditer(text))
    return any(not any(start <= hour < end for start, end in aside) for hour in hours)


def _emails(text: str) -> Iterator[Contact]:
    for match in _EMAIL.finditer(text):
        value = re.sub(r"\s?[\[(]\w+[\])]\s?", "@", match[0].lower())
        yield Contact(match.start(), match.end(), AnswerType.EMAIL, value)


def _sites(text: str) -> Iterator[Contact]:
    for match in _SITE.finditer(text):
        value = re.sub(r"^(?:https?://)?(?:www\.)?", "", match[0].lower()).rstrip("/")
        yield Contact(match.start(), match.end(), AnswerType.WEBSITE, value)


def _phones(text: str) -> Iterator[Contact]:
    """What is written as a telephone number."""
    for match in _WRITTEN.finditer(text):
        written = match[0].strip()
        start = match.start() + match[0].index(written)
        digits = "".join(_DIGITS.findall(written))
        if not _is_phone(written, digits) or _NUMBERED.search(text[max(0, start - 20) : start]):
            continue
        yield Contact(start, start + len(written), AnswerType.PHONE, _national(written, digits))


def _is_phone(written: str, digits: str) -> bool:
    plain = re.sub(r"[\u00a0]", " ", written).replace("–", "-").replace("‑", "-")
    if _DATE.fullmatch(plain) or not _SURELY.fullmatch(plain):
        return False
    fewest = 5 if "-" in plain else SHORTEST
    return fewest <= len(digits) <= LONGEST


def _national(written: str, digits: str) -> str:
    """The digits of a number without what is dialled before it inside of its country."""
    digits = "".join(_DIGITS.findall(written.replace("(0)", ""))).removeprefix("00")
    if written.startswith("+"):
        return digits
    if len(digits) == 11 and digits[0] in "78":  # 8 or 7 before the ten digits of a number in Kazakhstan or Russia
        return digits[1:]
    return digits[1:] if digits[0] == "0" else digits


def _short(text: str, language: str) -> Iterator[Contact]:
    """Numbers of a few digits that words announce right beside them, or, as in a list, before a dash or a colon."""
    known = record(language).contacts
    announced, counts = whole_words(known.phone), re.compile(rf"\s*(?:{known.counts})\b", re.IGNORECASE)
    for match in _SHORT.finditer(text):
        before, after = text[max(0, match.start() - _LISTED) : match.start()], text[match.end() : match.end() + _AFTER]
        near = re.split(r"\d", _OTHER.sub("", before[-_BEFORE:]))[-1] + "#" + re.split(r"[\d.;\n]", after)[0]
        if _YEAR.fullmatch(match[0]) or counts.match(after) or measured_in(after, language):
            continue
        if announced.search(near) or (_ITEM.search(before) and announced.search(before)):
            yield Contact(match.start(), match.end(), AnswerType.PHONE, "".join(_DIGITS.findall(match[0])))
