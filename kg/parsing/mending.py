"""Parses whose labels and tags contradict each other, set right: a table of rules, run in order."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from kg.parsing import slips
from kg.parsing.columns import Columns, Probabilities
from kg.parsing.labels import PEOPLE
from kg.parsing.slips import DASHES, FINITE, QUOTES, TITLE
from kg.parsing.tokens import Document, Token

if TYPE_CHECKING:
    from kg.parsing.columns import Array


@dataclass(frozen=True, slots=True, kw_only=True)
class Rule:
    """A kind of token that parsers get wrong, and what is done about it.

    Attributes:
        name: what is wrong, in few words.
        when: whether a token is of the kind.
        changes: what is done to such a token, in order; each looks whether the slip is there.
        examples: for each change, a sentence that shows the slip; tests run them.
    """

    name: str
    when: Callable[[Token], bool]
    changes: tuple[Callable[[Token], None], ...]
    examples: tuple[str, ...]


def _modifies(token: Token) -> bool:
    """Return whether the token modifies a noun although it is a finite verb."""
    return token.dep_ == "acl" and token.tag_ in FINITE


def _infinitive(token: Token) -> bool:
    return token.tag_ == "VB" and any(child.tag_ == "TO" for child in token.children)


def _under_infinitive(token: Token) -> bool:
    finite = token.dep_ == "conj" and token.tag_ in FINITE
    return finite and token.head.tag_ in {"VB", "VBG"}


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
            name="a finite verb modifies the noun that is its subject",
            when=_modifies,
            changes=(slips.promote, slips.close),
            examples=("Peru today accused Chile", "Chad won there, a panel alleged."),
        ),
        Rule(
            name="the only verb of a sentence is taken for a passive participle",
            when=lambda token: token.dep_ == "acl" and token.tag_ == "VBN",
            changes=(slips.narrate,),
            examples=("Rebels attacked Chad",),
        ),
        Rule(
            name="a name goes on behind 'and' and a title",
            when=lambda token: token.dep_ == "flat",
            changes=(slips.part,),
            examples=("President Ruiz and minister Fox met",),
        ),
        Rule(
            name="a name between commas is coordinated with what stands before it",
            when=lambda token: token.dep_ == "conj" and token.ent_type_ in PEOPLE,
            changes=(slips.appose,),
            examples=("The head of the court, Ruiz, resigned",),
        ),
        Rule(
            name="who stands between a quotation and a verb is not its subject",
            when=lambda token: token.text in QUOTES,
            changes=(slips.say,),
            examples=('"We won," minister Fox declared in Rome',),
        ),
    ),
    (
        Rule(
            name="a preposition hangs on the title, not on the name",
            when=lambda token: token.dep_ == TITLE,
            changes=(slips.lift,),
            examples=("Chad was praised by minister Ruiz",),
        ),
        Rule(
            name="what is asked, decided or failed to be done is taken for a purpose",
            when=_infinitive,
            changes=(slips.direct, slips.decide),
            examples=("Peru asked Chile to come", "They failed for the time to elect"),
        ),
        Rule(
            name="a finite verb is coordinated with an infinitive",
            when=_under_infinitive,
            changes=(slips.coordinate,),
            examples=("Peru urged Chile to wait and left",),
        ),
        Rule(
            name="a subject hangs on an auxiliary",
            when=lambda token: token.dep_ == "nsubj" and token.head.dep_ == "aux",
            changes=(slips.free_subject,),
            examples=("Peru has not denied it",),
        ),
        Rule(
            name="a finite verb has no subject",
            when=lambda token: token.tag_ in FINITE and token.pos_ == "VERB",
            changes=(slips.give_subject, slips.take_subject),
            examples=("Fox fled to Togo", "Peru hosted fairs, and Fox opened them"),
        ),
    ),
)
"""The rules. Each pass goes through the text once; of a pass, the first rule that fits is taken."""


def mend(document: Document) -> None:
    """Set right, in place, what the tags of an analysis contradict in its tree.

    The document is one paragraph with labels of Universal Dependencies. Where a token gets another
    head, label or tag, the parser's probability of it becomes NaN.
    """
    before = document.columns() if document.probabilities is not None else None
    for rules in PASSES:
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
    """Return the probabilities of what is still as the parser had it."""
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
    """Return a copy of the values in which those of some positions are NaN."""
    if values is None:
        return None
    kept = values.copy()
    kept[sorted(positions)] = float("nan")
    return kept
