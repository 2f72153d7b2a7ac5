"""Small word lists behind the warnings. They point at what is worth a second look, and never forbid anything."""

import re

# Two things in one statement: somebody may agree with one of them.
_AND = {
    "da": r"og(?! jeg\b)|samt",  # "my neighbours and I" is one thing
    "sv": r"(?<!med )och(?! jag\b)|samt",  # as is "vara med och bestämma"
    "no": r"og(?! jeg\b)|samt",
    "en": r"and(?! i\b)",
    "de": r"und|sowie",
}
# "I am not afraid": whoever disagrees must say no to a no.
_NOT = {
    "da": r"ikke|aldrig|ingen|intet|hverken|næppe",
    "sv": r"inte|ej|aldrig|ingen|inget|inga|varken|knappast",
    "no": r"ikke|aldri|ingen|intet|verken|neppe",
    "en": r"not|never|no|nobody|nothing|neither|hardly|\w+n['’]t",
    "de": r"nicht|nie|niemals|kein\w*|niemand|nichts|weder|kaum",
}
# Only somebody who was there can answer.
_TOOK_PART = {
    "da": r"deltog|deltager|deltaget|har været med|var med|mødte op",
    "sv": r"deltog|deltar|deltagit|har varit med|var med",
    "no": r"deltok|deltar|deltatt|har vært med|var med",
    "en": r"took part|take part|taken part|participat\w+|attended|joined",
    "de": r"teilgenommen|nahm\w* teil|mitgemacht|dabei war",
}
# The first person with a gender, where another wording has none.
_GENDERED = {
    "ar": r"فخور|فخورة|سعيد|سعيدة|راضٍ|راض|راضية|آمن|آمنة|وحيد|وحيدة|مرتاح|مرتاحة|واثق|واثقة|خائف|خائفة|منعزل|منعزلة",
    "uk": (
        r"задоволен(?:ий|а)|самотн(?:ій|я)|впевнен(?:ий|а)|щаслив(?:ий|а)|горд(?:ий|а)|готов(?:ий|а)"
        r"|почувався|почувалася|почувалась|(?:був|була|брав|брала|міг|могла|став|стала|знав|знала)"
    ),
    "pl": r"dumn[ya]|zadowolon[ya]|samotn[ya]|szczęśliw[ya]|pewn[ya] siebie|gotow[ya]|wykluczon[ya]|\w+ł[ea]m",
    "bs": (
        r"ponos(?:an|na)|zadovolj(?:an|na)|sigur(?:an|na)|usamljen[a]?|sret(?:an|na)|sreć(?:an|na)|isključen[a]?"
        r"|(?:bio|bila|mogao|mogla|postao|postala) sam|sam (?:bio|bila|postao|postala)"
    ),
    "ro": r"mândr[uă]|mulțumit[ăa]?|singur[ăa]?|fericit[ăa]?|izolat[ăa]?|exclus[ăa]?|implicat[ăa]?",
    "ur": r"\w*(?:تا|تی) ہوں|(?:گیا|گئی) ہوں|اکیلا|اکیلی",
}
# Special categories of personal data (GDPR article 9), and what comes close to them.
_SPECIAL = {
    "da": (
        r"etnisk|etnicitet|oprindelse|herkomst|nationalitet|statsborger\w*|fødeland|hudfarve|race|relig\w+|tro|kirke"
        r"|moské|helbred\w*|sygdom\w*|syg|handicap\w*|diagnose\w*|psykisk\w*|medicin|seksu\w+|parti|politisk\w*|stemte"
        r"|fagforening\w*|straffet|kriminel\w*|hvor kommer du fra|flygtning\w*|asyl\w*"
    ),
    "sv": (
        r"etnisk\w*|etnicitet|ursprung|härkomst|nationalitet|medborgar\w*|födelseland|hudfärg|ras|relig\w+|tro|kyrka"
        r"|moské|hälsa|sjukdom\w*|sjuk|funktions\w+|diagnos\w*|psykisk\w*|medicin|sexuell\w*|parti|politisk\w*|röstade"
        r"|fackförbund\w*|fackförening\w*|dömd|kriminell\w*|flykting\w*|asyl\w*"
    ),
    "en": (
        r"ethnic\w*|origin|nationality|citizen\w*|country of birth|born|race|skin colou?r|relig\w+|faith|church|mosque"
        r"|health|illness|disease|disab\w+|diagnos\w+|mental|sexual\w*|party|political\w*|vote\w*|trade union|union"
        r"|convicted|crim\w+|refugee|asylum"
    ),
    "no": (
        r"etnisk|etnisitet|opprinnelse|nasjonalitet|statsborger\w*|fødeland|hudfarge|rase|relig\w+|tro|helse|sykdom\w*"
        r"|funksjons\w+|diagnose\w*|psykisk\w*|seksu\w+|parti|politisk\w*|fagforening\w*|straffet|flyktning\w*"
    ),
    "de": (
        r"ethnisch\w*|herkunft|nationalität|staatsangehörigkeit|geburtsland|hautfarbe|relig\w+|glaube\w*|gesundheit\w*"
        r"|krankheit\w*|behinder\w+|diagnose\w*|psychisch\w*|sexuell\w*|partei|politisch\w*|gewerkschaft\w*|vorbestraft"
    ),
}


def has_two_things(text: str, language: str) -> bool:
    """Whether the statement joins two things with an "and"."""
    return _found(_AND, text, language)


def has_negation(text: str, language: str) -> bool:
    """Whether the statement says no to something."""
    return _found(_NOT, text, language)


def presupposes_taking_part(text: str, language: str) -> bool:
    """Whether only somebody who was there can answer."""
    return _found(_TOOK_PART, text, language)


def shows_gender(text: str, language: str) -> bool:
    """Whether the first person has a gender in this wording."""
    return _found(_GENDERED, text, language)


def asks_special_category(text: str, language: str) -> bool:
    """Whether the question touches origin, religion, health or another special category of personal data."""
    return _found(_SPECIAL, text, language)


def _found(words: dict[str, str], text: str, language: str) -> bool:
    pattern = words.get(language)
    return bool(pattern and re.search(rf"(?<!\w)(?:{pattern})(?!\w)", text.casefold()))
