"""The errors: the drawn tree is the real one, codes are unique, parts survive process borders."""

from __future__ import annotations

import pickle
import re
from importlib import import_module

import pytest

from kg import errors
from kg.errors import KgError

_LINE = re.compile(r"^(?P<indent>[ │]*)(?:[├└]── )?(?P<name>[A-Z]\w+)\s*(?:\[(?P<code>[\w-]+)\])?")


def drawn():
    """Return class, its parent and its code as the docstring draws them."""
    found = []
    above: list[str] = []
    for line in errors.__doc__.splitlines():
        match = _LINE.match(line)
        if match is None or not match["name"].endswith("Error"):
            continue
        depth = (len(line) - len(line.lstrip(" │├└─"))) // 4 - 1
        del above[depth:]
        found.append((match["name"], above[-1] if above else "Exception", match["code"]))
        above.append(match["name"])
    return found


def real(kind=KgError):
    """Return every error class, parents first."""
    return [kind, *(sub for child in kind.__subclasses__() for sub in real(child))]


CLASSES = [kind for kind in real() if kind.__module__ == "kg.errors"]


def test_the_drawn_tree_is_the_class_tree():
    assert [(name, parent) for name, parent, _ in drawn()] == [
        (kind.__name__, kind.__base__.__name__) for kind in CLASSES
    ]


def test_the_drawn_codes_are_those_of_the_classes():
    by_name = {kind.__name__: kind for kind in CLASSES}
    for name, _, code in drawn():
        kind = by_name[name]
        assert code is None if kind.__subclasses__() else code == kind.code


def test_codes_are_unique_and_each_class_has_its_own():
    codes = [kind.__dict__["code"] for kind in CLASSES]
    assert len(set(codes)) == len(codes)
    assert all(re.fullmatch(r"[a-z]+(-[a-z]+)*", code) for code in codes)


def test_all_errors_on_purpose_have_their_home_in_one_module():
    for module in ("build", "cli", "evaluation", "export", "graph", "rdf", "sources"):
        import_module(f"kg.{module}")
    assert {kind.__module__ for kind in real() if kind.__module__.startswith("kg")} == {"kg.errors"}


@pytest.mark.parametrize("kind", CLASSES, ids=lambda kind: kind.__name__)
def test_the_message_says_what_where_and_what_to_do(kind):
    error = kind("it is broken", where="a.txt", hint="mend it")
    assert str(error) == f"[{kind.code}] a.txt: it is broken — mend it"
    assert str(kind("it is broken")) == f"[{kind.code}] it is broken"


@pytest.mark.parametrize("kind", CLASSES, ids=lambda kind: kind.__name__)
def test_errors_cross_process_borders_whole(kind):
    error = pickle.loads(pickle.dumps(kind("it is broken", where=3, hint="mend it")))
    assert type(error) is kind
    assert (error.what, error.where, error.hint) == ("it is broken", "3", "mend it")
    assert str(error) == f"[{kind.code}] 3: it is broken — mend it"
