"""Text from articles in what other programs run: spreadsheets, terminals, browsers."""

from __future__ import annotations

import csv
import io
import re
from dataclasses import replace
from pathlib import Path

import example
import pytest

from kg.cli import run, tables
from kg.errors import EmptyArticleError
from kg.graph import Graph
from kg.query.results import Result
from kg.records import Extraction
from kg.text.cells import guarded
from kg.text.controls import in_order, one_line, visible

FORMULA = '=HYPERLINK("https://example.org/","open")'
BELL = "\x1b]0;owned\x07\x1b[2J\x9b31m"
TURNED = "Peru\u202egnp.exe\u202c \u2066x\u2069\u200f"
REORDERING = "[\u202a-\u202e\u2066-\u2069]"
ORDERS = f"[\x00-\x08\x0b-\x1f\x7f-\x9f\u200e\u200f\u061c\u2028\u2029{REORDERING[1:]}"
Capture = pytest.CaptureFixture[str]


@pytest.mark.parametrize(
    "text",
    [
        FORMULA,
        "+1+2",
        "-2+3+cmd|' /C calc'!A0",
        "@SUM(1)",
        "\t=1+1",
        "\r=1",
        "\n=1",
        " =1",
        "\uff1d1",
    ],
)
def test_what_a_spreadsheet_would_run_is_text(text: str) -> None:
    assert guarded(text) == f"'{text}"
    assert guarded(text, raw=True) == text


@pytest.mark.parametrize(
    "text", ["", "-5", "+3.5", "-1e-3", ".5", "a=b", "2024-03-04", "'=1", "Peru - Norway", "5%"]
)
def test_numbers_and_other_text_stay(text: str) -> None:
    assert guarded(text) == text


def test_what_gives_orders_is_visible_and_as_long() -> None:
    text = f"a\tb\n{BELL}{TURNED}\u2028c"
    for made in (visible(text), one_line(text)):
        assert len(made) == len(text)
        assert not re.search(ORDERS, made)
    assert "a\tb\n␛]0;owned␇␛[2J" in visible(text)
    assert "\n" not in one_line(text)
    assert in_order(text) == re.sub(REORDERING, "\ufffd", text)


def sly() -> Extraction:
    """Return an article whose names, title and words are made for other programs to run."""
    lake = example.lake()
    title = f"{FORMULA} {BELL} {TURNED}"

    def renamed(extraction: Extraction) -> Extraction:
        peru = replace(example.PERU, name=f"@{TURNED}{BELL}")

        def instead(entities: tuple[object, ...]) -> tuple[object, ...]:
            return tuple(peru if e == example.PERU else e for e in entities)

        return replace(
            extraction,
            mentions=tuple(
                replace(m, entity=peru) if m.entity == example.PERU else m
                for m in extraction.mentions
            ),
            positions=tuple(
                replace(p, of=peru) if p.of == example.PERU else p for p in extraction.positions
            ),
            statements=tuple(
                replace(
                    s,
                    **{
                        name: instead(getattr(s, name))
                        for name in (
                            *("agents", "targets", "about", "where"),
                            *("attributed_to", "reported_by"),
                        )
                    },
                )
                for s in extraction.statements
            ),
        )

    return renamed(replace(lake, article=replace(lake.article, title=title, outlet="-1+2\t")))


