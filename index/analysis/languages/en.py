"""English."""

from collections.abc import Callable
from typing import Any

from index.analysis.languages.record import (
    AnswerWords,
    ContactWords,
    FollowUpWords,
    Language,
    LayoutWords,
    LetterWords,
    ListWords,
    NounSigns,
    Numerals,
    OfferWords,
    ReleaseWords,
    Role,
    SentenceWords,
    StatementWords,
    SuccessionWords,
    TalkWords,
    TimeWords,
    TitleWords,
    denominators,
    number_words,
    word_sets,
    words,
)

_ASKING = "what|which|who(?:m|se)?|where|why|how"
_HELPING = "is|are|was|were|do|does|did|has|have|had|can|could|will|would|must"
_KNOWING = r"kn[eo]w\w*|tell\w*|told|sa(?:y|id|ys)|clear|decided?|announced?|explain\w*|remember\w*|set"
_AFFECTED = r"people|persons|victims?|casualties|injured|wounded|killed|dead|deaths|hurt|evacuated|rescued|losses|damage\w*|reaction"
# "what is the price", "what is the reason" ask for a value of something, and not for what a price or a reason is
_VALUES = (
    "price|cost|fee|fare|rate|number|figure|hour|reason|purpose|aim|goal|cause|result|outcome|effect|name|title|deadline|date|time|difference|answer|capital|colou?r|topic|theme|subject|"
    "point|idea|problem|solution|status|situation|position|opinion|view|role|address|phone|website|email|url|format|order|limit|default|"
    "weather|plan|news|rule|law|latest|main|new|newest|old|best|worst|first|last|next|biggest|largest|smallest|most|least|current|final|key|same|"
    "other|only|right|wrong"
)
_WHEN_IT_WAS = r"( when\b(?!\W*$)[^,?]*)"
# Clauses with "when" that ask for no time, each as the group of its pattern.
_ASIDES = (
    # What did she do "when it opened"? But: who opened it, and when?
    rf"^\W*(?:(?:in|at|to|from|for|on|by|with|of|about) )?(?:{_ASKING})\b(?:(?!\bwhen\b).)*?"
    rf"(?<! and)(?<! or)(?<!,)(?<! since)(?<! until){_WHEN_IT_WAS}",
    # Was she there "when it opened"? But: did she say when it opens?
    rf"^\W*(?:{_HELPING})(?:n't)? (?:(?!\b(?:when|{_KNOWING})\b).)*?{_WHEN_IT_WAS}",
    # "When it opened," what did she do? But: when did it open, and who came?
    rf"^\W*(when (?!(?:{_HELPING})\b)[^,?]+,\s*)(?=(?:{_ASKING}|{_HELPING})\b)",
    # Number injured "when it fell"
    rf"^\W*(?:number (?:of )?)?(?:{_AFFECTED})\b(?:(?!\bwhen\b).)*?(?<! and)(?<! or){_WHEN_IT_WAS}",
)

_MOVED = r"rais(?:e|es|ing)|jump\w*|extend\w*|expand\w*|chang\w+|doubl\w+|tripl\w+|revis\w+|slash\w*|lower(?:s|ing)?|sank|surg\w+|plung\w+|lengthen\w*|shorten\w*|cuts|correct\w+|rising|falling"
_SOME = "about |some |nearly |almost |over |just |around "
_PHONE = r"(?:(?:tele)?phone|mobile|fax|contact|hotline|helpline|switchboard|freephone)"
_EMAIL = r"(?:e-?mail)"
_BEGINNING = rf"(?:{_ASKING}|{_HELPING}|when|if|by|via|in|on|to|with|from)\b"
_APART = r"(?:apart from|aside from|besides|other than|except(?:ing)?(?: for)?|excluding|in addition to|not counting)(?! (?:this|that)\b)"
# What a question leaves out, each with a group for the words to go, and a group in it for the thing.
_EXCLUDING = (
    rf"^\W*({_APART} ([^?]+?),?\s+)(?=(?:{_ASKING}|list|name)\b)",  # Apart from the mayor, who spoke?
    rf"^.*?(,\s*{_APART} ([^,?]+),)",  # Who, apart from the mayor, spoke?
    # Who besides the mayor spoke? Which party other than the Greens voted?
    rf"^\W*(?:who|what|which [\w'’-]+)(?: else)? ({_APART} "
    r"((?:(?:the|an?|his|her|its|their) )?[\w'’-]+(?: of (?:the )?[\w'’-]+| (?-i:[A-Z])[\w'’-]+| (?:him|her|it)self| themselves)*))\s(?=\w)",
    rf"^.*?({_APART} ([^?]+?))(?=\W*$)",  # Who spoke apart from the mayor?
)

_MOVING = r"r[io]se[sn]?|increas\w+|grew|grows?|climb\w*|went up|up|raised|f[ae]ll(?:s|en)?|dropp\w+|declin\w+|decreas\w+|shr[aiu]nk\w*|went down|down|lowered|reduc\w+|cut"  # verbs and adverbs of what goes up or down
_SEASONS = (r"winters?", r"springs?(?! water)", r"summers?", r"autumns?")
# What becomes of a thing, or where it lies; one side excludes the other.
_OPPOSITES = word_sets(r"""
(?:re)?open(?:s|ed|ing)?|inaugurat\w+ / clos(?:es?|ed|ing|ure)|shut(?:s|ting)?
r[io]se[sn]?|rising|increas\w+|grew|grow(?:s|n|th)?|climb(?:s|ed)|went up|raised / f[ae]ll(?:s|en|ing)?|drop(?:s|ped|ping)?|declin\w+|decreas\w+|shr[aiu]nk\w*|went down|lowered
start(?:s|ed|ing)?|beg[aiu]n\w*|commenc\w+ / end(?:s|ed|ing)|finish\w*|conclud\w+|complet\w+|expir\w+
accept(?:s|ed)?|adopt(?:s|ed)?|approv(?:es?|ed)|upheld|granted / reject\w*|turned down|refused|vetoed
vot\w+ for|for(?= and against)|in favou?r / vot\w+ against|(?<=for and )against
allow\w*|permit\w* / forb[ia]\w+|ban(?:s|ned|ning)?|prohibit\w*|outlaw\w*
convicted|sentenced|found guilty|jailed / acquitted|cleared
hire[ds]?|hiring|recruit\w*|took on|takes? on / fired|dismiss\w*|laid off|lay(?:s|ing)? off|sacked|redundan\w+
import\w* / export\w*
install\w* / uninstall\w*
turn(?:s|ed|ing)?(?: [\w'’-]+){0,4}? on(?! and off)|switch(?:es|ed|ing)?(?: [\w'’-]+){0,4}? on(?! and off)|enabl\w+|activat\w+ / turn(?:s|ed|ing)?(?: [\w'’-]+){0,4}? off|switch(?:es|ed|ing)?(?: [\w'’-]+){0,4}? off|disabl\w+|deactivat\w+
affected|vulnerable|exposed|faulty|broken|appear(?:s|ed)? / fix(?:es|ed)?|patch\w*|repaired|mended|removed|disappeared
north\w* / south\w* / east(?:ern|wards?)? / west(?:ern|wards?)?
gold / silver / bronze
kill(?:s|ed)|die[sd]?|dead|deaths?|fatalit\w+|lost their lives|drown(?:ed)? / surviv\w+|alive|unharmed|unhurt|unscathed
(?:take|takes|took|taking) place|go(?:es)? ahead|went ahead / cancel\w*|call(?:s|ed) off|scrap(?:s|ped)
arrest(?:s|ed)?|detained|(?:in|into) custody / released|freed|set free
resign(?:s|ed|ing|ation)?|step(?:s|ped|ping)? down|stood down / (?:stay|remain)(?:s|ed)?(?: on)? in (?:office|the post|(?:his|her) post|the job)
authors?|wr(?:ote|itten)|writes|compos(?:ed|ers?|es) / perform(?:s|ed|ers?)|s(?:ang|ung)|sings?|singers?|play(?:s|ed) / translat\w+ / illustrat\w+ / dedicat\w+ to|in memory of
fires? / flood\w* / earthquakes?|quakes?|tremors? / storms?|hurricanes?|gales? / landslides?|mudslides? / explosions?|blasts?
""")
# What is counted, after the word for all of it.
_COUNTED = word_sets(r"""
metals?|medals?|ores? / gold / silver / bronze / copper / coal / oil / gas / uranium / zinc / iron
grain|cereals? / wheat / barley / rice / maize|corn / rye / potato(?:es)? / cotton / milk / meat / butter / sugar / salt / flour / eggs? / honey / wool
animals?|livestock / cows?|cattle / sheep|lambs? / horses? / goats? / camels? / pigs? / hens?|chickens?|poultry / dogs? / cats? / wol(?:f|ves) / bears?
staff|employees / doctors?|physicians?|surgeons? / nurses? / teachers? / drivers? / miners? / police(?:men)?|police officers? / fire(?:men|fighters?) / builders? / soldiers? / farmers? / engineers? / sailors?
buildings? / schools? / hospitals?|clinics? / kindergartens?|nurser(?:y|ies) / librar(?:y|ies) / museums? / bridges? / roads?|streets? / theatres?|theaters? / hotels? / mosques? / churches|church
vehicles? / bus(?:es)? / trams? / trains? / planes?|aircraft / ferr(?:y|ies)|ships?|boats? / bicycles?|bikes? / lorr(?:y|ies)|trucks?
""")
# Of whom or when a number is told.
_TOLD_APART = (
    *word_sets(r"""
child(?:ren)?(?:['’]s)?|kids?|pupils?|school(?:children|boys|girls)|teenagers?|infants?|toddlers? / adults?|grown-?ups? / students? / pensioners?|seniors?|senior citizens?|the elderly|veterans?
wom[ae]n(?:['’]s)?|girls?(?:['’]s?)?|female\w* / m[ae]n(?:['’]s)?|boys?(?:['’]s?)?|males?
teachers?|professors? / pupils?|students?|schoolchildren
weekdays?|working days? / weekends?|Sundays?|Saturdays?|holidays
won|wins? / lost|loses?|losing
repair\w*|restor\w+|renovat\w+|refurbish\w+ / construction|built|erect\w+ / bought|buying|purchas\w+ / damaged|destroyed|collapsed
flood\w*|under ?water|inundat\w+|submerg\w+ / examin\w+|inspect\w+|survey\w+ / unfit|uninhabitable|beyond repair
(?:last|previous) season / (?:this|current) season / next season
arriv\w+|came in / departed|left|set (?:off|out|sail)
born|births? / died|dies|deaths?
return(?:s|ed)|gave back|given back / handed over|donated|presented|received
kill(?:s|ed)|die[sd]?|dead|deaths?|bodies|fatalit\w+|lost their lives|drown(?:ed)?|culled|slaughtered / injur\w+|hurt|wounded / hospitali[sz]ed|(?:taken|sent|admitted) to (?:a |the )?(?:[\w-]+ )?hospitals?|in hospitals?|intensive care / evacuat\w+|moved to safety|moved out|resettled|(?:left|leave) their homes / rescued?|saved|pulled out|dug out / missing|unaccounted / arrested|detained|in custody|charged / fell ill|fall(?:en)? ill|infected|sick|sickened|caught the \w+|poison\w+ / vaccinat\w+|inoculat\w+ / in the hall|in their seats|on board|aboard|spectators?|audience|attended|attendance|underground
insur\w+ / rewards? / fine[sd]?|penalt\w+ / salar(?:y|ies)|wages?|paid a month / pensions? / rents?|rented|renting|lease[sd]? / prices?|costs?
insur\w+ / rewards? / damages?|losses
flooded|inundated|under water|submerged|swamped|water (?:has |had )?(?:entered|reached|got into) / unfit|uninhabitable|condemned|beyond repair / handed over|given out|allocated|keys / demolish\w+|torn down|pulled down|knocked down
produc(?:ed|es?|ing|tion)|manufactur\w+|harvest\w+|mined / sold|sales?|selling / in stock|stored|stockpil\w+
planted|planting / cut down|felled|chopped / withered|dried up
submitted|came in|sent in|put forward|lodged|received / considered|reviewed|examined|discussed / accepted|adopted|taken into account|approved|granted / rejected|declined|turned down
"""),
    _SEASONS,
)
_UNITS = """
1: one | 2: two | 3: three | 4: four | 5: five | 6: six | 7: seven | 8: eight | 9: nine | 10: ten
11: eleven | 12: twelve | 13: thirteen | 14: fourteen | 15: fifteen | 16: sixteen | 17: seventeen | 18: eighteen
19: nineteen | 20: twenty | 30: thirty | 40: forty | 50: fifty | 60: sixty | 70: seventy | 80: eighty | 90: ninety
"""
_ORDINALS = """
1: first | 2: second | 3: third | 4: fourth | 5: fifth | 6: sixth | 7: seventh | 8: eighth | 9: ninth | 10: tenth
11: eleventh | 12: twelfth | 13: thirteenth | 14: fourteenth | 15: fifteenth | 16: sixteenth | 17: seventeenth
18: eighteenth | 19: nineteenth | 20: twentieth | 30: thirtieth | 40: fortieth | 50: fiftieth | 60: sixtieth
70: seventieth | 80: eightieth | 90: ninetieth | 100: hundredth | 1000: thousandth
"""
_SCALES = """
12: dozen dozens | 100: hundred hundreds | 1000: thousand thousands | 1000000: million millions mln
1000000000: billion billions bn | 1000000000000: trillion trillions trn tn
"""
_AMOUNTS = "0: zero zeros zeroes none nil nought | 1: single once | 2: both couple couples pair pairs twice double | 3: triple thrice"
_DENOMINATORS = """
2: halves | 3: thirds | 4: quarters fourths | 5: fifths | 6: sixths | 7: sevenths | 8: eighths | 9: ninths | 10: tenths
12: twelfths | 20: twentieths | 100: hundredths | 1000: thousandths
"""
_SINGLE_DENOMINATORS = """
2: half | 3: third | 4: quarter fourth | 5: fifth | 6: sixth | 7: seventh | 8: eighth | 9: ninth | 10: tenth
12: twelfth | 20: twentieth | 100: hundredth | 1000: thousandth
"""


