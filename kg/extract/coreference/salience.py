"""Compute the salience of a mention for a later pronoun: a weighted sum of named preferences.

A small model after Lappin & Leass (1994). A test runs the examples: the preference changes the
salience of the mention behind the arrow for the pronoun in brackets.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from kg.extract import lexicon
from kg.extract.coreference.nearby import says_where
from kg.extract.discourse import Chart, Place
from kg.extract.spans.quotations import Quotation
from kg.parsing.tokens import Token

THINGS = ("Agreement", "Event")
"""Classes of things that "it" may mean beside actors: "criticised it"."""

_PUNISHING = frozenset({"SANCTION"})  # PLOVER categories that judge by deeds
_PARTS = frozenset({"conj", "flat", "compound", "appos"})
# Tokens; mentions farther back in the sentence count as equally far. Chosen, not measured.
_FARTHEST = 40
_RANKED = "a factor of Lappin & Leass (1994), its size set by hand"
_OWN = "added here, its size set by hand"


@dataclass(frozen=True, slots=True, kw_only=True)
class Candidate:
    """A mention before a pronoun.

    Attributes:
        pronoun: the pronoun.
        place: the mention.
        head: its head word; of a part of a name or coordination, the head of the whole.
        distance: number of sentences from the mention to the pronoun; 0 in the same sentence.
        is_subject: whether `head` is the subject of its clause.
    """

    pronoun: Token
    place: Place
    head: Token
    distance: int
    is_subject: bool


class Salience:
    """Computes the salience of mentions in one article."""

    def __init__(
        self,
        chart: Chart,
        quotation: Mapping[int, Quotation],
        spoke: frozenset[int],
        speech_verbs: frozenset[str],
    ) -> None:
        """Take what the preferences need.

        Args:
            chart: mentions and referents.
            quotation: the quotation in which a token stands, by token number.
            spoke: token numbers of the heads of speakers of quotations.
            speech_verbs: lemmas of verbs of saying.
        """
        self.chart = chart
        self.quotation = quotation
        self.spoke = spoke
        self.speech_verbs = speech_verbs
        self.judging = frozenset(
            verb
            for relation in chart.ontology.relations.values()
            for frame in relation.frames
            for verb in frame.verb
            if relation.judges or relation.plover in _PUNISHING
        )

    def weight(self, pronoun: Token, place: Place) -> float:
        """Return the salience of a mention for a pronoun; it has no unit and may be negative."""
        head, labels = self._top(self.chart.doc[place.head]), self.chart.syntax.labels
        candidate = Candidate(
            pronoun=pronoun,
            place=place,
            head=head,
            distance=self.chart.sentence[pronoun.i] - self.chart.sentence[place.head],
            is_subject=head.dep_ in labels.subject or head.dep_ in labels.passive_subject,
        )
        weight = 0.0
        for preference in PREFERENCES:
            weight += preference.weight * preference.measure(self, candidate)
        return weight

    def _top(self, head: Token) -> Token:
        parts = self.chart.syntax.labels.name_part
        while head.dep_ in _PARTS or (head.dep_ in parts and head.head.i != head.i):
            head = head.head
        return head


# -- measures: 1 if a preference holds and 0 if not, or by how much it holds -----------------------


def sentences_back(salience: Salience, candidate: Candidate) -> float:
    """Return how many sentences the candidate stands before the pronoun.

    Example: Kenya left Oslo. Rain fell. [It] criticised Uganda. -> Kenya
    """
    return candidate.distance


def subject(salience: Salience, candidate: Candidate) -> float:
    """Return whether the candidate is a subject.

    Example: Kenya left Oslo. [It] criticised Uganda. -> Kenya
    """
    return candidate.is_subject


def main_clause(salience: Salience, candidate: Candidate) -> float:
    """Return whether the candidate is the subject of the main clause.

    Example: Kenya left Oslo. [It] criticised Uganda. -> Kenya
    """
    return candidate.is_subject and candidate.head.head.dep_ == "ROOT"


def speaks(salience: Salience, candidate: Candidate) -> float:
    """Return whether the candidate is the subject of a verb of saying.

    Example: Kenya said this. [It] criticised Uganda. -> Kenya
    """
    verb = candidate.head.head
    return candidate.is_subject and verb.lemma_.lower() in salience.speech_verbs


def says_so(salience: Salience, candidate: Candidate) -> float:
    """Return whether the candidate is the subject of a verb above the pronoun ("Vega said he").

    Example: Kenya said that [it] criticised Uganda. -> Kenya
    """
    if candidate.distance or not candidate.is_subject:
        return 0.0
    return any(candidate.head.head.i == above.i for above in candidate.pronoun.ancestors)


def owner(salience: Salience, candidate: Candidate) -> float:
    """Return whether the candidate is a possessor.

    Example: Envoys praised the army of Chad and Kenya's air force. [It] criticised Uganda. -> Kenya
    """
    return candidate.head.dep_ in salience.chart.syntax.labels.possessive


def whereabouts(salience: Salience, candidate: Candidate) -> float:
    """Return whether the candidate only names the place of something.

    Example: Envoys met in Kenya. [It] criticised Uganda. -> Kenya
    """
    if candidate.is_subject or owner(salience, candidate):
        return 0.0
    return says_where(candidate.head)


def adjective(salience: Salience, candidate: Candidate) -> float:
    """Return whether the candidate is an adjective ("Kenyan").

    Example: Kenyan envoys left. [It] criticised Uganda. -> Kenyan
    """
    return candidate.place.adjective


def talked_about(salience: Salience, candidate: Candidate) -> float:
    """Return whether the candidate is inside a quotation and the pronoun outside.

    Example: "Kenya left Oslo in a hurry," Chad said. [It] criticised Uganda. -> Kenya
    """
    inside = candidate.place.head in salience.quotation
    return inside and candidate.pronoun.i not in salience.quotation


def spoke(salience: Salience, candidate: Candidate) -> float:
    """Return whether the candidate is the speaker of a quotation and the pronoun outside.

    Example: "Envoys left Oslo in a hurry," Chad said. [It] criticised Uganda. -> Chad
    """
    said = candidate.place.head in salience.spoke
    return said and candidate.pronoun.i not in salience.quotation


def of_himself(salience: Salience, candidate: Candidate) -> float:
    """Return whether the candidate speaks the pronoun: nobody calls himself "he".

    Example: Chad said: "Uganda left Oslo because [it] criticised Kenya." -> Chad
    """
    here = salience.quotation.get(candidate.pronoun.i)
    return here is not None and any(candidate.place.head == head.i for head in here.speaker)


def same_thing(salience: Salience, candidate: Candidate) -> float:
    """Return whether both are objects, and the candidate is no actor but what is decided on.

    Example: Kenya criticised the law. Uganda rejected [it]. -> law
    """
    objects = salience.chart.syntax.labels.object
    both = candidate.head.dep_ in objects and candidate.pronoun.dep_ in objects
    return both and salience.chart.is_a(candidate.place.referent, THINGS)


def blamed(salience: Salience, candidate: Candidate) -> float:
    """Return whether the candidate is judged for what the pronoun does.

    Example: Kenya criticised Uganda after [it] left Oslo. -> Uganda
    """
    syntax, verb = salience.chart.syntax, candidate.head.head
    clause = candidate.pronoun.head
    if candidate.pronoun.dep_ not in syntax.labels.subject or clause.head != verb:
        return 0.0
    if candidate.head.dep_ not in syntax.labels.object or clause.dep_ != "advcl":
        return 0.0
    reason = any(c.dep_ == "mark" and c.lower_ in lexicon.REASONS for c in clause.children)
    return reason and verb.lemma_.lower() in salience.judging


def joined(salience: Salience, candidate: Candidate) -> float:
    """Return whether the candidate is one of several joined by "and", whom "it" cannot mean.

    Example: Kenya and Mali left Oslo. [It] criticised Uganda. -> Kenya
    """
    several = len(salience.chart.syntax.conjuncts(candidate.head)) > 1
    return several and candidate.pronoun.lower_ in lexicon.IT


def words_back(salience: Salience, candidate: Candidate) -> float:
    """Return the tokens from the candidate to the pronoun if both are in one sentence, else 0.

    Example: Kenya said that [it] criticised Uganda. -> Kenya
    """
    if candidate.distance:
        return 0.0
    return min(candidate.pronoun.i - candidate.place.first, _FARTHEST)


@dataclass(frozen=True, slots=True, kw_only=True)
class Preference:
    """A reason for or against a candidate, and its weight.

    Attributes:
        weight: factor of `measure` in the sum; negative if it counts against the candidate.
        origin: where the number comes from, in words.
        measure: the function that tells by how much it holds.
    """

    weight: float
    origin: str
    measure: Callable[[Salience, Candidate], float]

    @property
    def name(self) -> str:
        """Return the name of the preference."""
        return self.measure.__name__


PREFERENCES = (
    Preference(weight=-1.0, origin=_RANKED, measure=sentences_back),
    Preference(weight=1.2, origin=_RANKED, measure=subject),
    Preference(weight=0.2, origin=_RANKED, measure=main_clause),
    Preference(weight=0.3, origin=_OWN, measure=speaks),
    Preference(weight=0.4, origin=_OWN, measure=says_so),
    Preference(weight=0.3, origin=_OWN, measure=owner),
    Preference(weight=-0.5, origin=_RANKED, measure=whereabouts),
    Preference(weight=-0.8, origin=_RANKED, measure=adjective),
    Preference(weight=-1.5, origin=_OWN, measure=talked_about),
    Preference(weight=0.6, origin=_OWN, measure=spoke),
    Preference(weight=-3.0, origin=_OWN, measure=of_himself),
    Preference(weight=2.7, origin=_OWN, measure=same_thing),
    Preference(weight=2.3, origin=_OWN, measure=blamed),
    Preference(weight=-0.8, origin=_OWN, measure=joined),
    Preference(weight=-0.01, origin=_OWN, measure=words_back),
)
"""All preferences; the salience is their weighted sum, added up in this order."""
