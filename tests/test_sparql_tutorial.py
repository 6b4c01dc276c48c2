"""Every query of the tutorial runs on the sample articles and gives the rows shown."""

from __future__ import annotations

import re
from dataclasses import dataclass
from itertools import dropwhile
from pathlib import Path

import built
import pyoxigraph as ox
import pytest
import rdflib
import servers

from kg.errors import ForbiddenQueryError
from kg.query.results import Value

GUIDE = built.ROOT / "docs" / "sparql.md"
MORE = "…"
_BLOCK = re.compile(r"^```(\w+)\n(.*?)^```\n", re.MULTILINE | re.DOTALL)


@dataclass(frozen=True, kw_only=True)
class Example:
    """A query of the tutorial, and the table below it.

    Attributes:
        heading: of its section, for the name of the test.
        query: the query.
        columns: names of the columns shown.
        rows: cells shown; `*` stands for anything, an empty cell for no value.
        more: whether the answer has other rows too.
    """

    heading: str
    query: str
    columns: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    more: bool


def blocks(language: str) -> list[tuple[str, int, int]]:
    """Return text, start and end of the code blocks in a language."""
    found = _BLOCK.finditer(GUIDE.read_text(encoding="utf-8"))
    return [(match[2], match.start(), match.end()) for match in found if match[1] == language]


def examples() -> list[Example]:
    text = GUIDE.read_text(encoding="utf-8")
    made = []
    for query, start, end in blocks("sparql"):
        lines = list(dropwhile(lambda line: not line, text[end:].split("\n")))
        table = [line for line, _ in zip(lines, _table(lines), strict=False)]
        cells = [tuple(cell.strip() for cell in line.strip("|").split("|")) for line in table]
        heading = re.findall(r"^## (.*)$", text[:start], re.MULTILINE)[-1]
        more = cells[-1][0] == MORE
        rows = tuple(cells[2:-1] if more else cells[2:])
        made.append(Example(heading=heading, query=query, columns=cells[0], rows=rows, more=more))
    return made


def _table(lines: list[str]) -> list[str]:
    """Return the lines of the table with which the lines begin."""
    number = next((n for n, line in enumerate(lines) if not line.startswith("|")), len(lines))
    return lines[:number]


EXAMPLES = examples()


def fits(row: tuple[Value, ...], shown: tuple[str, ...]) -> bool:
    """Return whether a row is as shown."""
    return all(
        cell in ("*", "" if value is None else str(value))
        for value, cell in zip(row, shown, strict=True)
    )


def test_the_tutorial_leads_from_patterns_to_ones_own_data() -> None:
    assert len(EXAMPLES) >= 20
    assert all(example.rows for example in EXAMPLES)
    asked = "\n".join(example.query for example in EXAMPLES)
    for word in (
        "OPTIONAL",
        "FILTER NOT EXISTS",
        "kg:modality",
        "kg:polarity",
        "kg:attributedTo",
        "kg:act ",
        "kg:contradicts",
        "xsd:date",
        "GROUP BY",
        "GROUP_CONCAT",
        "GRAPH ?",
        "CONSTRUCT",
        "subClassOf+",
    ):
        assert word in asked, word


@pytest.mark.model
@pytest.mark.parametrize(
    "example", EXAMPLES, ids=[f"{n}-{e.heading}" for n, e in enumerate(EXAMPLES, 1)]
)
def test_a_query_gives_the_rows_shown(example: Example) -> None:
    found = built.graph(built.SEEDS).query(example.query)
    assert found.columns == example.columns
    for shown in example.rows:
        assert any(fits(row, shown) for row in found.rows), shown
    assert example.more or len(found) == len(example.rows)
    assert not example.more or len(found) >= len(example.rows)


@pytest.fixture(scope="module")
def files(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a folder with the exported news and the second file of the tutorial."""
    folder = tmp_path_factory.mktemp("own")
    built.graph(built.SEEDS).export(folder / "news.nq")
    (blocs,) = (text for text, _, _ in blocks("turtle") if "my:bloc" in text)
    (folder / "blocs.ttl").write_text(blocs, encoding="utf-8")
    return folder


@pytest.mark.model
@pytest.mark.filterwarnings("ignore:Dataset.default_context:DeprecationWarning")  # rdflib's own
def test_a_second_file_of_ones_own(
    files: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.chdir(files)
    ((program, _, end),) = blocks("python")
    shown = next(text for text, start, _ in blocks("text") if start > end)
    exec(program, {})  # what the reader is told to run
    assert capsys.readouterr().out == shown
    query = program.split('"""')[1]
    dataset = rdflib.Dataset(default_union=True)
    dataset.parse(files / "news.nq", format="nquads")
    dataset.parse(files / "blocs.ttl", format="turtle")
    rows = [f"{bloc} {quote}\n" for bloc, quote in dataset.query(query)]  # type: ignore[misc]
    assert "".join(rows) == shown


@pytest.mark.model
def test_a_server_asked_from_an_engine_of_ones_own(files: Path, tmp_path: Path) -> None:
    (query,) = (text for text, _, _ in blocks("text") if "SERVICE" in text)
    with pytest.raises(ForbiddenQueryError, match="SERVICE"):
        built.graph(built.SEEDS).query(query)
    own = ox.Store()
    own.load(path=files / "blocs.ttl", format=ox.RdfFormat.TURTLE)
    with servers.oxigraph(tmp_path / "server") as address:
        servers.put(address, files / "news.nq")
        answer = own.query(query.replace("http://127.0.0.1:7878", address))
        quotes = {row["quote"].value for row in answer}  # type: ignore[union-attr]
    assert "Russia accused Ukraine of the attack" in quotes
