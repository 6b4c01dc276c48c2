"""Noun phrases to referents: names, descriptions, pronouns, conjuncts and authors of documents."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence

from kg.extract import lexicon
from kg.extract.coreference.pronouns import Resolver
from kg.extract.discourse import Chart, Referent
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
# Nouns behind whose "of" stands the one that counts.
_CURRENCIES = frozenset("$€£¥₹₩₽")
_PARTED = lexicon.PARTITIVES | lexicon.CARRIERS
# Prepositions that say where a thing is ("rioted at a jail in Chad").
_LOCATING = frozenset({"in", "at", "near", "outside"})
_AT = _LOCATING | {"into", "to", "from", "on", "of"}


class References:
    """Answers what the noun phrases of one article refer to."""

    def __init__(self, chart: Chart, resolver: Resolver, quoted: Sequence[Quotation] = ()) -> None:
        """Index who speaks where."""
        self.chart = chart
        self.syntax = chart.syntax
        self.resolver = resolver
        self._asked: set[int] = set()
        self.speakers = {
            i: q.speaker for q in quoted if q.speaker for i in range(q.first, q.last + 1)
        }

    def referents(self, tokens: Iterable[Token], depth: int = 0) -> list[Referent]:
        """Return what the noun phrases headed by `tokens`, and their conjuncts, refer to."""
        found: list[Referent] = []
        for token in tokens:
            for member in self._members(token):
                for referent in self._one(member, depth):
                    if referent not in found:
                        found.append(referent)
        return found

    def _members(self, token: Token) -> list[Token]:
        """Return `token` and its conjuncts; a title that leads to a name, those of the name too."""
        members = self.syntax.conjuncts(token)
        place = self.chart.covers[token.i]
        if place is not None and place.how == "name":
            names = self.syntax.conjuncts(self.chart.doc[place.head])
            members += [n for n in names if n not in members and self.chart.at[n.i] is not None]
        return members

    def _one(self, token: Token, depth: int) -> Sequence[Referent]:
        place = self.chart.mention(token)
        if place is None or place.how == "description":
            masters = self._masters(token)
            if masters:
                return masters
        if place is not None:
            if (place.referent.kind == "Group" or place.adjective) and depth == 0:
                people = [
                    r
                    for a in self.syntax.appositions(token)
                    for r in self.referents([a], depth + 1)
                    if self.chart.is_a(r, ("Person",))
                ]
                return people or (place.referent, *place.referent.members)
            return (place.referent,)
        if self.resolver.is_pronoun(token):
            return self.resolver.resolve(token, self._speaker(token))
        if depth > 2:
            return ()
        if token.lemma_.lower() in lexicon.PARTITIVES or token.pos_ == "NUM":
            parts = [head for name, head in self.syntax.prepositions(token) if name == "of"]
            return self.referents(parts, depth + 1)
        if token.lemma_.lower() in lexicon.DOCUMENTS:
            return self.authors(token, depth)
        for apposition in self.syntax.appositions(token):
            found = self._one(apposition, depth + 1)
            if found:
                return found
        if token.dep_ in self.syntax.labels.apposition:  # "the Front, a Peruvian movement"
            named = self.chart.at[token.head.i]
            classes = CLASSES.get(token.lemma_.lower(), ())
            if named is not None and classes and self.chart.is_a(named.referent, classes):
                return (named.referent,)
        kinds: tuple[str, ...] = ("Person",)
        if token.lemma_.lower() in _CALLED:
            kinds = ("Person", "Organization", "ArmedGroup")
        for child in token.children:
            place = self.chart.at[child.i]
            if place is None or child.dep_ not in self.syntax.labels.name_part:
                continue
            if self.chart.is_a(place.referent, kinds):
                return (place.referent,)
        return ()

    def _masters(self, token: Token) -> tuple[Referent, ...]:
        """Return who acts by "its troops", "his army": the country, or the armed group itself."""
        if token.lemma_.lower() not in _FORCES:
            return ()
        owner = next((c for c in token.children if c.tag_ == "PRP$"), None)
        if owner is None or not self.resolver.is_pronoun(owner):
            return ()
        found = self.resolver.resolve(owner, self._speaker(owner))
        states = [
            o.of
            for r in found
            for o in self.chart.offices
            if o.holder is r and o.of is not None and o.of.kind == "Country"
        ]
        return tuple(
            dict.fromkeys(
                r for r in [*found, *states] if self.chart.is_a(r, ("Country", "ArmedGroup"))
            )
        )

    def authors(self, document: Token, depth: int = 0) -> list[Referent]:
        """Return whose word a document is: "the ministry's statement", "a letter from Peru".

        Without an owner it is of who issues it: "Peru issued a statement saying that ...".
        """
        if document.lemma_.lower() not in lexicon.DOCUMENTS:
            return []
        owners = self.syntax.possessors(document) + [
            head for name, head in self.syntax.prepositions(document) if name in {"by", "from"}
        ]
        owners = owners or [t for t in self.syntax.modifiers(document) if self.chart.at[t.i]]
        owners = owners or [
            by
            for issued in self.syntax.children(document, self.syntax.labels.adnominal)
            if issued.tag_ == "VBN" and issued.lemma_.lower() in lexicon.ISSUING
            for by in self.syntax.by_agent(issued)
        ]  # "a statement issued by Peru"
        if not owners and document.dep_ in self.syntax.labels.object and depth == 0:
            if document.head.lemma_.lower() in lexicon.ISSUING:
                owners = self.syntax.subject(document.head)
        return [r for r in self.referents(owners, depth + 1) if self.chart.is_a(r, ("Actor",))]

    def _speaker(self, token: Token) -> Referent | None:
        heads = self.speakers.get(token.i)
        if not heads or token.i in self._asked:
            return None
        self._asked.add(token.i)  # a speaker described in his own words is nobody yet
        found = self.referents(h for h in heads if h.i not in self.speakers)
        self._asked.discard(token.i)
        return found[0] if found else None

    def inside(self, tokens: Iterable[Token], *, named: bool = False) -> list[Referent]:
        """Return every referent mentioned in the subtrees of `tokens`, in text order."""
        cells: set[int] = set()
        for token in tokens:
            cells.update(t.i for t in token.subtree)
        return self.among(sorted(cells), named=named)

    def among(self, cells: Iterable[int], *, named: bool = False) -> list[Referent]:
        """Return every referent mentioned on the token indices `cells`."""
        found: list[Referent] = []
        for index in cells:
            place = self.chart.at[index] or self.chart.covers[index]
            if place is not None:
                options: Sequence[Referent] = (place.referent,)
                if (named and place.how != "name" and self._incidental(place.referent)) or (
                    named and place.adjective and place.referent.described
                ):
                    options = ()
            else:
                token = self.chart.doc[index]
                options = ()
                if self.resolver.is_pronoun(token) and token.tag_ != "PRP$":
                    options = self.resolver.resolve(token, self._speaker(token))
            for referent in options:
                if referent not in found:
                    found.append(referent)
        return found

    def _incidental(self, referent: Referent) -> bool:
        """Return whether a described thing is too vague to be what something is about."""
        if referent.kind == "Group" or referent.local:
            count = sum(p.referent is referent for p in self.chart.mentions)
            return referent.kind == "Group" or count < 2
        return False

    # -- who stands behind a noun ------------------------------------------------------------------

    def acts(self, modifier: Token) -> bool:
        """Return whether a noun's modifier says who acts: "Russian", "Hamas", but not "Paris"."""
        place = self.chart.at[modifier.i]
        if place is None:
            return False
        attributive = place.adjective or modifier.text in lexicon.ATTRIBUTIVE
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

    def performers(self, act: Token, kinds: tuple[str, ...]) -> list[Referent]:
        """Return who does what a noun names, where the clause says so of somebody.

        "Peru began the evacuation of the port", "claimed responsibility for the attack", "blamed
        Peru for the attack", "is responsible for the attack".
        """
        if act.pos_ != "NOUN":
            return []
        return [r for r in self.referents(self._performers(act)) if self.fits(r, kinds)]

    def _performers(self, act: Token) -> list[Token]:
        """Return the heads of the noun phrases that name who does `act`."""
        syntax, head = self.syntax, act.head
        if act.dep_ in syntax.labels.object:
            performing = head.lemma_.lower() in lexicon.PERFORMING and not syntax.is_passive(head)
            return syntax.subject(head) if performing else []
        if not {name for name, _ in syntax.governed(act)} & {"for", "of", "over"}:
            return []
        host = head if head.dep_ not in {"prep"} else head.head
        if host.lemma_.lower() in {"responsibility", "credit", "blame"}:
            verb = host.head
            if verb.lemma_.lower() in lexicon.ADMITTING:
                return syntax.subject(verb)
            host = verb if verb.lemma_.lower() in lexicon.BLAMING else host
        if host.lemma_.lower() in lexicon.BLAMING and host.pos_ == "VERB":
            return syntax.object(host)
        if host.lower_ in {"responsible", "guilty"}:
            return syntax.surface_subject(host)
        return []

    def doers(self, deeds: Sequence[Token], kinds: tuple[str, ...]) -> list[Referent]:
        """Return who acts where an attack is the subject: "Russian shelling killed two"."""
        owners = [
            t
            for deed in deeds
            for t in [*self.syntax.possessors(deed), *self.syntax.modifiers(deed),
                      *self.syntax.by_agent(deed)]
            if self.acts(t) or t.dep_ not in self.syntax.labels.modifier
        ]  # fmt: skip
        return [r for r in self.referents(owners) if self.fits(r, kinds)]

    def nested_agent(self, noun: Token) -> list[Token]:
        """Return the by-phrase of a noun, also where its parse hangs it on another phrase of it."""
        hosts = [noun, *(head for _, head in self.syntax.prepositions(noun) if head.i > noun.i)]
        return [t for host in hosts for t in self.syntax.by_agent(host)][:1]

    def possessed(self, heads: Sequence[Token], kinds: tuple[str, ...]) -> list[Referent]:
        """Return the owner of an unknown noun: "rejected Iran's offer" is directed at Iran."""
        for head in heads:
            place = self.chart.mention(head)
            if place is not None and not self.vague(place.referent):
                continue
            if head.dep_ in self.syntax.labels.apposition:
                continue  # "the leader of the Front, the Peruvian movement": not Peru
            owners = self.syntax.possessors(head) or [
                t for t in self.syntax.modifiers(head) if self.chart.at[t.i] is not None
            ]
            if head.lemma_.lower() in lexicon.UNDOING:
                owners = owners or self.nested_agent(head)
                return [r for r in self.referents(owners) if self.fits(r, kinds)]
            owners = owners or [t for name, t in self.syntax.prepositions(head) if name == "of"]
            found = [r for r in self.referents(owners) if self.fits(r, kinds)]
            if found:
                return found
        return []

    # -- where things are --------------------------------------------------------------------------

    def whereabouts(self, heads: Sequence[Token]) -> list[Referent]:
        """Return the places that noun phrases name, or where what they name is."""
        unknown = [t for t in heads if self.chart.mention(t) is None]
        further = [t for h in unknown for n, t in self.syntax.prepositions(h) if n in _LOCATING]
        return [r for r in self.referents([*heads, *further]) if self._is_place(r)]

    def sites(self, heads: Sequence[Token]) -> list[Referent]:
        """Return where the things are that an act is directed at ("blew up a bridge in Tacna")."""
        things = [
            t for t in heads if self.chart.mention(t) is None and self.headed(t, lexicon.SITE_HEADS)
        ]
        inner = [t for thing in things for t in thing.subtree]
        found = self.referents(h for t in inner for n, h in self.syntax.governed(t) if n in _AT)
        return [r for r in found if self._is_place(r)]

    def _is_place(self, referent: Referent) -> bool:
        return self.fits(referent, ("Place", "Country")) and not referent.described

    def headed(self, noun: Token, lemmas: Collection[str]) -> Token | None:
        """Return the noun that counts, if it is one of `lemmas`: "talks" of "two hours of talks".

        The one that describes a name, or that a carrier carries, counts like the whole; an amount
        in a currency is money.
        """
        waiting = [noun]
        while waiting:
            noun = waiting.pop()
            if self._counts(noun, lemmas):
                return noun
            if noun.lemma_.lower() in _PARTED:
                parts = [head for name, head in self.syntax.prepositions(noun) if name == "of"]
                waiting += reversed(parts)
        return None

    def _counts(self, noun: Token, lemmas: Collection[str]) -> bool:
        """Return whether a noun is itself one of `lemmas`, or stands for one; see `headed`."""
        lemma = noun.lemma_.lower()
        forms = {lemma, lemma.removesuffix("s")}  # "troops", "supplies" have no singular at times
        if lemma.endswith("ies"):
            forms.add(lemma[:-3] + "y")
        if forms & {*lemmas}:
            return True
        if "money" in lemmas and (noun.tag_ == "$" or noun.text[:1] in _CURRENCIES):
            return True
        if noun.pos_ == "PROPN" or lemma in lexicon.CARRIERS:
            nouns = (t for t in self.syntax.modifiers(noun) if t.pos_ == "NOUN")
            return any(t.lemma_.lower() in lemmas for t in nouns)
        return False
