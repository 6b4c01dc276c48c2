"""Statements as sentences: all combinations for all relations, read and kept in a table.

`KG_WRITE_SENTENCES=1 pytest tests/test_telling.py` writes the table anew; read what changed.
"""

from __future__ import annotations

import json
import os
import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from itertools import groupby
from pathlib import Path
from types import MappingProxyType

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kg import ontology as ontologies
from kg.ontology import phrasing
from kg.records import MODALITIES, Entity, Evidence, Span, Statement, When
from kg.telling import sentences

TABLE = Path(__file__).parent / "telling" / "sentences.txt"
ONTOLOGY = ontologies.load()
RELATIONS = sorted(ONTOLOGY.relations)

NORWAY = Entity(id="country/NO", kind="Country", name="Norway")
GHANA = Entity(id="country/GH", kind="Country", name="Ghana")
PERU = Entity(id="country/PE", kind="Country", name="Peru")
CHILE = Entity(id="country/CL", kind="Country", name="Chile")
LAOS = Entity(id="country/LA", kind="Country", name="Laos")
TREATY = Entity(id="agreement/lake-treaty", kind="Agreement", name="lake treaty")
OF_KIND = {
    "Country": PERU,
    "Person": Entity(id="person/ana", kind="Person", name="Ana Quispe"),
    "Place": Entity(id="place/lima", kind="Place", name="Lima"),
    "Meeting": Entity(id="event/summit", kind="Meeting", name="fisheries summit"),
    "Election": Entity(id="event/vote", kind="Election", name="2024 elections"),
    "Agreement": TREATY,
}
PAIRS = (
    (PERU, CHILE),
    (OF_KIND["Person"], Entity(id="person/luis", kind="Person", name="Luis Rojas")),
    (OF_KIND["Meeting"], Entity(id="event/forum", kind="Meeting", name="harbour forum")),
)
PREPOSITIONS = frozenset("about by concerning of on over with against for to from in".split())
SUBJECT = re.compile(
    "(?:Norway|Peru|Ana Quispe|the fisheries summit)"
    "(?P<other> and (?:Ghana|Chile|Luis Rojas|the harbour forum))? "
)
# Verbs that say all by themselves; every other pattern says what is done.
WHOLE = frozenset({"agree", "cooperate"})
SURE = {
    "planned": r"\b(is|are) (not )?to\b",
    "possible": r"\bmay\b",
    "proposed": r"^it is proposed",
}


@dataclass(frozen=True, kw_only=True)
class Line:
    """One combination with its sentence."""

    relation: str
    key: str
    modality: str
    negated: bool
    many: bool
    text: str


def told(relation: str, key: str, modality: str, negated: bool, many: bool) -> str:
    """Tell a made-up statement whose roles call for the pattern."""
    card, kinds = ONTOLOGY.relations[relation].phrasing, ONTOLOGY.relations[relation].range
    passive = key.startswith(("sayPassive", "sayBare"))
    first = (NORWAY, GHANA)
    second = next(pair for pair in PAIRS if ONTOLOGY.is_a(pair[0].kind, kinds))
    agents = () if "Bare" in key else first if many and not passive else first[:1]
    targets = second if passive and many else second[:1]
    about: tuple[Entity, ...] = ()
    if key.endswith("Topic"):
        about = (LAOS,)
    elif key.endswith("Matter"):
        about = tuple(
            e for e in OF_KIND.values() if ONTOLOGY.is_a(e.kind, card.matters or ("Agreement",))
        )[-1:]
    found = sentences.clause(
        relation,
        ONTOLOGY,
        agents=agents,
        targets=targets if passive or "Target" in key else (),
        about=about,
        modality=modality,
        negated=negated,
        passive=passive,
    )
    return "".join(part.text for part in found)


def lines() -> Iterator[Line]:
    for relation in RELATIONS:
        for key in ONTOLOGY.relations[relation].phrasing.patterns:
            for modality in MODALITIES:
                for negated in (False, True):
                    for many in (False, True):
                        text = told(relation, key, modality, negated, many)
                        yield Line(
                            relation=relation,
                            key=key,
                            modality=modality,
                            negated=negated,
                            many=many,
                            text=text,
                        )


