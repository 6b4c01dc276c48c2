"""A SHACL processor for Node agrees with ours, on the sample articles and on broken graphs.

It is installed by `npm ci` in the folder `node` beside this file; the continuous integration does
so.
"""

from __future__ import annotations

import json
import shutil
import subprocess
from collections.abc import Iterable, Mapping
from pathlib import Path

import built
import mutating
import pytest
from mutations import MUTATIONS

from kg import rdf, resources
from kg.ontology import Ontology
from kg.rdf import vocabulary as v
from kg.validation import Validator
from kg.validation.wording import at_fault

NODE = Path(__file__).with_name("node")
SHAPES = resources.ontology_dir() / "shapes.ttl"
pytestmark = [
    pytest.mark.slow,
    pytest.mark.skipif(
        shutil.which("node") is None or not (NODE / "node_modules").is_dir(),
        reason="node or its SHACL processor is missing: run npm ci in tests/validation/node",
    ),
]

_EVERY = 3
# shacl-engine 1.1.2 takes any literal of type xsd:date for a day, the 31st of February too.
_NOT_SEEN = {"a day that is none"}

Findings = dict[str, set[tuple[str, str]]]


def ntriples(quads: Iterable[v.Quad]) -> str:
    return "".join(sorted({f"{q.subject} {q.predicate} {q.object} .\n" for q in quads}))


def third_opinion(graphs: Mapping[str, list[v.Quad]], ontology: Ontology, folder: Path) -> Findings:
    """Return what shacl-engine finds wrong with each graph: the node and what must hold."""
    beside = folder / "terms.nt"
    beside.write_text(ntriples(rdf.term_quads(ontology)), encoding="utf-8")
    paths = {}
    for number, (name, quads) in enumerate(graphs.items()):
        paths[name] = folder / f"{number}.nt"
        paths[name].write_text(ntriples(quads), encoding="utf-8")
    done = subprocess.run(
        ["node", "check.js", SHAPES, beside, *paths.values()],
        cwd=NODE,
        capture_output=True,
        text=True,
        timeout=600,
    )
    assert done.returncode == 0, done.stderr
    found = json.loads(done.stdout)
    return {name: {(n, m) for n, m in found[str(path)]} for name, path in paths.items()}


def own(graphs: Mapping[str, list[v.Quad]], ontology: Ontology) -> Findings:
    checker = Validator(ontology)._checker
    return {
        name: {(at_fault(fault).value, fault.message) for fault in checker.check(quads)}
        for name, quads in graphs.items()
    }


@pytest.mark.model
def test_both_find_nothing_wrong_with_the_sample_articles(
    ontology: Ontology, tmp_path: Path
) -> None:
    store = built.graph(built.SEEDS).store
    names = store.names
    graphs = {
        article: [*store.quads(names.article(article)), *store.quads(names.links(article))]
        for article in store.articles()
    }
    graphs |= {g.value: store.quads(g) for g in (names.background, names.acts, names.sources)}
    assert len(graphs) > 10
    assert sum(map(len, graphs.values())) > 10_000
    expected: Findings = {name: set() for name in graphs}
    assert own(graphs, ontology) == expected
    assert third_opinion(graphs, ontology, tmp_path) == expected


def test_both_find_the_same_faults(ontology: Ontology, tmp_path: Path) -> None:
    valid = mutating.valid(ontology)
    # A blank node has another name in each processor.
    seen = [m for m in MUTATIONS if m.name not in _NOT_SEEN and "nameless" not in m.name]
    chosen = seen[::_EVERY]
    assert len(chosen) >= 40
    graphs = {m.name: m.change(valid) for m in chosen}
    found = own(graphs, ontology)
    assert all(found.values())
    assert third_opinion(graphs, ontology, tmp_path) == found
