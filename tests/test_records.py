"""Invariants of the records."""

from __future__ import annotations

from dataclasses import FrozenInstanceError, replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kg.errors import RecordError
from kg.records import (
    MODALITIES,
    Article,
    Entity,
    Evidence,
    Extraction,
    Mention,
    Position,
    Span,
    Statement,
    When,
)

PERU = Entity(id="country/PE", kind="Country", name="Peru")
CHILE = Entity(id="country/CL", kind="Country", name="Chile")
TALKS = Entity(id="unlinked/event/talks", kind="Meeting", name="talks")
PACT = Entity(id="unlinked/agreement/pact", kind="Agreement", name="pact")
IBARRA = Entity(id="unlinked/person/rosa-ibarra", kind="Official", name="Rosa Ibarra")
TEXT = "Peru met Chile."
EVIDENCE = Evidence(
    article="a", span=Span(start=0, end=14), trigger=Span(start=5, end=8), rule="meets/meet"
)
MEETS = Statement(relation="meets", agents=(PERU,), targets=(CHILE,), evidence=EVIDENCE)

SPANS = st.builds(
    lambda start, length: Span(start=start, end=start + length),
    st.integers(0, 30),
    st.integers(1, 10),
)
ENTITIES = st.lists(st.sampled_from([PERU, CHILE, TALKS, PACT, IBARRA]), min_size=1, max_size=4)


# -- spans -------------------------------------------------------------------------------------


@given(st.integers(-5, 5), st.integers(-5, 5))
def test_spans_are_never_empty_nor_negative(start, end):
    if 0 <= start < end:
        assert Span(start=start, end=end).start == start
    else:
        with pytest.raises(RecordError):
            Span(start=start, end=end)


@given(SPANS, SPANS)
def test_overlap_is_a_shared_character(one, other):
    shared = set(range(one.start, one.end)) & set(range(other.start, other.end))
    assert one.overlaps(other) == other.overlaps(one) == bool(shared)


@given(SPANS, SPANS)
def test_containing_is_having_every_character(one, other):
    inside = set(range(other.start, other.end)) <= set(range(one.start, one.end))
    assert one.contains(other) == inside


@given(st.lists(SPANS))
def test_spans_are_ordered_by_place(spans):
    assert sorted(spans) == sorted(spans, key=lambda s: (s.start, s.end))


# -- articles ------------------------------------------------------------------------------------


@given(st.text(min_size=1), st.data())
def test_a_quote_is_exactly_the_text(text, data):
    start = data.draw(st.integers(0, len(text) - 1))
    end = data.draw(st.integers(start + 1, len(text)))
    assert Article(id="a", text=text).quote(Span(start=start, end=end)) == text[start:end]


def test_a_quote_beyond_the_text_is_refused():
    with pytest.raises(RecordError, match=r"0\.\.16 ends after the text \(15 characters\)"):
        Article(id="a", text=TEXT).quote(Span(start=0, end=16))


def test_the_digest_changes_with_all_that_was_read_and_not_with_the_name():
    article = Article(id="a", text=TEXT)
    assert replace(article, id="b").digest == article.digest
    changed = {"text": "x", "title": "x", "outlet": "x", "byline": "x", "url": "x"}
    others = {"published": "2025", "language": "fr", "body": 3}
    digests = {replace(article, **{k: v}).digest for k, v in {**changed, **others}.items()}
    assert len(digests | {article.digest}) == 9


@given(st.text(), st.text())
def test_text_and_title_do_not_run_together(one, other):
    if one != other:
        assert (
            Article(id="a", text=one, title=other).digest
            != Article(id="a", text=other, title=one).digest
        )


def test_records_are_frozen_and_hashable():
    with pytest.raises(FrozenInstanceError):
        MEETS.relation = "visits"  # type: ignore[misc]
    assert len({MEETS, replace(MEETS)}) == 1


# -- dates -----------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("value", "precision"),
    [
        ("2025", "year"),
        ("2025-05", "month"),
        ("2025-05-14", "day"),
        ("2025-05-12/2025-05-18", "interval"),
    ],
)
def test_precision(value, precision):
    assert When(value=value, text="then").precision == precision


