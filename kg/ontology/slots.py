"""The names of slots that a relation card may use; any other name is an error.

A slot is a grammatical position relative to a trigger word, such as its subject; the words in it
fill a role. There are the slots in `NAMED` and, for every English preposition, a slot of its name
(`with`: "Chile" in "with Chile") and two with a prefix (`subject-in`: the subject of the verb on
which "in retreat" depends). `kg.extract.acts.slots` finds the words in each slot; a test checks
that it has the same names.
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
"""Prefixes of prepositions in names of slots: "subject-in", "object-under"."""

# The prepositions in Huddleston & Pullum (2002), chapter 7, that take a noun phrase, and the fixed
# expressions ("according to") that the dependency label schemes treat as one.
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
    """Return whether a slot of that name exists and, if a role is given, may fill it."""
    if name == REST:
        return role in {"", "about"}
    if name in NAMED or name in PREPOSITIONS:
        return True
    return name.startswith(_PARTED) and name.partition("-")[2] in PREPOSITIONS


def nearest(name: str) -> str:
    """Return the most similar name of a slot, as advice on a misspelt one; empty if none is."""
    options = [*NAMED, *sorted(PREPOSITIONS)]
    if "-" in name:
        options += [f"{role}-{one}" for role in HANGING for one in sorted(PREPOSITIONS)]
    return next(iter(get_close_matches(name, options, n=1)), "")