def kinds() -> Iterator[str]:
    """Yield a line for each class of target that a relation takes."""
    for relation in RELATIONS:
        yield f"# {relation}: classes of targets"
        for kind, entity in OF_KIND.items():
            if not ONTOLOGY.is_a(kind, ONTOLOGY.relations[relation].range):
                continue
            for passive in (False, True):
                found = sentences.clause(
                    relation, ONTOLOGY, agents=(NORWAY,), targets=(entity,), passive=passive
                )
                yield "".join(part.text for part in found)


LINES = tuple(lines())


def table() -> Iterator[str]:
    """Yield the sentences under a heading for each pattern.

    In order: told as fact, planned, possible and proposed, each affirmed of one subject and of
    several, then negated of one and of several. Patterns that a card does not tell apart from
    others are left out: of matters where it has none, and of mutual acts without an agent, which
    are told as if the target were the agent.
    """
    for (relation, key), group in groupby(LINES, key=lambda line: (line.relation, line.key)):
        card = ONTOLOGY.relations[relation]
        same = not card.phrasing.matters if "Matter" in key else card.symmetric and "Bare" in key
        if not same:
            yield f"# {relation} {key}: {card.phrasing.patterns[key]}"
            yield from (line.text for line in group)


def test_the_table_is_what_is_told() -> None:
    text = "".join(f"{line}\n" for line in (*table(), *kinds()))
    if os.environ.get("KG_WRITE_SENTENCES"):
        TABLE.write_text(text, encoding="utf-8")
    assert TABLE.read_text(encoding="utf-8") == text, "run: KG_WRITE_SENTENCES=1, read the changes"


def test_the_table_has_all_combinations() -> None:
    assert len(RELATIONS) == 29
    assert len(LINES) == 29 * 10 * len(MODALITIES) * 2 * 2
    assert len({(n.relation, n.key, n.modality, n.negated, n.many) for n in LINES}) == len(LINES)


def test_no_line_is_untidy_or_unfinished() -> None:
    for line in LINES:
        assert line.text == " ".join(line.text.split()), line
        assert not set("{}") & set(line.text), line
        assert line.text.split()[-1] not in PREPOSITIONS, line
        verb, rest = phrasing.split(ONTOLOGY.relations[line.relation].phrasing.patterns[line.key])
        assert rest or verb in WHOLE, line


def test_not_is_said_exactly_of_what_is_negated() -> None:
    for line in LINES:
        assert (" not " in line.text) == line.negated, line


def test_the_modality_is_said() -> None:
    for line in LINES:
        said = {m for m, words in SURE.items() if re.search(words, line.text)}
        assert said == {line.modality} - {"actual"}, line


def test_verbs_agree_with_their_subject() -> None:
    for line in LINES:
        if line.modality in {"possible", "proposed"}:
            continue
        found = SUBJECT.match(line.text)
        assert found, line
        verb = line.text[found.end() :].split()[0]
        third = verb in {"is", "does"} or (verb.endswith("s") and not verb.endswith("ss"))
        assert third != line.many, line
        assert bool(found["other"]) == line.many, line


def test_what_a_statement_is_about_is_no_object() -> None:
    for relation, card in ONTOLOGY.relations.items():
        for key, pattern in card.phrasing.patterns.items():
            if "{topic}" in pattern and (not key.endswith("Matter") or not card.phrasing.matters):
                before = pattern.split(" {topic}")[0].split()[-1]
                assert before in PREPOSITIONS, f"{relation} {key}: {pattern}"


def test_passives_name_the_agent_behind_by_or_not_at_all() -> None:
    for relation, card in ONTOLOGY.relations.items():
        found = card.phrasing.patterns
        for key, bare in (("sayPassive", "sayBare"), ("sayPassiveTopic", "sayBareTopic")):
            assert "{agent}" not in found[bare]
            assert card.symmetric or found[key].startswith("be "), relation
            if card.symmetric:
                assert found[key] == found[key.replace("Passive", "Target", 1)].replace(
                    "{target}", "{agent}"
                ), relation
            else:
                assert found[key].replace(" by {agent}", "") == found[bare], relation


def test_every_card_of_ours_is_told_by_patterns_of_its_own() -> None:
    for relation, card in ONTOLOGY.relations.items():
        for pattern in card.phrasing.patterns.values():
            assert "somebody or something" not in pattern, relation


