"""Determine the mood of an act: `actual`, `planned`, `possible` or `proposed`, and its polarity.

The mood is read from auxiliaries, conditions and the predicates above an act, from the act upwards
(Saurí & Pustejovsky 2009; Karttunen 1971 for verbs such as "fail to"). The rules are in ordered
tables: `clauses` for the clause itself, `climbing`, `governors` and `beliefs` for the words above
it, `nouns` for acts named by nouns.
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
    """Determines the moods of acts in one article."""

    def __init__(self, syntax: Syntax, contents: Mapping[int, str]) -> None:
        """Take the syntax, and the modality that a trigger gives its content ("urged": proposed).

        Args:
            syntax: the syntax of the article.
            contents: modality by token number of the trigger.
        """
        self.syntax = syntax
        self.contents = contents
        self.climb = Climb(syntax)

    def mood(self, trigger: Token, support: Token | None = None) -> Mood:
        """Return the mood of the act at `trigger`, with its support verb if it has one."""
        token, mood, alone = support or trigger, Mood(), support is None
        owned = trigger.pos_ == "NOUN" and alone and presupposed(self.syntax, trigger)
        if trigger.pos_ in {"NOUN", "PROPN", "ADJ"}:
            act = Act(noun=trigger, owned=owned)
            mood = told(self.climb, act, mood, alone=alone).by("noun")
        if owned:
            return mood
        named = token.head if token.dep_ == "conj" and token.pos_ != "VERB" else token
        predicate = any(c.dep_ == "cop" for t in (token, named) for c in t.children)
        if token.pos_ in {"VERB", "AUX"} or token != trigger or predicate:
            mood = self.climb.mood(token, mood).by("governor")
        return self._content(trigger, mood).by("content")

    def _content(self, trigger: Token, mood: Mood) -> Mood:
        """Return `mood` as changed by the nearest request, proposal or promise above the act."""
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
        """Return whether `token`, by its label, is no part of the content of its head."""
        apart = token.dep_ in self.syntax.labels.subject or token.dep_ in _OUTSIDE
        return apart or self.syntax.is_adjunct(token)

    def _closed(self, token: Token) -> bool:
        """Return whether `token` heads a relative clause; requests above it do not affect it."""
        reduced = token.dep_ in self.syntax.labels.adnominal and token.tag_ == "VBN"
        return reduced or token.dep_ in self.syntax.labels.relative
