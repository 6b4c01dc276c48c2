"""Corrects parses whose labels and tags contradict each other, by a table of rules in order.

Trees in ClearNLP are hardly corrected, but reshaped where Universal Dependencies are expected.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from kg.parsing import joints, reshaping, slips
from kg.parsing.columns import Columns, Probabilities
from kg.parsing.labels import PEOPLE
from kg.parsing.slips import FINITE, TITLE
from kg.parsing.tokens import Document, Token
from kg.parsing.words import DASHES

if TYPE_CHECKING:
    from kg.parsing.columns import Array


@dataclass(frozen=True, slots=True, kw_only=True)
class Rule:
    """A frequent parser error and its correction.

    Attributes:
        name: the error, in few words.
        when: whether a token may have the error.
        changes: corrections to apply in order; each first checks that the error is there.
        examples: for each change, a sentence with the error; tests run them.
    """

    name: str
    when: Callable[[Token], bool]
    changes: tuple[Callable[[Token], None], ...]
    examples: tuple[str, ...]


def _infinitive(token: Token) -> bool:
    return token.tag_ == "VB" and any(child.tag_ == "TO" for child in token.children)


def _under_infinitive(token: Token) -> bool:
    finite = token.dep_ == "conj" and token.tag_ in FINITE
    return finite and token.head.tag_ in {"VB", "VBG"}


def _behind_office(token: Token) -> bool:
    """Return whether the token is "of" that hangs on a name or on a title of it."""
    people = token.head.ent_type_ in PEOPLE or token.head.dep_ == TITLE
    return token.lower_ == "of" and token.dep_ == "case" and people


_GOING_ON = Rule(
    name="a finite verb is coordinated with an infinitive",
    when=_under_infinitive,
    changes=(slips.coordinate,),
    examples=("Peru urged Chile to wait and left",),
)
PASSES: tuple[tuple[Rule, ...], ...] = (
    (
        Rule(
            name="a dateline is part of the sentence behind it",
            when=lambda token: token.text in DASHES,
            changes=(slips.undate,),
            examples=("LIMA — The army denied it",),
        ),
    ),
    (
        Rule(
            name="a name goes on behind 'and' or a comma, and a title",
            when=lambda token: token.dep_ == "flat",
            changes=(slips.part,),
            examples=("President Ruiz and minister Fox met",),
        ),
    ),
    (
        Rule(
            name="'of' behind an office hangs on the name",
            when=_behind_office,
            changes=(slips.entitle,),
            examples=("Secretary of State Ruiz met Fox",),
        ),
        Rule(
            name="what is asked, decided or failed to be done is taken for a purpose",
            when=_infinitive,
            changes=(slips.direct, slips.decide, slips.intend),
            examples=(
                "Peru asked Chile to come",
                "They failed for the time to elect",
                "Peru has the right to leave",
            ),
        ),
        Rule(
            name="the only object is taken for the one who is told",
            when=lambda token: token.dep_ == "iobj",
            changes=(slips.address,),
            examples=("Peru warned Chile against leaving",),
        ),
        Rule(
            name="a phrase hangs on an adverb or object, not on the verb",
            when=lambda token: token.dep_ in {"obl", "nmod"},
            changes=(slips.raise_phrase, slips.join),
            examples=("Fox went back to Togo", "Togo hosted talks together with Peru"),
        ),
        Rule(
            name="a list takes in the subject of the verb behind it",
            when=lambda token: token.dep_ == "conj" and token.tag_ in FINITE,
            changes=(slips.part_list,),
            examples=("Togo met Peru and Chad, Mali and Fiji left",),
        ),
        Rule(
            name="a name before its verb is taken for a circumstance",
            when=lambda token: token.dep_ == "obl:unmarked",
            changes=(slips.act,),
            examples=("Peru — like Togo — left",),
        ),
        Rule(
            name="the second subject of a headline is taken for an apposition",
            when=lambda token: token.dep_ == "appos",
            changes=(slips.list_headline,),
            examples=("Togo's king, Peru's head meet",),
        ),
        Rule(
            name="'had' before its subject is taken for the verb",
            when=lambda token: token.dep_ == "xcomp",
            changes=(slips.invert,),
            examples=("Never had Peru left",),
        ),
        Rule(
            name="a verb has its own subject and that of its neighbour, or two for one",
            when=lambda token: token.dep_ == "nsubj",
            changes=(slips.share_subjects, slips.join_subjects),
            examples=("Togo attacked Chad, Peru said", "Okoro, Lind left"),
        ),
    ),
    (
        Rule(
            name="who acts in a joined clause is taken for an object before it",
            when=lambda token: token.dep_ in {"conj", "ccomp", "advcl", "parataxis"},
            changes=(joints.share_out,),
            examples=("Togo praised Chad and Mali left",),
        ),
    ),
    (
        Rule(
            name="a verb in the past is coordinated with what would be",
            when=lambda token: token.dep_ == "conj" and token.tag_ == "VBD",
            changes=(joints.go_back, joints.answer),
            examples=(
                "Togo said it would leave and sent Chad a note",
                "Fox said Togo had left, but Chad denied it",
            ),
        ),
        Rule(
            name="who acts in a passive hangs on the object",
            when=lambda token: token.dep_ == "nmod" and token.head.dep_ == "obj",
            changes=(joints.act_by,),
            examples=("Togo was given aid by Chad",),
        ),
        Rule(
            name="a clause of content is taken for a relative clause",
            when=lambda token: token.tag_ == "WDT",
            changes=(joints.content,),
            examples=("A lie that Togo attacked Chad spread",),
        ),
        Rule(
            name="a participle behind a quotation hangs on what is quoted",
            when=lambda token: token.tag_ == "VBG" and token.dep_ == "advcl",
            changes=(joints.add,),
            examples=('"We left," Fox said, adding it',),
        ),
        Rule(
            name="what somebody is doing in a place is taken for a noun",
            when=lambda token: token.tag_ == "NN",
            changes=(joints.engage,),
            examples=("Fox is in Lima meeting Ruiz",),
        ),
        Rule(
            name="'reports' is taken for a verb",
            when=lambda token: token.tag_ == "VBZ",
            changes=(joints.report,),
            examples=("Fox said reports that Togo left were false",),
        ),
        Rule(
            name="who speaks behind a quotation is taken for an object",
            when=lambda token: token.dep_ in {"obj", "iobj"},
            changes=(joints.speak,),
            examples=('"We left," added Fox',),
        ),
        Rule(
            name="what an object is called modifies it",
            when=lambda token: token.dep_ == "amod" and token.head.i < token.i,
            changes=(joints.predicate,),
            examples=("Togo holds Chad responsible for it",),
        ),
        Rule(
            name="'Fox said' between subject and verb takes the subject",
            when=lambda token: token.dep_ in {"ccomp", "parataxis"},
            changes=(joints.split, joints.interrupt),
            examples=("Togo, Fox said, has left", "Togo, Chad's minister said, has left"),
        ),
        Rule(
            name="a phrase behind a verb of saying hangs on the clause that follows",
            when=lambda token: token.dep_ in {"obl", "obl:unmarked"},
            changes=(joints.date_speech,),
            examples=("Togo said on Monday it would leave",),
        ),
    ),
    (
        Rule(
            name="what is preferred to the subject is taken for it",
            when=lambda token: token.dep_ in {"conj", "parataxis"} and token.head.i < token.i,
            changes=(joints.prefer,),
            examples=("Togo rather than Chad left",),
        ),
    ),
    (
        Rule(
            name="a sentence goes on behind a semicolon or a quotation",
            when=lambda token: token.text in {";", '"'},
            changes=(joints.end,),
            examples=("Togo left; Chad stayed",),
        ),
    ),
)
"""The rules by pass. Each pass visits every token once and applies the first rule that fits it."""
RESHAPING: tuple[tuple[Rule, ...], ...] = (
    (
        Rule(
            name="a gerund is the complement of a preposition",
            when=lambda token: token.dep_ == "pcomp",
            changes=(reshaping.hang_gerund,),
            examples=("Peru accused Chile of lying",),
        ),
        Rule(
            name="a predicate hangs on its copula",
            when=lambda token: token.dep_ in {"acomp", "attr"},
            changes=(reshaping.link,),
            examples=("Peru is ready to talk",),
        ),
        _GOING_ON,
    ),
)
"""The passes for ClearNLP."""


def mend(document: Document, scheme: str = "ud") -> None:
    """Apply the rules of a label scheme to a document, in place.

    The document is one paragraph. If a token gets another head, label or tag, the parser's
    probability for it becomes NaN.
    """
    before = document.columns() if document.probabilities is not None else None
    for rules in PASSES if scheme == "ud" else RESHAPING:
        for token in document:
            _mend(token, rules)
    if before is not None:
        document.probabilities = _known(before, document.columns())


def _mend(token: Token, rules: Sequence[Rule]) -> None:
    for rule in rules:
        if rule.when(token):
            for change in rule.changes:
                change(token)
            return


def _known(before: Columns, after: Columns) -> Probabilities:
    """Return the parser's probabilities, with NaN for whatever the rules changed."""
    known = before.probabilities or Probabilities()
    moved = _changed(before.heads, after.heads)
    return replace(
        known,
        arcs=_without(known.arcs, moved),
        labels=_without(known.labels, moved | _changed(before.labels, after.labels)),
        tags=_without(known.tags, _changed(before.tags, after.tags)),
    )


def _changed(before: Sequence[object], after: Sequence[object]) -> set[int]:
    pairs = zip(before, after, strict=True)
    return {i for i, (first, second) in enumerate(pairs) if first != second}


def _without(values: Array | None, positions: set[int]) -> Array | None:
    """Return a copy of `values` with NaN at `positions`; None if there are no values."""
    if values is None:
        return None
    kept = values.copy()
    kept[sorted(positions)] = float("nan")
    return kept
