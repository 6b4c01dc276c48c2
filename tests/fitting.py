"""Which entities of a statement have a class that the ontology does not allow in their role."""

from __future__ import annotations

from collections.abc import Iterator

from kg import ontology
from kg.records import Extraction

ONTOLOGY = ontology.load()
ACTORS = ("Actor",)


def misfits(extraction: Extraction) -> Iterator[str]:
    """Yield each role that somebody or something of a wrong class has, in words."""
    for s in extraction.statements:
        relation = ONTOLOGY.relation(s.relation)
        roles = (
            ("agent", s.agents, relation.domain),
            ("target", s.targets, relation.range),
            ("speaker", s.attributed_to, ACTORS),
            ("outlet", s.reported_by, ACTORS),
        )
        for role, entities, kinds in roles:
            for entity in entities:
                if kinds and not ONTOLOGY.is_a(entity.kind, kinds):
                    quote = extraction.article.quote(s.evidence.span)
                    yield f"{role} of {s.relation}: {entity.name} ({entity.kind}) in {quote!r}"
