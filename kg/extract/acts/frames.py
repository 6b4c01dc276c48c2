"""An index from trigger words to the frames of all relation cards."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence

from kg.extract import lexicon
from kg.ontology import TRIGGERS, Frame, Ontology
from kg.parsing.tokens import Document, Token
from kg.text import inflections

_KINDS = {"VERB": "verb", "AUX": "verb", "NOUN": "noun", "ADJ": "adjective"}


class FrameIndex:
    """The frames of all cards, indexed by kind of trigger (`verb`, `noun`, ...) and lemma."""

    def __init__(self, ontology: Ontology) -> None:
        """Index every trigger lemma; "back down" is indexed under "back"."""
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
        """Correct, in place, wrong lemmas of trigger and lexicon words ("blam" for "blamed")."""
        for token in document:
            kind = _KINDS.get(token.pos_)
            if kind is not None and (kind, token.lemma_.lower()) not in self.lemmas:
                token.lemma_ = self.lemma_of.get((kind, token.lower_), token.lemma_)

    def frames(self, token: Token) -> Sequence[tuple[Frame, str]]:
        """Return the frames that `token` may trigger, each with the particle it needs or ""."""
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
        """Return whether a participle is an adjective trigger of some frame ("is opposed to")."""
        return token.tag_ == "VBN" and ("adjective", token.lower_) in self.by_lemma