# -- statements ------------------------------------------------------------------------------------


def test_a_statement_needs_an_agent():
    with pytest.raises(RecordError, match="needs an agent"):
        replace(MEETS, agents=())


def test_a_modality_must_be_known():
    for modality in MODALITIES:
        assert replace(MEETS, modality=modality).modality == modality
    with pytest.raises(RecordError, match="unknown modality 'probable'"):
        replace(MEETS, modality="probable")


@given(st.floats())
def test_confidence_is_between_0_and_1(value):
    if 0 <= value <= 1:
        assert replace(MEETS, confidence=value).confidence == value
    else:
        with pytest.raises(RecordError, match="between 0 and 1"):
            replace(MEETS, confidence=value)


@given(ENTITIES, ENTITIES, st.randoms())
def test_the_identifier_does_not_depend_on_order(agents, targets, random):
    statement = replace(MEETS, agents=tuple(agents), targets=tuple(targets))
    random.shuffle(agents)
    random.shuffle(targets)
    assert replace(MEETS, agents=tuple(agents), targets=tuple(targets)).id == statement.id


def test_the_identifier_is_that_of_the_telling():
    """What a clause tells, and where, is one statement; names and confidence do not count."""
    on = When(value="2025-05-14", text="Wednesday")
    same = [
        MEETS,
        replace(MEETS, confidence=0.5),
        replace(MEETS, agents=(replace(PERU, name="Republic of Peru", kind="Actor"),)),
    ]
    others = [
        replace(MEETS, relation="visits"),
        replace(MEETS, agents=(CHILE,), targets=(PERU,)),
        replace(MEETS, agents=(PERU, CHILE), targets=()),
        replace(MEETS, about=(TALKS,)),
        replace(MEETS, about=(PACT,)),
        replace(MEETS, where=(PACT,)),
        replace(MEETS, when=on),
        replace(MEETS, when=replace(on, text="that day")),
        replace(MEETS, modality="planned"),
        replace(MEETS, negated=True),
        replace(MEETS, attributed_to=(IBARRA,)),
        replace(MEETS, attributed_to=(IBARRA, PERU)),
        replace(MEETS, attributed_to=(PERU, IBARRA)),
        replace(MEETS, reported_by=(IBARRA,)),
        replace(MEETS, unnamed_source=True),
        replace(MEETS, evidence=replace(EVIDENCE, article="b")),
        replace(MEETS, evidence=replace(EVIDENCE, span=Span(start=0, end=15))),
        replace(MEETS, evidence=replace(EVIDENCE, trigger=Span(start=0, end=4))),
        replace(MEETS, evidence=replace(EVIDENCE, rule="meets/hold-talks")),
    ]
    assert len({s.id for s in same}) == 1
    assert len({s.id for s in [MEETS, *others]}) == len(others) + 1
    assert MEETS.id.startswith("statement/a/0-14-")


def test_polarity():
    assert (MEETS.polarity, replace(MEETS, negated=True).polarity) == ("affirmed", "negated")


# -- extractions -----------------------------------------------------------------------------------


def test_entities_are_gathered_from_everywhere_once():
    extraction = Extraction(
        article=Article(id="a", text=TEXT),
        mentions=(Mention(span=Span(start=0, end=4), entity=PERU),),
        positions=(
            Position(holder=IBARRA, title="envoy", of=PERU, span=Span(start=0, end=4)),
            Position(holder=IBARRA, title="envoy", of=None, span=Span(start=0, end=4)),
        ),
        statements=(
            replace(MEETS, about=(TALKS,)),
            replace(MEETS, where=(PACT,)),
        ),
    )
    assert extraction.entities == tuple(sorted({PERU, CHILE, TALKS, PACT, IBARRA}))


@pytest.mark.parametrize("role", ["targets", "about", "where", "attributed_to", "reported_by"])
def test_two_descriptions_of_one_entity_are_refused(role):
    wrong = replace(PERU, name="Republic of Peru")
    with pytest.raises(RecordError, match="two descriptions of country/PE"):
        Extraction(
            article=Article(id="a", text=TEXT),
            statements=(MEETS, replace(MEETS, **{role: (wrong,)})),
        )