@pytest.fixture(scope="module")
def store(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("sly") / "news.kg"
    with Graph.open(path, "w") as graph:
        graph.add(sly())
    return path


class Terminal(io.StringIO):
    """Standard output that somebody looks at."""

    def isatty(self) -> bool:
        return True


def runs(cells: list[str]) -> list[str]:
    return [cell for cell in cells if guarded(cell) != cell]


def cells_of(text: str) -> list[str]:
    return [cell for row in csv.reader(io.StringIO(text)) for cell in row]


@pytest.mark.parametrize("name", ["x.csv", "x.entities.csv", "x.neo4j"])
def test_exported_cells_are_not_run(store: Path, tmp_path: Path, name: str) -> None:
    for raw in (False, True):
        target = tmp_path / name
        assert run(["export", str(store), str(target), "-q", *(["--raw-csv"] * raw)]) == 0
        files = list(target.glob("*.csv")) if target.is_dir() else [target]
        texts = [file.read_bytes().decode() for file in files]
        assert texts
        assert bool([cell for text in texts for cell in runs(cells_of(text))]) == raw


@pytest.mark.parametrize("format_", ["csv", "tsv"])
def test_answers_are_not_run(store: Path, capsys: Capture, format_: str) -> None:
    question = 'SELECT ?t (-5 AS ?n) ("-7" AS ?m) { ?a schema:headline ?t }'
    command = ["query", str(store), question, "--format", format_]
    assert run(command) == 0
    lines = capsys.readouterr().out.splitlines()
    assert lines[1].lstrip('"').startswith("'=HYPERLINK")
    assert lines[-1].endswith(",-5,-7" if format_ == "csv" else "\t-5\t-7")
    assert run([*command, "--raw-csv"]) == 0
    assert capsys.readouterr().out.splitlines()[1].lstrip('"').startswith("=HYPERLINK")


def test_articles_are_listed_and_not_run(store: Path, capsys: Capture) -> None:
    assert run(["list", str(store), "--format", "csv"]) == 0
    assert runs(cells_of(capsys.readouterr().out)) == []


@pytest.mark.parametrize(
    "command",
    [
        ["list", "STORE"],
        ["list", "STORE", "--format", "csv"],
        ["list", "STORE", "--format", "json"],
        ["query", "STORE", "SELECT ?o { ?s skos:prefLabel|schema:headline ?o }"],
        ["query", "STORE", "SELECT ?o { ?s skos:prefLabel ?o }", "--format", "tsv"],
        ["query", "STORE", "CONSTRUCT { ?s ?p ?o } WHERE { ?s ?p ?o }"],
        ["show", "STORE", "country/PE"],
        ["export", "STORE", "-", "--format", "csv"],
    ],
    ids=" ".join,
)
def test_a_terminal_gets_no_orders(
    store: Path, command: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    terminal = Terminal()
    monkeypatch.setattr("sys.stdout", terminal)
    assert run([str(store) if word == "STORE" else word for word in command]) == 0
    text = terminal.getvalue()
    assert re.search("gnp.exe", text)
    assert not re.search(ORDERS, text)


def test_elsewhere_data_is_as_it_is(store: Path, capsys: Capture) -> None:
    assert run(["query", str(store), "SELECT ?o { ?s schema:headline ?o }", "--format", "csv"]) == 0
    assert TURNED in capsys.readouterr().out


def test_errors_name_files_without_orders(tmp_path: Path, capsys: Capture) -> None:
    file = tmp_path / f"{BELL.replace('/', '')}\n kg: all is well {TURNED}.txt"
    file.write_bytes(b"")
    assert run(["build", str(file), "-o", str(tmp_path / "x.kg")]) == 2
    err = capsys.readouterr().err
    assert not re.search(ORDERS, err)
    assert sum(line.startswith("kg: ") for line in err.splitlines()) == 1
    error = EmptyArticleError("no text", where=str(file))
    assert error.where == str(file), "who handles an error gets what is there"


def test_a_cell_of_a_table() -> None:
    assert tables.plain(f"a\n{BELL}\tb") == "a ␛]0;owned␇␛[2J\ufffd31m b"


def test_pages_keep_letters_in_order(store: Path, tmp_path: Path) -> None:
    assert run(["export", str(store), f"{tmp_path}/site/", str(tmp_path / "x.html"), "-q"]) == 0
    pages = [*(tmp_path / "site").rglob("*.html"), tmp_path / "x.html"]
    assert len(pages) > 4
    shown = 0
    for page in pages:
        text = page.read_text(encoding="utf-8")
        assert not re.search(REORDERING, text), page.name
        shown += "\ufffdgnp.exe\ufffd" in text
    assert shown > 2


def test_results_of_other_programs() -> None:
    result = Result(columns=("a",), rows=((FORMULA,), (-5,), (True,), (None,)))
    assert result.csv().splitlines()[1].startswith("\"'=")
    assert result.csv(raw=True).splitlines()[1].startswith('"=')
    assert result.csv().splitlines()[2:] == ["-5", "true", '""']
    assert result.tsv().splitlines()[1].startswith("'=")
