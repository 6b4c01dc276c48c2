"""Two small articles with what a careful reader finds in them, built by hand."""

from __future__ import annotations

from typing import cast

from kg.gazetteer import Entry, Gazetteer, Match
from kg.records import (
    Article,
    Entity,
    Evidence,
    Extraction,
    Mention,
    Position,
    Span,
    Statement,
    When,
)

LAKE = """\
Ministers of Norway and Peru met in Lima on 3 March 2024. President Ana Quispe proposed \
a fisheries summit to Norway. "Norway will attend the fisheries summit," said Olav Lien, \
a scholar at the Fjord Institute, according to the Coast Herald. \
Lien said that Quispe told him that Peru may visit Oslo.
"""

HARBOUR = """\
Peru did not attend the fisheries summit, the Harbour Post wrote. \
Norway and Peru met on 3 March 2024.
"""

PERU = Entity(id="country/PE", kind="Country", name="Peru")
NORWAY = Entity(id="country/NO", kind="Country", name="Norway")
LIMA = Entity(id="unlinked/place/lima", kind="Place", name="Lima")
OSLO = Entity(id="unlinked/place/oslo", kind="Place", name="Oslo")
QUISPE = Entity(id="unlinked/person/ana-quispe", kind="Official", name="Ana Quispe")
LIEN = Entity(id="unlinked/person/olav-lien", kind="Analyst", name="Olav Lien")
FJORD = Entity(
    id="unlinked/organization/fjord-institute", kind="Organization", name="Fjord Institute"
)
HERALD = Entity(id="unlinked/outlet/coast-herald", kind="MediaOutlet", name="Coast Herald")
SUMMIT = Entity(id="unlinked/event/fisheries-summit", kind="Meeting", name="fisheries summit")


KNOWN = (
    Entry(
        id="country/NO",
        kind="Country",
        name="Norway",
        aliases=("Kingdom of Norway",),
        wikidata="Q20",
    ),
    Entry(id="country/PE", kind="Country", name="Peru", wikidata="Q419"),
    Entry(id="outlet/harbour-post", kind="MediaOutlet", name="Harbour Post"),
)


class _Gazetteer:
    """Three entries, found by their exact names."""

    def entry(self, identifier: str) -> Entry | None:
        return next((e for e in KNOWN if e.id == identifier), None)

    def holders(self, surface: str) -> tuple[object, ...]:
        return ()

    def find(self, surface: str) -> tuple[Match, ...]:
        return tuple(Match(entry=e, how="name") for e in KNOWN if e.name == surface)


def gazetteer() -> Gazetteer:
    """Return a gazetteer that knows two countries and an outlet of the example."""
    return cast(Gazetteer, _Gazetteer())


def span(text: str, words: str, nth: int = 0) -> Span:
    """Return the span of the `nth` occurrence of `words`."""
    start = -1
    for _ in range(nth + 1):
        start = text.index(words, start + 1)
    return Span(start=start, end=start + len(words))


def _evidence(article: Article, clause: str, trigger: str, rule: str) -> Evidence:
    whole = span(article.text, clause)
    start = article.text.index(trigger, whole.start)
    return Evidence(
        article=article.id,
        span=whole,
        trigger=Span(start=start, end=start + len(trigger)),
        rule=rule,
    )


