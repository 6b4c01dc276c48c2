"""Parses of any depth are read: no walk over a tree costs a level of the stack for each token."""

from __future__ import annotations

import inspect
import sys
from collections.abc import Iterator
from contextlib import contextmanager

import built
import parses
import pytest

from kg import ontology
from kg.extract import Extractor
from kg.gazetteer import Gazetteer
from kg.parsing import mending
from kg.records import Article

DEEP = 2_000
LESS_DEEP = 250  # where time grows with the square of the depth
SPARE = 80  # levels that calls without recursion may take


@contextmanager
def shallow() -> Iterator[None]:
    """Allow no more levels than any shallow text needs."""
    before = sys.getrecursionlimit()
    sys.setrecursionlimit(len(inspect.stack(0)) + SPARE)
    try:
        yield
    finally:
        sys.setrecursionlimit(before)


def chained(first: str, link: tuple[str, ...], number: int = DEEP) -> str:
    """Return an article in which each link hangs on the one before it.

    Args:
        first: words before the chain; what hangs on the chain's first link has to count so.
        link: the words of a link, as `word=lemma/TAG/label/offset`; the offset leads to the head.
        number: how many links.
    """
    words = first.split()
    for _ in range(number):
        for word in link:
            form, offset = word.rsplit("/", 1)
            words.append(f"{form}/{len(words) + 1 + int(offset)}")
    return " ".join(words)


MET = "Peru/NNP/nsubj/2/B-GPE met=meet/VBD/ROOT/0 Chile/NNP/obj/2/B-GPE"
SAID = "Peru/NNP/nsubj/2/B-GPE said=say/VBD/ROOT/0"

CHAINS = {
    "clauses": (SAID, ("Chile/NNP/nsubj/1", "said=say/VBD/ccomp/-2")),
    "conjuncts": (MET, ("Chile/NNP/conj/-1",)),
    "verbs": (MET, ("praised=praise/VBD/conj/-1",)),
    "passives": (
        "Peru/NNP/nsubj:pass/3/B-GPE was=be/VBD/aux:pass/3 accused=accuse/VBN/ROOT/0",
        ("accused=accuse/VBN/conj/-1",),
    ),
    "days": (MET, ("Monday/NNP/obl/-1", "on/IN/case/-1")),
    "parts": (
        "Peru/NNP/nsubj/2/B-GPE sent=send/VBD/ROOT/0 dozens=dozen/NNS/obj/2",
        ("of/IN/case/1", "dozens=dozen/NNS/nmod/-2"),
    ),
    "echoes": (
        "Juan/NNP/nsubj/3/B-PERSON Perez/NNP/flat/1/I-PERSON said=say/VBD/ROOT/0",
        ("he/PRP/nsubj/1", "said=say/VBD/parataxis/-2"),
    ),
    "gerunds": (
        "Peru/NNP/nsubj:pass/3/B-GPE was=be/VBD/aux:pass/3 accused=accuse/VBN/ROOT/0",
        ("of/IN/mark/3", "having=have/VBG/aux/2", "been=be/VBN/aux:pass/1",
         "accused=accuse/VBN/advcl/-4"),
    ),
}  # fmt: skip


@pytest.fixture(scope="module", autouse=True)
def _loaded() -> None:
    parses.extractor()


@pytest.mark.parametrize("kind", CHAINS)
def test_a_text_nested_deep_is_read(kind: str) -> None:
    depth = DEEP if kind in {"conjuncts", "days", "parts"} else LESS_DEEP
    made = parses.article(chained(*CHAINS[kind], depth))
    assert sum(1 for _ in made.doc[-1].ancestors) >= depth - 1 > 3 * SPARE
    with shallow():
        found = parses.extractor().extract(made)
    if kind in {"conjuncts", "verbs", "days"}:
        assert found.statements[0].agents[0].name == "Peru"


def test_prepositions_in_prepositions_are_read_under_either_scheme() -> None:
    met = "Peru/NNP/nsubj/2/B-GPE met=meet/VBD/ROOT/0 Chile/NNP/dobj/2/B-GPE"
    made = parses.article(chained(met, ("from/IN/prep/-1",)), scheme="clearnlp")
    with shallow():
        assert parses.extractor().extract(made).statements


def test_mending_takes_any_depth() -> None:
    name = "Peru/NNP/nsubj/2/B-GPE met=meet/VBD/ROOT/0 Ruiz/NNP/conj/1/B-PERSON"
    made = parses.article(chained(name, ("Ruiz/NNP/flat/-1",))).doc
    with shallow():
        mending.mend(made)
    assert len(made) == DEEP + 3


@pytest.mark.slow
@pytest.mark.model
def test_brackets_in_brackets_do_not_end_a_pipeline() -> None:
    loaded = built.reader()
    text = "(" * DEEP + "Peru met Chile" + ")" * DEEP + "."
    parse = loaded.language.parse(Article(id="deep", text=text))
    with shallow():
        found = Extractor(ontology.load(), Gazetteer.load()).extract(parse)
    assert len(found.statements) == 1
