"""Tables of rules: each has a sentence on which it finds what its docstring says."""

from __future__ import annotations

import re

import examples
import pytest
from parses import article

from kg.extract.acts import passes, slots
from kg.extract.acts.drafts import Draft, Filler, Site
from kg.extract.claims import attribution
from kg.extract.coreference.references import MEANINGS, Phrase, References
from kg.extract.syntax.slots import INHERITING, OBJECTS, Syntax
from kg.ontology import slots as names

UNTOLD = {References._too_deep}  # it finds nothing, and is there for that
OTHER_SCHEME = {Syntax._raised}  # the model has no such parses: it is asked on a pinned one
ROLES = {"agent": "agent", "target": "target", "topic": "about", "place": "where"}
DROPS = re.compile(r"(.+) Drops (\w+) at (\w+)\.")
GIVES = re.compile(r"(.+) Gives (\w+) the (\w+) (.+)\.")


def test_the_ontology_names_the_slots_that_extraction_knows() -> None:
    assert {*slots.SLOTS, names.REST} == set(names.NAMED)
    assert set(slots.HANGING) == set(names.HANGING)
    assert len(slots.SLOTS) == 12
    assert not set(slots.SLOTS) & names.PREPOSITIONS


@pytest.mark.model
@pytest.mark.parametrize("name", slots.SLOTS)
def test_slots(name: str) -> None:
    example = examples.marked(slots.SLOTS[name])
    reading, trigger = examples.token(example)
    found = reading.matcher.slots.heads(name, Site(trigger=trigger))
    assert [t.text for t in found] == list(example.found)


@pytest.mark.model
@pytest.mark.parametrize(
    ("name", "rule"),
    [
        ("subject-in", slots.bearer),
        ("object-in", slots.affected),
        ("with", slots.prepositional),
    ],
)
def test_slots_named_by_a_preposition(name: str, rule: object) -> None:
    example = examples.marked(rule)
    reading, trigger = examples.token(example)
    found = reading.matcher.slots.heads(name, Site(trigger=trigger))
    assert [t.text for t in found] == list(example.found)


@pytest.mark.model
@pytest.mark.parametrize("rule", INHERITING, ids=lambda rule: rule.__name__)
def test_verbs_get_their_subject_from_elsewhere(rule) -> None:
    example = examples.marked(rule)
    reading, verb = examples.token(example)
    assert [t.text for t in rule(reading.chart.syntax, verb, 0)] == list(example.found)
    assert reading.chart.syntax.subject(verb) == rule(reading.chart.syntax, verb, 0)


@pytest.mark.model
@pytest.mark.parametrize(
    "rule", [r for r in OBJECTS if r not in OTHER_SCHEME], ids=lambda rule: rule.__name__
)
def test_objects_of_verbs(rule) -> None:
    example = examples.marked(rule)
    reading, verb = examples.token(example)
    syntax = reading.chart.syntax
    assert [t.text for t in rule(syntax, verb, 0)] == list(example.found)
    assert syntax.object(verb) == rule(syntax, verb, 0)
    assert all(earlier(syntax, verb, 0) is None for earlier in OBJECTS[: OBJECTS.index(rule)])


def test_the_other_scheme_has_the_subject_of_an_infinitive_for_an_object() -> None:
    doc = article(
        "Kenya/NNP/nsubj/2 asked=ask/VBD/ROOT/0 Uganda/NNP/nsubj/5 to/TO/aux/5 "
        "invite/VB/ccomp/2 Chad/NNP/dobj/5"
    ).doc
    assert [t.text for t in Syntax("clearnlp").object(doc[1])] == ["Uganda"]
    assert Syntax("ud").object(doc[1]) == []


@pytest.mark.model
@pytest.mark.parametrize(
    ("table", "rule"),
    [
        pytest.param(table, rule, id=rule.__name__)
        for table in ("ON_THE_WAY", "AROUND")
        for rule in getattr(attribution, table)
    ],
)
def test_a_rule_alone_hears_whose_word_its_example_is(
    table: str, rule, monkeypatch: pytest.MonkeyPatch
) -> None:
    example = examples.marked(rule)
    reading, trigger = examples.token(example)
    sources = reading.sources
    draft = sources.by_trigger[trigger.i]
    assert [r.name for r in sources.chain(draft).speakers] == list(example.found)
    others = tuple(other for other in getattr(attribution, table) if other is not rule)
    monkeypatch.setattr(attribution, table, others)
    assert [r.name for r in sources.chain(draft).speakers] != list(example.found)


@pytest.mark.model
@pytest.mark.parametrize(
    "rule", [m for m in MEANINGS if m not in UNTOLD], ids=lambda rule: rule.__name__
)
def test_what_noun_phrases_mean(rule) -> None:
    example = examples.marked(rule)
    reading, head = examples.token(example)
    references = reading.sources.references
    place = reading.chart.mention(head)
    found = rule(references, Phrase(token=head, place=place, depth=0, asked=frozenset()))
    assert [r.referent.name for r in found or ()] == list(example.found)
    assert references.referents([head])[: len(found)] == [r.referent for r in found]


def test_passes_have_names_and_reasons() -> None:
    assert len({step.name for step in passes.PASSES}) == len(passes.PASSES) == 8
    for step in passes.PASSES:
        assert bool(step.why) == ("Drops" in (step.run.__doc__ or "")), step.name


@pytest.mark.model
@pytest.mark.parametrize("step", passes.PASSES, ids=lambda step: step.name)
def test_passes_do_what_their_example_says(step: passes.Pass) -> None:
    example = examples.of(step.run)
    told = DROPS.fullmatch(example) or GIVES.fullmatch(example)
    assert told is not None, example
    reading = examples.read(told[1])
    scene = passes.Scene(
        chart=reading.chart,
        quoted=reading.quoted,
        references=reading.sources.references,
    )
    drafts: list[Draft] = list(reading.matched.drafts)
    for earlier in passes.PASSES[: passes.PASSES.index(step)]:
        drafts = earlier.run(scene, drafts)
    before = [(d, d.fillers) for d in drafts]
    after = step.run(scene, drafts)
    assert [(d, d.fillers) for d in drafts] == before, "a pass changes no draft"
    if len(told.groups()) == 3:
        left = {d.trigger.i for d in after}
        gone = [(d.relation.name, d.trigger.text) for d in drafts if d.trigger.i not in left]
        assert gone == [(told[2], told[3])]
        dropped = [d for d in reading.passed.dropped if d.by is step]
        assert [(d.draft.relation.name, d.by.name) for d in dropped] == [(told[2], step.name)]
    else:
        known = {f for d in drafts for f in d.fillers}
        new: list[tuple[str, Filler]] = [
            (d.relation.name, f) for d in after for f in d.fillers if f not in known
        ]
        assert [(n, f.role, f.referent.name) for n, f in new] == [
            (told[2], ROLES[told[3]], told[4])
        ]
        assert {f.rule_name for _, f in new} <= passes.ADDED
