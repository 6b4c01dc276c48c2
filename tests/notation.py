"""Sentences with the acts that they must give: one notation for all tests, one comparison.

    Peru said on Monday that it had not attacked Chile.
      Peru commentsOn | about Chile | on 2025-05-12
      Peru attacks Chile | not | says Peru
      ! Chile attacks

A line without indentation is a text, the indented ones below it are its acts: agents, relation and
targets, and behind bars, in any order, what differs from an actual, affirmed act in the article's
own voice:

    not                             the text says that it is not done
    planned, possible, proposed     its modality
    about, in NAMES                 topics, places
    on DATE                         its date, in EDTF
    says, via NAMES                 on whose word, innermost first; outlets given as the source
    unnamed                         on the word of nobody named

Several names are joined by `+`, in any order. Acts stand in the order of the text, and each must
be told once, exactly as it is written. `...` leaves open: behind a bar whatever `about`, `in`,
`on`, `says` and `via` may tell beside what is written, among names who else there is.

A line with `!` forbids: no other line of what is found may hold its words (`...` stands for any
words between them); a lone `!` forbids all else. Lines with `#` are remarks.

`read` reads this, `check` compares it with what is found, by `kg.evaluation.acts`, which the
examples on relation cards are compared by as well. `parses.told` gives the same lines.
"""

from __future__ import annotations

import re
import textwrap
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache

import built
import pytest

from kg import ontology
from kg.evaluation import sentence
from kg.evaluation.acts import OTHERS, Act, difference, line
from kg.records import MODALITIES, Extraction, Statement

_LISTS = {"about": "about", "in": "where", "says": "says", "via": "via"}


@dataclass(frozen=True, slots=True, kw_only=True)
class Case:
    """A text, the acts that it must give, and words of such as it must not."""

    text: str
    acts: tuple[Act, ...]
    never: tuple[str, ...]


@cache
def _relations() -> frozenset[str]:
    return frozenset(ontology.load().relations)


def read(text: str) -> Iterator[Case]:
    """Yield the cases of a text in the notation."""
    told, acts, never = "", list[Act](), list[str]()
    for row in [*textwrap.dedent(text).splitlines(), "end"]:
        indented, words = row.startswith(" "), " ".join(row.split())
        if told and words and not indented and not words.startswith("#"):
            yield Case(text=told, acts=tuple(acts), never=tuple(never))
            told, acts, never = "", [], []
        if not words or words.startswith("#"):
            continue
        if not indented:
            told = words
        elif not told:
            raise ValueError(f"an act without a text: {words}")
        elif words.startswith("!"):
            never.append(words[1:].strip())
        else:
            acts.append(act(words))


def act(text: str) -> Act:
    """Return the act that a line tells."""
    parties, *parts = (part.strip() for part in text.split("|"))
    words = parties.split()
    at = next((i for i, word in enumerate(words) if word in _relations()), None)
    if not at:
        raise ValueError(f"no agent, or no relation: {text}")
    given: dict[str, object] = {}
    for part in parts:
        word, _, rest = part.partition(" ")
        if part == OTHERS:
            field, value = "open", True
        elif part == "not":
            field, value = "negated", True
        elif part == "unnamed":
            field, value = "unnamed", True
        elif part in MODALITIES:
            field, value = "modality", part
        elif word == "on" and rest:
            field, value = "when", rest
        elif word in _LISTS and rest:
            field, value = _LISTS[word], _names(rest)
        else:
            raise ValueError(f"unknown part {part!r}: {text}")
        if field in given:
            raise ValueError(f"{part!r} stands there a second time: {text}")
        given[field] = value
    return Act(
        relation=words[at],
        agents=_names(" ".join(words[:at])),
        targets=_names(" ".join(words[at + 1 :])),
        **given,  # type: ignore[arg-type]
    )


def _names(text: str) -> tuple[str, ...]:
    spread = re.sub(r"\s(\+ )?\.\.\.$", " + ...", text.strip())
    return tuple(filter(None, spread.split(" + ")))


def cases(text: str) -> pytest.MarkDecorator:
    """Return the cases of a text as parameters of a test."""
    found = list(read(text))
    empty = [case.text for case in found if not case.acts and not case.never]
    if empty:
        raise ValueError(f"nothing is asked of {empty}")
    return pytest.mark.parametrize("case", [pytest.param(c, id=c.text[:60]) for c in found])


def check(case: Case, *, found: Extraction | None = None) -> None:
    """Fail unless a text gives the acts of a case and none of those forbidden.

    Args:
        case: text and acts.
        found: what is found in it; by default by the bundled pipeline, in an article published on
            the same day as the sentences on cards.
    """
    if found is None:
        found = built.reader().extract(sentence(case.text))
    wrong = list(differences(case, found.statements))
    if wrong:
        told = "\n".join(f"  {line(s)}" for s in found.statements) or "  nothing"
        pytest.fail("\n".join([case.text, *wrong, "found is:", told]), pytrace=False)


def differences(case: Case, found: Sequence[Statement]) -> Iterator[str]:
    """Yield how what is found differs from a case, each in one line."""
    taken: list[int] = []
    for wanted in case.acts:
        why = [difference(wanted, s) for s in found]
        at = [i for i, reason in enumerate(why) if not reason]
        free = [i for i in at if i not in taken]
        if not free:
            if at:
                yield f"- not as often as asked for: {written(wanted)}"
                continue
            near = [f"{r} (in {line(s)})" for r, s in zip(why, found, strict=True)
                    if r and s.relation == wanted.relation]  # fmt: skip
            yield f"- no {written(wanted)}: " + ("; ".join(near) or "no such relation")
            continue
        if len(at) > case.acts.count(wanted):
            yield f"- more than once: {written(wanted)}"
        if taken and free[0] < taken[-1]:
            yield f"- told before what stands above it: {written(wanted)}"
        taken.append(free[0])
    rest = [line(s) for i, s in enumerate(found) if i not in taken]
    for words in case.never:
        pattern = ".*".join(map(re.escape, map(str.strip, words.split(OTHERS))))
        for told in rest:
            if re.search(pattern, told):
                yield f"- forbidden by ! {words}: {told}"


def written(wanted: Act) -> str:
    """Return an act in the notation."""
    a = wanted
    parts = [f"{' + '.join(a.agents)} {a.relation} {' + '.join(a.targets)}".rstrip()]
    parts += ["not"] * a.negated + [a.modality] * (a.modality != "actual")
    for word, field in _LISTS.items():
        parts += [f"{word} {' + '.join(getattr(a, field))}"] * bool(getattr(a, field))
        parts += [f"on {a.when}"] * (word == "in" and bool(a.when))
    return " | ".join([*parts, *["unnamed"] * bool(a.unnamed), *[OTHERS] * a.open])
