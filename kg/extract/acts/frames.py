"""Frames of all cards by trigger, and the statements being read from them."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, field

from kg.extract import lexicon
from kg.extract.discourse import Referent
from kg.ontology import TRIGGERS, Frame, Ontology, Relation
from kg.parsing.tokens import Document, Token
from kg.text import inflections

_KINDS = {"VERB": "verb", "AUX": "verb", "NOUN": "noun", "ADJ": "adjective"}


@dataclass(slots=True, kw_only=True, eq=False)
class Draft:
    """A statement being read: frame, trigger, and the referents in its roles.

    `noun` is the object that completes a verb, `support` the verb that completes a noun; `added`
    names the rule for referents that come from elsewhere than the frame's slots. `rivals` counts
    the other readings of the trigger, and `lead` is how far the best of them scores behind.
    """

    frame: Frame
    relation: Relation
    trigger: Token
    support: Token | None
    noun: Token | None = None
    agents: list[Referent]
    targets: list[Referent] = field(default_factory=list)
    about: list[Referent] = field(default_factory=list)
    where: list[Referent] = field(default_factory=list)
    score: float = 0.0
    added: dict[Referent, str] = field(default_factory=dict)
    rivals: int = 0
    lead: float = 0.0

    @property
    def anchor(self) -> Token:
        """Return the verb whose clause tells the act, or the trigger noun itself."""
        return self.support or self.trigger


@dataclass(frozen=True, slots=True, kw_only=True)
class Miss:
    """A frame that a trigger has, but that does not match: the condition that fails."""

    trigger: Token
    frame: Frame
    condition: str
    values: tuple[str, ...]


class FrameIndex:
    """The frames of all cards by kind of trigger and lemma."""

    def __init__(self, ontology: Ontology) -> None:
        """Index every trigger lemma; particle verbs are kept under their verb."""
        self.by_lemma: dict[tuple[str, str], list[tuple[Frame, str]]] = defaultdict(list)
        self.relations = ontology.relations
        for name in sorted(ontology.relations):
            for frame in ontology.relations[name].frames:
                for kind in TRIGGERS:
                    for lemma in getattr(frame, kind):
                        word, _, particle = lemma.partition(" ")
                        self.by_lemma[kind, word].append((frame, particle))
        self.lemmas = {
            *self.by_lemma,
            *(("noun", word) for word in lexicon.NOUNS),
            *(("verb", word) for word in lexicon.VERBS),
        }
        self.lemma_of = {
            (kind, form): lemma
            for kind, lemma in sorted(self.lemmas)
            for form in inflections.forms(kind, lemma)
        }
        self.speech_verbs = frozenset(
            word
            for (kind, word), frames in self.by_lemma.items()
            if kind == "verb" and any(self.relations[f.relation].reports for f, _ in frames)
        )

    def lemmatise(self, document: Document) -> None:
        """Give words that matter their lemma where the model got it wrong ("blamed" of "blam")."""
        for token in document:
            kind = _KINDS.get(token.pos_)
            if kind is not None and (kind, token.lemma_.lower()) not in self.lemmas:
                token.lemma_ = self.lemma_of.get((kind, token.lower_), token.lemma_)

    def frames(self, token: Token) -> Sequence[tuple[Frame, str]]:
        """Return the frames that `token` may trigger, each with the particle it needs."""
        kind = _KINDS.get(token.pos_)
        if token.dep_ in {"case", "prep"}:
            kind = "preposition"
            return self.by_lemma.get((kind, token.lower_), ())
        if kind is None:
            return ()
        found = self.by_lemma.get((kind, token.lemma_.lower()), ())
        if not found and kind == "adjective" and token.tag_ in {"VBN", "VBG"}:
            found = self.by_lemma.get(("verb", token.lemma_.lower()), ())
        if kind == "verb" and token.tag_ == "VBN":
            found = [*found, *self.by_lemma.get(("adjective", token.lower_), ())]
        return found

    def describes(self, token: Token) -> bool:
        """Return whether a participle may be an adjective of some frame ("is opposed to")."""
        return token.tag_ == "VBN" and ("adjective", token.lower_) in self.by_lemma
