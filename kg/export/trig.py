"""TriG: the named graphs of the store one after the other, each as Turtle."""

from __future__ import annotations

from itertools import chain

import pyoxigraph as ox

from kg.export.files import Target, opened
from kg.export.reifiers import reifiers
from kg.export.syntax import Spelling, line_of, subjects
from kg.store import Store


def write(store: Store, target: Target, **options: object) -> None:
    """Write the store as TriG; the option `rdf12` adds reifiers."""
    spelling = Spelling(store.base)
    graphs = store.graphs()
    with opened(target) as stream:
        stream.write(spelling.header())
        for graph in graphs:
            quads = chain(store.match(graph=graph), reifiers(store, options, graph))
            name = f"{spelling.node(graph)} " if isinstance(graph, ox.NamedNode) else ""
            stream.write(f"\n{name}{{\n")
            for _, subject, values in subjects(map(line_of, quads)):
                stream.writelines(spelling.block(subject, values, indent="    "))
            stream.write("}\n")