def statement(relation: str = "visits", **fields: object) -> Statement:
    evidence = Evidence(
        article="a", span=Span(start=0, end=9), trigger=Span(start=2, end=4), rule="x/y"
    )
    values: dict[str, object] = {"agents": (NORWAY,), "evidence": evidence, **fields}
    return Statement(relation=relation, **values)  # type: ignore[arg-type]


def test_a_whole_sentence() -> None:
    found = statement(
        "proposes",
        agents=(OF_KIND["Person"],),
        targets=(NORWAY, PERU, CHILE),
        about=(OF_KIND["Meeting"],),
        where=(OF_KIND["Place"],),
        when=When(value="2024-03-03", text="on Sunday"),
        attributed_to=(
            Entity(id="person/lien", kind="Analyst", name="Olav Lien"),
            Entity(id="group/officials", kind="Group", name="officials in Oslo"),
        ),
        reported_by=(Entity(id="outlet/herald", kind="MediaOutlet", name="Coast Herald"),),
    )
    text = sentences.sentence(found, ONTOLOGY)
    assert text == (
        "Ana Quispe proposes the fisheries summit to Norway, Peru and Chile in Lima (2024-03-03), "
        "according to Olav Lien, according to officials in Oslo, reported by Coast Herald"
    )
    parts = sentences.parts(found, ONTOLOGY)
    assert "".join(part.text for part in parts) == text
    assert [(p.role, p.entity.name) for p in parts if p.entity] == [
        ("agents", "Ana Quispe"),
        ("about", "fisheries summit"),
        ("targets", "Norway"),
        ("targets", "Peru"),
        ("targets", "Chile"),
        ("where", "Lima"),
        ("attributed_to", "Olav Lien"),
        ("attributed_to", "officials in Oslo"),
        ("reported_by", "Coast Herald"),
    ]
    assert [part.text for part in parts if part.role == "when"] == ["2024-03-03"]


def test_a_topic_is_told_as_object_only_where_all_topics_may_be() -> None:
    agreed = statement("supports", about=(TREATY,))
    assert sentences.sentence(agreed, ONTOLOGY) == "Norway supports the lake treaty"
    mixed = statement("supports", about=(TREATY, PERU))
    assert (
        sentences.sentence(mixed, ONTOLOGY) == "Norway voices support over the lake treaty and Peru"
    )


def test_an_unnamed_source_is_told() -> None:
    @dataclass(frozen=True, slots=True, kw_only=True)
    class Heard(Statement):
        unnamed_source: bool = False

    plain = statement(targets=(PERU,), modality="planned")
    fields = {name: getattr(plain, name) for name in ("relation", "agents", "targets", "evidence")}
    heard = Heard(**fields, modality="planned", unnamed_source=True)
    expected = "Norway is to visit Peru, according to an unnamed source"
    assert sentences.sentence(heard, ONTOLOGY) == expected
    assert sentences.sentence(plain, ONTOLOGY) == "Norway is to visit Peru"


def test_a_passive_needs_a_target_and_agents_may_be_left_out() -> None:
    found = statement(targets=(PERU,))
    assert sentences.sentence(found, ONTOLOGY, passive=True) == "Peru is visited by Norway"
    assert sentences.sentence(statement(), ONTOLOGY, passive=True) == "Norway makes a visit"
    bare = sentences.clause("supports", ONTOLOGY, targets=(PERU, CHILE), about=(LAOS,))
    assert "".join(p.text for p in bare) == "Peru and Chile are supported in connection with Laos"


def test_a_relation_without_card_or_patterns_is_told_by_its_label() -> None:
    unknown = statement("tradesWith", targets=(PERU,), negated=True)
    assert sentences.sentence(unknown, ONTOLOGY) == "Norway does not trade with Peru"
    for name in ("<b>", "{x}", "17", "the"):
        nameless = statement(name, targets=(PERU,))
        assert sentences.sentence(nameless, ONTOLOGY) == "Norway relates to Peru"
    alone = statement("carriesOrSells", agents=(NORWAY, GHANA), modality="possible")
    assert sentences.sentence(alone, ONTOLOGY) == (
        "Norway and Ghana may carry or sell somebody or something"
    )
    turned = statement("carriesOrSells", targets=(PERU, CHILE), about=(LAOS,))
    assert sentences.sentence(turned, ONTOLOGY, passive=True) == (
        "Peru and Chile are carried or sold by Norway concerning Laos"
    )
    visits = replace(ONTOLOGY.relation("visits"), phrasing=None)
    known = replace(ONTOLOGY, relations=MappingProxyType({"visits": visits}))
    assert sentences.sentence(statement(), known) == "Norway visits somebody or something"


