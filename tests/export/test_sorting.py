"""Sorting more lines than are held at once."""

from __future__ import annotations

import io
import random
import tracemalloc
from collections.abc import Iterator

import example
import pytest
from hypothesis import given
from hypothesis import strategies as st

from kg import rdf
from kg.export import export, sorting
from kg.ontology import Ontology
from kg.rdf import vocabulary as v
from kg.store import MemoryStore


@given(
    st.lists(st.text(st.characters(exclude_characters="\n", codec="utf-8"), max_size=6)),
    st.integers(1, 40),
    st.integers(2, 4),
)
def test_lines_come_in_the_order_of_their_characters(
    lines: list[str], chunk: int, files: int
) -> None:
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(sorting, "CHUNK", chunk)
        patch.setattr(sorting, "_FILES", files)
        found = list(sorting.in_order(f"{line}\n" for line in lines))
    assert found == sorted(f"{line}\n" for line in lines)


@pytest.mark.parametrize("suffix", ["nq", "ttl", "trig"])
@pytest.mark.parametrize("rdf12", [False, True])
def test_a_file_is_the_same_in_parts_and_at_once(
    monkeypatch: pytest.MonkeyPatch, ontology: Ontology, suffix: str, rdf12: bool
) -> None:
    store = MemoryStore()
    for extraction in (example.lake(), example.harbour()):
        store.change(add=rdf.article_quads(extraction, ontology=ontology))
    written = []
    for chunk in (1 << 25, 2_000):
        monkeypatch.setattr(sorting, "CHUNK", chunk)
        stream = io.StringIO()
        export(store, stream, format=suffix, rdf12=rdf12)
        written.append(stream.getvalue())
    assert written[0] == written[1]
    assert written[0].count("\n") > 100


class Endless(MemoryStore):
    """A store of any size that takes no memory itself."""

    def __init__(self, number: int) -> None:
        super().__init__()
        self.number = number

    def match(self, *pattern: object, **named: object) -> Iterator[v.Quad]:  # type: ignore[override]
        if any(pattern) or any(named.values()):
            return
        chance = random.Random(1)
        for number in range(self.number):
            node = self.names.node(f"article/a{chance.randrange(10**6)}-{number}")
            yield v.quad(node, v.HEADLINE, v.plain("word " * 40), node)

    def lines(self) -> Iterator[str]:
        return (str(quad.triple) for quad in self.match())


class Nowhere(io.StringIO):
    """Counts what is written, and forgets it."""

    length = 0

    def write(self, text: str) -> int:
        self.length += len(text)
        return len(text)

    def writelines(self, lines: object) -> None:  # type: ignore[override]
        for line in lines:  # type: ignore[attr-defined]
            self.write(line)


@pytest.mark.slow
@pytest.mark.parametrize("suffix", ["nq", "ttl"])
def test_memory_does_not_grow_with_the_store(monkeypatch: pytest.MonkeyPatch, suffix: str) -> None:
    monkeypatch.setattr(sorting, "CHUNK", 200_000)
    monkeypatch.setattr(sorting, "_FILES", 4)
    monkeypatch.setattr("kg.export.syntax._REMEMBERED", 100)
    peaks, sizes = [], []
    for number in (3_000, 12_000):
        target = Nowhere()
        tracemalloc.start()
        export(Endless(number), target, format=suffix)
        peaks.append(tracemalloc.get_traced_memory()[1])
        tracemalloc.stop()
        sizes.append(target.length)
    assert sizes[1] > 3.9 * sizes[0]
    assert peaks[1] < 1.6 * peaks[0], peaks
    assert peaks[1] < sizes[1] / 2
