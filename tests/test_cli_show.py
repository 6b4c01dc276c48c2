"""`kg show`: pages of statements, limits, and a cost that grows with what is shown."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path

import example
import pytest

from kg import iris
from kg.cli import profiles, run
from kg.errors import QueryMemoryError, QueryTimeoutError
from kg.graph import Graph, profile
from kg.graph.profile import Profile
from kg.rdf import statement_order
from kg.rdf import vocabulary as v
from kg.records import Extraction
from kg.store.base import Store
from kg.store.called import called

Capture = pytest.CaptureFixture[str]
ARTICLES = 30


def copy(number: int) -> Extraction:
    """Return the first article of the example as another one, of another day."""
    found = example.lake()
    name = f"lake-{number:02}"
    article = replace(
        found.article,
        id=name,
        title=f"Talks {number}",
        published=f"2024-03-{number % 28 + 1:02}",
    )
    statements = [replace(s, evidence=replace(s.evidence, article=name)) for s in found.statements]
    # Two in one clause, of which the words tell which comes first.
    visit = next(s for s in statements if s.relation == "visits")
    may = example.span(found.article.text, "may visit")
    earlier = replace(visit.evidence, trigger=replace(may, end=may.start + 3))
    statements.append(replace(visit, modality="planned", evidence=earlier))
    return replace(found, article=article, statements=tuple(statements))


@pytest.fixture(scope="module")
def store(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("show") / "news.kg"
    with Graph.open(path, "w") as graph:
        graph.add_all([example.lake(), example.harbour(), *map(copy, range(ARTICLES))])
    return path


@pytest.fixture(scope="module")
def peru(store: Path) -> Profile:
    with Graph.open(store) as graph:
        return graph.about("Peru")[0]


def show(capsys: Capture, store: Path, *more: str) -> tuple[int, str, str]:
    code = run(["show", str(store), *more])
    return code, *capsys.readouterr()


def names(text: str) -> list[str]:
    return re.findall(r" \[([0-9a-f]{12})\]$", text, re.MULTILINE)


def test_pages_together_are_all(capsys: Capture, store: Path, peru: Profile) -> None:
    assert peru.statements == len(peru.findings) == 2 * (ARTICLES + 1) + ARTICLES + 2
    rest = peru.statements - profiles.PAGE
    code, first, _ = show(capsys, store, "Peru")
    assert code == 0
    assert first.endswith(f"\n... and {rest} more statements: --page 2, or --all\n")
    _, second, _ = show(capsys, store, "Peru", "--page", "2")
    assert "more statement" not in second
    _, whole, _ = show(capsys, store, "Peru", "--all")
    assert "more statement" not in whole
    assert (len(names(first)), len(names(second))) == (profiles.PAGE, rest)
    assert names(whole) == names(first) + names(second)
    assert first.splitlines()[0] == second.splitlines()[0], "each page says whom it is about"


def test_the_newest_comes_first_and_then_what_is_written_first(peru: Profile) -> None:
    dates = [finding.source.published for finding in peru.findings]
    assert dates == sorted(dates, reverse=True)
    places = [
        (f.source.published, f.source.id, statement_order(f.statement)) for f in peru.findings
    ]
    for date in set(dates):
        of_a_day = [place for place in places if place[0] == date]
        assert of_a_day == sorted(of_a_day)


def test_there_is_no_page_after_the_last(capsys: Capture, store: Path) -> None:
    code, out, err = show(capsys, store, "Peru", "--page", "9")
    assert (code, out) == (2, "")
    assert "there is no page 9 — the last one is 2" in err
    assert run(["show", str(store), "Peru", "--page", "0"]) == 2


def test_any_part_is_what_stands_there(store: Path, peru: Profile) -> None:
    with Graph.open(store) as graph:
        for first, most in ((0, 1), (1, 1), (7, 13), (60, 50), (0, 1_000), (99, 1), (5, 0)):
            (part,) = graph.about("Peru", first=first, most=most)
            assert part.findings == peru.findings[first : first + most], (first, most)
            assert replace(part, findings=()) == replace(peru, findings=())


def test_many_positions_are_cut_short(capsys: Capture, store: Path) -> None:
    _, first, _ = show(capsys, store, "Ana Quispe")
    assert "\n... and 21 more positions: --all\n" in first
    assert first.count("President, Peru (") == profiles._OFFICES
    _, whole, _ = show(capsys, store, "Ana Quispe", "--all")
    assert whole.count("President, Peru (") == ARTICLES + 1


def test_others_of_that_name_are_told(capsys: Capture, tmp_path: Path) -> None:
    twin = replace(example.PERU, id="unlinked/person/peru", kind="Person")
    article = replace(example.harbour().article, id="twin")
    statement = example.harbour().statements[0]
    evidence = replace(statement.evidence, article="twin")
    told = replace(statement, agents=(twin,), evidence=evidence)
    with Graph.open(tmp_path / "s.kg", "w") as graph:
        graph.add_all([example.lake(), Extraction(article=article, statements=(told,))])
    code, out, err = show(capsys, tmp_path / "s.kg", "peru")
    assert (code, out.splitlines()[0][:4]) == (0, "Peru")
    assert err == "\nkg: others of that name:\n  Peru (unlinked/person/peru)\n"
    code, out, err = show(capsys, tmp_path / "s.kg", "nobody")
    assert (code, out, err) == (1, "", "kg: nothing is known about 'nobody'\n")


def test_showing_has_limits(capsys: Capture, store: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    code, out, err = show(capsys, store, "Peru", "--timeout", "0.000001")
    assert (code, out) == (2, "")
    assert err.startswith("kg: [query-timeout] to tell it takes longer than 1e-06 s")
    assert show(capsys, store, "Peru", "--timeout", "0", "--memory", "0")[0] == 0

    def over(*given: object, **limits: object) -> None:
        assert limits == {"seconds": 60.0, "megabytes": 4096}
        raise MemoryError

    monkeypatch.setattr("kg.sandbox.limits.run", over)
    assert "[query-memory]" in show(capsys, store, "Peru")[2]


def test_what_is_not_shown_is_not_read(
    store: Path, peru: Profile, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A page costs the same, whatever else there is; a count of matches stands for the cost."""
    asked: Counter[str] = Counter()

    with Graph.open(store) as graph:
        match = type(graph.store).match

        def counted(self: Store, *given: object, **named: object) -> object:
            asked["matches"] += 1
            return match(self, *given, **named)  # type: ignore[arg-type]

        monkeypatch.setattr(type(graph.store), "match", counted)

        def cost(ask: Callable[[], object]) -> int:
            asked.clear()
            ask()
            return asked["matches"]

        none = cost(lambda: graph.about("Peru", most=0))
        some = cost(lambda: graph.about("Peru", most=2))
        whole = cost(lambda: graph.about("Peru"))
    assert none < some < whole / 3
    assert whole > none + 10 * peru.statements, "each that is shown is read, with all about it"


