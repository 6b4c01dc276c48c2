"""`import kg` costs nothing, and every public name can be had."""

from __future__ import annotations

import json
import subprocess
import sys

import pytest

import kg

HEAVY = ("spacy", "rdflib", "pyoxigraph", "pyvis", "networkx", "numpy", "trafilatura", "click")


def loaded(statement):
    """Return which heavy libraries a fresh interpreter has loaded after a statement."""
    code = f"import json, sys\n{statement}\nprint(json.dumps(sorted(sys.modules)))"
    run = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, text=True, check=True, timeout=60
    )
    return set(json.loads(run.stdout)) & set(HEAVY)


def test_importing_the_package_loads_nothing_heavy():
    assert loaded("import kg; kg.__version__; dir(kg)") == set()


def test_records_and_errors_need_the_standard_library_only():
    assert loaded("from kg import Article, Statement, KgError") == set()


def test_every_public_name_resolves():
    names: dict[str, object] = {}
    exec("from kg import *", names)
    assert set(kg.__all__) <= set(names)
    assert set(dir(kg)) == set(kg.__all__)


def test_public_names_are_what_their_homes_define():
    from kg.graph import Graph
    from kg.pipeline import load
    from kg.records import Article

    assert (kg.Graph, kg.load, kg.Article) == (Graph, load, Article)


def test_an_unknown_name_is_an_attribute_error():
    with pytest.raises(AttributeError, match="module 'kg' has no attribute 'nonsense'"):
        kg.nonsense  # noqa: B018
