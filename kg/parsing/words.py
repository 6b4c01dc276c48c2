"""Properties of a word by its characters alone, the same for every parser."""

from __future__ import annotations

import unicodedata
from functools import lru_cache
from typing import NamedTuple

DASHES = frozenset({"—", "–", "--", "-"})
"""Marks that may stand between a dateline and its text, or between two names."""

# Stop words: function words and other very frequent words of English; spaCy's list.
_CONTRACTED = tuple(
    word.replace("'", mark) for word in "'d 'll 'm 're 's 've n't".split() for mark in "'‘’"
)
_STOP = frozenset(_CONTRACTED) | frozenset(
    "a about above across after afterwards again against all almost alone along already also "
    "although always am among amongst amount an and another any anyhow anyone anything anyway "
    "anywhere are around as at back be became because become becomes becoming been before "
    "beforehand behind being below beside besides between beyond both bottom but by ca call can "
    "cannot could did do does doing done down due during each eight either eleven else elsewhere "
    "empty enough even ever every everyone everything everywhere except few fifteen fifty first "
    "five for former formerly forty four from front full further get give go had has have he hence "
    "her here hereafter hereby herein hereupon hers herself him himself his how however hundred i "
    "if in indeed into is it its itself just keep last latter latterly least less made make many "
    "may me meanwhile might mine more moreover most mostly move much must my myself name namely "
    "neither never nevertheless next nine no nobody none noone nor not nothing now nowhere of off "
    "often on once one only onto or other others otherwise our ours ourselves out over own part "
    "per perhaps please put quite rather re really regarding same say see seem seemed seeming "
    "seems serious several she should show side since six sixty so some somehow someone something "
    "sometime sometimes somewhere still such take ten than that the their them themselves then "
    "thence there thereafter thereby therefore therein thereupon these they third this those "
    "though three through throughout thru thus to together too top toward towards twelve twenty "
    "two under unless until up upon us used using various very via was we well were what whatever "
    "when whence whenever where whereafter whereas whereby wherein whereupon wherever whether "
    "which while whither who whoever whole whom whose why will with within without would yet you "
    "your yours yourself yourselves".split()
)
_NUMBERS = frozenset(
    "zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen "
    "sixteen seventeen eighteen nineteen twenty thirty forty fifty sixty seventy eighty ninety "
    "hundred thousand million billion trillion quadrillion quintillion sextillion septillion "
    "octillion nonillion decillion gajillion bazillion first second third fourth fifth sixth "
    "seventh eighth ninth tenth eleventh twelfth thirteenth fourteenth fifteenth sixteenth "
    "seventeenth eighteenth nineteenth twentieth thirtieth fortieth fiftieth sixtieth seventieth "
    "eightieth ninetieth hundredth thousandth millionth billionth trillionth quadrillionth "
    "quintillionth sextillionth septillionth octillionth nonillionth decillionth gajillionth "
    "bazillionth".split()
)
_DISTINCT = 1 << 15  # words kept: more than 100 articles have, few enough to cost 10 MB at most


class Form(NamedTuple):
    """Properties of a word by its characters.

    Attributes:
        lower: the word in lower case.
        alpha: it has letters only.
        digit: it has digits only.
        punct: it has punctuation only.
        stop: it is a function word ("the", "of") or another of the most frequent ones.
        number: it stands for a number: "12,000", "3/4", "twelve", "5th".
    """

    lower: str
    alpha: bool
    digit: bool
    punct: bool
    stop: bool
    number: bool


@lru_cache(maxsize=_DISTINCT)
def form(word: str) -> Form:
    """Return the properties of `word` by its characters; cached."""
    lower = word.lower()
    return Form(
        lower=lower,
        alpha=word.isalpha(),
        digit=word.isdigit(),
        punct=all(unicodedata.category(letter)[0] == "P" for letter in word),
        stop=lower in _STOP,
        number=_number(word),
    )


def _number(word: str) -> bool:
    unsigned = word[1:] if word[0] in "+-±~" else word
    plain = unsigned.replace(",", "").replace(".", "")
    if plain.isdigit():
        return True
    above, stroke, below = plain.partition("/")
    if stroke and above.isdigit() and below.isdigit():
        return True
    lower = plain.lower()
    return lower in _NUMBERS or (lower.endswith(("st", "nd", "rd", "th")) and lower[:-2].isdigit())
