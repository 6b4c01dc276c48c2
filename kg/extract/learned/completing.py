"""Complete the drafts of frames: what remarks, requests, accusations and the like are about.

A frame looks for topics in the slots of its card. The scorers look at every phrase of the clause
instead, and know from annotated articles which of them a reader would name. They add topics where a
statement reports what somebody says; what a frame found is never taken away, and nobody becomes an
agent or a target of an act by them.
"""

from __future__ import annotations

from dataclasses import replace

from kg.extract.acts.drafts import LEARNED, Draft, Filler
from kg.extract.acts.filling import Filling
from kg.extract.coreference.references import Reference
from kg.extract.learned.inputs import Inputs, Pairs
from kg.extract.learned.network import Fit, Scorers
from kg.parsing.threads import one_thread

TOPIC = 0.35
"""Least probability of a topic, chosen on annotated articles that took no part in training, where a
lower one finds more but says more that is wrong; see training/README."""


class Completer:
    """Completes the drafts of one article."""

    def __init__(self, scorers: Scorers, inputs: Inputs, filling: Filling) -> None:
        """Compute the states of all words.

        Args:
            scorers: the trained scorers.
            inputs: what they see of the article.
            filling: knows which words belong to the clause of an act.
        """
        self.scorers = scorers
        self.inputs = inputs
        self.filling = filling
        with one_thread():
            self.states = scorers.states(inputs.words)

    def completed(self, draft: Draft) -> Draft:
        """Return a draft with the topics that the scorers add; what a pronoun means is none."""
        if not self.knows(draft) or not draft.relation.reports:
            return draft
        pairs = self.inputs.pairs(draft.trigger)
        if not pairs.phrases:
            return draft
        fit = self.fit(pairs, draft.relation.name)
        inside = self._inside(draft)
        taken = {f.referent for f in draft.fillers}
        found = {
            reference.referent: _filler("about", reference, float(fit.about[at]))
            for at, phrase in enumerate(pairs.phrases)
            if fit.about[at] >= TOPIC and phrase.i in inside and phrase.pos_ != "PRON"
            for reference in self.inputs.meanings.get(phrase.i, ())
            if reference.referent not in taken
        }
        return replace(draft, fillers=(*draft.fillers, *found.values())) if found else draft

    def knows(self, draft: Draft) -> bool:
        """Return whether the scorers have learnt the relation of a draft."""
        return draft.relation.name in self.scorers.alphabet.relations

    def fit(self, pairs: Pairs, relation: str) -> Fit:
        """Return how well the phrases of a trigger fill the roles of a relation."""
        number = list(self.scorers.alphabet.relations).index(relation)
        with one_thread():
            return self.scorers.fit(self.states, pairs, number)

    def _inside(self, draft: Draft) -> set[int]:
        """Return the token numbers of a clause in which topics are looked for.

        What stands in a clause of time, or within a phrase that fills a role already, is left out:
        it is named by the way.
        """
        cells = self.filling.clause(draft.site)
        times = [t for t in draft.anchor.children if self.filling.syntax.is_circumstance(t)]
        for head in [*times, *(f.head for f in draft.fillers)]:
            cells = cells - {t.i for t in head.subtree if t is not draft.trigger}
        return cells


def _filler(role: str, reference: Reference, chance: float) -> Filler:
    return Filler(
        role=role,
        referent=reference.referent,
        head=reference.head,
        rule=LEARNED,
        score=round(chance, 4),
    )
