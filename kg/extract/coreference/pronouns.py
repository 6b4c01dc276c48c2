"""Resolve pronouns and "the two sides" to antecedents; precision comes before recall.

A small salience model after Lappin & Leass (1994): candidates of the right class in the last
sentences are weighed by distance, grammatical role and more (see `salience`). If the two best are
too close, the pronoun stays unresolved.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from math import inf

from kg.extract import lexicon
from kg.extract.coreference.nearby import Nearby
from kg.extract.coreference.pairs import Search
from kg.extract.coreference.salience import THINGS, Salience
from kg.extract.discourse import Chart, Place, Referent
from kg.extract.entities import authors
from kg.extract.spans.quotations import Quotation
from kg.parsing.tokens import Token

# By how much the best candidate for "it" must lead, as "it" often refers to no actor at all;
# chosen, not measured.
_NEUTER_MARGIN = 0.2
# Least salience of the best candidate: chosen on news and on the coreference of GUM's dev part.
_LEAST_NEUTER = 0.35
_LEAST_PLURAL = 0.3
_SIDE = 1.1  # salience of the body whose official speaks; chosen, not measured
# Added to the salience of a mention if "they" refers to it as a group; all set by hand.
_STANDING_OUT = 0.5
_HIDDEN = -0.3
_DESCRIBED = 0.3
_SPEAKING = 0.4
_ONE_BODY = -1.2
_MEETING = 1.0
_PAIRED = 1.0
_PAIR_WORDS = frozenset({"two", "both"})
_PEOPLE_HEADS = frozenset({"leader", "president", "minister", "man", "counterpart"})
_PAIR_HEADS = _PEOPLE_HEADS | lexicon.words(
    "side country nation party state neighbour neighbor government capital ally power"
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Weighed:
    """One candidate for a pronoun, of one or several referents, and its salience."""

    weight: float
    referents: tuple[Referent, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Resolution:
    """What a pronoun or paired description refers to, and why.

    Attributes:
        referents: its antecedents; empty if unresolved.
        rule: `speaker` ("I"), `speakers-side` ("we"), `salience`, `subject-ahead`,
            `lone-object` or `pair`; empty
            if no rule applies.
        weighed: the candidates, highest salience first; empty if the rule does not weigh any.
    """

    referents: tuple[Referent, ...] = ()
    rule: str = ""
    weighed: tuple[Weighed, ...] = ()

    @property
    def weight(self) -> float:
        """Return the salience of the best candidate; 1 if none was weighed."""
        return self.weighed[0].weight if self.weighed else 1.0


_UNRESOLVED = Resolution()


class Resolver:
    """Resolves pronouns and paired descriptions ("the two sides") in one article."""

    def __init__(
        self,
        chart: Chart,
        quoted: Sequence[Quotation] = (),
        speech_verbs: frozenset[str] = frozenset(),
    ) -> None:
        """Index the mentions found so far, and the quotations by token."""
        self.speech_verbs = speech_verbs
        self.quotation = {i: q for q in quoted for i in range(q.first, q.last + 1)}
        spoke = frozenset(head.i for q in quoted for head in q.speaker)
        self.chart = chart
        self.nearby = Nearby(chart)
        self.salience = Salience(chart, self.quotation, spoke, speech_verbs)
        self.meeting = frozenset(
            verb
            for relation in chart.ontology.relations.values()
            for frame in relation.frames
            for verb in frame.verb
            if relation.encounter
        )
        self.memory: dict[int, Resolution] = {}
        self.pairs = [t for t in chart.doc if t.pos_ == "NOUN" and self.is_pronoun(t)]

    def resolve(self, token: Token, speaker: Referent | None = None) -> Resolution:
        """Return the antecedents of a pronoun or paired description; none if that is not safe.

        Args:
            token: the pronoun, or the head noun of "the two sides".
            speaker: who speaks the words in which it stands, for "I" and "we".
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
        """Return a pronoun, and the pronouns that it takes its antecedent from, each from the next.

        All are recorded as unresolved first, so that a pronoun never depends on itself.
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
            found = self._single(token, ("Person",), _gender(word))
            if not found.weighed and (ahead := self._subject_ahead(token)):
                return Resolution(referents=ahead, rule="subject-ahead")
            return found
        if word in lexicon.IT:
            parallel = self._parallel(token)
            if parallel is not None and (known := self.resolve(parallel)).referents:
                return known
            decided = token.dep_ in self.chart.syntax.labels.object
            return self._single(token, ("Country", "Organization", *THINGS * decided), "")
        if word in lexicon.THEY:
            return self._plural(token)
        people = token.lemma_.lower() in _PEOPLE_HEADS
        kinds = ("Person",) if people else ("Country", "ArmedGroup")
        return Resolution(referents=Search(self.nearby, token, kinds).found(), rule="pair")

    def _subject_ahead(self, token: Token) -> tuple[Referent, ...]:
        """Return the subject behind a clause that opens the sentence: "When she left, Vega spoke".

        Only for a pronoun without any candidate before it.
        """
        clause = self.chart.syntax.clause_of(token)
        if clause.dep_ not in self.chart.syntax.labels.adverbial or clause.i > clause.head.i:
            return ()
        subject = self.chart.syntax.surface_subject(clause.head)
        place = self.chart.mention(subject[0]) if subject else None
        if place is None or place.first < token.i or place.how != "name":
            return ()
        fits = self._fits(place, ("Person",), _gender(token.lower_))
        return (place.referent,) if fits else ()

    def _ahead(self, token: Token) -> tuple[Referent, ...]:
        """Return the later subject that a possessive refers to: "On his tour, Vega met Ruiz"."""
        if token.tag_ != "PRP$":
            return ()
        subject = self.chart.syntax.surface_subject(self.chart.syntax.clause_of(token))
        place = self.chart.mention(subject[0]) if subject else None
        if place is None or place.first < token.i or place.how != "name":
            return ()
        if token in subject[0].subtree or not self.chart.is_a(place.referent, ("Person",)):
            return ()
        here = self.chart.sentence[token.i]
        for before in self.nearby.before(token):
            if self.chart.sentence[before.head] != here:
                break
            if self.chart.is_a(before.referent, ("Person",)):
                return ()
        return (place.referent,) if place.referent.gender in {"", _gender(token.lower_)} else ()

    def _same(self, token: Token) -> Token | None:
        """Return the pronoun that the "he" of ", he said," repeats from the clause around it."""
        if token.lower_ not in lexicon.HE | lexicon.SHE:
            return None
        if token.head.dep_ not in self.chart.syntax.labels.parenthetical:
            return None
        subject = self.chart.syntax.subject(token.head.head)
        same = bool(subject) and subject[0] is not token and subject[0].lower_ == token.lower_
        return subject[0] if same else None

    def _parallel(self, token: Token) -> Token | None:
        """Return the "it" before, if one clause follows another: "Peru saw it, Togo praised it"."""
        objects, verb = self.chart.syntax.labels.object, token.head
        if token.dep_ not in objects or verb.dep_ != "conj":
            return None
        before = (c for c in verb.head.children if c.dep_ in objects and c.i < token.i)
        return next((c for c in before if c.lower_ in lexicon.IT), None)

    @cached_property
    def author(self) -> Referent | None:
        """The author of the article, who says "I" outside quotations."""
        return authors.person(self.chart)

    @cached_property
    def publisher(self) -> tuple[Referent, ...]:
        """The publisher, else the author's side, who says "we" outside quotations."""
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

    def _single(self, token: Token, kinds: tuple[str, ...], gender: str) -> Resolution:
        others = self._beside(token) if gender else ()
        weighed = [
            Weighed(weight=self.salience.weight(token, place), referents=(place.referent,))
            for place in self.nearby.before(token)
            if self._fits(place, kinds, gender)
            and not self._co_argument(token, place)
            and place.referent not in others
        ]
        if gender:
            return self._winner(weighed)
        sides = [r for r in self._speakers_side(token) if self.chart.is_a(r, kinds)]
        weighed += [Weighed(weight=_SIDE, referents=(side,)) for side in sides]
        found = self._winner(weighed, _NEUTER_MARGIN, _LEAST_NEUTER)
        lone = () if found.referents else self._lone(token)
        return (
            Resolution(referents=lone, rule="lone-object", weighed=found.weighed) if lone else found
        )

    def _lone(self, token: Token) -> tuple[Referent, ...]:
        """Return the body or country of the last sentence, if it is its one actor and an object.

        For a subject, all actors count: "They blamed Peru. It protested." For an object, people do
        not: "Ruiz blamed Peru, and Vega praised it."
        """
        labels = self.chart.syntax.labels
        if token.dep_ not in labels.subject | labels.object:
            return ()
        acting = token.dep_ in labels.subject
        kinds = ("Actor",) if acting else ("Country", "Organization", *THINGS)
        near = [p for p in self.nearby.before(token) if self.nearby.distance(token, p.head) <= 1]
        actors = [
            p
            for p in near
            if self.chart.is_a(p.referent, kinds)
            and (acting or not self._co_argument(token, p))
            and self.chart.doc[p.head].dep_ != "conj"
            and len(self.nearby.coordinated(p)) == 1
        ]
        apart = self.nearby.distance(token, actors[0].head) == 1 if actors else False
        if len(actors) != 1 or (acting and not apart) or self._co_argument(token, actors[0]):
            return ()
        fits = self._fits(actors[0], ("Country", "Organization"), "")
        is_object = self.chart.doc[actors[0].head].dep_ in labels.object
        return (actors[0].referent,) if fits and is_object else ()

    def _beside(self, token: Token) -> tuple[Referent, ...]:
        """Return whom the subject means if it is a pronoun too: in "he met her" they are two."""
        subject = self.chart.syntax.subject(self.chart.syntax.clause_of(token))
        if not subject or subject[0].i >= token.i or token.tag_ == "PRP$":
            return ()
        word = subject[0].lower_
        if word not in lexicon.HE | lexicon.SHE or subject[0].head is not token.head:
            return ()
        return self.resolve(subject[0]).referents

    def _fits(self, place: Place, kinds: tuple[str, ...], gender: str) -> bool:
        """Return whether a mention can be the antecedent of a singular pronoun."""
        referent = place.referent
        if not self.chart.is_a(referent, kinds) or referent.plural:
            return False
        if gender and referent.gender not in {"", gender}:
            return False
        if self.chart.is_a(referent, THINGS):
            return self.chart.doc[place.head].dep_ in self.chart.syntax.labels.object
        return place.how != "description" or referent.kind in {"Official", "Person"}

    def _speakers_side(self, token: Token) -> list[Referent]:
        """Return the body whose official is the subject of a verb of saying above the pronoun.

        In "a ministry spokesman said that it would wait" that is the ministry.
        """
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
        """Return the candidate of highest salience as the antecedent, if that is safe.

        Args:
            weighed: the candidates.
            margin: by how much it must lead over the second.
            least: what its salience must be at least.
        """
        ranked = tuple(sorted(_merged(weighed), key=lambda w: -w.weight))
        close = len(ranked) > 1 and ranked[0].weight - ranked[1].weight < margin
        safe = bool(ranked) and not close and ranked[0].weight >= least
        found = ranked[0].referents if safe else ()
        return Resolution(referents=found, rule="salience", weighed=ranked)

    def _co_argument(self, token: Token, place: Place) -> bool:
        """Return whether both are arguments of one verb, so cannot corefer ("he met him")."""
        if token.tag_ == "PRP$" or token.dep_ in self.chart.syntax.labels.possessive:
            return False
        head = self.chart.doc[place.head]
        return head.head == token.head and token.head.pos_ == "VERB"

    def _plural(self, token: Token) -> Resolution:
        verb = token.head.lemma_.lower()
        speaks = token.dep_ in self.chart.syntax.labels.subject and verb in self.speech_verbs
        weighed: list[Weighed] = []
        for place in self.nearby.before(token):
            # "Their meeting" is the one that they were told to have.
            rules = [rule for rule in GROUPS if token.tag_ != "PRP$" or rule is not Resolver._met]
            group = next((g for rule in rules if (g := rule(self, place, speaks))), None)
            if group is not None:
                weight = self.salience.weight(token, place) + group.weight
                weighed.append(Weighed(weight=weight, referents=group.referents))
        return self._winner([*weighed, *self._paired(token)], least=_LEAST_PLURAL)

    def _paired(self, token: Token) -> Iterator[Weighed]:
        """Yield the antecedents of "the two sides" in this sentence or the one before."""
        for pair in self.pairs:
            distance = self.nearby.distance(token, pair.i)
            found = self.resolve(pair).referents if pair.i < token.i and distance <= 1 else ()
            if found:
                yield Weighed(weight=_PAIRED - distance, referents=found)

    # -- candidates for "they" at a mention; `weight` is what is added to its salience -----------

    def _joined(self, place: Place, speaks: bool) -> Weighed | None:
        """Return the actors joined by "and".

        Example: Kenya and Uganda left Oslo. [They] criticised Chad. -> Kenya, Uganda
        """
        group = self.nearby.coordinated(place)
        if len(group) == 1:
            return None
        labels = self.chart.syntax.labels
        roles = labels.subject | labels.passive_subject | labels.object | labels.possessive
        bonus = _STANDING_OUT if self.chart.doc[place.head].dep_ in roles else _HIDDEN
        speaks = speaks and all(self.chart.is_a(r, ("Person", "Group")) for r in group)
        return Weighed(weight=bonus + _SPEAKING * speaks, referents=group)

    def _met(self, place: Place, speaks: bool) -> Weighed | None:
        """Return the actors who met: the object of a meeting, and its subject.

        Example: Kenya met Uganda. [They] criticised Chad. -> Kenya, Uganda
        """
        head, labels = self.chart.doc[place.head], self.chart.syntax.labels
        if head.dep_ not in labels.object or head.head.lemma_.lower() not in self.meeting:
            return None
        subject = self.chart.syntax.subject(head.head)
        other = self.chart.mention(subject[0]) if subject else None
        if other is None or not self.chart.is_a(other.referent, ("Actor",)):
            return None
        if not self.chart.is_a(place.referent, ("Actor",)) or place.adjective:
            return None
        if any(t.tag_ in {"NNS", "NNPS"} and t.pos_ == "NOUN" for t in (head, subject[0])):
            return None
        return Weighed(weight=_STANDING_OUT + _MEETING, referents=(other.referent, place.referent))

    def _described(self, place: Place, speaks: bool) -> Weighed | None:
        """Return a plural actor with its known members.

        Example: Kenyan miners left Oslo. [They] criticised Chad. -> Kenyan miners
        """
        referent = place.referent
        if not referent.plural or not self.chart.is_a(referent, ("Actor",)):
            return None
        members = (referent, *referent.members)
        return Weighed(weight=_DESCRIBED + _SPEAKING * speaks, referents=members)

    def _one_body(self, place: Place, speaks: bool) -> Weighed | None:
        """Return a country or an organisation.

        Example: Kenya said that [they] criticised Chad. -> Kenya
        """
        several = self.chart.is_a(place.referent, ("Organization", "Country"))
        return Weighed(weight=_ONE_BODY, referents=(place.referent,)) if several else None


GROUPS: tuple[Callable[[Resolver, Place, bool], Weighed | None], ...] = (
    Resolver._joined,
    Resolver._met,
    Resolver._described,
    Resolver._one_body,
)
"""Rules for candidates of "they" at a mention; the first that applies decides."""


def _merged(weighed: Iterable[Weighed]) -> list[Weighed]:
    """Return each candidate once, with its highest salience."""
    best: dict[tuple[int, ...], Weighed] = {}
    for item in weighed:
        key = tuple(id(r) for r in item.referents)
        if key not in best or best[key].weight < item.weight:
            best[key] = item
    return list(best.values())


def _gender(pronoun: str) -> str:
    return "m" if pronoun in lexicon.HE else "f"
