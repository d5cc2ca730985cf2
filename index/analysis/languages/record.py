"""What a language is: one record of everything that the rest of Kenes must know of it."""

import functools
import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from enum import Enum
from fractions import Fraction
from typing import Literal

Inflect = Callable[[str], Iterable[str]]


class Role(Enum):
    """How a number word joins those beside it."""

    UNIT = "adds to what stands before it: five, twenty, двести"
    SCALE = "multiplies what stands before it: hundred, тысяча, миллион"
    ORDINAL = "ends a number and makes it a rank: third, пятый, үшінші"
    PART = "is less than one, and follows or multiplies: half, четверть, жарты"
    AMOUNT = "stands alone or before a scale: both, couple, none, полтора"


@dataclass(frozen=True, slots=True)
class NumberWord:
    """A form of a number word: twenty is 20 and adds, миллионов is 1,000,000 and multiplies."""

    value: Fraction
    role: Role


@dataclass(frozen=True, slots=True, kw_only=True)
class Numerals:
    """How a language writes numbers. All words are in lower case, with е for ё."""

    words: Mapping[str, NumberWord]
    denominators: Mapping[str, int]  # "thirds" in two thirds, "пятых" in две пятых, "үштен" in үштен екі
    single_denominators: Mapping[str, int] = field(default_factory=dict)  # after one only: one third
    articles: frozenset[str] = frozenset()  # that stand for one before these: "a" third of
    of: frozenset[str] = frozenset()  # what must follow then; "a third man" is no fraction
    denominator_first: bool = False  # үштен екі: "of three, two"
    joins: tuple[str, ...] = ()  # between hundreds and units: one hundred "and" five
    mixed_by: tuple[tuple[str, ...], ...] = ((),)  # between whole and part: two "and a" half, пять "с" половиной
    scaled_by: tuple[tuple[str, ...], ...] = ((),)  # between part and scale: half "a" million, a couple "of" hundred
    ordinal_suffixes: frozenset[str]  # after digits, with or without a hyphen: 3rd, 2-й, 5-ші
    counted_suffixes: frozenset[str]  # after digits, without a hyphen: 5kg, 1990s. Any other letters make a name: 18F
    cases: frozenset[str] = frozenset()  # endings of a number in words, behind a hyphen: 5-ти, 3-х
    scaled: str = (
        "(?!)"  # regular expression: a letter for thousands or millions, before what is counted: 192M websites
    )
    after_rank: str = "(?!)"  # regular expression: a number that is none after a rank: of a year the third "тоқсан"
    percent: frozenset[str]
    decimal: str  # what stands before decimals; the comma is a thousands separator only where decimals have a point


@dataclass(frozen=True, slots=True, kw_only=True)
class AnswerWords:
    """Regular expressions for what kind of answer is asked for, and for words that are of that kind."""

    asks_number: str
    asks_time: str  # goes before asks_number: "at what time"
    aside: str  # with a group for a clause that begins as a question and asks nothing: what did she do "when it opened"
    asks_person: str
    asks_head: str  # who leads something, or holds the first office of it
    asks_yes_no: str
    asks_list: str  # for more than one answer: which parties, why, what did she say
    asks_cause: str  # for what something came from: what caused the fire, how did it start
    of_units: str  # words before a unit that say of which kind it is: "working" days
    asks_count: str  # of things, never of a unit: how "many houses"
    asks_money: str
    asks_extent: str  # for something else than a sum, whatever is paid: how long, how old
    asks_part: str  # of a sum, which may be told as a share: how much of the salary
    asks_rise: str  # by how much something goes up or down: what says so
    asks_from: str  # from what something goes up or down
    asks_difference: str  # by how much something changes
    asks_score: str  # for that of a match, two numbers
    asks_ranked: str  # for one of numbered things: which article, which floor
    asks_next: str  # for what is still to come: the next meeting
    asks_clock: str  # for a time of day: at what time, when does it open
    asks_end: str  # for when or why something is no longer so: when did it stop working
    asks_since: str  # for when what goes on began: since when has it been shut
    since: str  # marks such a time
    asks_place: str  # where something is or is done, not where from
    asks_share: str
    asks_weight: str
    free: str  # whole words that say that nothing is paid
    shares: str  # words that tell a share without a percentage: every third, one in nine
    times: str  # whole words that tell a time, such as names of months
    persons: str  # whole words for people and bodies, such as offices
    people: str  # whole words for people by what they are or do: farmers, her mother; hardly any others end alike
    offices: str  # those of `persons` that one person holds