def _stemmer() -> Callable[[str], str]:
    import Stemmer

    snowball: Any = Stemmer.Stemmer("english")
    stem: Callable[[str], str] = snowball.stemWord
    return stem


def _as_it_is(name: str) -> str:
    return name


ENGLISH = Language(
    code="en",
    names=words("eng english англ английский английском ағылшын ағылшынша"),
    cyrillic=False,
    small_words=words(
        "a about after all also an and are as at be been but by did do does for from had has have he her his how if in into "
        "is it its many more much no not of on one or she so than that the their there they this to was were what when "
        "where which who why will with would"
    ),
    function_words=words(
        "a about above across after again against ago all almost alone along already also although always am "
        "among an and another any anybody anyone anything are around as ask asked at away back be became because "
        "been before behind being below besides between both but by came can cannot come could did do does doing "
        "done down during each either else enough even ever every everybody everyone everything few for from get "
        "gets getting give given go goes going gone got had has have having he her here hers herself him himself "
        "his how however i if in instead into is it its itself just keep last later least less let like look made "
        "make many may maybe me more most much must my myself near nearly never next no nobody none nor not "
        "nothing now of off often on once one only or other others our ours out over own per perhaps please put "
        "quite rather said same say says see seen several she should since so some somebody someone something "
        "soon still such take taken than thank thanks that the their them themselves then there these they thing "
        "things this those though through till to together too took toward two under until up upon us very want "
        "was way we well went were what whatever when where whether which while who whole whom whose why will "
        "with within without would yes yet you your yours yourself"
    ),
    question_words=words("what which who whom whose when where why how many much did does do is are was were"),
    none=r"no one|nobody|none|nothing|no(?! (?:more|less|fewer|later|earlier|doubt|matter)\b)|without|(?:fail|refus|declin)(?:s|ed)? to",
    negations=words("no not never without neither nor cannot"),
    denials=r"(?:\b(?:not|never|neither|nor|cannot)|n['’]t)\b(?! (?:only|less|more|just|even|exceed\w*|\w+er)\b)(?!.*\b(?:until|before|closer|within|exceed)\b)",
    stemmer=_stemmer,
    without_case=_as_it_is,
    numerals=Numerals(
        words={
            **number_words(Role.ORDINAL, _ORDINALS),
            **number_words(Role.UNIT, _UNITS),
            **number_words(Role.SCALE, _SCALES),
            **number_words(Role.AMOUNT, _AMOUNTS),
            **number_words(Role.PART, "1/2: half halves | 1/3: thirds | 1/4: quarter quarters"),
        },
        denominators=denominators(_DENOMINATORS),
        single_denominators=denominators(_SINGLE_DENOMINATORS),
        articles=words("a"),
        joins=("and",),
        of=words("of"),
        mixed_by=(("and", "a"), ("and",)),
        scaled_by=((), ("a",), ("of",), ("of", "a")),
        ordinal_suffixes=words("st nd rd th"),
        counted_suffixes=words("s km m cm mm kg g mg t h min sec ms mw kw gw mb gb tb kb ha l ml am pm bn mln trn tn"),
        scaled=r"[KM](?=\+?\s(?:[a-z]+\s)?(?:[a-z]{3,}s|people|children|women|men|staff)\b)",
        percent=frozenset(("percent", "per cent", "pct")),
        decimal=".",
    ),
    answers=AnswerWords(
        asks_number=r"\b(?:how (?:many|much|large|big|high|tall|long|far|deep|wide|heavy|old|strong|fast)|(?:what|which) (?:(?:is|are|was|were|will be) (?:[\w'-]+ ){0,3}?|(?:[\w'-]+ )?)"
        r"(?:number|share|percentage|proportion|level|height|length|width|thickness|diameter|depth|weight|price|cost(?! (?:the|an?|him|her|them|us|me|you)\b)|salary|wage|population|magnitude|"
        r"temperature|speed|distance|area|rate|tariff|reward|amount|sum|toll|score|age|total|size|turnout|fine|budget|capacity|fee|fare|"
        r"deficit|surplus|debt|income|revenue|profit|turnover|volume|output|yield|pension|stipend|allowance|rent|quota|subsidy|discount|inflation|unemployment|"
        r"humidity|frequency|dose|duration|circulation|radius|mass))\b|"
        r"\bwhat (?:do|does|did) .+ (?:cost|weigh)\b|\bwhat (?:is|are|was|were) .+ worth\b|\bwhat part\b(?! of (?:the )?(?:country|county|region|town|city|world|island|state|province|district)\b)",
        asks_time=r"\b(?:when|(?:what|which) (?:day|date|month|year|time|hours?|week|weekday|century)|in (?:what|which) season|since when)\b|"
        # What is the closing date for entries? But: what is the format of the date, what is the date palm?
        r"\b(?:what|which)(?:['’]s| (?:is|are|was|were|will be)) the (?:(?!(?:of|for|in|on|to|and|the)\b)[\w'’-]+ ){0,2}?(?:deadline|date)s?"
        r"(?=\W*$|\s(?:of|for|to|on|in|by|when|set|fixed|at|from|after)\b)",
        aside="|".join(_ASIDES),
        asks_head=r"^\W*who (?:is|s) (?:the boss|in charge)\b|^\W*who (?:heads?|headed|leads?|led|runs?|ran|chairs?|chaired|manages?|directs?)\b|"
        r"^\W*who (?:is|was|became|becomes|will be|has become) (?:now )?(?:the )?(?:[\w'’-]+ ){0,3}?(?:head|director|chief|mayor|ministers?|president|"
        r"chair\w*|governor|akim|leader|principal|rector|manager|editor|commander|speaker|ceo|captain)\b",
        asks_person=r"^\W*(?:who|whom|whose)\b",
        times="january|february|march|april|may|june|july|august|september|october|november|december|"
        "today|tomorrow|yesterday|day|week|month|months|year|years|"
        "mondays?|tuesdays?|wednesdays?|thursdays?|fridays?|saturdays?|sundays?|weekends?|days|weeks|decades?|century|centuries|"
        "spring|summer|autumn|winter|morning|noon|afternoon|evening|night|midnight|dawn|dusk|hours?|o'clock|easter|christmas|holidays?",
        asks_yes_no=r"^\W*(?:is|are|was|were|am|do|does|did|has|have|had|can|could|will|would|shall|should|may|might|must)(?:n't)?",
        asks_list=r"^\W*(?:why|how (?:do|does|did|can|could|will|would|should|is|are|was|were|to)|name the)\b|"
        r"(?:^|[.?!:;])\W*(?:please )?(?:list|enumerate|name all|give (?:me )?(?:a|the) (?:full )?list)\b|"
        r"\b(?:which|what|whose) (?:[\w'-]+ ){0,2}?(?!(?:is|was|has|does|this|thus|news|bus|class|status|process|address|press|business|basis)\b)"
        r"[\w'-]+[^su\W]s\b|\bwhat (?:are|were) the\b|\bwhat (?:else )?(?:is|are|was|were) (?:[\w'’-]+ ){0,3}?(?:forbidden|prohibited|banned|allowed|permitted|required|planned|proposed|promised|included|excluded)\b|"
        r"\bwhat (?:must|should|may|can) .+ (?:do|bring|show|carry|submit|provide|present|wear)\b|\bwhat (?:do|does|did) .+ (?:want|need|hope|plan|fear)\b|"
        r"\bwhat (?:did|do|does|has|have|is|was|will) .+ (?:say|said|think|propose|proposed|promise|promised|warn|warned|argue|"
        r"critici[sz]ed?|mention|mentioned|discuss|discussed|demand(?:ed)?|ask(?:ed)? for|announced?|call(?:ed)? for|complain(?:ed)?|add|"
        r"report(?:ed)?|recommend(?:ed)?|request(?:ed)?|object(?:ed)? to)\b|"
        r"\bwho (?:else|all|are|were|has(?! (?:(?:now |just )?been (?:appointed|named|elected|chosen|made)|become|won|taken (?:over|charge)|replaced|succeeded))|have|spoke|speaks|attend(?:s|ed)|took (?:part|the floor)|takes? part|participated|join(?:s|ed)|"
        r"signed|support(?:s|ed)|back(?:s|ed)|oppos(?:es|ed)|critici[sz](?:es|ed)|voted|propos(?:es|ed)|suggest(?:s|ed)|offer(?:s|ed)|"
        r"object(?:s|ed)|contributed|comment(?:s|ed)|argu(?:es|ed)|came|arrived|presented|complain(?:s|ed)|warn(?:s|ed))\b",
        asks_cause=r"^\W*why\b|\bwhat (?:\w+ )?(?:caused|causes|killed|started|sparked|triggered|ignited|led to|set off)\b|\bwhat (?:was|is) (?:\w+ ){0,2}?(?:cause|reason)\b|"
        r"\bhow (?:did|does) .+ (?:start|begin|break out|get (?:in|into|to)|spread|arise|happen|die)\b",
        of_units=r"(?:hundred|thousand|million|billion|trillion|paid|unpaid|\w+ed|spare|personal|bank|snow|bonus|full|extra|more|consecutive|working|calendar|school|academic|business|public|week|vacation|holiday|leave|sick|rest|notice|"
        r"training|study|teaching|lesson|flight|driving|credit|contact|overtime|\w+(?:al|ary|ory|ical)|sick-leave)\b(?! (?:a|an|the|per)\b)",
        asks_count=r"\bhow many\b",
        asks_money=r"\b(?:cost|costs|price|prices|fare|salary|wage|fee|reward|damage|budget|worth|money|earn|paid|pay|pays|fined)\b",
        asks_extent=r"\bhow (?:long|old|far|tall|deep|wide|fast|often|heavy|thick|soon)\b",
        asks_part=r"\b(?:how (?:much|many)|what part) of\b",
        asks_rise=r"\b(?:rais(?:e|es|ed|ing)|lower(?:ed)?|(?:go|goes|going|went|gone) (?:up|down)|ris(?:e|es|en|ing)|rose|increas\w+|decreas\w+|dearer|cheaper)\b",
        asks_from=r"\bfrom (?:what|which|how (?:much|many))\b",
        asks_difference=r"\bby how (?:much|many)\b|\bhow (?:much|many) (?:more|less|fewer|higher|lower|cheaper|dearer)\b",
        asks_ranked=r"\b(?:which|what) (?:exact )?(?:article|clause|paragraph|chapter|floor|storey|page|grade)\b(?! (?:area|heads?|plan|mentions?|says|tells?|reports?))",
        asks_score=r"\b(?:what|which) (?:was|is|were) the (?:final |full-time |half-time )?score (?:between|when|at (?:the|half)|(?:of|in|for) (?:the |this |that |their )?(?:\w+ )?(?:match|game|final|cup|derby|tie|set))\b|\b(?:by|with) (?:what|which) score\b",
        asks_next=r"\b(?:next|upcoming|forthcoming)\b(?! to\b)",
        asks_clock=r"\bat night\b|\b(?:in|during) the (?:day|morning|evening|afternoon)\b|\b(?:first|last|earliest|latest) (?:bus|train|tram|ferry|flight|boat)\b|\b(?:what|which) (?:time|hours?)\b|\b(?:opening|closing|working|business|office|visiting) (?:hours|times)\b|\b(?:what|which) (?:exact )?time\b|\bwhen (?:do|does|is|are) .*\b(?:open|closed?|shut|start|begin|end|run|leave|depart|arrive|serve)\b",
        asks_end=r"\b(?:stop(?:s|ped)?|ceased?)\b",
        asks_since=r"\bsince (?:when|what|which)\b|\b(?:from|for how long) (?:when|what|which) .*\b(?:has|have) been\b",
        since=r"since|from|began|begun|started|beginning",
        asks_place=r"\bwhere\b(?!.*\bfrom\W*$)|\b(?:in|at|on) (?:which|what) (?:[\w-]+ )?(?:cit(?:y|ies)|towns?|villages?|countr(?:y|ies)|places?|districts?|regions?|"
        r"buildings?|venues?|halls?|stadiums?|streets?)\b",
        asks_share=r"\b(?:share|proportion|percentage|per ?cent)\b",
        asks_weight=r"\b(?:weigh|weighs|weighed|weight|heavy)\b",
        free=r"free|without (?:paying|charge)|(?:no|without any|without a) (?:charge|fee)|at no cost|nothing|no money",
        shares=r"\bevery (?:other|[\w-]+(?:st|nd|rd|th))\b|\b[\w,.]+ (?:in|out of|of|of our|of the|of its|of their) (?:every )?(?:two|three|four|five|six|seven|eight|nine|ten|twelve|fifteen|twenty|thirty|fifty|hundred|\d[\d,]*)\b|"
        r"\ba (?:half|third|quarter|fifth|sixth|seventh|eighth|ninth|tenth)\b",
        persons="presidents?|(?:vice-|deputy )?ministers?|deput(?:y|ies)|senators?|speakers?|chair\\w*|heads?|"
        "leaders?|members?|experts?|lawyers?|judges?|citizens?|people|voters?|officials?|authors?|commission|committee|"
        "groups?|government|parliament|part(?:y|ies)|council|ministry|offices?|authorities|"
        "funds?|foundation|compan(?:y|ies)|firms?|banks?|agenc(?:y|ies)|universit(?:y|ies)|courts?|police|unions?|donors?|sponsors?|"
        "neighbours?|residents?|volunteers?|students?|teachers?|everyone|nobody|no one",
        people=r"(?:(?:grand|step)?(?:mother|father|son|daughter)|parent|sister|brother|aunt|uncle|cousin|widow|pupil|veteran|refugee|pensioner|"
        r"patient|guest|employee|trainee)s?|wife|wives|husbands?|child(?:ren)?|girls?|boys?|nurses?|guards?|pilots?|nieces?|nephews?|"
        r"\w*(?:wom[ae]n|m[ae]n)|[a-z]{3,}(?:(?<!numb)(?<!riv)(?<!wat)(?<!aft)(?<!und)(?<!ov)(?<!oth)er|ist|ian)s?",
        offices=r"presidents?|(?:vice-|deputy )?ministers?|deput(?:y|ies)|senators?|speakers?|chair\w*|heads?|leaders?|members?|experts?|"
        r"lawyers?|judges?|officials?|authors?|mayors?|directors?|governors?|akims?|chiefs?|managers?|professors?|captains?|mr|mrs|ms|dr",
    ),
    contacts=ContactWords(
        asks_phone=rf"\b(?:what(?:['’]?s| (?:is|are|was|were))|tell me|give me|find|need|have) (?:(?!(?:if|when|why|how|that|who|on|by|from|over|with|via|to)\b)[\w'’.&-]+ ){{0,6}}?(?:{_PHONE} (?:number|no\b)s?|{_PHONE}(?=\W*$| (?:of|for)\b)|number (?:for|to (?:call|ring|phone|dial|text)))|"
        rf"\b(?:what|which) (?:{_PHONE} )?(?:number|line)s? (?:do|does|can|should|must|may|could|would|shall|to|is there to) (?:[\w'’-]+ ){{0,3}}?(?:call|ring|phone|dial|text|contact|reach|report|use)\b|"
        rf"\b(?:what|which) {_PHONE} numbers?\b|^\W*(?:the )?{_PHONE}(?: numbers?)? (?:of|for)\b|^\W*(?!{_BEGINNING})(?:[\w'’-]+ ){{1,4}}{_PHONE} numbers?\W*$",
        asks_email=rf"\b(?:what(?:['’]?s| (?:is|are|was|were))|tell me|give me|find|need|have) (?:(?!(?:if|when|why|how|that|who|on|by|from|over|with|via|to)\b)[\w'’.&-]+ ){{0,6}}?(?:{_EMAIL} address(?:es)?|{_EMAIL}(?=\W*$| (?:of|for)\b))|"
        rf"\b(?:what|which) {_EMAIL}(?: address(?:es)?)?\b(?! (?:client|program|provider|service|software)s?\b)|^\W*(?:the )?{_EMAIL}(?: address(?:es)?)? (?:of|for)\b|^\W*(?!{_BEGINNING})(?:[\w'’-]+ ){{1,4}}{_EMAIL}(?: address(?:es)?)?\W*$",
        asks_website=r"\b(?:what(?:['’]?s| (?:is|are|was|were))|tell me|give me|find) (?:(?!(?:if|when|why|how|that|who|on|by|from|over|with|via|to)\b)[\w'’.&-]+ ){0,6}?(?:(?:web|internet|site) ?(?:site )?address(?:es)?|(?:web ?site|web ?page|url)(?=\W*$| (?:of|for)\b))|"
        r"\b(?:what|which) (?:web ?address|url)\b|^\W*(?:the )?(?:web ?site|web ?address|url)(?: address)? (?:of|for)\b",
        asks_address=r"\b(?:what(?:['’]?s| (?:is|are|was|were))|tell me|give me) (?:(?:the|its|their|his|her|your|full|exact|postal|street|mailing|office|home|legal|registered|new|current|physical|visiting|[\w-]+['’]s?) ){0,4}?"
        r"address(?:es)?(?=\W*$| (?:of|for)\b)(?! (?:of|for) (?:the |a |my |this )?(?:[\w-]+ )?(?:server|host|proxy|api|endpoint|router|node|variable|function|wallet|contract|gateway|interface|site|website|page|president)\b)|"
        r"\bat (?:what|which) address\b|^\W*(?:the )?(?:postal |street |mailing )?address of\b",
        asks_hours=r"\b(?:opening|business|working|office|visiting|reception|trading|consulting|surgery) (?:hours|times)\b(?=\W*$| (?:of|for|at|in|on|during|from)\b)|\b(?:what|which) (?:opening )?hours\b(?! of)|"
        r"\bwhat are (?:[\w'’-]+ ){1,4}hours\W*$",
        phone="tel|telephones?|phones?|phone numbers?|telephone numbers?|hotlines?|helplines?|call|calls|calling|dial|dialling|dialing|ring|ringing|text|fax|number",
        kinds=r"(?:tele)?phones?|(?:contact|fax|mobile)|numbers?|e-?mails?|mail|(?:web ?|postal |street )?address(?:es)?|web ?sites?|sites?|urls?",
        counts=r"(?:\w+ )?(?:calls|people|times|numbers|lines|telephones|phones|operators|complaints|requests|messages|years)",
        always_open="around the clock|round the clock|24 hours|24/7|day and night|all day|at any time",
    ),
    lists=ListWords(
        excluding="|".join(_EXCLUDING),
        asks_speakers=r"\bwho (?:else |all )?(?:spoke|speaks|took the floor|addressed|made (?:a )?speech(?:es)?|gave (?:a )?speech(?:es)?|"
        r"had (?:a|their) say)\b|\b(?:who (?:were|are)|which|list|name) (?:all )?(?:of )?the speakers\b",
        topic=r"\babout ([^?]+)",
        speaking=r"spoke|speaks|say|said|says|told|presented|explained|addressed|reported|noted|added|stressed|put forward|"
        r"took the floor|proposed|suggested|commented|warned|argued|called for|recalled|outlined|described|thanked|welcomed|"
        r"criticised|asked|announced|announces|declared|promised|confirmed|admitted|gave (?:an? )?(?:[\w'’-]+ )?(?:account|speech|report|talk|address|overview|presentation)",
        took_floor=r"spoke|speaks|took the floor|addressed|made an? (?:[\w'’-]+ )?speech|gave an? (?:[\w'’-]+ )?(?:speech|talk|address)|had (?:his|her|their) say",
        allowed=r"allow(?:s|ed)|permit(?:s|ted)|permitted|(?-i:may)|can",
        forbidden=r"forbid(?:s|den)?|forbade|prohibit(?:s|ed)?|bann?(?:s|ed)?|(?:not|never|nobody is|no one is) (?:allowed|permitted)|(?:must|may|can|should) (?:not|never)|cannot|"
        r"(?:nobody|no one) may",
        announcing=r"several|various|a number of|(?:the )?following|many",
        announced=r"reasons|ways|causes|steps|measures|changes|conditions|points|demands|tasks|arguments|proposals|problems|methods",
        asks_point=r"^\W*what (?:does|is|was) (?:(?:said|laid down|stated|written|set out) )?(?:in |under |by )?(?:the )?"
        r"(?:point|paragraph|item|clause|rule) (?:no\.? ?|number )?(\d{1,3})\b(?!\.\d)(?! (?:for|in|about|on)\b)",
        parts=r"(?:article|section|§) ?(?P<article>\d+(?:-\d+)?[a-z]?)\b|(?:section|chapter|part|title) (?:\d+|[ivxlc]+)\b",
        asks_article=r"^\W*(?:what (?:does|is|was) (?:(?:said|laid down|stated|written|set out) )?(?:in |under |by )?|"
        r"(?:(?:show|quote|cite|give|tell) (?:me )?|read )?(?:the )?(?:(?:full |whole )?(?:text|wording) of )?)(?:the )?"
        r"(?:article|section|§) ?(?:no\.? ?|number )?(\d+(?:-\d+)?)(?![\w.-]*\d)(?! (?:for|in|on)\b)",
        naming=r"list(?:s|ed)?|named?|mention(?:s|ed)?|given|shown|tables?|articles?|texts?",
        asks_any=r"^\W*what (?:may|can|could|must|should|do|does|did|will|would)\b|"
        r"^\W*what (?:is|are|was|were|has|have|had) (?!(?:the|an?|his|her|its|their|your|our)\b)|^\W*who (?:is|was) (?:on|in|among|part of)\b",
        asks_command=r"^\W*(?:what|which)(?: is the)? commands?(?: (?:do|can|should|must) (?:i|we|you) (?:use|run|need|type|enter))?(?: (?:is used|will|does))? (?:(?:to|for|that|which) )?(.+?)\W*$",
        doing=r"us(?:es?|ed|ing)|run(?:s|ning)?|commands?|follow(?:s|ing)|steps?|execut\w+|like|simply|instructions?|ways?|eas(?:y|iest|ily)|perform|enter|type|just|here|also|instead",
        instructing=r"^\W*(?:in order )?to \w|\bsteps?\b|\binstructions?\b|\bhow (?:to|do|can|should)\b|^\W*(?!during\b|morning\b|evening\b)[a-z]+ing\b",
        attributing=r"according to (?:him|her|them)|in (?:his|her|their) words",
        adding=r"also|in addition|moreover|furthermore|besides(?=,)|(?:he|she|they|it) (?:[\w'’]+ )?(?:also|added|went on)",
    ),
    follow_up=FollowUpWords(
        openers=r"(?:(?:ok|okay)\b[\s,.!]+|(?:great|good|fine|thanks|thank you|i see|got it|right|yes|no|well|hm+)[,.!]+\s*)?"
        r"(?:and|but|so|then|or|what about|how about|and what about|and how about)\b[\s,]*|(?:ok|okay)\b[\s,.!]+",
        asking=r"(?:to|by|from|with|for) whom|where (?:from|to)|(?:from|to) where|for what|what for|for how long|how (?:many|much|long|often|far|old|large|big|wide|high|deep|tall|fast|heavy|thick)|since when|until when|when|where|why|how|who(?:m|se)?|"
        r"which|what (?:time|day|date|year|month|number|share)|what",
        pronouns="he|she|it|they|him|her|them|his|hers|its|their|"
        r"(?<!is )(?<!are )(?<!was )(?<!were )(?<!be )(?<!been )there(?! (?:is|are|was|were|be|been|will|would|has|have)\b)",
        possessives=words("his her hers its their"),
        verbs="do|does|did|is|are|was|were|be|will|would|can|could|must|should|shall|may|might|has|have|had",
        verbs_are_helpers=True,
        adverbs={"when": "when|since when|until when", "where": "where", "why": "why", "how": "how"},
        measures="costs?|weighs?|lasts?|takes?|measures?",
        prepositions="in|at|on|to|from|for|with|by|near|across|over|under|through|between|about|against|into|of|during|before|after",
        alike=(words("in at on near"),),
        place=r"(?:[Ii]n|[Aa]t|[Oo]n|[Nn]ear)\s+[A-Z]\w+(?:[\s-][A-Z]\w+)*",
        counts="how (?:many|much)",
        chooses="how (?:many|much|long|often|far|old|large|big)|which|whose|what(?: (?:time|day|date|year|month|number|share))?",
        counted=r"\w+[^\Wsu]s|people|men|women|children|deputies|police|fish|sheep",
        subjects=words("he she it they him her them his hers its their"),
        plurals=words("they them their"),
        places=words("there"),
        of_persons=words("he she him her his hers"),
        of_things="(?!)",  # "it" is no person
        joins="and",
        happened=r"(?<=\w) (?:is|was|did|does|will) (?:that|this)(?: (?:be|happen))?$|(?<=\w) then$",
        this="this|that|these|those",
        now="now|today|currently|nowadays",
        who_is="Who is {}",
        who_said="Who said {}",
        of_parts=r"(?:and )?what(?: is| was|'s) the (?:price|cost|height|length|width|depth|area|size|weight|age|population|capacity|budget|cause|aim|purpose|reason|name|address|number|date)",
        said_so=r"(?:and )?who (?:says|said|told|announced|reported|stated|claims|claimed)(?: (?:so|that|this|it|(?:us|you)(?: so| that)?))?|according to whom|"
        r"how do (?:you|we|they) know(?: that| this)?|what is the source(?: of (?:that|this))?",
        finite=r"do|does|did|is|are|was|were|will|would|can|could|must|should|shall|may|might|has|have|had|\w{2,}ed|"
        r"built|held|hurt|shut|made|found|taken|given|sent|paid|sold|bought|shown|known|written|won|lost|set|met|done|spent|born|chosen",
    ),
    times=TimeWords(
        months=(
            *("jan(?:uary)?", "feb(?:ruary)?", "mar(?:ch)?", "apr(?:il)?", "may", "june?", "july?", "aug(?:ust)?"),
            *("sept?(?:ember)?", "oct(?:ober)?", "nov(?:ember)?", "dec(?:ember)?"),
        ),
        of_day="(?:st|nd|rd|th)?",
        between=r"(?:\.?,?\s+(?:of\s+)?(?:the\s+year\s+)?)",
        before={
            "as_of": "as (?:of|at|on)|by|up to and including|according to(?: the (?:figures|data|numbers) (?:of|from|for|on))?",
            "before": "before|until|till|up to|prior to|earlier than",
            "since": "since|from|starting(?: in| from)?",
            "after": "after|later than|following",
            "during": "(?:in|during|throughout|for|over|within|between)(?: the year)?|on|at|last|this|next",
        },
        after={"as_of": "['’]s (?:figures|data|numbers)"},
        of_a_thing="of|from",
        adjective=r"\b(?:[Tt]he|[Aa]n?|[Tt]his|[Ii]ts|[Tt]heir|[Oo]ur|\w+['’]s) (?P<time>(?:19|20)\d\d|[A-Z][a-z]+)(?= [a-z])",
        parts=("(?:the )?(?:beginning|start) of|early", "(?:the )?middle of|mid-?", "(?:the )?end of|late"),
        in_year="in {year}",
        joins="[-–—]|to|through|until|till|and",
        relative={
            "last year(?:'s)?": ("year", -1),
            "this year(?:'s)?": ("year", 0),
            "next year(?:'s)?": ("year", 1),
            "last month": ("month", -1),
            "this month": ("month", 0),
            "next month": ("month", 1),
            "last week": ("week", -1),
            "this week": ("week", 0),
            "next week": ("week", 1),
            "the day before yesterday": ("day", -2),
            "yesterday": ("day", -1),
            "tomorrow": ("day", 1),
        },
        relative_words={
            ("year", -1): "last year",
            ("year", 0): "this year",
            ("year", 1): "next year",
            ("month", -1): "last month",
            ("month", 0): "this month",
            ("month", 1): "next month",
            ("day", -2): "the day before yesterday",
            ("day", -1): "yesterday",
            ("day", 1): "tomorrow",
        },
        bounds=r"more than|less than|over|at least|at most|longer than",
        ago=r"(?P<count>\d+|[a-z]+(?:-[a-z]+)?) (?:(?P<day>days?)|(?P<week>weeks?)|(?P<month>months?)|(?P<year>years?)) ago",
    ),
    correspondence=LetterWords(
        headers="from|to|subject|date|sent|cc|re|fwd?|reply-to",
        salutation=r"(?:dear [^,.!?:\n]{1,40}|to whom it may concern)(?:[,.!:]+|(?=\n))|"
        r"(?:hi|hello|hey|greetings|good (?:morning|day|afternoon|evening))(?: (?:all|there|everyone|everybody|team|folks|friends|colleagues))?(?:(?: [\w.-]+){0,3}\s*\n|(?:,? (?-i:[A-Z])[\w.-]*(?: [\w.-]+)?)?\s*[,.!]+)",
        closing=r"(?:(?:with )?(?:kind|best|warm|kindest|warmest) )(?:regards|wishes)|yours (?:faithfully|sincerely|truly)|sincerely|regards|"
        r"(?:many )?thanks(?: in advance| a lot)?|thank you(?: in advance| very much)?|cheers|respectfully",
        wondering=r"(?:[^?]*?\b)?(?:i|we|us|me|please|kindly|(?:my|our) \w+|someone|somebody|nobody)\b(?:(?!\b(?:that|because|since)\b)[^?.!;]){0,60}?\b(?:wonder(?:ed|ing)?|argu(?:ed?|ing)|disput(?:ed?|ing)|disagreed?|debat(?:ed?|ing)|"
        r"advise|confirm|specify|clarify|(?:like|love|want(?:s|ed)?|wish|need(?:ed)?|trying|tried|curious|keen|interested|eager|hoping|unable) (?:to (?:know|learn|find out|understand|hear|ask|clarify|see|check|establish)|in knowing|in)|"
        r"(?:(?:do|does|did|could|can)(?: not|n['’]t)|can(?:no|['’])t) (?:know|remember|recall|find|agree|understand|make out)|(?:not |un)(?:sure|clear|certain)|no idea|asked|asks|"
        r"(?:tell|let|inform|remind|advise) (?:me|us)(?: know)?|curious|grateful to (?:learn|know|hear)|question is)(?: (?:out|yesterday|today|again|all day|exactly))?[:,]? "
        r"(?:(?:about|of|as to|on|over) )?(?P<asked>(?:(?:in|on|at|by|from|to|with|for|since|until|of|through) )?(?:who|whom|whose|what|which|when|where|why|how)\b(?! to\b).+)",
        announcing=r"i|we|me|us|my|our|question|ask(?:s|ed|ing)?|argu\w+|query",
        pointing=r"(?:this|these|those)(?! (?:year|month|week|morning|evening|summer|spring|autumn|winter)\b)|that time",
    ),
    talk=TalkWords(
        signs=r"(?:what|how) (?:can|do|could|does) (?:u|ya)|wh?o (?:r|are) u|thank(?:s|ing)? (?:u|ya)|ty|thnx|tnx|yo|gm|wassup|sup|(?:any|some)thing (?:new|interesting)|(?:what|how|who) r (?:u|you)|(?:u|you) (?:there|here|alive)|hows it going|ta|(?:any|some)body (?:here|home|alive)|any(?:body|one) (?:home|alive|here)|sounds good|no worries|never ?mind|alright|all right|(?:these|those|this|the|your|all) (?:articles|documents|texts|files|stories|sources) (?:all |mostly |mainly |even )?(?:about|for)|"
        r"what (?:has )?happen(?:ed|s|ing)(?: yesterday| today| recently| lately| now| here| (?:this|last) (?:week|month|night))?|what(?: is|s) happening(?: now| today| here)?|"
        r"(?:is|are) (?:this|it|you|kenes)(?: site| service| page| app| tool| program)? (?:free|paid|safe|private|offline|online|open source)(?: of charge)?|"
        r"in (?:english|russian|kazakh)|hi|hello|hey|hiya|howdy|greetings|welcome|good (?:morning|day|afternoon|evening|night)|thanks?|thx|cheers|"
        r"bye|goodbye|see you(?: later| soon)?|i (?:love|like|hate) you|news|newest|latest|what (?:time|day|date) is it(?: now| today)?|"
        r"what (?:are|do) (?:the )?(?:people|citizens|residents|readers|authors|letters|articles) (?:mostly |mainly |usually )?"
        r"(?:complain|complaining|write|writing|ask|asking|talk|talking)(?: about| for)?|ok|okay|great|nice|cool|perfect|awesome|excellent|wonderful|got it|"
        r"how are you|how is it going|thats all|hello world|test|testing|tell me|tell us|anybody there|anyone there|help|who are you|what are you|are you|your (?:name|capabilities|abilities|skills|functions|features)|who (?:made|built|created|wrote) you|"
        r"(?:what|who)(?: is)? (?:this|it|that|here|kenes|in here)|what is all (?:this|that|it)|(?:what|how) (?:can|could|do|does|should|would|is|am) "
        r"(?:you|i|we|this|it|kenes|one)|what (?:is|are) (?:this|it|these|those|they|the \w+) about|how to use|do you|"
        r"about (?:you|yourself|kenes)|what (?:do|can) (?:the|these) \w+ (?:say|tell|cover|contain)|"
        r"what (?:is )?(?:in|inside) (?:here|there|the index|this|these|your)|(?:key|main) (?:points?|takeaways?|ideas?|facts)|"
        r"differences? between (?:the|these|those|two|all)|languages|table of contents|rewrite|essay|summari[sz]e|summary|summaries|summari[sz]ation|sum (?:it|this|that|them|these|up|all|everything)|tl ?dr|recap|"
        r"overview|digest|outline|gist|compare|comparison|translate|translation|explain|retell|rephrase|paraphrase|shorten|"
        r"(?:what|which|list|show|see|all|read)(?: me| of| the| all| your| kinds?| sorts?| types?){0,4} "
        r"(?:articles|documents|texts|files|sources|topics|themes|stories|questions|news|everything|all|languages)|list all|"
        r"what (?:is )?new|what (?:is )?up|what (?:is|are) (?:there|in (?:here|there))|(?:latest|last|recent|todays) news|any news",
        beside=r"\d|sentences?|words?|paragraphs?|bullets?|three|four|five|few|deal|helping|able|nothing|u|ur|r|ya|alive|home|much|lol|haha|hmm+|hm|um|oh|ah|well|anyways?|then|even|actually|basically|a|about|anybody|world|provide|helpful|useful|helped|capabilities|ideas?|takeaways?|facts|covered|cover|included|speak|know|these|again|ai|all|am|an|and|another|answer|answers|any|anyone|anything|app|appreciated?|archive|are|"
        r"articles?|ask|asked|assistant|at|be|been|begin|better|between|bot|brief|briefly|build|built|but|by|can|chat|chatbot|"
        r"collection|contain|contents?|could|cover|created|database|day|dear|did|difference|differences|discuss|do|documents?|"
        r"does|doing|done|dont|each|english|every|everybody|everyone|everything|exactly|fine|files?|find|first|folks|for|friend|"
        r"from|full|general|get|give|go|going|good|got|guys|had|have|having|here|how|human|i|id|ill|im|in|index|inside|into|is|"
        r"it|just|kazakh|key|kind|kindly|kinds|know|knows|language|languages|later|latest|let|lets|like|list|little|looking|lot|"
        r"lots|made|main|make|many|material|materials|may|me|meet|mean|mostly|more|much|my|name|need|new|newest|news|no|not|now|"
        r"of|offer|on|one|or|other|our|out|overall|page|pages|person|please|pls|point|points|program|purpose|question|questions|"
        r"quick|quickly|read|real|really|right|robot|russian|say|says|search|see|service|short|shortly|should|show|site|so|some|"
        r"somebody|something|soon|sort|sources?|start|stories|story|super|sure|system|talk|team|tell|text|texts|that|the|their|"
        r"them|themes?|there|these|they|thing|things|this|those|to|today|tool|topics?|try|two|types?|understand|understood|up|us|"
        r"use|used|using|very|want|was|way|we|website|well|were|what|which|who|whole|with|work|works|would|wow|write|wrote|yeah|"
        r"yes|yet|you|your|yours|yourself|kenes|nope|yep|fantastic|brilliant",
        greeting=r"(?:(?:hi|hello|hey|hiya|howdy|greetings|good (?:morning|day|afternoon|evening))"
        r"(?: there| all| everyone| everybody| again| team| kenes| friends?| guys)?|dear \w+)",
        thanks="thanks?|thx|cheers|regards|sincerely|bye|goodbye",
        polite=r"(?:(?:please|kindly|and|so|now|well) )?(?:(?:can|could|would|will) (?:you|someone|anyone|anybody) (?:please |kindly )?"
        r"(?:tell|say|explain|inform|let|remind)(?: to)?(?: me| us)?(?: know)?|(?:please )?(?:tell|let|remind) (?:me|us)(?: know)?|compare|do you know|"
        r"i (?:would|d|id)? ?(?:like|want|need|wish) to (?:know|ask|find out)|id like to (?:know|ask)|i wonder|i am wondering|"
        r"i was wondering|my question is|the question is|please)",
        about=r"(?:please )?(?:(?:can|could|would) you )?(?:please )?(?:tell (?:me|us)|give (?:me|us) (?:an overview|a summary|"
        r"(?:some )?information|info)|summari[sz]e|what do you know|inform me|retell|show me|find|search)(?: me| us)?(?: everything| something| all)?"
        r"(?: of| about| on| for)? (?:(?:the |an? |any |all )?(?:articles?|stor(?:y|ies)|texts?|news|reports?|pieces?) (?:about|on|of|regarding) )?(?P<topic>.+)|"
        r"(?:the |any |all )?(?:(?:latest|recent|last|newest|fresh) )?(?:news|articles?|stories|reports|information|facts) (?:about|on|regarding) (?P<about>.+)",
        introducing=r"(?:my name(?: is|['’]s)|i am|i['’]m|this is|call me)",
        judging=r"(?:is|are) (?P<topic>.+?) (?:any |so |really |very )?(?:good|bad|great|nice|cool|terrible|awful|useless|worth it|true|false|correct|right|wrong|real|fake)"
        r"(?: or (?:not|good|bad))?\??",
        how_to=r"how (?:to|(?:do|can|could|should|would|must) (?:i|we|you|one)) (?P<topic>.+?)\??",
        comparing=r"(?:(?:what(?:['’]?s| is| are) )?(?:the )?(?:main )?differences? between|compare|comparison (?:of|between)) (?:(?:the|an?) )?(\S+(?: \S+)?) "
        r"(?:and|with|to|from) (?:(?:the|an?) )?(\S+(?: \S+)?)|how (?:do|does|is|are) (?:(?:the|an?) )?(\S+(?: \S+)?) (?:differ|different)(?: from)? "
        r"(?:(?:the|an?) )?(\S+(?: \S+)?)|(\S+(?: \S+)?) (?:vs\.?|versus) (\S+(?: \S+)?)",
        introduced=r"who(?:['’]?s| is| was) (?P<name>(?!(?:the|an?|in|on|at|to|my|your|his|her|its|our|their|this|that|there|going|being|it|he|she|\w+ing)\b)[^?]+?)\??",
        making=r"who (?:has |had |have )?(?:made|creat(?:ed|es)|invented|found(?:ed)|built|build|develop(?:ed|s)|own(?:s|ed)?|wrote|design(?:ed|s)|started|launched) "
        r"(?:(?:the|an?) )?(?P<thing>(?!(?:it|this|that|them|to|in|at|on|by)\b)[^?]+?)\??",
        defining=r"(?:what(?:(?: exactly)? (?:is|are|was|were)|['’]?s) (?:an? (?P<thing>.+?)|(?P<bare>(?!(?:the|an?|its|their|his|her|our|your|my|this|that|these|those) )"
        r"(?!(?:happening|going|coming|being|wrong|new|next|left|known|said|meant|true|allowed|possible|different|important|best|better|good|now|here|there|\w+ed)\b)"
        r"[^'’?]+)|the (?P<named>(?:(?-i:[A-Z])|(?!(?:[\w-]+ )*(?:"
        + _VALUES
        + r")s?\b))[^'’?]*))|what do(?:es)? (?:(?:the|an?) )?(?P<word>.+?) mean|(?:define|definition of|meaning of|"
        r"what is meant by|what is the meaning of) (?:(?:the|an?) )?(?P<meant>.+?))\??",
        defines=r"(?:, (?:or|also|in short|often)\b[^,]{1,40},| of [^,.;:]{1,50}?)? ?\b(?:(?:is|are|was|were|shall be) (?!not\b|also\b|already\b|still\b|now\b|being\b|about\b|"
        r"on\b|in\b|at\b|to (?:be|open|close|start|begin|end|come|go|meet|take place)\b|for\b|from\b|with\b|under\b|very\b|so\b|too\b|more\b|less\b|there\b|here\b|\w+ing\b|(?!called|known|defined|used|made)\w+ed\b)\w|"
        r"(?:means|refers? to|stands? for|denotes?|describes?|defines?|represents?)\b)",
        called=r"(?:called|known as|named|the term|the word)(?: an?| the)?",
        means=r"(?:, (?:in relation to|for the purposes? of) [^,;]{1,80},)? (?:means|shall mean|has the meaning)\b(?! that\b)",
        denotes=r" (?:refers? to|denotes?|stands? for (?=the |(?-i:[A-Z“\"]))|(?:is|are) (?:defined as|understood as|taken to mean))\b",
        indefinite="an?",
        placing=r"where(?: exactly)?(?: is| are| was| were|'s)? (?:(?:the|an?) )?(?P<thing>.+?)(?: located| situated| now)?\??",
        locating="is|are|was|were|has been|stands?|stood|lies|lay|sits|(?:is |are |was |were )?(?:located|situated|based|placed|built|found|kept|stored|housed|displayed|opened)",
        placed=r"within|in|at|on|near|by|beside|behind|between|opposite|along|outside|inside|under|over|above|below|across|around|off|next to|close to|"
        r"(?:to the )?(?:north|south|east|west)\w*",
        stating=r"\w+ (?:is|are|was|were|has|have|had|does|did|do|cannot|can't|isn't|aren't|wasn't|doesn't|don't|didn't)|(?:no|not enough) \w+",
        more=r"(?:please )?(?:(?:can|could|would) you )?(?:tell|show|say|give|read)(?: me| us)? (?:some |a bit |a little )?more"
        r"(?: about (?:it|this|that)| details?| information| please)*|more(?: details?| information| about (?:it|this|that)| please)*|"
        r"go on|continue|further details|what else|and what else|anything else|details|elaborate|keep going",
    ),
    nouns=NounSigns(
        own_endings="|[se]|e?[sdr]|e?rs|ing|ly",
        before=words(
            "the a an our my your his her their its this that these those no any every each some of in on at for with "
            "without from by about near under over into through behind between"
        ),
        before_verb=words(
            "i we you he she it they who which will would can could must should may not never was were been be has have had "
            "is are am do does did please just only again still always don't doesn't didn't won't can't cannot"
        ),
        verbs=r"\w+ly|\w{3,}[^e\W]ed",
    ),
    sentences=SentenceWords(
        never_end=words(
            "adm approx arts brig capt cf col comdr cpl dr e.g eg est esq fig figs gen gov hon i.e ie incl lt lt.col maj "
            "messrs mr mrs ms mt mts para paras pres prof ref rep reps resp rev sen sens sgt st supt viz vols vs"
        ),
        may_end=words(
            "inc ltd co corp bros jr sr a.m p.m am pm u.s u.k u.n e.u u.s.a ph.d b.a m.a m.d d.c b.c a.d dept univ ave blvd "
            "rd no min max jan feb mar apr jun jul aug sep sept oct nov dec mon tue tues wed thu thurs fri sat sun al ca"
        ),
        list_ends=words("etc"),
        before_numbers=words("no nos art sec p pp ch vol pt op"),
        starters=words(
            "a about after all although an and another any as at because before both but by during each even every few for "
            "from he her here his how however i if in instead it its last many more most much my next no nobody not now of on "
            "once one only or other our over people she since so some such that the their then there these they this those "
            "though thus to today under until we what when where which while who why with without yesterday yet you your"
        ),
        units=words("m t l g h"),
        clock=r"[ap]\.? ?m\b|hours\b|(?:to|and|until|till)\s\d",
    ),
    layout=LayoutWords(
        pictures="photo(?:graph)?s?|images?|pictures?",
        credits="credits?|by|courtesy(?: of)?|source",
        menus="(?:latest|more|related|recent|other|top|popular|trending) (?:news|stories|articles|headlines|posts|coverage)|"
        "see also|read (?:also|more|next)|most read|you may also like|more from (?:us|this author)|editors?'s picks|"
        "recommended(?: for you)?|don't miss",
        credit_words=words(
            "of the and for by from via courtesy archive archives press service office agency staff file handout pool reserved "
            "rights photo photos image reuters getty images city hall museum library"
        ),
        open_ends=words(
            "a an the of in on at to by for from with and or but that which who as is are was were be its their his her than "
            "into over under between about"
        ),
        links_on=words("and or but nor which who whose that than of in on at to by for from with as"),
    ),
    titles=TitleWords(
        papers=r"minutes|notes|weeknotes?|transcript|proceedings|digest|newsletter|bulletin|diary|changelog|(?:press|news) release|"
        r"(?:daily|weekly|monthly|status|situation|progress) (?:reports?|updates?|review|summary|news|briefing|round-?up|recap|links|log)|"
        r"(?:release|version|v\.?) ?\d+(?:\.\d+)+",
        occasions=r"meeting|session|sitting|sync|stand-?up|retrospective|(?:team|weekly|community|conference) call",
        of_day="of|for|dated",
        on_day="on|held|held on",
        announces=r"next|upcoming|forthcoming|set|scheduled|planned|will|to be|due|deadlines?|before|until|till|ahead|after|since|by|"
        r"postponed?|cancel\w*|moved|announc\w*|calls? for|invit\w+|regist\w+|agenda|tickets?|about|notes on|how|why|what|when|who|"
        r"elections?|anniversary|^(?:annual|general|extraordinary)|begins?|starts?|opens?|ends?|releases|released|publish\w*|leaked|banned",
        article="articles?|posts?|notes?|essays?|columns?|stor(?:y|ies)|reports?|interviews?|pages?|texts?|called|titled|entitled|named",
        written="published|publish|posted|written|wrote|write|printed|dated|date|authors?|authored|publication",
    ),
    releases=ReleaseWords(
        version="versions?|releases?",
        asks_version=r"(?:in |since |from |by )?(?:which|what) (?:\w+ )?(?:version|release)",
        asks_what="what|which|list|show",
        news="new|news|novelties|change|changes|changed|different|features?|brings?|brought|includes?",
        released="released?|published|out|come out|came out|shipped",
        changes=(
            r"add(?:s|ed|ing)?|introduc\w+|new|implement\w*|expos\w+",
            r"drop(?:s|ped|ping)?|remov\w+|delet\w+|no longer|discontinu\w+",
            r"fix(?:es|ed)?|bugfix(?:es)?|resolv\w+|correct(?:s|ed)?|repair\w*",
            r"deprecat\w+",
            r"chang\w+|renam\w+|replac\w+|switch\w*|updat\w+|upgrad\w+|improv\w+",
        ),
    ),
    statements=StatementWords(
        holds=r"is|becomes?|became|was (?:named|appointed|made)|serves? as|served as|works? as|acts? as",
        heads=r"heads|headed|heading|leads|led|leading|chairs|chaired|chairing|(?:will|to) (?:head|lead|chair|run)|runs|ran|in charge",
        aide=r"(?:assistants?|aides?|advis[eo]rs?) to|spokes(?:man|woman|person)",
        unknown=r"(?:\bnot|n't|\bnever) (?:(?:yet|immediately|been) ){0,2}"
        r"(?:known|clear|established|determined|disclosed|named|decided|announced|published|released|revealed)\b|"
        r"\b(?:is|are|was|were|remain(?:s|ed)?|still) (?:still )?un(?:known|clear)\b|\byet to be (?:known|established|determined|named|decided|announced|found)\b",
        second=r"vice[- ]\w+|"
        r"deputy (?:heads?|chiefs?|chair\w*|directors?|ministers?|mayors?|governors?|akims?|prime|president|leaders?|managers?|"
        r"speakers?|principals?|editors?|rectors?|commanders?|general|executive)",
        measures={
            "km": "km|kilomet(?:er|re)s?",
            "m": "m|met(?:er|re)s?",
            "cm": "cm|centimet(?:er|re)s?",
            "mm": "mm|millimet(?:er|re)s?",
            "mile": "miles?",
            "ft": "ft|f(?:oo|ee)t",
            "ha": "ha|hectares?",
            "km2": r"km²|sq(?:uare)?\.? ?k(?:m|ilomet(?:er|re)s?)",
            "m2": r"m²|sq(?:uare)?\.? ?m(?:et(?:er|re)s?)?",
            "m3": "m³|cubic met(?:er|re)s?",
            "l": "lit(?:er|re)s?",
            "t": "t|tonn?es?|tons?",
            "kg": "kg|kilos?|kilogram(?:me)?s?",
            "g": "g|gram(?:me)?s?",
            "kw": "kw|kilowatts?",
            "mw": "mw|megawatts?",
            "gw": "gw|gigawatts?",
            "kb": "kb|kilobytes?",
            "mb": "mb|megabytes?",
            "gb": "gb|gigabytes?",
            "tb": "tb|terabytes?",
            "year": "years?(?: old)?|year-olds?",
            "month": "months?",
            "week": "weeks?",
            "day": "days?",
            "hour": "hours?|hrs?",
            "minute": "minutes?|mins?",
            "second": "seconds?(?!-hand)|secs?",
            "degree": r"°c?|degrees?(?: celsius)?",
            "percent": r"%|per ?cent|percent|pct",
            "point": "percentage points?",
            "tenge": "₸|tenge|kzt",
            "ruble": "₽|rou?bles?|rub",
            "dollar": r"\$|dollars?|usd",
            "euro": "€|euros?|eur",
            "pound": "£|pounds?|gbp",
            "yuan": "¥|yuan|cny|rmb",
            "som": "soms?",
            "crown": "crowns?|kron(?:or|er|e|a)",
            "franc": "francs?",
            "yen": "yen",
            "rupee": "rupees?",
            "peso": "pesos?",
            "lira": "liras?",
        },
        attributes={
            "height": "high|heights?|tall|altitude",
            "depth": "deep|depths?",
            "thickness": "thick|thickness",
            "length": "long|lengths?",
            "width": "wide|width|breadth",
            "diameter": "diameter|across",
            "distance": "distance|away",
            "level": "levels?",
            "weight": "weigh(?:s|ed|ing)?|weights?|heavy",
            "speed": r"speeds?|fast|(?:kilomet(?:re|er)s?|km|miles?|met(?:re|er)s?|m|knots?) (?:an|per|in an) (?:hour|second)|km/h|m/s|mph",
            "temperature": "temperatures?|degrees?|frost",
            "magnitude": "magnitude|richter|measured|points",
            "age": "old|aged?",
            "area": "areas?|hectares?",
        },
        weekdays=(
            "mon(?:day)?s?",
            "tues(?:day)?s?",
            "wed(?:nesday)?s?",
            "thurs(?:day)?s?",
            "fri(?:day)?s?",
            "sat(?:urday)?s?",
            "sun(?:day)?s?",
        ),
        clocks={
            r"(?P<minute>\w+(?:[ -]\w+)?) minutes? past (?P<hour>\w+)": 1,
            r"(?P<minute>\w+(?:[ -]\w+)?) minutes? to (?P<hour>\w+)": -1,
            r"(?P<minute>five|ten|twenty(?:-five)?) past (?P<hour>\w+)": 1,
            r"(?P<minute>five|ten|twenty(?:-five)?) to (?P<hour>\w+)": -1,
            r"half past (?P<hour>\w+)": 30,
            r"quarter past (?P<hour>\w+)": 15,
            r"quarter to (?P<hour>\w+)": -15,
            r"(?P<hour>\w+) o'clock": 0,
            r"at (?P<hour>\w+) in the (?:morning|afternoon|evening)": 0,
        },
        hours=r"(?:at|by|from|until|till|to|between|after|before) (?:(?:[01]?\d|2[0-4])|noon|midnight)(?: ?(?:to|and|till|until|[-–—]) ?(?:[01]?\d|2[0-4]))?(?: ?[ap]\.?m\.?| hours| o.clock)?(?: in the (?:morning|afternoon|evening))?",
        late="in the (?:afternoon|evening)",
        changed_to=rf"\b(?:{_MOVING})(?: [\w%]+){{0,4}}? to (?:about |some |nearly |almost |over )?#",
        changed_from=rf"\b(?:{_MOVING}|{_MOVED})\b[^#]*?(?:\bfrom (?:{_SOME})?#[^#]*#(?: [\w-]+){{0,4}}? to (?:{_SOME})?#|"
        rf"(?P<back>\bto (?:{_SOME})?#[^#]*#(?: [\w-]+){{0,4}}?,? (?:up |down )?from (?:{_SOME})?#))",
        changed_by=rf"\b(?:{_MOVING})(?: \w+){{0,3}}? by (?:about |some |nearly |almost |over |another )?#",
        claims=r"(?:believ|argu|claim|insist|maintain|reckon|think|disput)(?:e?s|e?d)?|puts? (?:it|that|them|the \w+|its \w+|their \w+) at|"
        r"by (?:[\w'’-]+ ){1,4}?(?:count|reckoning|estimates?|calculations?)|in (?:his|her|its|their) (?:view|opinion)",
        changed="now|already|(?<!the )(?<!a )rises?|risen|rose|rais(?:e|es|ed)|(?:has|have|had) reached|reached|reaches|grew|grown|climbed|climbs|fell|"
        "fallen|dropped|increased|decreased|up from|down from|up to|revised|recount(?:ed)?|corrected|updated|final|finally|so far|new|"
        "another|again|since then|no longer|instead of|changed|(?:been|was|were|is|are) moved|move[sd]? (?:to|from|forward|back|its|the)|relocat(?:es|ed)|postponed|put (?:off|back)|delayed|rescheduled|brought forward|"
        "extend(?:s|ed)|prolong(?:s|ed)|lengthened|shortened|cut|succeed(?:s|ed)|replac(?:es|ed)|larger than",
        formerly="(?:up|down) from|compared (?:with|to)|last (?:spring|summer|autumn|fall|winter|year|month|season|decade|century)|(?:a|one|two|three|ten) years? (?:ago|earlier|before)|"
        "earlier accident|previous(?:ly)?|former(?:ly)?|until (?:now|then|recently)|in the past|back then|at that time|a year earlier|historically",
        now="now|currently|today|at present|at the moment",
        needed="needs?|needed|requires?|required|necessary|quorum|threshold",
        before_then=r"before(?! long)(?: \w+)?|until(?: \w+)?|used to|earlier|up to then",
        contrasts="(?:and|but|while|whereas|against|instead of)",
        compared="more|less|fewer|higher|lower|dearer|cheaper|longer|shorter|larger|smaller|above|below",
        planned=r"will|would|shall|(?<!\bthe )(?<!\ba )(?<!\bthis )plan(?:s|ned)?|promis(?:e|es|ed)|expect(?:s|ed)?|hope(?:s|d)?|intend(?:s|ed)?|is to|are to|was to|were to|due",
        perhaps_planned="(?:re)?opens|(?:re)?starts|begins|returns|resumes|sails|leaves|arrives|ends|closes|moves|rises|falls|goes up",
        seasons=_SEASONS,
        part=r"for \w{3,}",
        part_of=r"of (?:them|which|whom)|of (?:these|those)(?! (?:in|inside|who|on|at|present|aboard|near|there))|of (?:the|its|his|her|their|all) (?:\d+|(?:thir|four|fif|six|seven|eigh|nine)teen|(?:twen|thir|for|fif|six|seven|eigh|nine)ty|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve)|"
        r"among (?:them|these)",
        whole_first=r"(?:^|[,;:—–] )\W*(?:out )?of (?:(?:the|all|its|his|her|their|our|some|these|those|about|around|nearly|over|more than|a total of) )*#[^#]*#",
        including=r"including|of (?:them|these|those|which|whom|this (?:number|total)|the total)|among (?:them|these|those|which|whom)",
        taken_out=(
            r"substitut\w+(?: of)?(?: the (?:words?|figures?))? [“\"‘'][^”\"]{1,200}[”\"’'],? for (?:the (?:words?|figures?) )?[“\"‘'](?P<out>[^”\"]{1,200})[”\"’']",
            r"\bfor (?:the (?:words?|figures?) )?[“\"‘'](?P<out>[^”\"]{1,200})[”\"’'],? (?:there (?:shall be|is|are) )?substitut\w+",
            r"[“\"‘'](?P<out>[^”\"]{1,200})[”\"’'] (?:is|are|shall be) (?:replaced|substituted|deleted|omitted|repealed)",
            r"(?:replac|delet|omit|repeal)\w+ (?:of )?(?:the (?:words?|figures?) )?[“\"‘'](?P<out>[^”\"]{1,200})[”\"’']",
        ),
        denied_bound=r"(?:\b(?:shall|may|must|can|will|should|do|does|did) (?:not|never)|\bcannot|\b(?:not?|never))(?: (?!that\b|if\b|because\b)[\w-]+){0,8}? (?:more|less|fewer|greater|longer|later|earlier|higher|lower|over|above|below|under|exceed\w*)(?: than)?(?: by)? #",
        general=r"by default|as a rule|normally|usually|generally|in general|ordinarily|unless (?:otherwise|stated|you choose)",
        denied=r"\b(?:not|instead of|rather than|no longer|(?:up|down|moved|changed|postponed|raised|cut) from|originally|initially)(?: (?:on|in|at|by|from|for|the|about))* #",
        origin=r"\bfrom (?:the )?#",
        destination=r"\b(?:flies|flew|fly|goes|go|went|travels?|travelled|heads?|headed|leaves?|left|sails?|sailed|drives?|drove|back|trip|journey|excursion|tour) (?:to|for) (?:the )?#",
        left=r"\b(?:replac(?:e[sd]?|ing)|succeed(?:s|ed|ing)?|t(?:ook|akes?|aken|aking) over(?: [\w'’-]+){0,4} from|in place of|instead of|successor to|unlike) (?!by )(?:(?-i:[a-z])[\w-]* ){0,3}#|"
        r"#[^#]*#,? (?:(?:was|is|has been|will be|had been) (?:replaced|succeeded|dismissed|sacked)|stepped down|resigned|who (?:fell ill|resigned|retired|stepped down|left|died))\b",
        next_time=r"the next(?! (?:day|morning|week|month|year|time))|(?:next|will) (?:time|again)|in (?:two|three|four|five|\d+) years",
        takes_office=r"(?:re-?)?elect(?:ed|s)|appoint(?:ed|s)|named|chosen|cho(?:se|oses)|won|wins|sworn in|inaugurated|becom(?:es|ing)|became|"
        r"takes? (?:over|office)|took (?:over|office)|new (?:head|chief|president|chair\w*|director|minister|mayor|governor|akim|leader|manager|speaker|"
        r"principal|editor|rector|commander|coach|captain|owner|bishop|judge)",
        leaves_office=r"former(?:ly)?|ex-\w+|outgoing|predecessors?|replac(?:es|ed|ing)|succeed(?:s|ed|ing)|successor|takes? over|took over|in place of|"
        r"step(?:s|ped|ping)? down|stood down|resign(?:s|ed|ing|ation)?|dismissed|sacked|ousted|part(?:ed|ing) (?:company|ways)|retire[sd]?|"
        r"left (?:office|the post|the job)|leaves (?:office|the post)|is not standing|term (?:ended|expired)|until now|who had (?:led|headed|held|run)",
        divisions=(r"(?:women|ladies|girls)['’]s?", r"(?:men|boys)['’]s?", r"juniors?|youth|under-\d+|u-?\d\d"),
        asks_lifetime=r"born|birth\w*|die[sd]?|dead|deaths?|killed|executed|liv(?:e[sd]?|ing)|alive|lifetime|age|reign\w*|rule[sd]?|begin|began|begun|start(?:ed)?|end(?:ed)?|last(?:ed)?|exist(?:ed)?",
        lifetime=r"born|b\.|died|d\.",
        styles=r"the|of|de|van|von|der|bin|ibn|al",
        joined=r"(?:(?:of|at|in|near|called)\s+)?(?:the\s+)?",
        stages=(
            r"propos(?:e[sd]?|ing)|drafted|suggest(?:s|ed)?|put forward",
            r"discuss\w*|debat(?:e[sd]?|ing)|considered|considering|talked about",
            r"decid(?:e[sd]?|ing)|decisions?|adopt(?:s|ed)?|approv(?:e[sd]?|al)|pass(?:es|ed)|reject(?:s|ed)?|voted|agreed|resolved",
            r"sign(?:s|ed|ing)?(?!-)|signature",
            r"(?:c[ao]mes?|coming|enter(?:s|ed)?|go(?:es)?|went) into (?:force|effect)|t(?:akes?|ook) effect|in force",
        ),
        proposals=r"proposals?|drafts?|suggestions?",
        alternatives="or",
        opposites=_OPPOSITES,
        counted=_COUNTED,
        told_apart=_TOLD_APART,
    ),
    successions=SuccessionWords(
        asks_before={
            r"\s+before #[^#]*#": "",
            r"^\W*(?:in )?whom?(?:se place)? (?:did|has|does|will) #[^#]*# (?:replaced?|succeed(?:ed)?|follow(?:ed)?|take over from|taken over from|take)": "Who was",
            r"^\W*who (?:was|is) (?:#[^#]*#['’]s? predecessor|the predecessor of #[^#]*#)": "Who was",
        },
        asks_after={
            r"^\W*who (?:has |will |is to )?(?:replace[sd]?|succeed(?:s|ed)?|follow(?:s|ed)|t(?:ook|akes|ake|aken) over from|came after|comes after) #[^#]*#": "Who is",
            r"\s+after #[^#]*#": "",
            r"^\W*who (?:was|is) (?:#[^#]*#['’]s? successor|the successor (?:of|to) #[^#]*#)": "Who is",
        },
        before=r"\b(?:former|previous|outgoing|late|predecessor|sacked|dismissed|fired|parted with|follows),? (?:(?-i:[a-z])[\w-]* ){0,4}#",
    ),
    offers=OfferWords(
        who=("Who is {name}?", "Who is {name}?"),
        how_many="How many",
        counted=r"(?:[\w'’-]+ ){0,2}?(?:[\w-]+[^\Wsu]s|people|men|women|children|deputies|police|fish|sheep)\b",
        on_day="What happened on {day}?",
        who_did="Who",
        when="When",
        moved="was|were|will",
        about="at least|at most|about|around|some|nearly|almost|more than|over|up to|only|just|another|as many as",
        opens="that",
    ),
)
