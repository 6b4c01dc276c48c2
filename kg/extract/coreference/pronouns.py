"""Coreference of pronouns and of "the two sides", safe before complete.

A small salience model in the line of Lappin & Leass (1994): candidates of the right kind in the
last sentences, weighed by distance and by being a subject; two equal candidates give nothing.
"""

from __future__ import annotations

from bisect import bisect_left
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from math import inf

from kg.extract import lexicon
from kg.extract.discourse import Chart, Place, Referent
from kg.extract.entities import authors
from kg.extract.spans.quotations import Quotation
from kg.parsing.tokens import Token

_NEUTER_MARGIN = 0.2  # "it" often stands for no actor at all
_REACH = 4  # sentences looked back
# What the best candidate must weigh: chosen on news and on the coreference of GUM's dev part.
_LEAST_NEUTER = 0.35
_LEAST_PLURAL = 0.3
_SIDE = 1.1  # weight of the body for which somebody speaks
_OTHER_SIDE = frozenset({"with", "against", "from", "to", "by"})
_PAIR_WORDS = frozenset({"two", "both"})
_PEOPLE_HEADS = frozenset({"leader", "president", "minister", "man", "counterpart"})
_PAIR_HEADS = _PEOPLE_HEADS | lexicon.words(
    "side country nation party state neighbour neighbor government capital ally power"
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Weighed:
    """Possible antecedents of a pronoun, one or several together, and how salient they are."""

    weight: float
    referents: tuple[Referent, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Resolution:
    """What a pronoun or paired description refers to, and why.

    Attributes:
        referents: its antecedents; empty where none is safe.
        rule: `speaker` ("I"), `speakers-side` ("we"), `salience`, `subject-ahead` or `pair`; empty
            where no rule speaks of it.
        weighed: the candidates by salience, the heaviest first; empty where nothing was weighed.
    """

    referents: tuple[Referent, ...] = ()
    rule: str = ""
    weighed: tuple[Weighed, ...] = ()

    @property
    def weight(self) -> float:
        """Return the salience of the antecedent; 1 where nothing was weighed."""
        return self.weighed[0].weight if self.weighed else 1.0


_UNRESOLVED = Resolution()


class Resolver:
    """Finds what pronouns and paired descriptions refer to in one article."""

    def __init__(
        self,
        chart: Chart,
        quoted: Sequence[Quotation] = (),
        speech_verbs: frozenset[str] = frozenset(),
    ) -> None:
        """Index the mentions found so far, and the quotations by token."""
        self.speech_verbs = speech_verbs
        self.quotation = {i: q for q in quoted for i in range(q.first, q.last + 1)}
        self.spoke = {head.i for q in quoted for head in q.speaker}
        self.chart = chart
        self.places = chart.in_order()
        self.firsts = [place.first for place in self.places]
        self.memory: dict[int, Resolution] = {}
        self.pairs = [t for t in chart.doc if t.pos_ == "NOUN" and self.is_pronoun(t)]

    def resolve(self, token: Token, speaker: Referent | None = None) -> Resolution:
        """Return what a pronoun or paired description refers to; nothing when not safe.

        Args:
            token: the pronoun, or the head noun of "the two sides".
            speaker: whose words it stands in, for "I" and "we".
        """
        word = token.lower_
        own = speaker is None and token.i not in self.quotation
        if word in lexicon.FIRST:
            speaker = self.author if own else speaker
            one = (speaker,) if speaker is not None else ()
            return Resolution(referents=one, rule="speaker")
        if word in lexicon.FIRST_PLURAL:
            several = self.publisher if own else self._we(speaker)
            return Resolution(referents=several, rule="speakers-side")
        if token.i not in self.memory:
            for link in reversed(self._chain(token)):
                self.memory[link.i] = self._resolve(link, word)
        return self.memory[token.i]

    def _chain(self, token: Token) -> list[Token]:
        """Return a pronoun and those through which it resolves, each through the next.

        They count as unresolved meanwhile: a pronoun never resolves through itself.
        """
        self.memory[token.i] = _UNRESOLVED
        links = [token]
        while (same := self._same(links[-1])) is not None and same.i not in self.memory:
            if self._ahead(links[-1]):
                break
            self.memory[same.i] = _UNRESOLVED
            links.append(same)
        return links

    def is_pronoun(self, token: Token) -> bool:
        """Return whether `token` is a pronoun or paired description that can be resolved."""
        word = token.lower_
        if token.pos_ in {"PRON", "DET"} or token.tag_ in {"PRP", "PRP$"}:
            return word in (
                lexicon.HE | lexicon.SHE | lexicon.THEY | lexicon.IT
                | lexicon.FIRST | lexicon.FIRST_PLURAL
            ) or word == "both"  # fmt: skip
        return token.lemma_.lower() in _PAIR_HEADS and bool(
            {c.lower_ for c in token.children} & _PAIR_WORDS
        )

    def _resolve(self, token: Token, word: str) -> Resolution:
        if word in lexicon.HE | lexicon.SHE:
            if ahead := self._ahead(token):
                return Resolution(referents=ahead, rule="subject-ahead")
            same = self._same(token)
            if same is not None and self.memory[same.i].referents:
                return self.memory[same.i]
            return self._single(token, ("Person",), _gender(word))
        if word in lexicon.IT:
            return self._single(token, ("Country", "Organization"), "")
        if word in lexicon.THEY:
            return self._plural(token)
        people = token.lemma_.lower() in _PEOPLE_HEADS
        found = self._pair(token, ("Person",) if people else ("Country", "ArmedGroup"))
        return Resolution(referents=found, rule="pair")

    def _ahead(self, token: Token) -> tuple[Referent, ...]:
        """Return the subject that a possessive before it means: "On his tour, Vega met Ruiz"."""
        if token.tag_ != "PRP$":
            return ()
        subject = self.chart.syntax.surface_subject(self.chart.syntax.clause_of(token))
        place = self.chart.mention(subject[0]) if subject else None
        if place is None or place.first < token.i or place.how != "name":
            return ()
        if token in subject[0].subtree or not self.chart.is_a(place.referent, ("Person",)):
            return ()
        here = self.chart.sentence[token.i]
        for before in self._before(token):
            if self.chart.sentence[before.head] != here:
                break
            if self.chart.is_a(before.referent, ("Person",)):
                return ()
        return (place.referent,) if place.referent.gender in {"", _gender(token.lower_)} else ()

    def _same(self, token: Token) -> Token | None:
        """Return the same pronoun in the clause around ", he said,", for which it stands."""
        if token.lower_ not in lexicon.HE | lexicon.SHE:
            return None
        if token.head.dep_ not in self.chart.syntax.labels.parenthetical:
            return None
        subject = self.chart.syntax.subject(token.head.head)
        same = bool(subject) and subject[0] is not token and subject[0].lower_ == token.lower_
        return subject[0] if same else None

    @cached_property
    def author(self) -> Referent | None:
        """Who says "I" outside quotations."""
        return authors.person(self.chart)

    @cached_property
    def publisher(self) -> tuple[Referent, ...]:
        """Who says "we" outside quotations."""
        house = authors.publisher(self.chart)
        return (house,) if house is not None else self._we(self.author)

    def _we(self, speaker: Referent | None) -> tuple[Referent, ...]:
        if speaker is None:
            return ()
        for office in self.chart.offices:
            if office.holder is speaker and office.of is not None:
                if self.chart.is_a(office.of, ("Country", "Organization")):
                    return (office.of,)
        return (speaker,)

    def _before(self, token: Token) -> list[Place]:
        end = bisect_left(self.firsts, token.i)
        here = self.chart.sentence[token.i]
        found = []
        for place in reversed(self.places[:end]):
            if here - self.chart.sentence[place.head] > _REACH:
                break
            found.append(place)
        return found

    def _weight(self, token: Token, place: Place) -> float:
        head = self.chart.doc[place.head]
        distance = self.chart.sentence[token.i] - self.chart.sentence[place.head]
        weight = -1.0 * distance
        labels = self.chart.syntax.labels
        top = head
        while top.dep_ in {"conj", "flat", "compound", "appos"} or (
            top.dep_ in labels.name_part and top.head.i != top.i
        ):
            top = top.head
        if top.dep_ in labels.subject | labels.passive_subject:
            weight += 1.2
            if top.head.dep_ == "ROOT":
                weight += 0.2
            if top.head.lemma_.lower() in self.speech_verbs:
                weight += 0.3
            if distance == 0 and top.head.i in {a.i for a in token.ancestors}:
                weight += 0.4  # "Smith said that he": the one who says so
        elif top.dep_ in labels.possessive:
            weight += 0.3
        elif self._circumstance(top):
            weight -= 0.5
        if place.adjective:
            weight -= 0.8
        here, there = self.quotation.get(token.i), self.quotation.get(place.head)
        if here is None and there is not None:
            weight -= 1.5  # who is talked about inside a quotation is not who goes on outside it
        if here is None and place.head in self.spoke:
            weight += 0.6
        if here is not None and place.head in {head.i for head in here.speaker}:
            weight -= 3.0  # nobody calls himself "he"
        if distance == 0:
            weight -= 0.01 * min(token.i - place.first, 40)
        return weight

    def _circumstance(self, head: Token) -> bool:
        """Return whether a name only says where something takes place ("in Yemen")."""
        cases = {c.lower_ for c in head.children if c.dep_ == "case"}
        if head.dep_ == "pobj":
            cases.add(head.head.lower_)
        return bool(cases & {"in", "at", "near", "from", "to", "inside", "across"})

    def _single(self, token: Token, kinds: tuple[str, ...], gender: str) -> Resolution:
        best: dict[int, Weighed] = {}
        for place in self._before(token):
            referent = place.referent
            if not self.chart.is_a(referent, kinds) or referent.plural:
                continue
            if gender and referent.gender and referent.gender != gender:
                continue
            if place.how == "description" and referent.kind not in {"Official", "Person"}:
                continue
            if self._co_argument(token, place):
                continue
            weight = self._weight(token, place)
            known = best.get(id(referent))
            if known is None:
                best[id(referent)] = Weighed(weight=weight, referents=(referent,))
            else:
                best[id(referent)] = Weighed(
                    weight=max(known.weight, weight), referents=(referent,)
                )
        if not gender:
            for referent in self._speakers_side(token):
                if self.chart.is_a(referent, kinds):
                    known = best.get(id(referent))
                    weight = max(_SIDE, known.weight) if known is not None else _SIDE
                    best[id(referent)] = Weighed(weight=weight, referents=(referent,))
        if gender:
            return self._winner(list(best.values()))
        return self._winner(list(best.values()), _NEUTER_MARGIN, _LEAST_NEUTER)

    def _speakers_side(self, token: Token) -> list[Referent]:
        """Return whose official says so: "a ministry spokesman said that it would wait"."""
        for ancestor in token.ancestors:
            if ancestor.lemma_.lower() not in self.speech_verbs:
                continue
            subjects = self.chart.syntax.subject(ancestor)
            if not subjects or subjects[0].i >= token.i:
                continue
            place = self.chart.mention(subjects[0])
            if place is None:
                return []
            if self.chart.is_a(place.referent, ("Organization", "Country")):
                return [place.referent]
            return [
                office.of
                for office in self.chart.offices
                if office.holder is place.referent and office.of is not None
            ][:1]
        return []

    @staticmethod
    def _winner(weighed: list[Weighed], margin: float = 0.02, least: float = -inf) -> Resolution:
        """Return the heaviest candidate, unless it is too light or another one too near to it."""
        ranked = tuple(sorted(weighed, key=lambda w: -w.weight))
        close = len(ranked) > 1 and ranked[0].weight - ranked[1].weight < margin
        safe = bool(ranked) and not close and ranked[0].weight >= least
        found = ranked[0].referents if safe else ()
        return Resolution(referents=found, rule="salience", weighed=ranked)

    def _co_argument(self, token: Token, place: Place) -> bool:
        """Return whether both are arguments of one verb ("he met him" are two people)."""
        if token.tag_ == "PRP$" or token.dep_ in self.chart.syntax.labels.possessive:
            return False
        head = self.chart.doc[place.head]
        return head.head == token.head and token.head.pos_ == "VERB"

    def _plural(self, token: Token) -> Resolution:
        best: list[Weighed] = []
        verb = token.head.lemma_.lower()
        speaks = token.dep_ in self.chart.syntax.labels.subject and verb in self.speech_verbs
        for place in self._before(token):
            referent = place.referent
            group = self._coordinated(place)
            if len(group) > 1:
                bonus = 0.5 if self._stands_out(place) else -0.3
                bonus += 0.4 * (
                    speaks and all(self.chart.is_a(r, ("Person", "Group")) for r in group)
                )
                best.append(Weighed(weight=self._weight(token, place) + bonus, referents=group))
            elif referent.plural and self.chart.is_a(referent, ("Actor",)):
                bonus = 0.3 + 0.4 * speaks
                members = (referent, *referent.members)
                weight = self._weight(token, place) + bonus
                best.append(Weighed(weight=weight, referents=members))
            elif self.chart.is_a(referent, ("Organization", "Country")):
                best.append(Weighed(weight=self._weight(token, place) - 1.2, referents=(referent,)))
        for pair in self.pairs:
            distance = self.chart.sentence[token.i] - self.chart.sentence[pair.i]
            if pair.i < token.i and distance <= 1:
                found = self.resolve(pair).referents
                if found:
                    best.append(Weighed(weight=1.0 - distance, referents=found))
        merged: dict[tuple[int, ...], Weighed] = {}
        for item in best:
            key = tuple(id(r) for r in item.referents)
            if key not in merged or merged[key].weight < item.weight:
                merged[key] = item
        return self._winner(list(merged.values()), least=_LEAST_PLURAL)

    def _stands_out(self, place: Place) -> bool:
        """Return whether a coordination is subject, object or possessor of its clause."""
        labels = self.chart.syntax.labels
        roles = labels.subject | labels.passive_subject | labels.object | labels.possessive
        return self.chart.doc[place.head].dep_ in roles

    def _coordinated(self, place: Place) -> tuple[Referent, ...]:
        head = self.chart.doc[place.head]
        found = [place.referent]
        for token in self.chart.syntax.conjuncts(head)[1:]:
            other = self.chart.mention(token)
            if other is not None and self.chart.is_a(other.referent, ("Actor",)):
                if other.referent not in found:
                    found.append(other.referent)
        return tuple(found) if self.chart.is_a(place.referent, ("Actor",)) else (place.referent,)

    def _pair(self, token: Token, kinds: tuple[str, ...]) -> tuple[Referent, ...]:
        """Return the two parties last spoken of together, or the only two there are.

        Together are those joined by "and", and those of whom one does something to the other. "The
        two sides" are also the countries of two people spoken of together. Who was merely named
        last is no side of anything.
        """
        recent: dict[Referent, None] = {}
        people: list[Place] = []
        acting: dict[int, Place] = {}
        clause: tuple[int, tuple[Referent, ...]] | None = None  # sentence and parties of one verb
        doing = self._doing(token)
        for place in self._before(token):
            if clause is not None and self.chart.sentence[place.head] != clause[0]:
                return clause[1]
            if self.chart.is_a(place.referent, ("Person",)) and "Country" in kinds:
                sides = self._sides(place, people, token)
                if len(sides) == 2 and len(recent) < 2:
                    return sides
                people.append(place)
            if not self.chart.is_a(place.referent, kinds):
                continue
            head = self.chart.doc[place.head]
            if self._circumstance(head):
                continue
            group = [r for r in self._coordinated(place) if self.chart.is_a(r, kinds)]
            if len(group) == 2 and not doing & {*group}:
                return tuple(group)
            verb = self._acts_by(head)
            other = acting.get(verb.i) if verb is not None else None
            apart = other is not None and other.referent is not place.referent
            if other is not None and apart and clause is None:
                clause = self.chart.sentence[place.head], (place.referent, other.referent)
            if verb is not None:
                acting.setdefault(verb.i, place)
            if place.referent not in doing:
                recent[place.referent] = None
        if clause is not None:
            return clause[1]
        return tuple(reversed(recent)) if len(recent) == 2 else self._usual(token, kinds, doing)

    def _usual(
        self, token: Token, kinds: tuple[str, ...], doing: set[Referent]
    ) -> tuple[Referent, ...]:
        """Return the pair that the article has joined by "and" most often before, if one is."""
        counts: Counter[frozenset[Referent]] = Counter()
        found: dict[frozenset[Referent], tuple[Referent, ...]] = {}
        for place in self.places[: bisect_left(self.firsts, token.i)]:
            group = tuple(r for r in self._coordinated(place) if self.chart.is_a(r, kinds))
            if len(group) == 2 and not doing & {*group}:
                counts[frozenset(group)] += 1
                found.setdefault(frozenset(group), group)
        best = counts.most_common(2)
        clear = len(best) == 1 or (len(best) == 2 and best[0][1] > best[1][1])
        return found[best[0][0]] if best and best[0][1] > 1 and clear else ()

    def _doing(self, token: Token) -> set[Referent]:
        """Return who does something to "both sides" in their own clause, and so is none of them."""
        verb = self.chart.syntax.clause_of(token.head if token.head is not token else token)
        subject = [
            member
            for head in self.chart.syntax.subject(verb)
            if token not in head.subtree
            for member in self.chart.syntax.conjuncts(head)
        ]
        places = (self.chart.mention(head) for head in subject)
        return {place.referent for place in places if place is not None}

    def _acts_by(self, head: Token) -> Token | None:
        """Return the verb of which a name is subject, object, or the one it is done to or with."""
        labels = self.chart.syntax.labels
        if head.dep_ in labels.subject | labels.passive_subject | labels.object | labels.indirect:
            return head.head
        for name, _ in self.chart.syntax.governed(head):
            if name in _OTHER_SIDE and head.dep_ != "conj":
                verb = head.head if self.chart.syntax.ud else head.head.head
                return verb if verb.pos_ == "VERB" else None
        return None

    def _sides(self, place: Place, others: Sequence[Place], token: Token) -> tuple[Referent, ...]:
        """Return the countries of a person and of the one named after him, where they differ.

        In the sentence of "the two sides" themselves, people are those who speak of them.
        """
        if not others or others[-1].referent is place.referent:
            return ()
        if self.chart.sentence[others[-1].head] == self.chart.sentence[token.i]:
            return ()
        first, second = (
            next((o.of for o in self.chart.offices if o.holder is person and o.of), None)
            for person in (place.referent, others[-1].referent)
        )
        country = [r for r in (first, second) if r is not None and self.chart.is_a(r, ("Country",))]
        return tuple(country) if len(country) == 2 and country[0] is not country[1] else ()


def _gender(pronoun: str) -> str:
    return "m" if pronoun in lexicon.HE else "f"
