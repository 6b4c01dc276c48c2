"""How salient a mention is to a pronoun behind it: the sum of named preferences.

A small model in the line of Lappin & Leass (1994). Examples are run by a test: the preference
changes the weight that what stands behind the arrow has for the pronoun in brackets.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from kg.extract.coreference.nearby import says_where
from kg.extract.discourse import Chart, Place
from kg.extract.spans.quotations import Quotation
from kg.parsing.tokens import Token

_PARTS = frozenset({"conj", "flat", "compound", "appos"})
_FARTHEST = 40  # tokens in one sentence beyond which all are equally far
_RANKED = "a factor of Lappin & Leass (1994), its size set by hand"
_OWN = "added here, its size set by hand"


@dataclass(frozen=True, slots=True, kw_only=True)
class Candidate:
    """A mention before a pronoun.

    Attributes:
        pronoun: the pronoun.
        place: the mention.
        head: its head word, or that of the name or coordination of which it is a part.
        distance: sentences between the two.
        is_subject: whether the head word is the subject of its clause.
    """

    pronoun: Token
    place: Place
    head: Token
    distance: int
    is_subject: bool


class Salience:
    """Weighs mentions in one article."""

    def __init__(
        self,
        chart: Chart,
        quotation: Mapping[int, Quotation],
        spoke: frozenset[int],
        speech_verbs: frozenset[str],
    ) -> None:
        """Remember what the preferences ask about.

        Args:
            chart: mentions and referents.
            quotation: the quotation in which a token stands, by token.
            spoke: the heads of who speaks in a quotation.
            speech_verbs: lemmas of verbs of saying.
        """
        self.chart = chart
        self.quotation = quotation
        self.spoke = spoke
        self.speech_verbs = speech_verbs

    def weight(self, pronoun: Token, place: Place) -> float:
        """Return how salient a mention is to a pronoun."""
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


# -- measures: 1 where a preference holds, or how much it does -------------------------------------


def sentences_back(salience: Salience, candidate: Candidate) -> float:
    """Return how many sentences before the pronoun it stands.

    Example: Kenya left Oslo. Rain fell. [It] criticised Uganda. -> Kenya
    """
    return candidate.distance


def subject(salience: Salience, candidate: Candidate) -> float:
    """Return whether it is a subject.

    Example: Kenya left Oslo. [It] criticised Uganda. -> Kenya
    """
    return candidate.is_subject


def main_clause(salience: Salience, candidate: Candidate) -> float:
    """Return whether it is the subject of the main clause.

    Example: Kenya left Oslo. [It] criticised Uganda. -> Kenya
    """
    return candidate.is_subject and candidate.head.head.dep_ == "ROOT"


def speaks(salience: Salience, candidate: Candidate) -> float:
    """Return whether it is the subject of a verb of saying.

    Example: Kenya said this. [It] criticised Uganda. -> Kenya
    """
    verb = candidate.head.head
    return candidate.is_subject and verb.lemma_.lower() in salience.speech_verbs


def says_so(salience: Salience, candidate: Candidate) -> float:
    """Return whether it is the subject of a verb above the pronoun ("Smith said that he").

    Example: Kenya said that [it] criticised Uganda. -> Kenya
    """
    if candidate.distance or not candidate.is_subject:
        return 0.0
    return any(candidate.head.head.i == above.i for above in candidate.pronoun.ancestors)


def owner(salience: Salience, candidate: Candidate) -> float:
    """Return whether it owns something.

    Example: Envoys praised the army of Chad and Kenya's air force. [It] criticised Uganda. -> Kenya
    """
    return candidate.head.dep_ in salience.chart.syntax.labels.possessive


def whereabouts(salience: Salience, candidate: Candidate) -> float:
    """Return whether it only says where something takes place.

    Example: Envoys met in Kenya. [It] criticised Uganda. -> Kenya
    """
    if candidate.is_subject or owner(salience, candidate):
        return 0.0
    return says_where(candidate.head)


def adjective(salience: Salience, candidate: Candidate) -> float:
    """Return whether it is spoken of by an adjective.

    Example: Kenyan envoys left. [It] criticised Uganda. -> Kenyan
    """
    return candidate.place.adjective


def talked_about(salience: Salience, candidate: Candidate) -> float:
    """Return whether it is talked about inside a quotation, which goes on outside of it.

    Example: "Kenya left Oslo in a hurry," Chad said. [It] criticised Uganda. -> Kenya
    """
    inside = candidate.place.head in salience.quotation
    return inside and candidate.pronoun.i not in salience.quotation


def spoke(salience: Salience, candidate: Candidate) -> float:
    """Return whether it speaks in a quotation.

    Example: "Envoys left Oslo in a hurry," Chad said. [It] criticised Uganda. -> Chad
    """
    said = candidate.place.head in salience.spoke
    return said and candidate.pronoun.i not in salience.quotation


def of_himself(salience: Salience, candidate: Candidate) -> float:
    """Return whether it speaks the pronoun: nobody calls himself "he".

    Example: Chad said: "Uganda left Oslo because [it] criticised Kenya." -> Chad
    """
    here = salience.quotation.get(candidate.pronoun.i)
    return here is not None and any(candidate.place.head == head.i for head in here.speaker)


def words_back(salience: Salience, candidate: Candidate) -> float:
    """Return how many words before the pronoun it stands in the same sentence.

    Example: Kenya said that [it] criticised Uganda. -> Kenya
    """
    if candidate.distance:
        return 0.0
    return min(candidate.pronoun.i - candidate.place.first, _FARTHEST)


@dataclass(frozen=True, slots=True, kw_only=True)
class Preference:
    """A reason for or against a candidate.

    Attributes:
        weight: what it adds where it holds; below 0 it speaks against.
        origin: where the number comes from.
        measure: how much it holds.
    """

    weight: float
    origin: str
    measure: Callable[[Salience, Candidate], float]

    @property
    def name(self) -> str:
        """Return its name."""
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
    Preference(weight=-0.01, origin=_OWN, measure=words_back),
)
"""All of them are summed, in this order."""
