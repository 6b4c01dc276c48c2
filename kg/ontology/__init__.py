"""The ontology and its relation cards, read from Turtle.

A card (`ontologies/relations/<name>.ttl`) declares one relation as an OWL property and says, in the
vocabulary of `ontologies/lexicon.ttl`, how English expresses it: frames in the sense of frame
semantics (Fillmore 1982; Ruppenhofer et al. 2016), each a set of trigger words with the syntactic
slots that its roles fill.
"""

from __future__ import annotations

from functools import cache
from pathlib import Path
from types import MappingProxyType

import pyoxigraph as ox

from kg import iris, plugins, resources
from kg.errors import CardError, OntologyError, PluginError
from kg.iris import OWL, RDF, RDFS
from kg.ontology.cards import ROLES as ROLES
from kg.ontology.cards import TRIGGERS as TRIGGERS
from kg.ontology.cards import new_card as new_card
from kg.ontology.cards import read_card as read_card
from kg.ontology.model import DESCRIBED as DESCRIBED
from kg.ontology.model import EVENTS_AND_AGREEMENTS as EVENTS_AND_AGREEMENTS
from kg.ontology.model import Class as Class
from kg.ontology.model import Example as Example
from kg.ontology.model import Frame as Frame
from kg.ontology.model import Ontology as Ontology
from kg.ontology.model import Relation as Relation
from kg.ontology.turtle import Triples


def _classes(graph: Triples) -> dict[str, Class]:
    found = {}
    for node in list(graph.nodes):
        is_class = OWL + "Class" in graph.texts(node, RDF + "type")
        if not is_class or not isinstance(node, ox.NamedNode):
            continue
        if not node.value.startswith(iris.ONTOLOGY):
            continue
        name = node.value.removeprefix(iris.ONTOLOGY)
        found[name] = Class(
            name=name,
            label=graph.text(node, RDFS + "label", name),
            parents=graph.locals(node, RDFS + "subClassOf"),
            colour=graph.text(node, iris.ONTOLOGY + "colour"),
            shape=graph.text(node, iris.ONTOLOGY + "shape"),
            sector=graph.text(node, iris.ONTOLOGY + "sector"),
        )
    return found


def load(directory: Path | None = None) -> Ontology:
    """Return the ontology in `directory`, by default the one that ships with the package.

    The default one includes the relation cards that other packages add (see `kg.plugins`).

    Raises:
        OntologyError: a file is missing or its Turtle is broken.
        CardError: a relation card is not well formed.
        PluginError: the cards of another package cannot be found.
    """
    return _load(directory or resources.ontology_dir(), added=_added() if directory is None else ())


def _added() -> tuple[Path, ...]:
    """Return the folders of the relation cards that other packages add."""
    folders: list[Path] = []
    for point in plugins.found(plugins.RELATIONS).values():
        package = plugins.load(point)
        places = [Path(place) for place in getattr(package, "__path__", ())]
        if not any(list(place.glob("*.ttl")) for place in places):
            raise PluginError(
                "there is no relation card in it",
                where=point.value,
                hint="name a package whose folder holds *.ttl",
            )
        folders += places
    return tuple(folders)


@cache
def _load(directory: Path, added: tuple[Path, ...] = ()) -> Ontology:
    main = directory / "kg.ttl"
    if not main.is_file():
        raise OntologyError("there is no kg.ttl", where=directory, hint="name an ontology folder")
    graph = Triples(main)
    cards = sorted((directory / "relations").glob("*.ttl"))
    cards += [card for folder in added for card in sorted(folder.glob("*.ttl"))]
    relations: dict[str, Relation] = {}
    for card in cards:
        if card.stem in relations:
            raise CardError(
                f"there is another card for kg:{card.stem}", where=card, hint="rename one of them"
            )
        relations[card.stem] = read_card(card)
    act, link = (ox.NamedNode(iris.ONTOLOGY + name) for name in ("Act", "relatesTo"))
    version = graph.text(ox.NamedNode(iris.ONTOLOGY.rstrip("#")), OWL + "versionInfo")
    text = "".join(path.read_text(encoding="utf-8") for path in (main, *cards))
    return Ontology(
        version=f"{version}+{iris.digest(text)[:8]}",
        classes=MappingProxyType(_classes(graph)),
        relations=MappingProxyType(relations),
        link_floor=float(graph.text(link, iris.ONTOLOGY + "linkFloor", "0")),
        window=int(graph.text(act, iris.ONTOLOGY + "windowDays", "0")),
    )