def test_a_new_card_is_told(tmp_path: Path) -> None:
    card = ontologies.read_card(ontologies.new_card("trains", tmp_path))
    known = replace(ONTOLOGY, relations=MappingProxyType({"trains": card}))
    found = statement("trains", targets=(PERU,), modality="proposed", negated=True)
    assert sentences.sentence(found, known) == "it is proposed that Norway not train Peru"
    assert sentences.sentence(found, known, passive=True) == (
        "it is proposed that Peru not be trained by Norway"
    )


@pytest.mark.parametrize("relation", RELATIONS)
def test_a_script_tells_the_same_from_the_tables(relation: str) -> None:
    """As a page's script does it: see `sentences.tables`."""
    data = json.loads(json.dumps(sentences.tables(ONTOLOGY, RELATIONS)))
    known = data["patterns"][relation]
    bare = {"sayBare": "sayPassive", "sayBareTopic": "sayPassiveTopic"}
    for key, modalities in sentences.forms(relation, ONTOLOGY).items():
        usual = bare.get(key, key.replace("Matter", "Topic"))
        verb, rest = known.get(key) or known[usual]
        if key not in known and key in bare:
            rest = rest.replace(" by {agent}", "")
        subject = "{target}" if re.match("say(Passive|Bare)", key) else "{agent}"
        for modality, polarities in modalities.items():
            for negated, numbers in enumerate(polarities.values()):
                for many, template in enumerate(numbers.values()):
                    built = (
                        data["frames"][modality][negated][many]
                        .replace("{subject}", subject)
                        .replace("{finite}", data["verbs"][verb]["finite"][negated][many])
                        .replace("{plain}", data["verbs"][verb]["plain"])
                    )
                    assert f"{built} {rest}".rstrip() == template


def test_the_tables_are_small() -> None:
    text = json.dumps(sentences.tables(ONTOLOGY, RELATIONS), separators=(",", ":"))
    assert len(text) < 20_000
    matters = sentences.tables(ONTOLOGY, ["supports", "visits"])["matters"]
    assert set(matters) == {"supports"}
    assert {"Agreement", "Event", "Meeting", "Conflict"} < set(matters["supports"])
    assert "Country" not in matters["supports"]


ENTITIES = st.builds(
    Entity,
    id=st.just("x/y"),
    kind=st.sampled_from([*sorted(ONTOLOGY.classes), "Unheard"]),
    name=st.text(min_size=1, max_size=20) | st.just("{topic} of {agent}"),
)
SOME = st.lists(ENTITIES, max_size=3).map(tuple)


@given(
    relation=st.sampled_from([*RELATIONS, "unheardOf", "is"]),
    agents=st.lists(ENTITIES, min_size=1, max_size=3).map(tuple),
    targets=SOME,
    about=SOME,
    where=SOME,
    modality=st.sampled_from(MODALITIES),
    negated=st.booleans(),
    passive=st.booleans(),
)
def test_every_statement_is_told_in_full(
    relation: str,
    agents: tuple[Entity, ...],
    targets: tuple[Entity, ...],
    about: tuple[Entity, ...],
    where: tuple[Entity, ...],
    modality: str,
    negated: bool,
    passive: bool,
) -> None:
    found = statement(
        relation,
        agents=agents,
        targets=targets,
        about=about,
        where=where,
        modality=modality,
        negated=negated,
    )
    parts = sentences.parts(found, ONTOLOGY, passive=passive)
    named = [part.entity for part in parts if part.entity]
    assert sorted(named) == sorted((*agents, *targets, *about, *where))
    words = "".join(part.text for part in parts if not part.entity)
    assert words.strip()
    assert not set("{}") & set(words)
    assert sentences.sentence(found, ONTOLOGY, passive=passive).strip()
