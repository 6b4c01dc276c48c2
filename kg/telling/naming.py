"""Grammar of names in sentences: whether a name is plural, and whether it takes "the".

Entities have the names that articles use: "United States", "U.S. officials", "fisheries summit". A
sentence needs the number of its verb and, before some names, an article.
"""

from __future__ import annotations

import re
from collections.abc import Iterable

from kg.ontology import Ontology
from kg.records import Entity

_WORD = re.compile(r"[^\W_](?:[\w.&/+-]*[\w.])?(?:['’]\w+)*['’]?")
_YEAR = re.compile(r"[12]\d{3}")
# Words that begin a modifier of the noun before them: "officials | in Lima".
_AFTER = frozenset(
    "about across after against among around as at before behind between by during for from in "
    "inside near of on opposite outside over since that through throughout to toward towards under "
    "which who whom whose with within without against and/or".split()
)
# Adjectives that follow their noun: "officials familiar with the plan".
_BEHIND = frozenset(
    "abroad alike close critical familiar involved linked loyal nationwide opposed present "
    "responsible worldwide".split()
)
_SEVERAL = frozenset(
    "all both dozens few fewer hundreds many millions most other several some tens these they "
    "those thousands two three four five six seven eight nine ten eleven twelve twenty thirty "
    "forty fifty sixty seventy eighty ninety hundred million various we".split()
)
_ONE = frozenset("a an any anybody anyone each every everybody everyone one that this".split())
_POSSESSIVE = frozenset("her his its my our their whose your".split())
# Nouns whose number is that of the noun after "of": "a number of senators", "half of the voters".
_SHARE = frozenset(
    "half host lot lots majority minority most number part portion quarter rest series some third "
    "variety".split()
)
_PLURAL = frozenset(
    "children clergy gentry media men nobility passersby people personnel police "
    "troops youth".split()
)
_SINGULAR = frozenset("corps headquarters news politics series species".split())
# Plural nouns in names of organisations that take a plural verb: "the Armed Forces are".
_BODIES = frozenset("fighters forces guards militias police rebels troops units".split())
# A proper name that ends in one of these takes the article: "the Security Council".
_WITH_ARTICLE = frozenset(
    "accord accords act agency agreement alliance army assembly association authority bank "
    "bloc bureau cabinet center centre charter coalition command commission "
    "committee community conference congress convention council court declaration "
    "department embassy emirates federation "
    "forces foundation front fund games government guard guards house institute islands "
    "kingdom league legislature ministry nations olympics organisation organization pact "
    "parliament party plan protocol republic secretariat senate service states summit treaty "
    "tribunal union war".split()
)


def plural(entities: Iterable[Entity], ontology: Ontology) -> bool:
    """Return whether these entities need a plural verb.

    Several do. A single one does if its name is plural ("U.S. officials", "police", "talks in
    Lima"). Persons, countries and places are singular, organisations too, unless named by a
    description ("aid agencies"): "the United States says", "the United Nations says".
    """
    found = tuple(entities)
    return len(found) > 1 or (len(found) == 1 and _of_several(found[0], ontology))


def article(entity: Entity, ontology: Ontology) -> str:
    """Return "the " if the entity's name needs it in a sentence, else an empty string.

    It looks at the name only: a singular description ("fisheries summit"), or a proper name that
    ends in a noun such as "Council" or begins with "United". "Philippines" does not show it and
    gets none.
    """
    words = _WORD.findall(entity.name)
    if not words or words[0].lower() == "the":
        return ""
    if ontology.is_a(entity.kind, ("Person", "Place")):
        return ""
    if words[0] == "United" and len(words) > 1 and words[-1][:1].isupper():
        return "the " if words[-1].lower() in _WITH_ARTICLE else ""
    first = words[0].lower()
    before, head = _head(words)
    if _YEAR.fullmatch(first) and len(words) > 1:
        return "the "
    owned = any(re.search(r"(?:['’]s|s['’])$", word) for word in words[: len(before) + 1])
    if owned or first in _ONE | _POSSESSIVE or _counts(first) or head in _SHARE:
        return ""
    if head.islower():
        return "" if _is_plural(head, ontology, entity.kind) else "the "
    return "the " if before and head.lower() in _WITH_ARTICLE else _of(words, head)


def _of(words: list[str], head: str) -> str:
    """Return the article of names with "of", such as "Ministry of Defence"."""
    behind = words[words.index(head) + 1 :]
    return "the " if behind[:1] == ["of"] and head.lower() in _WITH_ARTICLE else ""


def _of_several(entity: Entity, ontology: Ontology) -> bool:
    words = _WORD.findall(entity.name)
    if not words or ontology.is_a(entity.kind, ("Person", "Country", "Place")):
        return False
    group = ontology.is_a(entity.kind, ("Group",))
    first = words[0].lower()
    if group and (first in _SEVERAL or _counts(first)):
        return True
    if first in _ONE and len(words) > 1 and words[1].lower() not in _SHARE:
        return False
    before, head = _head(words)
    if head.lower() in _SHARE and len(words) > len(before) + 2:
        behind = words[len(before) + 2 :]
        return _is_plural(_head(behind)[1] or behind[-1], ontology, entity.kind)
    if group and any(word.lower() == "and" for word in before):
        return True
    if head[:1].isupper() and ontology.is_a(entity.kind, ("Organization",)):
        bodies = ontology.is_a(entity.kind, ("GovernmentBody", "ArmedGroup"))
        alone = not before and ontology.is_a(entity.kind, ("ArmedGroup",))
        if not (bodies and head.lower() in _BODIES):
            return alone and len(words) == 1 and _is_plural(head, ontology, entity.kind)
    return _is_plural(head, ontology, entity.kind) or (group and _nominal(first, head, before))


def _counts(word: str) -> bool:
    """Return whether a word is a plural number; four digits may be a year and do not count."""
    digits = word.replace(",", "").replace(".", "")
    return (digits.isdigit() and digits != "1" and not _YEAR.fullmatch(word)) or (
        word in _SEVERAL - {"other", "some", "we", "they"}
    )


def _nominal(first: str, head: str, before: list[str]) -> bool:
    """Return whether the name is an adjective that stands for people: "the displaced"."""
    return first == "the" and len(before) == 1 and head.endswith(("ed", "less"))


def _head(words: list[str]) -> tuple[list[str], str]:
    """Return the head noun of a name, after the words before it."""
    kept: list[str] = []
    for i, word in enumerate(words):
        if i and word.lower() in _AFTER:
            break
        kept.append(word)
    while len(kept) > 1 and (kept[-1].lower() in _BEHIND or _participle(kept)):
        kept.pop()
    return kept[:-1], kept[-1] if kept else ""


def _participle(words: list[str]) -> bool:
    """Return whether a name ends in a participle that modifies a plural noun."""
    last, noun = words[-1], words[-2]
    return last.islower() and last.endswith(("ing", "ed")) and noun.endswith("s") and noun != "us"


def _is_plural(noun: str, ontology: Ontology, kind: str) -> bool:
    word = noun.lower().rstrip("'’")
    if word in _PLURAL or re.fullmatch(r"\w+(?<!speci)(?<!regi)men", word):  # "militiamen"
        return True
    if word in _SINGULAR or len(word) < 4 or word.endswith(("ss", "us", "'s", "’s")):
        return False
    if word.endswith("is"):  # "Yemenis", but "crisis"
        return ontology.is_a(kind, ("Group", "ArmedGroup")) and not word.endswith("sis")
    if word.endswith("as"):  # "militias"; a single name in -as is an acronym as a rule
        return noun.islower()
    return word.endswith("s")
