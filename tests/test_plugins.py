"""Other packages add relations, formats of articles and formats of exports, each by one file."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from kg import errors, export, ontology, plugins, sources
from kg.ontology import new_card
from kg.records import Article
from kg.sources import formats

POINTS = """\
[kg.relations]
railways = addition.cards
[kg.sources]
note = addition.notes:read
[kg.exporters]
count = addition.counting:write
"""
NOTES = '''\
from kg.records import Article

def read(stream, source):
    """Yield an article a paragraph."""
    for number, text in enumerate(stream.read().decode().split("\\n\\n"), start=1):
        yield Article(id=f"{source.id}-{number}", text=text)
'''
COUNTING = '''\
from pathlib import Path
from kg import ontology

def write(store, target, **options):
    """Write how many statements there are."""
    found = store.extractions(ontology=ontology.load())
    Path(target).write_text(str(sum(len(extraction.statements) for extraction in found)))
'''


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Return a folder in which such a package is installed."""
    package = tmp_path / "installed" / "addition"
    (package / "cards").mkdir(parents=True)
    (package / "__init__.py").touch()
    (package / "cards" / "__init__.py").touch()
    (package / "notes.py").write_text(NOTES)
    (package / "counting.py").write_text(COUNTING)
    new_card("trains", package / "cards")
    about = tmp_path / "installed" / "addition-1.0.dist-info"
    about.mkdir()
    (about / "METADATA").write_text("Metadata-Version: 2.1\nName: addition\nVersion: 1.0\n")
    (about / "entry_points.txt").write_text(POINTS)
    return package.parent


@pytest.fixture
def added(folder: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """Let this process see the package, and forget it after the test."""
    monkeypatch.syspath_prepend(folder)
    known = (plugins.found, formats.by_name, formats.by_suffix)
    for function in known:
        function.cache_clear()
    yield folder
    for function in known:
        function.cache_clear()
    for name in [name for name in sys.modules if name.partition(".")[0] == "addition"]:
        del sys.modules[name]


@pytest.mark.model
@pytest.mark.slow
def test_all_three_work_from_the_command_line(folder: Path, tmp_path: Path) -> None:
    (tmp_path / "two.note").write_text("Norway will train Peru.\n\nPeru did not train Chile.")

    def kg(*arguments: str) -> str:
        done = subprocess.run(
            [sys.executable, "-m", "kg", *arguments],
            env={**os.environ, "PYTHONPATH": os.pathsep.join([str(folder), str(Path.cwd())])},
            capture_output=True,
            text=True,
            check=False,
        )
        assert done.returncode == 0, done.stderr
        return done.stdout

    store = str(tmp_path / "s.kg")
    kg("build", str(tmp_path / "two.note"), "-o", store)
    rows = kg(
        "query", store, "SELECT ?l { ?s a kg:Statement ; kg:relation kg:trains ; rdfs:label ?l }"
    )
    assert "Norway is to train Peru" in rows
    assert "Peru does not train Chile" in rows
    kg("validate", store)
    kg("export", store, str(tmp_path / "s.count"))
    assert (tmp_path / "s.count").read_text() == "2"
    assert "trains" in kg("relation", "list")
    kg("relation", "test", "trains")  # what a new card says of itself holds


def test_a_relation_is_one_card(added: Path) -> None:
    assert ontology.load().relation("trains").label == "trains"
    assert ontology.load().version != ontology.load(ontology.resources.ontology_dir()).version


def test_a_relation_of_ours_is_not_replaced(added: Path) -> None:
    cards = added / "addition" / "cards"
    (cards / "trains.ttl").rename(cards / "visits.ttl")
    text = (cards / "visits.ttl").read_text().replace("kg:trains", "kg:visits")
    (cards / "visits.ttl").write_text(text)
    with pytest.raises(errors.CardError, match="another card for kg:visits"):
        ontology.load()


def test_a_folder_without_cards_is_told(added: Path) -> None:
    (added / "addition" / "cards" / "trains.ttl").unlink()
    with pytest.raises(errors.PluginError, match="no relation card") as caught:
        ontology.load()
    assert "addition.cards" in str(caught.value)


def test_a_format_of_articles_is_one_function(added: Path, tmp_path: Path) -> None:
    news = tmp_path / "news"
    news.mkdir()
    (news / "a.note").write_text("One.\n\nTwo.")
    (news / "b.txt").write_text("Three.")
    for paths in ([news / "a.note", news / "b.txt"], [news]):
        found: list[Article] = list(sources.read(paths))
        assert [article.id for article in found] == ["a-1", "a-2", "b"]


def test_a_format_of_ours_is_not_replaced(added: Path, tmp_path: Path) -> None:
    points = added / "addition-1.0.dist-info" / "entry_points.txt"
    points.write_text("[kg.sources]\ntxt = addition.notes:read\n")
    assert formats.by_suffix()[".txt"].name == "text"


def test_an_exporter_is_one_function(added: Path) -> None:
    assert ".count" in export.suffixes()
    assert export.suffix_of("graph.count") == ".count"
    with pytest.raises(errors.UnknownFormatError, match="no format is called") as caught:
        export.suffix_of("graph.counts")
    assert ".count " in caught.value.hint


def test_what_cannot_be_loaded_is_told_with_its_package(added: Path) -> None:
    (added / "addition" / "counting.py").write_text("1 / 0")
    with pytest.raises(errors.PluginError, match="ZeroDivisionError") as caught:
        export.export(None, "graph.count")  # type: ignore[arg-type]
    assert "addition (addition.counting:write)" in str(caught.value)


def test_what_fails_is_told_with_its_package(added: Path) -> None:
    with pytest.raises(errors.PluginError, match="AttributeError") as caught:
        export.export(None, "graph.count")  # type: ignore[arg-type]
    assert "addition (addition.counting:write)" in str(caught.value)


def test_two_packages_may_not_share_a_name(added: Path) -> None:
    about = added / "other-1.0.dist-info"
    about.mkdir()
    (about / "METADATA").write_text("Metadata-Version: 2.1\nName: other\nVersion: 1.0\n")
    (about / "entry_points.txt").write_text("[kg.exporters]\ncount = other:write\n")
    with pytest.raises(errors.PluginError, match="two packages add 'count'") as caught:
        export.suffixes()
    assert "addition and other" in str(caught.value)
