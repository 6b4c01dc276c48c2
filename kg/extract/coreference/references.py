"""Find the referents of noun phrases: names, descriptions, pronouns, conjuncts, documents."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass

from kg.extract import lexicon
from kg.extract.coreference.pronouns import Resolution, Resolver
from kg.extract.discourse import Chart, Place, Referent
from kg.extract.entities.nominals import CLASSES
from kg.extract.spans.quotations import Quotation
from kg.parsing.tokens import Token

# Nouns that may follow a name and have its referent ("the Hamas movement").
_CALLED = (
    lexicon.ORGANISATION_HEADS
    | lexicon.GROUP_HEADS
    | lexicon.FORCE_HEADS
    | {"movement", "network", "wing", "guerrilla"}
)
# Forces after a possessive: the owner is taken as the actor ("its fighters", "his army").
_FORCES = lexicon.FORCE_HEADS | {"fighter", "military", "police", "gunman", "militant", "rebel"}
_AMONG = frozenset({"of", "from", "in", "among", "within"})  # "nobody from the ministry"
_OURS = frozenset({"government", "country", "nation", "people", "state"})
_DEEPEST = 2  # nested phrases looked into ("two of the members of the group"); chosen, not measured


@dataclass(frozen=True, slots=True, kw_only=True)
class Reference:
    """A word and the referent that it refers to.

    Attributes:
        head: the head of a name or description, or a pronoun.
        referent: the referent.
        weight: the salience with which a pronoun was resolved; 1 for names and descriptions.
    """

    head: Token
    referent: Referent
    weight: float = 1.0


@dataclass(frozen=True, slots=True, kw_only=True)
class Phrase:
    """A noun phrase whose referents are asked for.

    Attributes:
        token: its head.
        place: the mention it belongs to, if any.
        depth: in how many phrases it is nested, counted from the phrase first asked for.
        asked: numbers of quoted tokens whose speaker is being resolved; the speaker of these counts
            as unknown, which ends circular questions.
    """

    token: Token
    place: Place | None
    depth: int
    asked: frozenset[int]


_NOBODY: frozenset[int] = frozenset()


class References:
    """Finds the referents of noun phrases in one article."""

    def __init__(self, chart: Chart, resolver: Resolver, quoted: Sequence[Quotation] = ()) -> None:
        """Index the speakers of quotations by token."""
        self.chart = chart
        self.syntax = chart.syntax
        self.resolver = resolver
        self.speakers = {
            i: q.speaker for q in quoted if q.speaker for i in range(q.first, q.last + 1)
        }

    def referents(self, tokens: Iterable[Token]) -> list[Referent]:
        """Return the referents of the noun phrases headed by `tokens`, and of their conjuncts."""
        return [reference.referent for reference in self.denoted(tokens)]

    def denoted(
        self, tokens: Iterable[Token], depth: int = 0, asked: frozenset[int] = _NOBODY
    ) -> list[Reference]:
        """Return a reference for each referent of noun phrases and their conjuncts.

        Args:
            tokens: the heads of the phrases.
            depth: as in `Phrase`.
            asked: as in `Phrase`.
        """
        found: dict[Referent, Reference] = {}
        for token in tokens:
            for member in self.members(token):
                for reference in self._one(member, depth, asked):
                    found.setdefault(reference.referent, reference)
        return list(found.values())

    def resolution(self, pronoun: Token) -> Resolution:
        """Return the antecedents of a pronoun, and the other candidates weighed."""
        return self.resolver.resolve(pronoun, self._speaker(pronoun))

    def members(self, token: Token) -> list[Token]:
        """Return `token` and its conjuncts; for a title before a name, also those of the name."""
        members = self.syntax.conjuncts(token)
        place = self.chart.covers[token.i]
        if place is not None and place.how == "name":
            names = self.syntax.conjuncts(self.chart.doc[place.head])
            members += [n for n in names if n not in members and self.chart.at[n.i] is not None]
        return members

    def meaning(self, token: Token) -> list[Reference]:
        """Return the references of one noun phrase, without those of its conjuncts."""
        return list(self._one(token, 0, _NOBODY))

    def _one(self, token: Token, depth: int, asked: frozenset[int]) -> Sequence[Reference]:
        """Return the references of one noun phrase, by the first of `MEANINGS` that applies."""
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
        """Return the authors of a document: "the ministry's statement", "a letter from Peru".

        If none is named with it, they are those who issue it: "Peru issued a statement saying".
        """
        if document.lemma_.lower() not in lexicon.DOCUMENTS:
            return []
        found = self.denoted(self._owners(document, depth), depth + 1, asked)
        return [r for r in found if self.chart.is_a(r.referent, ("Actor",))]

    def _owners(self, document: Token, depth: int) -> list[Token]:
        """Return the heads of the phrases that name the authors of a document."""
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
        """Return the speaker of the quotation in which a token stands, if known.

        Speakers named inside a quotation are skipped.
        """
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
            named: leave out descriptions that are too vague for a topic.
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
        """Return whether a mention is too vague or incidental for a topic."""
        if place.how != "name" and self._incidental(place.referent):
            return True
        return place.adjective and place.referent.described

    def _incidental(self, referent: Referent) -> bool:
        """Return whether a described referent is too vague for a topic.

        A group is, and so is a local referent that is mentioned only once.
        """
        if referent.kind == "Group" or referent.local:
            count = sum(p.referent is referent for p in self.chart.mentions)
            return referent.kind == "Group" or count < 2
        return False

    # -- questions about referents -----------------------------------------------------------------

    def acts(self, modifier: Token) -> bool:
        """Return whether a modifier can name the agent: "Russian", "Hamas", but not "Paris"."""
        place = self.chart.at[modifier.i]
        if place is None:
            return False
        attributive = place.adjective or modifier.text in self.chart.gazetteer.attributive
        return attributive or self.chart.is_a(place.referent, ("Organization", "ArmedGroup"))

    def vague(self, referent: Referent) -> bool:
        """Return whether a referent is a bare "countries" or "officials": nobody in particular.

        "The men behind the attack" are somebody.
        """
        if referent.kind != "Group" or not referent.local:
            return False
        heads = (self.chart.doc[p.head] for p in self.chart.mentions if p.referent is referent)
        if any(name == "behind" for head in heads for name, _ in self.syntax.prepositions(head)):
            return False
        return referent.name.split()[-1].lower() in lexicon.VAGUE

    def fits(self, referent: Referent, kinds: tuple[str, ...]) -> bool:
        """Return whether a referent is of one of the classes; True if `kinds` is empty."""
        return not kinds or self.chart.is_a(referent, kinds)

    # -- rules for a noun phrase: each returns None if it does not apply ---------------------------

    def _owner_of_forces(self, phrase: Phrase) -> Sequence[Reference] | None:
        """Return for "its troops" or "his army" the owner: a country or an armed group.

        Example: Kenya said that its [troops] had attacked Uganda. -> Kenya
        """
        token, place, chart = phrase.token, phrase.place, self.chart
        if place is not None and place.how != "description":
            return None
        owner = next((c for c in token.children if c.tag_ == "PRP$"), None)
        ours = owner is not None and owner.lower_ == "our" and token.lemma_.lower() in _OURS
        if token.lemma_.lower() not in _FORCES and not ours:
            return None
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
        """Return the referent of a name or description; for a group, also its members.

        A group in apposition to a person is that person ("the Peruvian, Eva Ruiz, left").

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
        """Return the antecedents of a pronoun.

        Example: Kenya said that [it] would leave. -> Kenya
        """
        if not self.resolver.is_pronoun(phrase.token):
            return None
        return self._pronoun(phrase.token, phrase.asked)

    def _too_deep(self, phrase: Phrase) -> Sequence[Reference] | None:
        """Return nothing for a phrase that is nested too deeply."""
        return () if phrase.depth > _DEEPEST else None

    def _whole(self, phrase: Phrase) -> Sequence[Reference] | None:
        """Return for a part the whole that it belongs to.

        Example: [Two] of the Kenyan ministers left. -> Kenyan ministers
        """
        token = phrase.token
        nobody = token.lower_ in lexicon.NOBODY or "no" in self.syntax.determiners(token)
        if not nobody and token.lemma_.lower() not in lexicon.PARTITIVES and token.pos_ != "NUM":
            return None
        if nobody and token.lower_ not in lexicon.NOBODY | {"one"}:
            return None
        names = _AMONG if nobody else {"of"}
        parts = [head for name, head in self.syntax.prepositions(token) if name in names]
        return self.denoted(parts, phrase.depth + 1, phrase.asked)

    def _author(self, phrase: Phrase) -> Sequence[Reference] | None:
        """Return for a document its authors.

        Example: A [letter] from Kenya praised Uganda. -> Kenya
        """
        if phrase.token.lemma_.lower() not in lexicon.DOCUMENTS:
            return None
        return self.authors(phrase.token, phrase.depth, phrase.asked)

    def _apposed(self, phrase: Phrase) -> Sequence[Reference] | None:
        """Return for a noun the name in apposition to it.

        Example: Her [rival], Ann Juma, left. -> Ann Juma
        """
        for apposition in self.syntax.appositions(phrase.token):
            if found := self._one(apposition, phrase.depth + 1, phrase.asked):
                return found
        return None

    def _beside_name(self, phrase: Phrase) -> Sequence[Reference] | None:
        """Return for a noun in apposition to a name the referent of the name, if the class fits.

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
        """Return for a noun the name that is part of its phrase.

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
"""Rules for the referents of a noun phrase; the first that applies decides."""