@dataclass(frozen=True, slots=True, kw_only=True)
class ContactWords:
    """Regular expressions for questions that ask how to reach somebody, and for words beside what tells it."""

    asks_phone: str
    asks_email: str
    asks_website: str
    asks_address: str  # where somebody is found, or gets letters
    asks_hours: str  # when something is open
    phone: str  # whole words that announce a telephone number, however short: call 112
    kinds: str  # whole words for what is asked for: number, e-mail, address
    counts: str  # what a number near such words counts, if it is none of a telephone: 40 calls
    always_open: str  # whole words for hours that never end: around the clock


@dataclass(frozen=True, slots=True, kw_only=True)
class ListWords:
    """Regular expressions for questions that have several answers, and for sentences that tell them."""

    excluding: (
        str  # with a group for what a question leaves out, and a group in it for the thing: "apart from the mayor, "
    )
    asks_speakers: str  # who spoke at a meeting
    topic: str  # what a question says is spoken of, as its group: about "the bridge"
    speaking: str  # whole words of a sentence that tells who speaks: said, presented
    took_floor: str  # those of a speech at a meeting: spoke, took the floor
    announcing: str  # whole words that announce several things and name none: several, the following
    announced: str  # whole words for what sentences are announced as: two "reasons"
    allowed: str  # whole words that say that something may be done
    forbidden: str  # the same of what must not; they may hold those for what may: not allowed
    asks_point: str  # what a point of a text says, with a group for its number: what does point "3" say
    parts: str  # what a part of a law is called by, with a group `article` for an article's number: "Article 17", "Chapter II"
    asks_article: str  # what an article of a law says, with a group for its number: what does Article "17" say
    naming: str  # whole words by which a question says that a text names something: listed, in the table
    attributing: str  # by what a sentence begins that the same person says as the one before it: according to her
    adding: str  # by what a sentence begins that adds to the one before it: in addition, he also
    asks_any: str  # a question that may have one answer or several: what was lost, who is on the council
    asks_command: str  # by which command something is done, with a group for what: what command books "a stall"
    doing: str  # whole words of such a line that do not say what for: run the following command
    instructing: str  # what a line or a heading has that leads to steps: to install it, how to vote, these steps


@dataclass(frozen=True, slots=True, kw_only=True)
class FollowUpWords:
    """Regular expressions for completing a question that leans on the one before it."""

    openers: str  # at the beginning: "and what about"
    asking: str  # a question word with what belongs to it: "how many"
    pronouns: str
    possessives: frozenset[str] = frozenset()  # pronouns of an owner: the name in their place is one, too
    verbs: str | None = None  # None: the verb is the last word
    verbs_are_helpers: bool = False  # they stand right after the question word: when "must" laws change
    finite: str  # verbs in a form that makes a sentence, as far as they can be told
    adverbs: Mapping[str, str]  # when, where, why and how: a question stays whole when one stands in another's place
    measures: str  # verbs that say little without what they measure: cost, weigh
    prepositions: str
    alike: tuple[frozenset[str], ...] = ()  # prepositions of which one may stand for another: in, at
    place: str  # a phrase that says where: "in Astana"; capitals count
    counts: str  # how many
    chooses: str  # question words that something chosen or counted may follow: how many, which
    counted: str = r"\w+"  # a word in the form that follows how many
    subjects: frozenset[str]  # pronouns that a name can stand for as it is
    plurals: frozenset[str]  # pronouns of several persons or things
    places: frozenset[str]  # those of what something is in or at: there
    of_persons: frozenset[str]  # those of a person alone: she
    of_things: str  # what is said of things alone, beside a pronoun that may mean a person as well: "was built"
    joins: str  # what stands between two persons that are named together
    happened: str  # what adds nothing to the question word before it: when "was that"
    of_parts: str  # the beginning of what asks who or what is of something: "what is the height"
    this: str  # goes before a thing that was just named: "this" bridge
    now: str  # names the time of now
    who_is: str  # asks who somebody is, named in the gap
    who_said: str  # asks who said what stands in the gap
    said_so: str  # asks who said what answered: "who said so"
    what_of: str | None = None  # a particle that makes a follow-up of a thing alone: Құрылтай "ше"


