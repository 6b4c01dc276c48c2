"""TriG: the graphs of the store one after the other, each as Turtle."""

from __future__ import annotations

from kg.export.files import Target, opened
from kg.export.syntax import Spelling, grouped
from kg.store import Store


def write(store: Store, target: Target, **options: object) -> None:
    """Write the store as TriG."""
    spelling = Spelling(store.base)
    graphs = store.graphs()
    with opened(target) as stream:
        stream.write(spelling.header())
        for graph in graphs:
            triples = grouped(store.match(graph=graph))
            stream.write(f"\n{spelling.node(graph)} {{\n")
            for subject in sorted(triples, key=lambda node: node.value):
                stream.writelines(spelling.block(subject, triples[subject], indent="    "))
            stream.write("}\n")
