"""Whether an act happened, is planned, possible or only proposed, and whether it is denied.

Factuality is read from auxiliaries, conditionals and the predicates above an act, along the chain
of words that govern it (Saurí & Pustejovsky 2009; implicatives after Karttunen 1971). The rules
stand in ordered tables: `clauses` for the clause itself, `climbing`, `governors` and `beliefs` for
what is above it, `nouns` for acts told by nouns.
"""

from __future__ import annotations

from collections.abc import Mapping

from kg.extract.claims.climbing import Climb
from kg.extract.claims.moods import Mood
from kg.extract.claims.nouns import Act, presupposed, told
from kg.extract.syntax.slots import Syntax
from kg.parsing.tokens import Token

_OUTSIDE = frozenset(
    {
        "conj", "advcl", "parataxis", "acl:relcl", "relcl", "nsubj:pass", "nsubjpass",
        "nmod:poss", "poss",
    }
)  # fmt: skip


class Judge:
    """Judges the moods of triggers in one article."""

    def __init__(self, syntax: Syntax, contents: Mapping[int, str]) -> None:
        """Remember which trigger tokens give their content a modality ("urged" -> proposed)."""
        self.syntax = syntax
        self.contents = contents
        self.climb = Climb(syntax)

    def mood(self, trigger: Token, support: Token | None = None) -> Mood:
        """Return the mood of the act that `trigger` tells, `support` being its support verb."""
        token, mood, alone = support or trigger, Mood(), support is None
        owned = trigger.pos_ == "NOUN" and alone and presupposed(self.syntax, trigger)
        if trigger.pos_ in {"NOUN", "PROPN", "ADJ"}:
            act = Act(noun=trigger, owned=owned)
            mood = told(self.climb, act, mood, alone=alone).by("noun")
        if owned:
            return mood
        predicate = any(child.dep_ == "cop" for child in token.children)
        if token.pos_ in {"VERB", "AUX"} or token != trigger or predicate:
            mood = self.climb.mood(token, mood).by("governor")
        return self._content(trigger, mood).by("content")

    def _content(self, trigger: Token, mood: Mood) -> Mood:
        """Apply the nearest request, proposal or promise in whose content the act stands."""
        token = trigger
        while token.head != token:
            content = self.contents.get(token.head.i)
            if content and not self._outside(token):
                return mood.under(content, token.head.lower_)
            if self._closed(token):
                break
            token = token.head
        return mood

    def _outside(self, token: Token) -> bool:
        """Return whether what hangs on its head by `token` is no part of what that says."""
        apart = token.dep_ in self.syntax.labels.subject or token.dep_ in _OUTSIDE
        return apart or self.syntax.is_adjunct(token)

    def _closed(self, token: Token) -> bool:
        """Return whether a relative clause ends at `token`, which no request reaches into."""
        reduced = token.dep_ in self.syntax.labels.adnominal and token.tag_ == "VBN"
        return reduced or token.dep_ in self.syntax.labels.relative
