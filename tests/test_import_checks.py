"""Files that somebody changed: what is wrong in an article leaves it out, and only it."""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path

import example
import pytest

from kg.cli import run
from kg.errors import KgError
from kg.graph import Graph
from kg.importing import import_file
from kg.store import Store

KG = "https://w3id.org/newskg/ontology#"
ID = "https://w3id.org/newskg/id/"
LAKE = f"<{ID}article/lake>"
Capture = pytest.CaptureFixture[str]
Change = Callable[[list[str]], list[str]]


@pytest.fixture(scope="module")
def quads() -> tuple[str, ...]:
    """Both articles of the example as N-Quads."""
    with Graph(gazetteer=example.gazetteer()) as graph:
        graph.add_all([example.lake(), example.harbour()])
        return tuple(f"{quad} .\n" for quad in graph.store.quads())


@pytest.fixture
def lines(quads: tuple[str, ...]) -> list[str]:
    return list(quads)


def of(lines: list[str], *words: str) -> str:
    """Return the first line that has all of these."""
    return next(line for line in lines if all(word in line for word in words))


def more(line: str) -> Change:
    return lambda lines: [*lines, line]


def other(pattern: str, new: str, *words: str) -> Change:
    """Return a change of the first line that has these words."""

    def change(lines: list[str]) -> list[str]:
        line = of(lines, *words)
        changed = re.sub(pattern, new, line, count=1)
        assert changed != line
        return [changed if other == line else other for other in lines]

    return change


def gone(*words: str) -> Change:
    return lambda lines: [line for line in lines if line != of(lines, *words)]


def statement(lines: list[str]) -> str:
    return of(lines, f"<{KG}relation>", LAKE).split()[0]


LEFT_OUT: dict[str, tuple[Change, str]] = {
    "a place beyond the text": (
        other(r'"\d+"', '"99999"', f"{KG}end>", LAKE),
        "after the text|end",
    ),
    "a number that is none": (other(r'"\d+"', '"many"', f"{KG}start>", LAKE), "not well formed"),
    "a literal of another type": (
        other("#decimal", "#string", f"{KG}confidence>", LAKE),
        "confidence, a decimal from 0 to 1|linked plainly",  # without it nothing is sure enough
    ),
    "another quote": (other(r'"[^"]+"', '"Oh"', f"{KG}quote>", LAKE), "letter by letter"),
    "another mood": (
        lambda lines: other("#actual", "#planned", f"{KG}modality>", statement(lines), LAKE)(lines),
        "identifier stands for|plainly",
    ),
    "an unknown mood": (other("#actual", "#sure", f"{KG}modality>", LAKE), "unknown modality"),
    "an unknown property of a statement": (
        lambda lines: more(f'{statement(lines)} <{KG}secret> "x" {LAKE} .\n')(lines),
        "only the properties of one, but has kg:secret",
    ),
    "an unknown property of an entity": (
        lambda lines: more(f'<{ID}country/PE> <{KG}start> "1" {LAKE} .\n')(lines),
        "properties that the ontology gives it, but has kg:start",
    ),
    "an unknown node": (more(f'<{ID}x> <{KG}quote> "x" {LAKE} .\n'), "something else that"),
    "an unknown type": (
        lambda lines: more(
            f"{statement(lines)} <http://www.w3.org/1999/02/22-rdf-syntax-ns#type> "
            f"<https://example.org/Truth> {LAKE} .\n"
        )(lines),
        "types that the ontology has",
    ),
    "a link that nobody told": (
        more(f"<{ID}country/PE> <{KG}sanctions> <{ID}country/NO> <{ID}graph/links/lake> .\n"),
        "linked plainly only where",
    ),
    "a link that is no relation": (
        more(f"<{ID}country/PE> <https://e.org/x> <{ID}country/NO> <{ID}graph/links/lake> .\n"),
        "only properties",
    ),
    "a link that is missing": (gone("graph/links/lake"), "must be linked plainly"),
    "an agent that is missing": (gone(f"{KG}agent>", LAKE), "agent|linked plainly"),
}


def imported(lines: list[str], folder: Path) -> tuple[tuple[KgError, ...], list[str]]:
    """Return what was told about a file, and the articles that the store has then."""
    (folder / "x.nq").write_text("".join(lines), encoding="utf-8")
    report = import_file(folder / "x.nq", folder / "s.kg")
    if not (folder / "s.kg").exists():
        return report.failed, []
    with Graph.open(folder / "s.kg") as graph:
        assert list(graph.validate()) == []
        return report.failed, graph.store.articles()


@pytest.mark.parametrize("name", LEFT_OUT)
def test_an_article_at_fault_is_left_out_alone(lines: list[str], tmp_path: Path, name: str) -> None:
    change, says = LEFT_OUT[name]
    failed, articles = imported(change(lines), tmp_path)
    assert articles == ["harbour"]
    (error,) = failed
    assert re.search(says, error.what), error.what
    assert error.what.endswith("it was left out")
    assert error.where.endswith("article lake")


