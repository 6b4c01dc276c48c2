"""Corrects parses whose labels and tags contradict each other, by a table of rules in order.

Trees in ClearNLP are hardly corrected, but reshaped where Universal Dependencies are expected.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from kg.parsing import reshaping, slips
from kg.parsing.columns import Columns, Probabilities
from kg.parsing.labels import PEOPLE
from kg.parsing.slips import DASHES, FINITE, QUOTES, TITLE
from kg.parsing.tokens import Document, Token

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


def _modifies(token: Token) -> bool:
    """Return whether the token modifies a noun although it is a finite verb."""
    return token.dep_ == "acl" and token.tag_ in FINITE


def _infinitive(token: Token) -> bool:
    return token.tag_ == "VB" and any(child.tag_ == "TO" for child in token.children)


def _under_infinitive(token: Token) -> bool:
    finite = token.dep_ == "conj" and token.tag_ in FINITE
    return finite and token.head.tag_ in {"VB", "VBG"}


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
        _GOING_ON,
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
