"""Only actors speak, and every role is held to the classes that its relation takes."""

from __future__ import annotations

from itertools import product

import built
import pytest
from fitting import misfits
from parses import told

from kg.records import Article

SOURCES = (
    "According to the treaty, {}.",
    "According to the earthquake inquiry, {}.",
    "According to a referendum held in May, {}.",
    "According to the Lima Summit, {}.",
    "According to the Oslo Agreement, {}.",
    "According to a poll published by the Daily Herald, {}.",
    "The constitution says that {}.",
    "The peace deal states that {}.",
    "{}, the resolution said.",
    '"{}," the ceasefire agreement reads.',
    "{}, citing the drought.",
    "{}, quoting the accord.",
    "Citing this week's talks in Geneva, officials said that {}.",
)
CLAUSES = (
    "Peru attacked a hospital in Chile",
    "Norway welcomed the ceasefire",
    "Ghana imposed sanctions on Togo and the Lomé Accord",
    "the storm warned Kenya",
    "the treaty urged Peru to visit the summit",
    "the election in Ghana invited Togo to the talks",
    "Oslo hosted the conference on Sudan",
    "the prime minister appointed the embassy in Quito",
)


@pytest.mark.model
@pytest.mark.parametrize("source", SOURCES)
def test_whatever_is_cited_only_actors_speak_and_roles_fit(source: str) -> None:
    text = "\n\n".join(source.format(clause) for clause in CLAUSES)
    found = built.reader().extract(Article(id="sources", text=text, published="2025-05-14"))
    assert len(found.statements) >= len(CLAUSES) // 2
    assert list(misfits(found)) == []


@pytest.mark.model
def test_names_that_are_told_as_two_things_fit_as_one_entity() -> None:
    names = ("the Lima Accord", "Jordan", "the Amazon", "the Herald", "Washington", "the Assembly")
    verbs = ("attacked", "appointed", "attended", "visited", "protested against", "said it met")
    text = " ".join(
        f"{one[0].upper()}{one[1:]} {verb} {other}."
        for one, verb, other in product(names, verbs, names)
    )
    found = built.reader().extract(Article(id="names", text=text, published="2025-05-14"))
    assert len(found.statements) > 20
    assert list(misfits(found)) == []


def test_who_cites_an_event_as_a_reason_does_not_speak_by_it() -> None:
    found = told(
        "Norway/NNP/nsubj/2 criticised=criticise/VBD/ROOT/0 Peru/NNP/obj/2 ,/,/punct/2 "
        "citing=cite/VBG/advcl/2 the/DT/det/7 earthquake/NN/obj/5 ././punct/2"
    )
    assert "Norway opposes Peru" in [line.partition(" | about")[0] for line in found]
    assert all("says" not in line for line in found)


def test_a_document_speaks_by_the_word_of_who_issued_it() -> None:
    # "according to a statement issued by Ghana": the statement is a thing, Ghana says so
    found = told(
        "Norway/NNP/nsubj/2 criticised=criticise/VBD/ROOT/0 Peru/NNP/obj/2 "
        "according/VBG/case/7 to/IN/fixed/4 a/DT/det/7 statement/NN/obl/2 "
        "issued=issue/VBN/acl/7 by/IN/case/10 Ghana/NNP/obl:agent/8 ././punct/2"
    )
    assert "Norway opposes Peru | says Ghana" in found
