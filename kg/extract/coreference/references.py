"""Noun phrases to referents: names, descriptions, pronouns, conjuncts and authors of documents."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass

from kg.extract import lexicon
from kg.extract.coreference.pronouns import Resolution, Resolver
from kg.extract.discourse import Chart, Place, Referent
from kg.extract.entities.nominals import CLASSES
from kg.extract.spans.quotations import Quotation
from kg.parsing.tokens import Token

# Nouns that may follow the name of what they are ("the Hamas movement").
_CALLED = (
    lexicon.ORGANISATION_HEADS
    | lexicon.GROUP_HEADS
    | lexicon.FORCE_HEADS
    | {"movement", "network", "wing", "guerrilla"}
)
# Who acts by them is their owner ("its fighters", "his army").
_FORCES = lexicon.FORCE_HEADS | {"fighter", "military", "police", "gunman", "militant", "rebel"}
_DEEPEST = 2  # phrases within phrases that are looked into ("two of the members of the group")


@dataclass(frozen=True, slots=True, kw_only=True)
class Reference:
    """A word that speaks of a referent.

    Attributes:
        head: the word: the head of a name or description, or a pronoun.
        referent: what it refers to.
        weight: the salience by which a pronoun was resolved; 1 for names and descriptions.
    """

    head: Token
    referent: Referent
    weight: float = 1.0


@dataclass(frozen=True, slots=True, kw_only=True)
class Phrase:
    """The head of a noun phrase, and how its meaning came to be asked for.

    Attributes:
        token: the head.
        place: the mention it belongs to, if any.
        depth: in how many phrases around it the question began.
        asked: words of speakers whose own meaning is being asked for, who are nobody meanwhile.
    """

    token: Token
    place: Place | None
    depth: int
    asked: frozenset[int]


_NOBODY: frozenset[int] = frozenset()


class References:
    """Answers what the noun phrases of one article refer to."""

    def __init__(self, chart: Chart, resolver: Resolver, quoted: Sequence[Quotation] = ()) -> None:
        """Index who speaks where."""
        self.chart = chart
        self.syntax = chart.syntax
        self.resolver = resolver
        self.speakers = {
            i: q.speaker for q in quoted if q.speaker for i in range(q.first, q.last + 1)
        }

    def referents(self, tokens: Iterable[Token]) -> list[Referent]:
        """Return what the noun phrases headed by `tokens`, and their conjuncts, refer to."""
        return [reference.referent for reference in self.denoted(tokens)]

    def denoted(
        self, tokens: Iterable[Token], depth: int = 0, asked: frozenset[int] = _NOBODY
    ) -> list[Reference]:
        """Return what noun phrases and their conjuncts refer to, each with the word that says so.

        Args:
            tokens: the heads of the phrases.
            depth: in how many phrases around these the question began.
            asked: words of speakers whose own meaning is being asked for.
        """
        found: dict[Referent, Reference] = {}
        for token in tokens:
            for member in self._members(token):
                for reference in self._one(member, depth, asked):
                    found.setdefault(reference.referent, reference)
        return list(found.values())

    def resolution(self, pronoun: Token) -> Resolution:
        """Return what a pronoun refers to and what else was weighed."""
        return self.resolver.resolve(pronoun, self._speaker(pronoun))

    def _members(self, token: Token) -> list[Token]:
        """Return `token` and its conjuncts; a title that leads to a name, those of the name too."""
        members = self.syntax.conjuncts(token)
        place = self.chart.covers[token.i]
        if place is not None and place.how == "name":
            names = self.syntax.conjuncts(self.chart.doc[place.head])
            members += [n for n in names if n not in members and self.chart.at[n.i] is not None]
        return members

    def _one(self, token: Token, depth: int, asked: frozenset[int]) -> Sequence[Reference]:
        """Return what one noun phrase refers to, by the first of the `MEANINGS` that knows."""
        place = self.chart.mention(token)
        phrase = Phrase(token=token, place=place, depth=depth, asked=asked)
        for means in MEANINGS:
            found = means(self, phrase)
            if found is not None:
                return found
        return ()

    def _pronoun(self, token: Token, asked: frozenset[int]) -> list[Reference]:
        resolved = self.resolver.resolve(token, self._speaker(token, asked))
        weight = resolved.weight
        return [Reference(head=token, referent=r, weight=weight) for r in resolved.referents]

    def authors(
        self, document: Token, depth: int = 0, asked: frozenset[int] = _NOBODY
    ) -> list[Reference]:
        """Return whose word a document is: "the ministry's statement", "a letter from Peru".

        Without an owner it is of who issues it: "Peru issued a statement saying that ...".
        """
        if document.lemma_.lower() not in lexicon.DOCUMENTS:
            return []
        found = self.denoted(self._owners(document, depth), depth + 1, asked)
        return [r for r in found if self.chart.is_a(r.referent, ("Actor",))]

    def _owners(self, document: Token, depth: int) -> list[Token]:
        """Return the heads of the phrases that say whose a document is."""
        syntax, labels = self.syntax, self.syntax.labels
        owners = syntax.possessors(document) + [
            head for name, head in syntax.prepositions(document) if name in {"by", "from"}
        ]
        owners = owners or [t for t in syntax.modifiers(document) if self.chart.at[t.i]]
        owners = owners or [
            by
            for issued in syntax.children(document, labels.adnominal)
            if issued.tag_ == "VBN" and issued.lemma_.lower() in lexicon.ISSUING
            for by in syntax.by_agent(issued)
        ]  # "a statement issued by Peru"
        if not owners and document.dep_ in labels.object and depth == 0:
            if document.head.lemma_.lower() in lexicon.ISSUING:
                owners = syntax.subject(document.head)
        return owners

    def _speaker(self, token: Token, asked: frozenset[int] = _NOBODY) -> Referent | None:
        """Return whose words a token stands in; a speaker told in his own words is nobody yet."""
        heads = self.speakers.get(token.i)
        if not heads or token.i in asked:
            return None
        outside = (h for h in heads if h.i not in self.speakers)
        found = self.denoted(outside, asked=asked | {token.i})
        return found[0].referent if found else None

    def inside(self, tokens: Iterable[Token], *, named: bool = False) -> list[Reference]:
        """Return every referent mentioned in the subtrees of `tokens`, in text order."""
        cells: set[int] = set()
        for token in tokens:
            cells.update(t.i for t in token.subtree)
        return self.among(sorted(cells), named=named)

    def among(self, cells: Iterable[int], *, named: bool = False) -> list[Reference]:
        """Return every referent mentioned on the token indices `cells`.

        Args:
            cells: token indices.
            named: leave out what is only described, and too vague to be what something is about.
        """
        found: dict[Referent, Reference] = {}
        for index in cells:
            place = self.chart.at[index] or self.chart.covers[index]
            if place is None:
                token = self.chart.doc[index]
                if self.resolver.is_pronoun(token) and token.tag_ != "PRP$":
                    for reference in self._pronoun(token, _NOBODY):
                        found.setdefault(reference.referent, reference)
            elif place.referent not in found and not (named and self._passing(place)):
                head = self.chart.doc[place.head]
                found[place.referent] = Reference(head=head, referent=place.referent)
        return list(found.values())

    def _passing(self, place: Place) -> bool:
        """Return whether a mention only describes something in passing."""
        if place.how != "name" and self._incidental(place.referent):
            return True
        return place.adjective and place.referent.described

    def _incidental(self, referent: Referent) -> bool:
        """Return whether a described thing is too vague to be what something is about."""
        if referent.kind == "Group" or referent.local:
            count = sum(p.referent is referent for p in self.chart.mentions)
            return referent.kind == "Group" or count < 2
        return False

    # -- what kind of referent it is ---------------------------------------------------------------

    def acts(self, modifier: Token) -> bool:
        """Return whether a noun's modifier says who acts: "Russian", "Hamas", but not "Paris"."""
        place = self.chart.at[modifier.i]
        if place is None:
            return False
        attributive = place.adjective or modifier.text in self.chart.gazetteer.attributive
        return attributive or self.chart.is_a(place.referent, ("Organization", "ArmedGroup"))

    @staticmethod
    def vague(referent: Referent) -> bool:
        """Return whether it is a bare "countries" or "officials", which is nobody in particular."""
        if referent.kind != "Group" or not referent.local:
            return False
        return referent.name.split()[-1].lower() in lexicon.VAGUE

    def fits(self, referent: Referent, kinds: tuple[str, ...]) -> bool:
        """Return whether a referent is of one of the classes; any will do where there are none."""
        return not kinds or self.chart.is_a(referent, kinds)

    # -- what a noun phrase may mean: each returns None where it does not apply --------------------

    def _owner_of_forces(self, phrase: Phrase) -> Sequence[Reference] | None:
        """Take "its troops", "his army" for who acts by them: a country or an armed group.

        Example: Kenya said that its [troops] had attacked Uganda. -> Kenya
        """
        token, place, chart = phrase.token, phrase.place, self.chart
        if place is not None and place.how != "description":
            return None
        if token.lemma_.lower() not in _FORCES:
            return None
        owner = next((c for c in token.children if c.tag_ == "PRP$"), None)
        if owner is None or not self.resolver.is_pronoun(owner):
            return None
        found = self._pronoun(owner, phrase.asked)
        states = [
            Reference(head=token, referent=o.of)
            for r in found
            for o in chart.offices
            if o.holder is r.referent and o.of is not None and o.of.kind == "Country"
        ]
        return [
            r for r in [*found, *states] if chart.is_a(r.referent, ("Country", "ArmedGroup"))
        ] or None

    def _mention(self, phrase: Phrase) -> Sequence[Reference] | None:
        """Take a name or description for what it names; a group also for its members.

        A group told beside a person's name is that person ("the Peruvian, Eva Ruiz, left").

        Example: [Kenya] and Uganda met in Oslo. -> Kenya
        """
        token, place = phrase.token, phrase.place
        if place is None:
            return None
        referent = place.referent
        if (referent.kind != "Group" and not place.adjective) or phrase.depth:
            return (Reference(head=token, referent=referent),)
        people = [
            r
            for a in self.syntax.appositions(token)
            for r in self.denoted([a], phrase.depth + 1, phrase.asked)
            if self.chart.is_a(r.referent, ("Person",))
        ]
        whole = (referent, *referent.members)
        return people or [Reference(head=token, referent=r) for r in whole]

    def _antecedent(self, phrase: Phrase) -> Sequence[Reference] | None:
        """Take a pronoun for its antecedent.

        Example: Kenya said that [it] would leave. -> Kenya
        """
        if not self.resolver.is_pronoun(phrase.token):
            return None
        return self._pronoun(phrase.token, phrase.asked)

    def _too_deep(self, phrase: Phrase) -> Sequence[Reference] | None:
        """Look no further into phrases within phrases."""
        return () if phrase.depth > _DEEPEST else None

    def _whole(self, phrase: Phrase) -> Sequence[Reference] | None:
        """Take a part for that of which it is one.

        Example: [Two] of the Kenyan ministers left. -> Kenyan ministers
        """
        token = phrase.token
        if token.lemma_.lower() not in lexicon.PARTITIVES and token.pos_ != "NUM":
            return None
        parts = [head for name, head in self.syntax.prepositions(token) if name == "of"]
        return self.denoted(parts, phrase.depth + 1, phrase.asked)

    def _author(self, phrase: Phrase) -> Sequence[Reference] | None:
        """Take a document for whose word it is.

        Example: A [letter] from Kenya praised Uganda. -> Kenya
        """
        if phrase.token.lemma_.lower() not in lexicon.DOCUMENTS:
            return None
        return self.authors(phrase.token, phrase.depth, phrase.asked)

    def _apposed(self, phrase: Phrase) -> Sequence[Reference] | None:
        """Take a noun for the name told beside it.

        Example: Her [rival], Ann Juma, left. -> Ann Juma
        """
        for apposition in self.syntax.appositions(phrase.token):
            if found := self._one(apposition, phrase.depth + 1, phrase.asked):
                return found
        return None

    def _beside_name(self, phrase: Phrase) -> Sequence[Reference] | None:
        """Take a noun told beside a name for what is named, where it can be such a thing.

        Example: Hamas, a [movement], left. -> Hamas
        """
        token = phrase.token
        if token.dep_ not in self.syntax.labels.apposition:
            return None
        named = self.chart.at[token.head.i]
        classes = CLASSES.get(token.lemma_.lower(), ())
        if named is None or not classes or not self.chart.is_a(named.referent, classes):
            return None
        return (Reference(head=self.chart.doc[named.head], referent=named.referent),)

    def _name_part(self, phrase: Phrase) -> Sequence[Reference] | None:
        """Take a noun for the name that is a part of its phrase.

        Example: The Hamas [movement] left. -> Hamas
        """
        called = phrase.token.lemma_.lower() in _CALLED
        kinds = ("Person", "Organization", "ArmedGroup") if called else ("Person",)
        for child in phrase.token.children:
            place = self.chart.at[child.i]
            if place is None or child.dep_ not in self.syntax.labels.name_part:
                continue
            if self.chart.is_a(place.referent, kinds):
                return (Reference(head=child, referent=place.referent),)
        return None


Meaning = Callable[[References, Phrase], Sequence[Reference] | None]
MEANINGS: tuple[Meaning, ...] = (
    References._owner_of_forces,
    References._mention,
    References._antecedent,
    References._too_deep,
    References._whole,
    References._author,
    References._apposed,
    References._beside_name,
    References._name_part,
)
"""What a noun phrase may mean, by the first rule that knows."""
