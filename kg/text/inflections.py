"""Inflected forms of English verbs and nouns, by rule and from a list of irregular verbs.

Used to recognise a trigger word whose lemma the parser got wrong, and to write sentences.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

_THIRD = {"be": "is", "have": "has"}
_PREFIXES = ("fore", "mis", "out", "over", "re", "un", "under", "up", "with")
_VOWELS = frozenset("aeiou")
_DOUBLING = frozenset("bdgklmnprt")


# Past tense and participle of irregular verbs for acts of people and states. A verb with a prefix
# is inflected like the verb after it: "withdraw" like "draw".
_IRREGULAR = {
    line.split()[0]: tuple(line.split()[1:])
    for line in """
        arise arose arisen
        beat beaten
        become became
        begin began begun
        bid bade bidden
        bind bound
        blow blew blown
        break broke broken
        bring brought
        build built
        buy bought
        catch caught
        choose chose chosen
        come came
        cut cut
        deal dealt
        draw drew drawn
        drive drove driven
        eat ate eaten
        fall fell fallen
        feel felt
        fight fought
        find found
        flee fled
        fly flew flown
        forbid forbade forbidden
        forget forgot forgotten
        forgive forgave forgiven
        get got gotten
        give gave given
        go went gone
        hang hung
        hear heard
        hide hid hidden
        hold held
        keep kept
        know knew known
        lay laid
        lead led
        leave left
        lend lent
        lose lost
        make made
        mean meant
        meet met
        overthrow overthrew overthrown
        pay paid
        ride rode ridden
        ring rang rung
        rise rose risen
        run ran
        say said
        see saw seen
        seek sought
        sell sold
        send sent
        shake shook shaken
        shoot shot
        show shown
        sink sank sunk
        sit sat
        speak spoke spoken
        spend spent
        stand stood
        steal stole stolen
        strike struck stricken
        swear swore sworn
        take took taken
        teach taught
        tear tore torn
        tell told
        think thought
        throw threw thrown
        wear wore worn
        win won
        write wrote written
    """.strip().splitlines()
}


def forms(kind: str, lemma: str) -> Iterator[str]:
    """Yield the lemma and the inflected forms of a verb or noun."""
    yield lemma
    if kind not in {"verb", "noun"} or len(lemma) < 3:
        return
    yield _with_s(lemma)
    if kind == "verb":
        yield from _irregular(lemma)
        yield _stem(lemma) + "ed"
        yield (lemma[:-2] + "ying") if lemma.endswith("ie") else _before_ing(lemma) + "ing"
        if lemma[-1] in _DOUBLING and lemma[-2] in _VOWELS and lemma[-3] not in _VOWELS:
            yield lemma + lemma[-1] + "ed"
            yield lemma + lemma[-1] + "ing"


def third_person(verb: str) -> str:
    """Return the third person singular of the present: `carries` for `carry`, `is` for `be`."""
    return _THIRD.get(verb) or _with_s(verb)


def plain_form(verb: str) -> str:
    """Return the infinitive of a verb in the third person singular: `carry` for `carries`.

    A word that does not end like a third person is returned unchanged.
    """
    for plain, third in _THIRD.items():
        if verb == third:
            return plain
    if re.search(r"\w[^aeiou]ies$", verb):
        return verb[:-3] + "y"
    if re.search(r"(?:ss|sh|ch|x|zz|[^aeiou]o)es$", verb):
        return verb[:-2]
    return verb[:-1] if re.search(r"[^s]s$", verb) else verb


def participle(verb: str) -> str:
    """Return the past participle: `carried` for `carry`, `met` for `meet`.

    The last consonant of a verb of one syllable is doubled ("planned"). In longer verbs it is not:
    there doubling depends on stress ("referred", but "offered"), which spelling does not show.
    """
    for prefix in ("", *_PREFIXES):
        root = verb.removeprefix(prefix)
        if root in _IRREGULAR and verb == prefix + root:
            return prefix + _IRREGULAR[root][-1]
    if re.fullmatch(r"[^aeiou]*[aeiou][bdgklmnprt]", verb):
        return f"{verb}{verb[-1]}ed"
    return _stem(verb) + "ed"


def _irregular(lemma: str) -> Iterator[str]:
    for verb in (lemma, *(lemma[cut:] for cut in range(2, len(lemma) - 2))):
        if verb in _IRREGULAR:
            for form in _IRREGULAR[verb]:
                yield lemma[: len(lemma) - len(verb)] + form
            return


def _with_s(lemma: str) -> str:
    if lemma.endswith(("s", "x", "z", "ch", "sh", "o")):
        return lemma + "es"
    if lemma.endswith("y") and lemma[-2] not in _VOWELS:
        return lemma[:-1] + "ies"
    return lemma + "s"


def _stem(lemma: str) -> str:
    if lemma.endswith("e"):
        return lemma[:-1]
    if lemma.endswith("y") and lemma[-2] not in _VOWELS:
        return lemma[:-1] + "i"
    return lemma


def _before_ing(lemma: str) -> str:
    silent = lemma.endswith("e") and not lemma.endswith(("ee", "oe", "ye"))
    return lemma[:-1] if silent else lemma
