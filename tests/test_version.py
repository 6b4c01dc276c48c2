"""Whatever decides a result is in the version, so that a store tells what to read again."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from kg import ontology, resources, version


@pytest.fixture
def parts(tmp_path: Path) -> Path:
    """Return a folder with a copy of everything that decides a result."""
    for name in version.CODE:
        source, copy = resources.PACKAGE / name, tmp_path / "kg" / name
        if source.is_dir():
            shutil.copytree(source, copy, ignore=shutil.ignore_patterns("__pycache__"))
        else:
            copy.parent.mkdir(exist_ok=True)
            shutil.copy(source, copy)
    shutil.copytree(resources.ontology_dir(), tmp_path / "ontologies")
    shutil.copytree(resources.gazetteer_dir(), tmp_path / "gazetteer")
    shutil.copy(resources.confidence_file(), tmp_path / "confidence.json")
    language = tmp_path / "language"
    (language / "parser").mkdir(parents=True)
    (language / "meta.json").write_text('{"lang": "en", "name": "news", "version": "1.0"}')
    (language / "parser" / "model").write_bytes(b"weights")
    return tmp_path


def whole(folder: Path) -> str:
    """Return the version of the pipeline that a folder holds, whatever was asked before."""
    ontology._load.cache_clear()
    version.of_language.cache_clear()
    version.of_pipeline.cache_clear()
    return version.of_pipeline(
        version.of_language(folder / "language"),
        ontology.load(folder / "ontologies").version,
        code=folder / "kg",
        gazetteer=folder / "gazetteer",
        confidence=folder / "confidence.json",
    )


def grown(name: str) -> Callable[[Path], None]:
    def change(folder: Path) -> None:
        with (folder / name).open("a", encoding="utf-8") as file:
            file.write("\n")

    return change


def renamed(folder: Path) -> None:
    (folder / "gazetteer" / "places.csv").rename(folder / "gazetteer" / "sites.csv")


CHANGES = {
    "code": grown("kg/extract/lexicon.py"),
    "code of the parse": grown("kg/parsing/tokens.py"),
    "code outside of folders": grown("kg/pipeline.py"),
    "weights of the language pipeline": grown("language/parser/model"),
    "relation card": grown("ontologies/relations/visits.ttl"),
    "ontology": grown("ontologies/kg.ttl"),
    "gazetteer": grown("gazetteer/countries.csv"),
    "name of a file": renamed,
    "weights of confidence": grown("confidence.json"),
}


@pytest.mark.parametrize("name", CHANGES)
def test_the_version_changes_with_each_part(parts: Path, name: str) -> None:
    before = whole(parts)
    assert whole(parts) == before
    CHANGES[name](parts)
    assert whole(parts) != before


def test_caches_of_python_are_no_part(parts: Path) -> None:
    before = whole(parts)
    cache = parts / "kg" / "extract" / "__pycache__"
    cache.mkdir()
    (cache / "lexicon.cpython-311.pyc").write_bytes(b"compiled")
    assert whole(parts) == before


def test_a_copy_elsewhere_has_the_same_version(parts: Path, tmp_path: Path) -> None:
    shutil.copytree(parts / "gazetteer", tmp_path / "elsewhere" / "gazetteer")
    same = version.digest(parts / "gazetteer")
    assert version.digest(tmp_path / "elsewhere" / "gazetteer") == same


def test_the_parts_are_there() -> None:
    assert all((resources.PACKAGE / name).exists() for name in version.CODE)
    packages = {p.name for p in resources.PACKAGE.iterdir() if (p / "__init__.py").is_file()}
    read_or_stored = packages - {
        "cli", "corroboration", "decisions", "evaluation", "export", "graph", "models", "query",
        "reference", "sandbox", "sources", "store", "validation",
    }  # fmt: skip
    assert read_or_stored <= set(version.CODE), "does it decide what is read? Then add it"