@dataclass(frozen=True, slots=True, kw_only=True)
class TalkWords:
    """Regular expressions for what asks nothing of the articles' content: greetings, thanks, requests such as to summarise."""

    signs: str  # one of these must be there: "hello", "who are you", "summarise"
    beside: str  # words that may stand beside it; any other word makes the text a question
    greeting: str  # what goes before a question: "hello", "good morning"
    thanks: str  # what goes before or after one, as a sentence of its own
    polite: str  # what a question may be wrapped in: "could you tell me"
    about: str  # a topic in what it may be wrapped in, with a group `topic`: "tell me about bridges"
    introducing: str  # goes before the name of who writes: "my name is"
    judging: str  # asks whether a thing is good, in its first group that is found: "are bridges any good"
    how_to: str  # asks how to do what stands in its first group that is found: "how do I vote"
    comparing: str  # asks what sets two things apart, which are in its groups that are found: "difference between a tag and a link"
    introduced: str  # asks who bears the name in its first group that is found: "who is Dana"
    making: str  # asks who made, founded, wrote or owns what stands in its first group that is found: "who built the bridge"
    defining: str  # asks what a thing is, in its first group that is found: "what is a mazhilis"
    defines: str  # what follows a thing in a sentence that says what it is: "is the lower house"
    called: str  # what goes before it there, if it is named last: "a house called"
    means: str  # what follows a thing where a law says what it is, and elsewhere may tell what comes of it: means
    denotes: str  # what follows a thing where any text says what it is: is defined as
    indefinite: str = "(?!)"  # an article before any thing of a kind
    placing: str  # asks where the thing is that stands in its first group that is found: "where is the bridge"
    locating: str  # verbs that say where a thing is: stands, lies, is located
    placed: str  # what goes before words that name a place: "near" the market
    placed_by_case: bool = False  # `placed` is a word of them, in a case that says so: көпірдің "жанында"
    stating: str  # a few words that state something, and ask nothing: "the bus is late"
    more: str  # asks to go on: "tell me more"


@dataclass(frozen=True, slots=True, kw_only=True)
class LetterWords:
    """Regular expressions for what a letter has around the question in it."""

    headers: str  # what goes before the colon in the lines above an e-mail: "subject"
    salutation: str  # how it begins: "Dear Sir or Madam,"
    closing: str  # how it ends: "kind regards"
    wondering: str  # a sentence that asks without a question mark, which the group `asked` does: "we wonder how many"
    announcing: str  # what announces a question, before a colon: "we asked"
    pointing: str  # what points to something said before, beside pronouns: "this" bridge
    indirect: Mapping[str, str] = field(
        default_factory=dict
    )  # how such a question ends, and how it would if it were asked


Unit = Literal["day", "week", "month", "year"]


@dataclass(frozen=True, slots=True, kw_only=True)
class TimeWords:
    """Regular expressions for the time that a question names, for `rag.understanding.when`.

    Relations are the values of `rag.understanding.when.Relation`: as_of, before, since, after, during.
    """

    months: tuple[str, ...]  # January's first
    of_day: str = ""  # what belongs to a day in digits: the 8"th"
    of_year: str = ""  # what belongs to a year in digits: 2025 "года"
    between: str = ""  # what may stand between day, month and year: 8 "of" April
    before: Mapping[str, str] = field(default_factory=dict)  # relation by the words before a time: "by" 8 April
    after: Mapping[str, str] = field(default_factory=dict)  # relation by what follows it: 8 сәуір"ге дейін"
    before_a_day: str | None = None  # as_of before a day, during before a month or a year: "на" 8 апреля
    of_a_thing: str | None = None  # what stands between a thing and its time: the fire "of" March 2025
    adjective: str = (
        "(?!)(?P<time>)"  # a month or a year before a thing, in the group `time`: the "May" fair; none as a rule
    )
    parts: tuple[str, str, str]  # beginning, middle and end of a month or a year
    parts_follow: bool = False  # the month
    in_year: str  # how a year is named, with a gap
    joins: str  # what stands between the two ends of a span
    relative: Mapping[str, tuple[Unit, int]]  # "last year" is ("year", -1)
    relative_words: Mapping[tuple[Unit, int], str]  # the other way round, as it stands in a question
    bounds: str  # what makes a time seen from the article no time: more than 90 days ago, less than last year
    ago: str  # with a group `count`, and one named by its unit: 3 years ago


