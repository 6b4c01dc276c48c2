"""Plain links as they are made from the statements of one article."""

from __future__ import annotations

from dataclasses import replace

import example
import pytest

from kg import ontology as ontologies
from kg import rdf
from kg.ontology import Ontology
from kg.rdf import vocabulary as v
from kg.records import Entity, Extraction

ONTOLOGY = ontologies.load()
NAMES = v.Names()


def links(extraction: Extraction, ontology: Ontology = ONTOLOGY) -> set[tuple[str, str, str]]:
    return {
        (NAMES.identifier(q.subject), v.local(q.predicate), NAMES.identifier(q.object))
        for q in rdf.link_quads(extraction, ontology=ontology)
    }


def test_links_are_only_what_the_article_itself_states() -> None:
    found = links(example.lake())
    assert ("country/NO", "meets", "country/PE") in found
    assert (example.QUISPE.id, "proposesMatter", example.SUMMIT.id) in found
    assert not {triple for triple in found if triple[1] in ("attends", "visits", "commentsOn")}
    assert len(found) == 2
    assert links(example.harbour()) == {("country/NO", "meets", "country/PE")}


@pytest.mark.parametrize(
    "change",
    [
        {"negated": True},
        {"modality": "planned"},
        {"modality": "possible"},
        {"modality": "proposed"},
        {"attributed_to": (example.LIEN,)},
        {"unnamed_source": True},
        {"confidence": ONTOLOGY.link_floor - 0.000001},
    ],
)
def test_every_reservation_takes_the_link_away(change: dict[str, object]) -> None:
    base = replace(example.lake().statements[2], modality="actual", attributed_to=())
    article = example.lake().article
    assert links(Extraction(article=article, statements=(base,)))
    doubtful = replace(base, **change)  # type: ignore[arg-type]
    assert not links(Extraction(article=article, statements=(doubtful,)))


def test_an_outlet_as_source_leaves_the_link() -> None:
    reported = replace(example.lake().statements[0], targets=(), reported_by=(example.HERALD,))
    assert links(Extraction(article=example.lake().article, statements=(reported,)))


@pytest.mark.parametrize("linking", [True, False])
@pytest.mark.parametrize("topic", ["", "proposesMatter"])
@pytest.mark.parametrize("beside", [True, False])
@pytest.mark.parametrize("targets", [(), (example.NORWAY,)])
def test_the_card_says_what_is_linked(
    linking: bool, topic: str, beside: bool, targets: tuple[Entity, ...]
) -> None:
    statement = replace(
        example.lake().statements[1],
        targets=targets,
        about=(example.SUMMIT, example.PERU, example.LIMA),
    )
    extraction = Extraction(article=example.lake().article, statements=(statement,))
    card = replace(
        ONTOLOGY.relations["proposes"], links=linking, topic_link=topic, topic_beside_target=beside
    )
    ontology = replace(ONTOLOGY, relations={"proposes": card})
    expected = {(example.QUISPE.id, "proposes", e.id) for e in targets if linking}
    if topic and (beside or not targets):
        expected |= {(example.QUISPE.id, topic, example.SUMMIT.id)}
    assert links(extraction, ontology) == expected


def test_parties_of_a_symmetric_act_are_linked_once() -> None:
    card = replace(ONTOLOGY.relations["meets"], links=True, symmetric=True)
    ontology = replace(ONTOLOGY, relations={"meets": card})
    meeting = example.lake().statements[0]
    article = example.lake().article

    def linked(**change: tuple[Entity, ...]) -> set[tuple[str, str]]:
        changed = replace(meeting, **change)  # type: ignore[arg-type]
        found = links(Extraction(article=article, statements=(changed,)), ontology)
        return {(s, o) for s, _, o in found}

    no, pe, lien = example.NORWAY, example.PERU, example.LIEN
    assert linked(agents=(pe, no, lien)) == {
        (no.id, pe.id),
        (no.id, lien.id),
        (pe.id, lien.id),
    }
    assert linked(agents=(pe,), targets=(no,)) == {(pe.id, no.id)}
    assert linked(agents=(pe, no), targets=(no,)) == {(pe.id, no.id)}
