"""docs/architecture.md names what there is, and all rooms that there are."""

from __future__ import annotations

import re
import subprocess
import sys
import tomllib
from importlib.util import find_spec
from pathlib import Path

import pytest

import kg

ROOT = Path(__file__).parents[1]
TEXT = (ROOT / "docs" / "architecture.md").read_text(encoding="utf-8")
NAMED = sorted(set(re.findall(r"\bkg(?:\.[a-z_]+)+", TEXT)))
OTHERS = {
    "kg.relations",
    "kg.exporters",
    "kg.parsers",
    "kg.load",
    "kg.ttl",
}  # entry points and a file


def contract(name: str) -> list[str]:
    """Return the layers of an import contract, from top to bottom, rooms of one apart."""
    settings = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
    contracts = settings["tool"]["importlinter"]["contracts"]
    (found,) = (c["layers"] for c in contracts if c["name"] == name)
    return [" ".join(re.split(r" [|:] ", layer)) for layer in found]


@pytest.mark.parametrize("name", [name for name in NAMED if name not in OTHERS])
def test_every_module_that_is_named_exists(name: str) -> None:
    if name == "kg.build.build":
        name = "kg.build"
    assert find_spec(name) is not None


@pytest.mark.parametrize(
    "name", sorted(set(re.findall(r"`((?:docs|tests|kg|ontologies|seeds|training)/[^`]*)`", TEXT)))
)
def test_every_file_that_is_named_exists(name: str) -> None:
    assert (ROOT / name).exists()


@pytest.mark.parametrize("name", sorted(set(re.findall(r"`([A-Z][a-z]+)(?:\.[a-z_]+)?`", TEXT))))
def test_every_class_that_is_named_exists(name: str) -> None:
    pattern = re.compile(rf"^class {name}\b", re.MULTILINE)
    files = (ROOT / "kg").rglob("*.py")
    assert any(pattern.search(file.read_text(encoding="utf-8")) for file in files)


def test_every_room_is_named() -> None:
    package = Path(kg.__file__).parent
    rooms = {f"kg.{p.parent.relative_to(package).as_posix().replace('/', '.')}"
             for p in package.rglob("__init__.py") if p.parent != package}  # fmt: skip
    inner = {"kg.export.html", "kg.export.site"}
    files = {f"kg.{p.stem}" for p in package.glob("*.py") if not p.stem.startswith("__")}
    assert rooms - inner | files <= set(NAMED)


def test_the_table_has_the_layers_that_are_checked() -> None:
    lines = [line for line in TEXT.partition("## The rooms")[2].splitlines() if line[:1] == "|"]
    told = [" ".join(sorted(re.findall(r"`kg\.([a-z]+)`", line))) for line in lines[2:12]]
    assert told == contract("Imports go downwards")
    inside = TEXT.partition("Inside `kg.extract`")[2].partition("\n\n")[0]
    floors = [re.findall(r"`kg\.extract\.([a-z]+)`", floor) for floor in re.split(r"\s>\s", inside)]
    assert [" ".join(f) for f in floors if f] == contract("Inside extract, imports go downwards")


def test_what_is_heavy_is_loaded_late() -> None:
    code = (
        "import sys, kg; heavy = {'spacy', 'rdflib', 'pyoxigraph', 'networkx', 'pyvis'}; "
        "assert not heavy & set(sys.modules); import kg.query.questions, kg.graph; "
        "assert 'spacy' not in sys.modules"
    )
    subprocess.run([sys.executable, "-c", code], check=True)