@dataclass(frozen=True, slots=True, kw_only=True)
class StatementWords:
    """Regular expressions of whole words by which what two articles say is compared."""

    measures: Mapping[str, str]  # words for a unit, by its code: "m" for metres, "percent"
    attributes: Mapping[str, str]  # what is measured, nouns and adjectives: height, high
    weekdays: tuple[str, ...]  # Monday's first
    uncounted: frozenset[str] = frozenset()  # forms of number words that count nothing alone: together, at once
    clocks: Mapping[
        str, int
    ]  # a time in words, groups `hour` and perhaps `minute`: minutes to add, or the minutes' sign
    hours: str  # all of some words that tell a time of day, beside those that tell its minutes: till 8, до 22 часов
    late: str  # what says that a time is after noon: in the evening
    changed: str  # what says that a value took another's place: rose, now, up from
    changed_to: str  # what says of a number, which stands between #, that something comes up or down to it: rose to #
    changed_from: str  # the same of two numbers of which one took the other's place; group `back` if it is told first: to # from #
    changed_by: str  # the same of how much it goes up or down: rose by #
    claims: str  # what says that somebody holds or reckons something: believes, by their count
    heads: str  # verbs of who heads something
    second: str  # an office below a head: deputy head, vice-president
    holds: str  # what links a name to its office: is, serves as
    aide: str  # an office beside a head: assistant to the mayor, spokeswoman
    unknown: str  # what says that something is not known: not yet established, unclear
    formerly: str  # what says that a value held at another time than that of the article: last spring, in those days
    now: str  # what says that a sentence tells of the day of its article: now, today
    needed: str  # what says that so many are needed: need, required
    before_then: str  # what says, beside a number of now, that another one was before: before the fire, until then
    happened: str = "(?!)"  # verbs that say what happened, and are in no question: салынған
    contrasts: str  # a group of words between the two: while, and
    compared: str  # what stands after a number that is a difference: more, dearer
    planned: str  # what says that something is still to come: promise, expect, will
    perhaps_planned: str  # verbs in a form that tells of now or of what is to come: opens, откроется, ашылады
    seasons: tuple[str, str, str, str]  # winter first
    part: str  # what stands after a number that counts a part of something: for children
    part_of: str  # the same, or the number's own form, and surely: of them, төртеуі
    whole_first: (
        str  # what says of two numbers, which are # in it, that the second counts a part of the first: "of # houses, #"
    )
    including: str  # what stands between a whole and a part of it, or after the number of the part: including, of them
    taken_out: tuple[str, ...]  # how a law changes its words, with a group `out` for those that no longer hold
    denied_bound: str  # what bounds a number, which is # there, by a denial: shall not increase by more than #
    general: str  # what says that a sentence tells the rule, and not an exception: by default
    denied: str  # what says beside a value, which is # there, that it does not hold, or no longer: not on #
    origin: str  # what says of a name, which stands between #, that something comes from there: from #, Лундтан
    destination: str  # the same of a place to which somebody goes: to #
    left: str  # the same of a person whose place another one takes: replaced #
    next_time: str  # what says that something else is told of, which comes after: the next one, in two years
    takes_office: str  # verbs of who gets an office or a place: is elected, appointed
    leaves_office: str  # what is told of who had it before: former, replaces, resigned
    divisions: tuple[str, str, str]  # whose contest it is: women's, men's, that of the young
    stages: tuple[str, str, str, str, str]  # of a decision, verbs: proposed, discussed, decided, signed, in force
    proposals: str  # nouns for what was proposed
    alternatives: str  # what stands between things of which a question asks for one: or
    asks_lifetime: str  # what asks when somebody was born or died, or from when to when something was
    lifetime: str  # what says in brackets behind a name that a time is that of birth or death: born
    styles: str  # words in small letters that a name may hold or end with: Olaf "the" Old, Жүніс "хан"
    joined: str  # what stands between a noun and a name that goes with it: the port "of" Vestnes
    # Sets of words of which one excludes the others, in one order in every language: what becomes of a thing, or where it lies
    # (opens, closes; north, south); what is counted, the word for all of them first (staff, nurses, teachers); and of whom or when a
    # number is told (men, women).
    opposites: tuple[tuple[str, ...], ...]
    counted: tuple[tuple[str, ...], ...]
    told_apart: tuple[tuple[str, ...], ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class SuccessionWords:
    """Regular expressions for who came before somebody, or after, whose name stands between #."""

    asks_before: Mapping[str, str]  # what asks who came before, and what asks in its place who holds the office
    asks_after: Mapping[str, str]
    before: str  # what is told of who came before: the former head #


@dataclass(frozen=True, slots=True, kw_only=True)
class OfferWords:
    """Questions that can be made of a sentence without a grammar, each with a gap, and what is needed for them."""

    who: tuple[str, str]  # a man, a woman: "Who is {name}?"
    how_many: str  # before what is counted; in the number's own place where `in_place`
    in_place: bool = False
    counted: str = (
        ""  # regular expression: what follows a number if it counts something: "new laws", not "hold several laws"
    )
    on_day: str | None = None  # "What happened on {day}?"
    who_did: str  # before what somebody did: who
    when: str  # before what was on a day: when
    moved: str | None = None  # regular expression: verbs that go before whom they tell of, behind "when": was
    day_ends: str = ""  # regular expression: how a day ends on which something was, not from which on
    about: str  # regular expression: what may limit a number that follows: at least, some
    opens: str  # regular expression: what may stand before a clause: that


@dataclass(frozen=True, slots=True, kw_only=True)
class NounSigns:
    """What tells nouns, of which headings are made, from other words in a text; endings are regular expressions."""

    before: frozenset[str]  # words before a noun, or before what goes with one: our, without
    before_verb: frozenset[str] = frozenset()  # words before a verb: we, must
    after: frozenset[str] = frozenset()  # words after a noun
    endings: str = ""  # of a noun
    own_endings: str = ""  # of any word, none among them, where they are cut off at their place
    oblique: str = ""  # of a noun in another case than that of headings
    adjectives: str = ""  # endings of what goes with a noun
    verbs: str  # endings of verbs, adverbs and the like


@dataclass(frozen=True, slots=True, kw_only=True)
class SentenceWords:
    """Abbreviations, in lower case and without their last dot; "т.д" stands for "т. д." too."""

    never_end: frozenset[str]  # a word always follows: Mr., ст., им.
    may_end: frozenset[str]  # they end a sentence where one of `starters` follows: U.S., 2025 г.
    list_ends: frozenset[str]  # they end a sentence, unless a small letter or a number follows: etc., и т. д.
    before_numbers: frozenset[str] = frozenset()  # abbreviations before a number, words elsewhere: No. 5
    starters: frozenset[str]  # words that sentences often begin with, and names do not
    one_letter_words: frozenset[str] = frozenset()  # that can end a sentence: я
    units: frozenset[str] = frozenset()  # after a number they end a sentence before a capital: 120 км. Берега
    clock: str  # regular expression: what follows the minutes of a time of day: a.m.


@dataclass(frozen=True, slots=True, kw_only=True)
class LayoutWords:
    """Words by which it is known what the lines of a page are; lower case, the first three are regular expressions."""

    pictures: str  # what a caption calls its picture: "photo" in "Photo: Press service"
    credits: str  # what may follow that word: photo "credit", фото "автора"
    menus: str  # headings that promise other articles and nothing else: "latest news"
    credit_words: frozenset[str]  # what stands in small letters among the names in a credit: "service"
    open_ends: frozenset[str]  # no sentence ends with these words
    links_on: frozenset[str]  # no line of its own begins with these words


@dataclass(frozen=True, slots=True, kw_only=True)
class ReleaseWords:
    """Words about the versions of a programme; regular expressions."""

    version: str  # version, release
    asks_version: str  # which version
    asks_what: str  # what, list
    news: str  # changed, new
    released: str  # released, came out
    changes: tuple[str, ...]  # what is done to a part of it, in kinds: added, removed, fixed


@dataclass(frozen=True, slots=True, kw_only=True)
class TitleWords:
    """Words by which it is known whether the date in a title is the article's own; regular expressions."""

    papers: str  # what tells of one day, and is written on it or soon after: minutes, digest
    occasions: str  # what papers are written of: meeting
    of_day: str = "(?!)"  # what joins a date to what stands before it: of, от
    on_day: str = "(?!)"  # the same, after an occasion only: held on
    joins: str = "(?!)"  # the end of a date before what is written on it: күнгі
    announces: str  # words of titles whose date may be that of something else: next, deadline
    article: str  # what has a title: article, post
    written: str  # what asks for its day or its author: published, wrote, author


@dataclass(frozen=True, slots=True, kw_only=True)
class Language:
    """Everything that is known of a language."""

    code: str  # as in ISO 639-1
    names: frozenset[str]  # other codes and names, case folded: kaz, kz, қазақша
    cyrillic: bool
    letters: frozenset[str] = frozenset()  # those that tell it from the other languages of its script; both cases
    small_words: frozenset[str] = frozenset()  # frequent words that hold none of those letters
    function_words: frozenset[str]  # words that say nothing of what a text is about
    question_words: frozenset[str]  # words that only ask; not looked for
    negations: frozenset[str]  # words that turn what is said into its opposite
    denials: str  # regular expression: what says that something was not so; "not until" does not
    denials_follow: bool = False  # what they deny
    none: str  # regular expression of whole words: what says that there is nobody or nothing of a kind
    stemmer: Callable[[], Callable[[str], str]]  # loads what a lower-case word is stemmed with
    without_case: Callable[[str], str]  # a lower-case name without its case ending
    short_endings: str = "(?!)"  # regular expression: such endings, of names of two or three letters: Ош"та", Ким"ом"
    numerals: Numerals
    answers: AnswerWords
    contacts: ContactWords
    lists: ListWords
    follow_up: FollowUpWords
    times: TimeWords
    talk: TalkWords
    correspondence: LetterWords
    sentences: SentenceWords
    nouns: NounSigns
    layout: LayoutWords
    titles: TitleWords
    releases: ReleaseWords
    statements: StatementWords
    successions: SuccessionWords
    offers: OfferWords

    @property
    def little_words(self) -> frozenset[str]:
        """Words that say little, or only ask."""
        return self.small_words | self.function_words | self.question_words


def words(text: str) -> frozenset[str]:
    """The words of a text between blanks."""
    return frozenset(text.split())


def word_sets(table: str) -> tuple[tuple[str, ...], ...]:
    """Sets of words or of their patterns from a table with a set a line.

    >>> word_sets("winter / summer")
    (('winter', 'summer'),)
    """
    return tuple(tuple(line.split(" / ")) for line in table.strip().splitlines())


def number_words(role: Role, table: str, inflect: Inflect | None = None) -> dict[str, NumberWord]:
    """Forms of number words from a table such as `"2: two | 1/2: half halves"`; a form with * is a stem for `inflect`.

    >>> number_words(Role.UNIT, "2: two | 1/2: half")["half"].value
    Fraction(1, 2)
    """
    return {form: NumberWord(value, role) for value, form in _forms(table, inflect)}


def denominators(table: str, inflect: Inflect | None = None) -> dict[str, int]:
    """Forms of denominators from a table such as `"3: third thirds"`."""
    return {form: int(value) for value, form in _forms(table, inflect)}


def _forms(table: str, inflect: Inflect | None) -> Iterator[tuple[Fraction, str]]:
    for entry in table.replace("\n", "|").split("|"):
        value, _, forms = entry.strip().partition(": ")
        for form in forms.split():
            inflected = inflect(form[:-1]) if inflect and form.endswith("*") else [form]
            yield from ((Fraction(value), each) for each in inflected)


@functools.cache
def whole_words(pattern: str) -> re.Pattern[str]:
    """A pattern of whole words, without regard to case."""
    return re.compile(rf"\b(?:{pattern})\b", re.IGNORECASE)