def lake() -> Extraction:
    """Return the first article: five statements of every modality and a chain of speakers."""
    article = Article(
        id="lake",
        text=LAKE,
        title="Talks by the sea",
        outlet="Coast Herald",
        byline="By a correspondent",
        url="https://example.org/lake?a=1&b=2",
        published="2024-03-04",
    )

    def at(words: str, nth: int = 0) -> Span:
        return span(LAKE, words, nth)

    return Extraction(
        article=article,
        mentions=(
            Mention(span=at("Norway"), entity=NORWAY),
            Mention(span=at("Peru"), entity=PERU),
            Mention(span=at("Lima"), entity=LIMA),
            Mention(span=at("President Ana Quispe"), entity=QUISPE),
            Mention(span=at("Quispe", 1), entity=QUISPE),
            Mention(span=at("a fisheries summit"), entity=SUMMIT, how="description"),
            Mention(span=at("Norway", 1), entity=NORWAY),
            Mention(span=at("Olav Lien"), entity=LIEN),
            Mention(span=at("a scholar"), entity=LIEN, how="description"),
            Mention(span=at("Lien", 1), entity=LIEN),
            Mention(span=at("him"), entity=LIEN, how="pronoun"),
            Mention(span=at("Oslo"), entity=OSLO),
            Mention(span=at("Ministers"), entity=NORWAY, how="description"),
            Mention(span=at("Ministers"), entity=PERU, how="description"),
            Mention(span=at("Coast Herald"), entity=HERALD),
            Mention(span=at("Fjord Institute"), entity=FJORD),
        ),
        positions=(
            Position(holder=QUISPE, title="President", of=PERU, span=at("President Ana Quispe")),
            Position(holder=LIEN, title="scholar", of=FJORD, span=at("a scholar at the Fjord")),
            Position(holder=LIEN, title="scholar", of=None, span=at("a scholar")),
        ),
        statements=(
            Statement(
                relation="meets",
                agents=(NORWAY, PERU),
                where=(LIMA,),
                when=When(value="2024-03-03", text="3 March 2024"),
                evidence=_evidence(
                    article, "Ministers of Norway and Peru met in Lima", "met", "meets/meet"
                ),
                confidence=0.9,
            ),
            Statement(
                relation="proposes",
                agents=(QUISPE,),
                targets=(NORWAY,),
                about=(SUMMIT,),
                evidence=_evidence(
                    article,
                    "President Ana Quispe proposed a fisheries summit",
                    "proposed",
                    "proposes/suggest",
                ),
            ),
            Statement(
                relation="attends",
                agents=(NORWAY,),
                targets=(SUMMIT,),
                modality="planned",
                attributed_to=(LIEN,),
                reported_by=(HERALD,),
                evidence=_evidence(
                    article, "Norway will attend the fisheries summit", "attend", "attends/attend"
                ),
                confidence=0.75,
            ),
            Statement(
                relation="commentsOn",
                agents=(LIEN,),
                about=(NORWAY, SUMMIT),
                reported_by=(HERALD,),
                evidence=_evidence(
                    article,
                    '"Norway will attend the fisheries summit," said Olav Lien',
                    "said",
                    "commentsOn/say",
                ),
            ),
            Statement(
                relation="visits",
                agents=(PERU,),
                targets=(OSLO,),
                modality="possible",
                attributed_to=(QUISPE, LIEN),
                evidence=_evidence(article, "Peru may visit Oslo", "visit", "visits/visit"),
                confidence=0.5,
            ),
        ),
    )


def harbour() -> Extraction:
    """Return the second article: it contradicts the first and shares a statement with it."""
    article = Article(
        id="harbour", text=HARBOUR, title="No summit", outlet="Harbour Post", published="2024-04"
    )
    return Extraction(
        article=article,
        mentions=(
            Mention(span=span(HARBOUR, "Peru"), entity=PERU),
            Mention(span=span(HARBOUR, "fisheries summit"), entity=SUMMIT, how="description"),
            Mention(span=span(HARBOUR, "Norway"), entity=NORWAY),
        ),
        statements=(
            Statement(
                relation="attends",
                agents=(PERU,),
                targets=(SUMMIT,),
                negated=True,
                evidence=_evidence(
                    article, "Peru did not attend the fisheries summit", "attend", "attends/attend"
                ),
            ),
            Statement(
                relation="meets",
                agents=(NORWAY, PERU),
                when=When(value="2024-03-03", text="3 March 2024"),
                evidence=_evidence(article, "Norway and Peru met", "met", "meets/meet"),
            ),
        ),
    )
