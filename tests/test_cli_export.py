"""`kg export` with the options that choose a part."""

from __future__ import annotations

import json
from pathlib import Path

import example
import pytest

from kg.cli import run
from kg.graph import Graph

Capture = pytest.CaptureFixture[str]


@pytest.fixture(scope="module")
def store(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("export") / "news.kg"
    with Graph.open(path, "w") as graph:
        graph.add_all([example.lake(), example.harbour()])
    return path


def kg(capsys: Capture, *arguments: object) -> tuple[int, str, str]:
    capsys.readouterr()
    code = run([str(argument) for argument in arguments])
    out, err = capsys.readouterr()
    return code, out, err


def relations(out: str) -> list[str]:
    records = map(json.loads, out.splitlines())
    return sorted(r["relation"] for r in records if r["kind"] == "statement")


@pytest.mark.parametrize(
    ("options", "left"),
    [
        (["--articles", "harb*"], ["attends", "meets"]),
        (["--since", "2024-03-05"], ["attends", "meets"]),
        (["--relation", "meets", "--relation", "visits"], ["meets", "meets", "visits"]),
        (["--min-confidence", "0.95"], ["attends", "commentsOn", "meets", "proposes"]),
        (["--query", "who-attends", "--param", "who=Peru"], ["attends"]),
        (["--query", "evidence-of", "--param", "statement=X"], []),
        (["--query", "SELECT ?e { ?e kg:modality kg:possible }"], ["visits"]),
    ],
)
def test_a_part(capsys: Capture, store: Path, options: list[str], left: list[str]) -> None:
    code, out, err = kg(capsys, "export", store, "-", "--format", "jsonl", *options)
    if left:
        assert (code, relations(out), err) == (0, left, "")
    else:
        assert (code, out) == (2, "")
        assert "[selection] nothing is left" in err


def test_a_query_from_a_file(capsys: Capture, store: Path, tmp_path: Path) -> None:
    file = tmp_path / "q.rq"
    file.write_text("SELECT ?s { ?s kg:relation kg:proposes }")
    code, out, _ = kg(capsys, "export", store, "-", "--format", "jsonl", "--query", file)
    assert (code, relations(out)) == (0, ["proposes"])


@pytest.mark.parametrize(
    ("options", "says"),
    [
        (["--articles", "harbor"], "did you mean harbour?"),
        (["--relation", "meet"], "[unknown-relation]"),
        (["--since", "soon"], "[selection] 'soon' is no date"),
        (["--min-confidence", "2"], "not in the range"),
        (["--query", "CLEAR ALL"], "[forbidden-query]"),
        (["--query", "timeline", "--param", "who"], "KEY=VALUE"),
    ],
)
def test_what_cannot_be_chosen(
    capsys: Capture, store: Path, tmp_path: Path, options: list[str], says: str
) -> None:
    code, out, err = kg(capsys, "export", store, tmp_path / "x.ttl", *options)
    assert (code, out) == (2, "")
    assert says in err
    assert not (tmp_path / "x.ttl").exists()


def test_a_construct_in_rdf_and_its_statements_elsewhere(
    capsys: Capture, store: Path, tmp_path: Path
) -> None:
    query = "CONSTRUCT { ?a kg:meets ?b } WHERE { ?a kg:meets ?b }"
    files = [tmp_path / "x.nq", tmp_path / "x.jsonl"]
    assert kg(capsys, "export", store, *files, "--query", query)[0] == 0
    base = "https://w3id.org/newskg/id/country/"
    assert files[0].read_text() == (
        f"<{base}NO> <https://w3id.org/newskg/ontology#meets> <{base}PE> .\n"
    )
    assert relations(files[1].read_text()) == ["meets", "meets"]
    code, out, _ = kg(
        capsys, "export", store, "-", "--format", "nq", "--query", query, "--articles", "lake"
    )
    assert (code, out) == (0, files[0].read_text())
    code, _, err = kg(
        *(capsys, "export", store, "-", "--format", "nq", "--query", query),
        *("--relation", "attends"),
    )
    assert (code, "nothing is left" in err) == (2, True)


ENDLESS = """{ ?a ?b ?c . ?d ?e ?f . ?g ?h ?i
    FILTER(CONCAT(STR(?c), STR(?f), STR(?i)) = "never") }"""


@pytest.mark.parametrize("suffix", ["jsonl", "ttl"])
@pytest.mark.parametrize(
    "query", [f"SELECT ?a {ENDLESS}", f"CONSTRUCT {{ ?a <urn:x> ?c }} WHERE {ENDLESS}"]
)
def test_a_query_that_takes_too_long(
    capsys: Capture, store: Path, tmp_path: Path, suffix: str, query: str
) -> None:
    target = tmp_path / f"x.{suffix}"
    code, _, err = kg(capsys, "export", store, target, "--query", query, "--timeout", "0.5")
    assert code == 2
    assert err.startswith("kg: [query-timeout] the query takes longer than 0.5 s")
    assert not target.exists()


@pytest.mark.parametrize(("limit", "said"), [("1", True), ("2", False), ("0", False)])
def test_a_query_with_too_many_rows(
    capsys: Capture, store: Path, tmp_path: Path, limit: str, said: bool
) -> None:
    told = "kg: only the first 1 rows; --limit raises the number\n" if said else ""
    where = "{ ?s kg:relation ?r FILTER(?r IN (kg:proposes, kg:visits)) }"
    query = f"SELECT ?s {where}"
    code, out, err = kg(
        *(capsys, "export", store, "-", "--format", "jsonl", "--query", query, "--limit", limit),
    )
    assert (code, len(relations(out)), err) == (0, 1 if said else 2, told)
    query = f"CONSTRUCT {{ ?s kg:relation ?r }} WHERE {where}"
    files = [tmp_path / "x.nq", tmp_path / "x.jsonl"]
    code, _, err = kg(capsys, "export", store, *files, "--query", query, "--limit", limit, "-q")
    assert (code, err) == (0, told)
    assert len(files[0].read_text().splitlines()) == (1 if said else 2)


def test_reifiers(capsys: Capture, store: Path, tmp_path: Path) -> None:
    code, out, _ = kg(capsys, "export", store, "-", "--format", "ttl", "--rdf12")
    assert code == 0
    assert "rdf:reifies <<( <country/NO> kg:meets <country/PE> )>>" in out
    code, _, err = kg(capsys, "export", store, tmp_path / "x.rdf", "--rdf12")
    assert (code, "[unknown-format]" in err) == (2, True)
