"""What docs/decisions.md shows works."""

from __future__ import annotations

import re
from dataclasses import fields, replace
from pathlib import Path

import example

from kg import decisions
from kg.decisions.model import KINDS
from kg.graph import Graph
from kg.records import Mention

TEXT = (Path(__file__).parents[2] / "docs" / "decisions.md").read_text(encoding="utf-8")


def test_the_example_is_complete_and_finds_what_it_names() -> None:
    (toml,) = re.findall(r"```toml\n(.*?)```", TEXT, re.DOTALL)
    made = decisions.parse(toml)
    assert {type(decision) for decision in made} == set(KINDS.values())
    for name, kind in KINDS.items():
        assert f"`{name}`" in TEXT
        keys = {field.name.replace("_", "-") for field in fields(kind)}
        for key in keys:
            assert re.search(rf"^{key} = ", toml, re.MULTILINE), f"{key} is not shown"
    harbour = example.harbour()
    short = replace(example.QUISPE, id="unlinked/person/a-quispe", name="A. Quispe")
    mention = Mention(span=example.span(example.HARBOUR, "Harbour"), entity=short)
    with Graph(gazetteer=example.gazetteer()) as graph:
        graph.add_all([example.lake(), replace(harbour, mentions=(*harbour.mentions, mention))])
        applied = graph.apply(made)
        assert applied.problems == ()
        assert applied.changed == 2
        (sparql,) = re.findall(r"```sparql\n(.*?)```", TEXT, re.DOTALL)
        assert {row[2] for row in graph.query(sparql)} == {"Foreign desk"}
        assert len(graph.query(sparql)) > len(made)
