"""The names of the slots that a relation card may use, so that a misspelt one is an error.

A slot is a grammatical place beside a trigger word that fills a role. Some have names, those in
`NAMED`; every preposition of English is a slot as well ("with": who stands in "with Chile"), and so
are "subject-" and "object-" before one ("subject-in": whose verb "in retreat" hangs on). What is
found in a slot is decided in `kg.extract.acts.slots`; a test holds both to the same names.
"""

from __future__ import annotations

from collections.abc import Mapping
from difflib import get_close_matches
from types import MappingProxyType

NAMED: Mapping[str, str] = MappingProxyType(
    {
        "subject": "who does it, the by-phrase of a passive included",
        "object": "to whom or what it is done, the subject of a passive included",
        "iobj": "the indirect object: “gave Chile an answer”",
        "quotation": "there is a quotation that belongs to the verb",
        "complement": "what stands behind a preposition that is the trigger itself",
        "possessor": "whose act a noun names: “Chile's visit”",
        "modifier": "a name that stands before a noun: “the Chile visit”",
        "actor-modifier": "a modifier that says who acts: “the Chilean visit”",
        "clause": "the clause that tells what is said or thought",
        "clause-subject": "the subject of that clause",
        "infinitive": "a clause with “to” behind the verb",
        "purpose": "an infinitive that says what for",
        "rest": "whatever else the clause names; only what an act is about can be there",
    }
)
REST = "rest"
HANGING = ("subject", "object")
"""What may stand before a preposition in the name of a slot: "subject-in", "object-under"."""

# Huddleston & Pullum (2002), chapter 7, without those that take no noun phrase; and the fixed
# expressions that the label schemes keep together.
PREPOSITIONS = frozenset(
    "aboard about above across after against ahead along alongside amid amidst among amongst "
    "around as at atop barring before behind below beneath beside besides between beyond by "
    "concerning considering despite down during except excluding following for from in "
    "including inside into like minus near notwithstanding of off on onto opposite out outside "
    "over past pending per plus regarding respecting round since than through throughout till "
    "to toward towards under underneath unlike until up upon versus via with within without "
    "worth".split()
) | {
    "according to", "ahead of", "along with", "apart from", "as for", "as of", "as to",
    "away from", "because of", "close to", "due to", "in addition to", "in front of",
    "in spite of", "in terms of", "inside of", "instead of", "next to", "on behalf of", "out of",
    "outside of", "owing to", "prior to", "such as", "thanks to", "together with", "up to",
}  # fmt: skip
_PARTED = tuple(f"{role}-" for role in HANGING)


def known(name: str, role: str = "") -> bool:
    """Return whether there is a slot of that name, for a role where one is given."""
    if name == REST:
        return role in {"", "about"}
    if name in NAMED or name in PREPOSITIONS:
        return True
    return name.startswith(_PARTED) and name.partition("-")[2] in PREPOSITIONS


def nearest(name: str) -> str:
    """Return the slot whose name is most like an unknown one; empty where none is like it."""
    options = [*NAMED, *sorted(PREPOSITIONS)]
    if "-" in name:
        options += [f"{role}-{one}" for role in HANGING for one in sorted(PREPOSITIONS)]
    return next(iter(get_close_matches(name, options, n=1)), "")