OTHERS: dict[str, tuple[Change, str]] = {
    "a graph outside the base": (
        more("<a:b> <a:c> <a:d> <https://e.org/g> .\n"),
        "outside the base",
    ),
    "a graph of no kind": (
        more(f"<a:b> <a:c> <a:d> <{ID}graph/secret> .\n"),
        "no graph of a store",
    ),
    "links of no article": (
        more(f"<{ID}country/PE> <{KG}meets> <{ID}country/NO> <{ID}graph/links/none> .\n"),
        "about none, which is no article",
    ),
    "a term that is redefined": (
        more(
            f"<{KG}meets> <http://www.w3.org/2000/01/rdf-schema#label> "
            f'"made war on"@en <{ID}graph/terms> .\n'
        ),
        "must be as the ontology has it, but has .*made war on",
    ),
    "a term that is not there": (gone(f"<{KG}meets>", f"<{ID}graph/terms>"), "but lacks"),
    "a floor that is none": (other(r'"[0-9.]+"', '"all"', f"{KG}linkFloor>"), "no floor for links"),
    "a decision without an author": (
        more(
            f"<{ID}decision/1> <http://www.w3.org/1999/02/22-rdf-syntax-ns#type> <{KG}Decision> "
            f"<{ID}graph/decisions> .\n"
        ),
        "exactly one wording",
    ),
}


@pytest.mark.parametrize("name", OTHERS)
def test_what_belongs_to_no_article_is_left_out(
    lines: list[str], tmp_path: Path, name: str
) -> None:
    change, says = OTHERS[name]
    failed, articles = imported(change(lines), tmp_path)
    assert articles == ["harbour", "lake"]
    (error,) = failed
    assert re.search(says, error.what), error.what


def test_what_is_known_of_an_entity_must_be_well_formed(lines: list[str], tmp_path: Path) -> None:
    same = "<http://www.w3.org/2002/07/owl#sameAs>"
    wrong = f"<{ID}country/PE> {same} <https://e.org/> <{ID}graph/background> .\n"
    failed, articles = imported([*lines, wrong], tmp_path)
    assert articles == ["harbour", "lake"]
    assert "items of Wikidata only" in failed[0].what
    with Graph.open(tmp_path / "s.kg") as graph:
        assert "https://e.org/" not in {q.object.value for q in graph.store.match()}


def test_nothing_is_made_where_nothing_is_left(
    lines: list[str], tmp_path: Path, capsys: Capture
) -> None:
    broken = [line for line in lines if f"<{KG}text>" not in line]
    assert len(broken) == len(lines) - 2
    (tmp_path / "x.nq").write_text("".join(broken), encoding="utf-8")
    assert run(["import", str(tmp_path / "x.nq"), "-o", str(tmp_path / "s.kg")]) == 2
    assert capsys.readouterr().err.count("it was left out") == 2
    assert not (tmp_path / "s.kg").exists()


def test_what_the_store_has_of_an_article_at_fault_stays(lines: list[str], tmp_path: Path) -> None:
    assert imported(lines, tmp_path) == ((), ["harbour", "lake"])
    with Graph.open(tmp_path / "s.kg") as graph:
        before = graph.store.quads()
    failed, articles = imported(LEFT_OUT["another quote"][0](lines), tmp_path)
    assert (len(failed), articles) == (1, ["harbour", "lake"])
    with Graph.open(tmp_path / "s.kg") as graph:
        assert graph.store.quads() == before


def stored(lines: list[str], path: Path) -> None:
    """Put quads into a store as they are, as a program that checks nothing would."""
    from kg.store.bulk import load
    from kg.store.oxigraph import open_disk

    file = path.with_suffix(".raw.nq")
    file.write_text("".join(lines), encoding="utf-8")
    with open_disk(path, "w") as store:
        load(store, file)


WRONG = {**LEFT_OUT, **OTHERS}


def test_validation_finds_nothing_where_nothing_is_wrong(lines: list[str], tmp_path: Path) -> None:
    stored(lines, tmp_path / "good.kg")
    assert run(["validate", str(tmp_path / "good.kg")]) == 0


@pytest.mark.parametrize("name", WRONG)
def test_validation_sees_what_an_import_would(
    lines: list[str], tmp_path: Path, name: str, capsys: Capture
) -> None:
    stored(WRONG[name][0](lines), tmp_path / "bad.kg")
    capsys.readouterr()
    # What an identifier stands for and which number is none only reading tells; shapes see both
    # where links follow or a type is named.
    assert run(["validate", str(tmp_path / "bad.kg")]) == 1
    assert capsys.readouterr().out


@pytest.fixture(scope="module")
def bad(quads: tuple[str, ...], tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("bad") / "bad.kg"
    stored(LEFT_OUT["a place beyond the text"][0](list(quads)), path)
    return path


FORMATS = ["csv", "entities.csv", "jsonl", "plover.jsonl", "html", "graphml", "gexf", "neo4j"]


@pytest.mark.parametrize("suffix", [*FORMATS, "site/"])
def test_one_bad_place_does_not_keep_the_rest_from_being_exported(
    bad: Path, tmp_path: Path, suffix: str, capsys: Capture
) -> None:
    target = f"{tmp_path}/x.{suffix}"
    assert run(["export", str(bad), target, "-q"]) == 3
    err = capsys.readouterr().err
    assert err.startswith("kg: [record] lake: span ")
    assert err.endswith("the article was left out\n")
    assert err.count("\n") == 1
    assert Path(target).exists()
    again = ["export", str(bad), target, "-q", "--min-confidence", "0.1"]
    assert run(again) == 3


def test_a_store_tells_what_it_could_not_read(lines: list[str], tmp_path: Path) -> None:
    stored(LEFT_OUT["a number that is none"][0](lines), tmp_path / "bad.kg")
    with Graph.open(tmp_path / "bad.kg") as graph:
        store: Store = graph.store
        found = [e.article.id for e in store.readable(ontology=graph.ontology)]
        assert found == ["harbour"]
        assert list(store.unreadable) == ["lake"]
        assert "not well formed" in store.unreadable["lake"].what
