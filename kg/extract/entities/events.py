"""Reads events and agreements without a name ("the talks") and joins mentions of the same one."""

from __future__ import annotations

from dataclasses import dataclass, field

from kg.extract import lexicon
from kg.extract.discourse import Chart, Referent
from kg.parsing.tokens import Token

_DEFINITE = frozenset({"the", "this", "that", "these", "those"})
_CALLS = frozenset({"phone", "telephone", "video", "the", "this", "their"})
_KEEP_AFTER = frozenset({"between", "in", "of", "with", "on", "at", "for", "since", "among"})
_LONGEST_TAIL = 9  # tokens from the noun to the end of its phrases; chosen, not measured
_BESIDE = frozenset({"punct", "appos", "acl", "acl:relcl", "relcl"})
# Special kinds of meeting: "the meeting" is not a later mention of a ceremony.
_PARTICULAR = frozenset({"ceremony", "dinner", "lunch", "hearing", "call", "conversation"})
_KINDS = (
    (lexicon.MEETING_HEADS, "Meeting"),
    (lexicon.VISIT_HEADS, "Visit"),
    (lexicon.ELECTION_HEADS, "Election"),
    (lexicon.CONFLICT_HEADS, "Conflict"),
    (lexicon.OTHER_EVENT_HEADS, "Event"),
)
# Words by which the same event or agreement is mentioned again.
_FAMILIES = (
    frozenset({"talk", "negotiation", "dialogue", "consultation", "discussion"}),
    frozenset({"call", "conversation"}),
    frozenset({"war", "conflict", "fighting", "invasion"}),
    frozenset({"agreement", "deal", "accord", "pact"}),
    frozenset({"ceasefire", "truce", "armistice"}),
)


@dataclass(slots=True, kw_only=True)
class _Known:
    referent: Referent
    lemmas: set[str]
    parties: set[int] = field(default_factory=set)
    places: set[int] = field(default_factory=set)
    several: bool = False


def _several(token: Token) -> bool:
    return token.tag_ in {"NNS", "NNPS"}


class Events:
    """The events and agreements of one article that have no name, found so far."""

    def __init__(self, chart: Chart) -> None:
        """Start with none."""
        self.chart = chart
        self.known: dict[str, list[_Known]] = {}

    def read(self, token: Token, lemma: str, first: int) -> tuple[int, int, Referent] | None:
        """Return first and last token of the description headed by `token`, and its referent.

        None for other senses of the noun (a press conference, a call without a telephone). A
        word of the same family means an earlier referent unless parties or places differ;
        another word does so if it is definite or shares a party.
        """
        modifiers = {c.lower_ for c in token.children}
        if lemma in {"call", "conversation"} and not modifiers & _CALLS:
            return None
        if lemma == "conference" and modifiers & {"press", "news"}:
            return None
        kind = next((k for heads, k in _KINDS if lemma in heads), "Agreement")
        last = self._tail(token)
        parties, places = self._named(first, last)
        found = self._same(token, kind, lemma, parties, places)
        if found is None:
            local = not (parties or places)
            referent = Referent(kind=kind, described=True, local=local)
            found = _Known(referent=referent, lemmas={lemma}, several=_several(token))
            self.known.setdefault(kind, []).append(found)
        found.parties |= parties
        found.places |= places
        found.lemmas.add(lemma)
        found.referent.local = found.referent.local and not (parties or places)
        first = self._nominal(first, token.i)
        for end in (token.i, last):
            text = " ".join(self.chart.text(first, end).split())
            if text not in found.referent.names and (end == token.i or self._short(first, end)):
                found.referent.names.append(text)
        return first, last if last - first < 12 else token.i, found.referent

    def _nominal(self, first: int, head: int) -> int:
        """Return the first token of the description, past verbs wrongly parsed as modifiers."""
        for index in range(head - 1, first - 1, -1):
            token = self.chart.doc[index]
            if token.tag_ in {"VB", "VBD", "VBZ", "VBP", "MD"} or token.lower_ in {"'s", "'"}:
                return index + 1
        return first

    def _short(self, first: int, last: int) -> bool:
        """Return whether a description has at most 9 tokens and no finite verb, so can be a name.

        The limit is chosen, not measured.
        """
        words = self.chart.doc[first : last + 1]
        return len(words) <= 9 and not any(t.tag_ in {"VBD", "VBZ", "VBP", "MD"} for t in words)

    def _same(
        self, token: Token, kind: str, lemma: str, parties: set[int], places: set[int]
    ) -> _Known | None:
        determiners = self.chart.syntax.determiners(token)
        definite = bool(determiners & _DEFINITE) or bool(self.chart.syntax.possessors(token))
        indefinite = bool(determiners & {"a", "an", "another", "any", "no"})
        family = next((f for f in _FAMILIES if lemma in f), frozenset({lemma}))
        for known in reversed(self.known.get(kind, [])):
            if parties and known.parties and parties.isdisjoint(known.parties):
                continue
            if places and known.places and places.isdisjoint(known.places):
                continue
            if known.lemmas & family and not (indefinite and parties - known.parties):
                if not (indefinite and self._said_apart(token, parties, places)):
                    return known
            deed = lemma in lexicon.DEEDS and not known.lemmas & lexicon.DEEDS
            if lemma in _PARTICULAR or known.lemmas <= _PARTICULAR or deed:
                continue
            if kind == "Conflict" and known.several != _several(token):
                continue
            if definite or ((parties & known.parties) and not indefinite):
                return known
        return None

    def _said_apart(self, token: Token, parties: set[int], places: set[int]) -> bool:
        """Return whether a relative clause marks the event as a new one ("a summit which ...").

        False if parties or places are named.
        """
        labels = self.chart.syntax.labels
        return not (parties or places) and bool(self.chart.syntax.children(token, labels.relative))

    def _named(self, first: int, last: int) -> tuple[set[int], set[int]]:
        """Return the actors and the places named inside a description, as `id()` of referents."""
        parties: set[int] = set()
        places: set[int] = set()
        for index in range(first, last + 1):
            place = self.chart.at[index]
            if place is not None and place.how == "name":
                group = places if self.chart.is_a(place.referent, ("Place",)) else parties
                group.add(id(place.referent))
        return parties, places

    def _tail(self, token: Token) -> int:
        """Return the last token of the description, with its prepositional phrases ("in Lima")."""
        last = token.i
        for name, head in self.chart.syntax.prepositions(token):
            edge = max(t.i for t in [head, *head.children] if t.dep_ not in _BESIDE)
            edge = max([edge, *(c.i for c in self.chart.syntax.conjuncts(head))])
            if name not in _KEEP_AFTER or edge - token.i > _LONGEST_TAIL or head.i < token.i:
                break
            last = max(last, edge)
        return last