def test_positions_that_are_not_told_are_not_read(
    store: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    read: list[str] = []
    with Graph.open(store) as graph:
        office = profile._Reader._office

        def counted(self: profile._Reader, *given: object) -> profile.Office:
            found = office(self, *given)  # type: ignore[arg-type]
            read.append(found.source.id)
            return found

        monkeypatch.setattr(profile._Reader, "_office", counted)
        ontology = graph.ontology
        whole, _ = profile.nearest(graph.store, "Ana Quispe", ontology=ontology)
        read.clear()
        some, _ = profile.nearest(graph.store, "Ana Quispe", ontology=ontology, offices=3)
    assert whole is not None
    assert some is not None
    assert some.positions == len(whole.offices) == ARTICLES + 1
    assert some.offices == whole.offices[:3]
    assert len(read) == 3


def test_what_python_is_told_has_limits(store: Path, peru: Profile) -> None:
    with Graph.open(store) as graph:
        with pytest.raises(QueryTimeoutError):
            graph.about("Peru", timeout=0.0)
        with pytest.raises(QueryMemoryError):
            graph.about("Peru", memory=-1)
        with pytest.warns(UserWarning, match="only the first 7 rows"):
            (part,) = graph.about("Peru", max_rows=7)
        assert part.findings == peru.findings[:7]
        assert graph.about("Peru", most=7, max_rows=7) == (part,), "no more were asked for"
        assert graph.about("Peru", timeout=None, memory=None, max_rows=None) == (peru,)


def test_explaining_has_limits(capsys: Capture, store: Path, peru: Profile) -> None:
    name = peru.findings[0].statement.id
    code, out, err = show(capsys, store, "--why", name, "--timeout", "0.000001")
    assert (code, out) == (2, "")
    assert err.startswith("kg: [query-timeout] to tell it takes longer than 1e-06 s")


NAMES = (
    *("Rye Harbour", "RYE-HARBOUR", "Rýe harbour", "Harbour", "Rye's Harbour", "O'Hare", "Ohare"),
    *("Рига", "рига", "???", "!!!", "deadbeef", "deadbeefcafe", "Saint-Denis", "St. Denis", "éé"),
    *("a" * 100, "a" * 101, "long " * 20 + "end", "long " * 20 + "other", "'", "x\ty", "İzmir"),
)


@pytest.fixture(scope="module")
def named() -> Iterator[Store]:
    """A store in which each of the names is that of somebody."""
    with Graph() as graph:
        place = graph.store.names.article("a")
        for number, label in enumerate(NAMES):
            node = graph.store.names.node(f"person/{number}")
            kind = v.quad(node, v.TYPE, v.term("Entity"), place)
            graph.store.change(add=[kind, v.quad(node, v.ALT_LABEL, v.plain(label), place)])
        yield graph.store


@pytest.mark.parametrize("name", NAMES)
def test_the_engine_leaves_out_no_name_that_counts(named: Store, name: str) -> None:
    words = set(iris.slug(name).split("-"))
    slugs = [iris.slug(label) for label in NAMES]
    same = [n for n, slug in enumerate(slugs) if slug == iris.slug(name)]
    some = [n for n, slug in enumerate(slugs) if words <= set(slug.split("-"))]
    found = {named.names.identifier(node) for node in called(named, name)}
    assert found == {f"person/{n}" for n in same or some}
