"""An article is never refused for what was made of it."""

from __future__ import annotations

from dataclasses import replace

import pytest
from example import LIMA, NORWAY, harbour, lake

from kg import build
from kg.errors import LeftOutError, RecordError
from kg.graph import Graph
from kg.records import Article, Entity, Extraction, Mention, Statement


def broken(extraction: Extraction, **changes: object) -> Extraction:
    """Return an extraction whose first statement breaks a shape."""
    first, *rest = extraction.statements
    wrong: Statement = replace(first, **changes)  # type: ignore[arg-type]
    return replace(extraction, statements=(wrong, *rest))


@pytest.mark.parametrize(
    "changes", [{"attributed_to": (LIMA,)}, {"reported_by": (LIMA,)}, {"agents": (LIMA,)}]
)
def test_a_statement_that_breaks_a_shape_is_left_out_alone(changes: dict[str, object]) -> None:
    whole = lake()
    with Graph() as graph:
        (left,) = graph.add(broken(whole, **changes))
        assert isinstance(left, LeftOutError)
        assert left.where == "lake" and left.what.startswith("1 statement left out: The statement")
        kept = {s.id for s in graph.extraction("lake").statements}
        assert kept == {s.id for s in whole.statements[1:]}
        assert not list(graph.validate())


def test_a_speaker_at_fault_takes_its_statement_along() -> None:
    whole = lake()
    with Graph() as graph:
        (left,) = graph.add(broken(whole, attributed_to=(NORWAY, LIMA)))
        assert "actors only" in left.what
        assert len(graph.extraction("lake").statements) == len(whole.statements) - 1


def test_an_entity_at_fault_takes_all_that_names_it_along() -> None:
    nobody = Entity(id="unlinked/person/x", kind="NoSuchClass", name="X")
    whole = harbour()
    extraction = replace(
        whole, mentions=(*whole.mentions, Mention(span=whole.mentions[0].span, entity=nobody))
    )
    with Graph() as graph:
        assert graph.add(extraction)
        found = graph.extraction("harbour")
        assert nobody not in found.entities
        assert len(found.statements) == len(whole.statements)
        assert not list(graph.validate())


def test_a_sound_article_loses_nothing() -> None:
    with Graph() as graph:
        assert graph.add(lake()) == ()
        assert len(graph.extraction("lake").statements) == len(lake().statements)


def test_without_validation_all_is_stored_as_it_is() -> None:
    with Graph() as graph:
        assert graph.add(broken(lake(), attributed_to=(LIMA,)), validate=False) == ()
        assert list(graph.validate())


@pytest.mark.parametrize("wrong", [None, b"text", "text", lake().article])
def test_what_is_no_extraction_is_refused(wrong: object) -> None:
    with Graph() as graph, pytest.raises(RecordError, match="an Extraction is needed"):
        graph.add(wrong)  # type: ignore[arg-type]


class Careless:
    """A pipeline that takes a place for a speaker."""

    version = "careless-1"

    def extract(self, article: Article) -> Extraction:
        whole = lake()
        statements = [
            replace(s, evidence=replace(s.evidence, article=article.id)) for s in whole.statements
        ]
        statements[0] = replace(statements[0], attributed_to=(LIMA,))
        return replace(whole, article=article, statements=tuple(statements))


def test_a_build_tells_what_was_left_out_and_stores_the_rest(tmp_path) -> None:  # type: ignore[no-untyped-def]
    text = lake().article.text
    for name in ("one", "two"):
        (tmp_path / f"{name}.txt").write_text(text)
    report = build.build([tmp_path], tmp_path / "kg", loader=lambda model: Careless())
    assert (report.added, report.failed) == (2, ())
    assert sorted(error.where for error in report.left_out) == ["one", "two"]
    with Graph.open(tmp_path / "kg") as graph:
        assert len(graph) == 2
        assert not list(graph.validate())
