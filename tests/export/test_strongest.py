"""Pages of large graphs: the strongest statements, told as a part, in memory that stays flat."""

from __future__ import annotations

import io
import json
import re
from collections import Counter
from dataclasses import replace
from pathlib import Path

import example
import pytest

from kg.cli import run
from kg.export import export, webpage
from kg.export.strongest import strongest
from kg.graph import Graph
from kg.records import Extraction
from kg.store.base import Store


def copy(number: int, outlet: str) -> Extraction:
    """Return the second article of the example as another one, of an outlet of its own."""
    found = example.harbour()
    name = f"harbour-{number}"
    text = found.article.text + f" {outlet} heard number {number} of many people there." * 9
    article = replace(found.article, id=name, text=text, outlet=outlet)
    statements = [replace(s, evidence=replace(s.evidence, article=name)) for s in found.statements]
    return replace(found, article=article, statements=tuple(statements))


@pytest.fixture(scope="module")
def news() -> Graph:
    graph = Graph()
    graph.add_all([example.lake(), example.harbour(), copy(1, "Courier"), copy(2, "Herald")])
    return graph


def page(store: Store, **options: object) -> str:
    stream = io.StringIO()
    export(store, stream, format="html", **options)
    return stream.getvalue()


def evidence(text: str) -> dict[str, list[dict[str, list[dict[str, object]]]]]:
    found = re.search(r'<script type="application/json" id="evidence">(.*?)</script>', text, re.S)
    assert found
    return json.loads(found[1])  # type: ignore[no-any-return]


def number(store: Store) -> int:
    return sum(store.counts("Statement").values())


def test_what_most_accounts_tell_comes_first_and_then_what_is_surest(news: Graph) -> None:
    store = news.store
    told = [s for e in news.extractions() for s in e.statements]
    acts = store.acts()
    times = Counter(acts[s.id] for s in told if s.id in acts)
    assert max(times.values()) > 1, "some act is told by several"
    ranked = sorted(told, key=lambda s: (-times[acts.get(s.id, "")], -s.confidence))
    for most in range(1, len(told)):
        part = strongest(store, most)
        assert part is not None
        assert part.total == len(told)
        chosen = {s for found in part.statements.values() for s in found}
        assert len(chosen) == most
        again = [times[acts.get(s.id, "")] for s in told if s.id in chosen]
        wanted = [times[acts.get(s.id, "")] for s in ranked[:most]]
        assert sorted(n for n in again if n > 1) == sorted(n for n in wanted if n > 1)
        sure = sorted(s.confidence for s in told if s.id in chosen and times[acts[s.id]] < 2)
        rest = sorted(s.confidence for s in told if times[acts[s.id]] < 2)
        assert sure == rest[len(rest) - len(sure) :]
        assert part.acts == {s: acts[s] for s in chosen if s in acts}
    assert strongest(store, len(told)) is None


def test_a_part_has_what_its_statements_need_and_says_that_it_is_one(news: Graph) -> None:
    store, told = news.store, []
    text = page(store, most=3, cut=lambda *numbers: told.append(numbers))
    total = number(store)
    assert told == [(3, total)]
    assert f"A part of the graph: 3 of {total} statements" in text
    found = evidence(text)
    assert sum(len(act["tellings"]) for act in found["acts"]) == 3
    part = strongest(store, 3)
    assert part is not None
    for extraction in part.extractions(store, news.ontology):
        whole = news.extraction(extraction.article.id)
        assert {s.id for s in extraction.statements} == part.statements[extraction.article.id]
        assert {*extraction.mentions} <= {*whole.mentions}
        assert {*extraction.positions} <= {*whole.positions}
        parties = {e.id for s in extraction.statements for e in (*s.agents, *s.targets, *s.about)}
        assert parties <= {m.entity.id for m in extraction.mentions}


def test_a_page_with_room_for_all_is_as_it_was(news: Graph) -> None:
    total, whole = number(news.store), page(news.store, most=0)
    assert page(news.store) == page(news.store, most=total) == whole
    assert "A part of the graph" not in whole
    assert page(news.store, most=total - 1) != whole


def test_nothing_is_read_of_articles_without_a_chosen_statement(
    news: Graph, monkeypatch: pytest.MonkeyPatch
) -> None:
    read: list[str] = []
    extraction = Store.extraction

    def counted(self: Store, article: str, **named: object) -> Extraction:
        read.append(article)
        return extraction(self, article, **named)  # type: ignore[arg-type]

    monkeypatch.setattr(Store, "extraction", counted)
    page(news.store, most=1)
    assert len(read) == 1
    read.clear()
    page(news.store)
    assert len(read) == len(news)


def test_the_command_and_python_say_so(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    store, target = tmp_path / "news.kg", tmp_path / "news.html"
    with Graph.open(store, "w") as graph:
        graph.add_all([example.lake(), example.harbour()])
    assert run(["export", str(store), str(target), "--most", "2"]) == 0
    err = capsys.readouterr().err
    assert f"{target} has 2 of " in err
    assert "--around, --query" in err
    assert run(["export", str(store), str(target)]) == 0
    assert " statements" not in capsys.readouterr().err
    monkeypatch.setattr(webpage, "MOST", 2)
    with Graph.open(store) as graph, pytest.warns(UserWarning, match="the page has 2 of"):
        graph.export(target)
