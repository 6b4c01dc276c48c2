"""TriG: the graphs of the store one after the other, each as Turtle."""

from __future__ import annotations

from itertools import chain

import pyoxigraph as ox

from kg.export.files import Target, opened
from kg.export.reifiers import reifiers
from kg.export.syntax import Spelling, grouped, line_of, value_of
from kg.store import Store


def write(store: Store, target: Target, **options: object) -> None:
    """Write the store as TriG; option `rdf12` adds reifiers."""
    spelling = Spelling(store.base)
    graphs = store.graphs()
    with opened(target) as stream:
        stream.write(spelling.header())
        for graph in graphs:
            quads = chain(store.match(graph=graph), reifiers(store, options, graph))
            triples = grouped(map(line_of, quads))
            name = f"{spelling.node(graph)} " if isinstance(graph, ox.NamedNode) else ""
            stream.write(f"\n{name}{{\n")
            for subject in sorted(triples, key=value_of):
                stream.writelines(spelling.block(subject, triples[subject], indent="    "))
            stream.write("}\n")
