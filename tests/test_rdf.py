"""Records to quads and back."""

from __future__ import annotations

import datetime
from dataclasses import replace

import example
import pyoxigraph as ox
import pytest
from hypothesis import given
from hypothesis import strategies as st

from kg import ontology as ontologies
from kg import rdf
from kg.errors import RecordError
from kg.gazetteer import Gazetteer
from kg.rdf import vocabulary as v
from kg.rdf.gathering import Quads
from kg.records import (
    MODALITIES,
    Article,
    Entity,
    Extraction,
    Mention,
    Position,
    Span,
    Statement,
    When,
)

ONTOLOGY = ontologies.load()
NAMES = v.Names()

# Everything a text file can hold, and what it cannot: lone surrogates.
HOSTILE = st.text(
    alphabet=st.characters(exclude_categories=()), min_size=1, max_size=40
) | st.sampled_from(
    [
        "\x00",
        '"""',
        "\\",
        "\\u0041",
        "<script>",
        "}>",
        "a\r\nb",
        "\u202eabc",
        "\ud83d",
        "\u2028",
        "'",
    ]
)


def quads(extraction: Extraction, gazetteer: Gazetteer | None = None) -> list[v.Quad]:
    return rdf.article_quads(extraction, ontology=ONTOLOGY, gazetteer=gazetteer)


def back(extraction: Extraction, written: list[v.Quad]) -> Extraction:
    return rdf.extraction_of(extraction.article.id, written, ontology=ONTOLOGY)


def values(written: list[v.Quad], predicate: ox.NamedNode) -> set[str]:
    return {q.object.value for q in written if q.predicate == predicate}


def hearsay(statement: Statement) -> Statement:
    """Return a statement as somebody unnamed tells it."""
    return replace(statement, unnamed_source=True)


@pytest.mark.parametrize("make", [example.lake, example.harbour])
def test_round_trip(make) -> None:  # type: ignore[no-untyped-def]
    extraction = make()
    told = extraction.statements
    extraction = replace(extraction, statements=(*told, *map(hearsay, told)))
    read = back(extraction, quads(extraction))
    assert read == rdf.canonical(extraction)
    assert read.article == extraction.article
    assert {s.id for s in read.statements} == {s.id for s in extraction.statements}


def test_canonical_changes_order_only() -> None:
    extraction = example.lake()
    read = rdf.canonical(extraction)
    assert rdf.canonical(read) == read
    assert set(read.mentions) == set(extraction.mentions)
    assert set(read.positions) == set(extraction.positions)
    assert len(read.statements) == len(extraction.statements)


def test_order_of_records_does_not_matter() -> None:
    one = example.lake()
    other = Extraction(
        article=one.article,
        mentions=one.mentions[::-1],
        positions=one.positions[::-1],
        statements=tuple(
            replace(s, agents=s.agents[::-1], about=s.about[::-1]) for s in one.statements[::-1]
        ),
    )
    assert list(map(str, quads(one))) == list(map(str, quads(other)))


def test_a_chain_of_speakers_keeps_its_order() -> None:
    chain = (example.QUISPE, example.LIEN)
    extraction = example.lake()
    for speakers in (chain, chain[::-1]):
        changed = replace(
            extraction,
            statements=tuple(
                replace(s, attributed_to=speakers) if len(s.attributed_to) == 2 else s
                for s in extraction.statements
            ),
        )
        read = back(changed, quads(changed))
        assert speakers in {s.attributed_to for s in read.statements}


def test_two_statements_of_one_clause_stay_apart() -> None:
    """Nothing unites what two statements say, not even of one act told twice in one clause."""
    first = example.lake().statements[0]
    second = replace(first, where=(example.OSLO,), confidence=0.4)
    extraction = Extraction(article=example.lake().article, statements=(first, second))
    written = quads(extraction)
    read = back(extraction, written)
    assert read.statements == rdf.canonical(extraction).statements
    assert {s.where for s in read.statements} == {(example.LIMA,), (example.OSLO,)}
    where = {(q.subject, q.object) for q in written if q.predicate == v.term("where")}
    assert where == {(NAMES.node(s.id), NAMES.node(s.where[0].id)) for s in extraction.statements}
    assert first.id != second.id


@given(st.data())
def test_a_node_says_what_its_statement_says_and_no_more(data: st.DataObject) -> None:
    """Each value on the node of a statement comes from that very statement."""
    entity = st.sampled_from((example.PERU, example.NORWAY, example.QUISPE, example.LIEN))
    group = st.lists(entity, unique=True, max_size=2).map(tuple)
    some = st.lists(entity, unique=True, min_size=1, max_size=2).map(tuple)
    base = example.lake().statements[0]
    told = tuple(
        replace(
            base,
            relation=data.draw(st.sampled_from(("meets", "supports"))),
            agents=data.draw(some),
            targets=data.draw(group),
            about=data.draw(group),
            where=data.draw(group),
            attributed_to=data.draw(group),
            reported_by=data.draw(group),
            modality=data.draw(st.sampled_from(MODALITIES)),
            negated=data.draw(st.booleans()),
            unnamed_source=data.draw(st.booleans()),
            when=data.draw(st.sampled_from((None, base.when))),
        )
        for _ in range(data.draw(st.integers(1, 4)))
    )
    extraction = Extraction(article=example.lake().article, statements=told)
    written = quads(extraction)
    nodes = {q.subject for q in written if q.object == v.term("Statement")}
    assert nodes == {NAMES.node(s.id) for s in told}
    for s in told:
        node = NAMES.node(s.id)

        def said(name: str, node: ox.NamedNode = node) -> set[str]:
            found = (q for q in written if (q.subject, q.predicate) == (node, v.term(name)))
            return {NAMES.identifier(q.object) or q.object.value for q in found}

        for name, entities in (
            ("agent", s.agents),
            ("target", s.targets),
            ("about", s.about),
            ("where", s.where),
            ("attributedTo", s.attributed_to),
            ("reportedBy", s.reported_by),
        ):
            assert said(name) == {e.id for e in entities}
        assert said("relation") == {v.KG + s.relation}
        assert said("modality") == {v.KG + s.modality}
        assert said("polarity") == {v.KG + s.polarity}
        assert said("date") == ({s.when.value} if s.when else set())
        assert said("unnamedSource") == ({"true"} if s.unnamed_source else set())
        assert said("article") == {"article/lake"}
        assert len({q for q in written if (q.subject, q.predicate) == (node, v.LABEL)}) == 1


def test_one_place_read_in_two_ways() -> None:
    article = example.harbour().article
    place = Span(start=0, end=4)
    extraction = Extraction(
        article=article,
        mentions=(
            Mention(span=place, entity=example.PERU, how="name"),
            Mention(span=place, entity=example.NORWAY, how="description"),
        ),
    )
    assert set(back(extraction, quads(extraction)).mentions) == set(extraction.mentions)


def test_types_are_completed_with_superclasses() -> None:
    node = NAMES.node(example.LIEN.id)
    found = {
        v.local(q.object)
        for q in quads(example.lake())
        if q.subject == node and q.predicate == v.TYPE
    }
    assert found == {"Analyst", "Person", "Actor", "Entity"}


def test_an_entity_of_unrelated_classes_is_refused() -> None:
    written = quads(example.lake())
    node = NAMES.node(example.LIMA.id)
    written.append(v.quad(node, v.TYPE, v.term("Agreement"), NAMES.article("lake")))
    with pytest.raises(RecordError, match="Agreement"):
        back(example.lake(), written)


@pytest.mark.parametrize("lost", ["text", "bodyStart", "modality", "triggerEnd", "article"])
def test_an_incomplete_graph_is_refused(lost: str) -> None:
    written = [q for q in quads(example.lake()) if q.predicate != v.term(lost)]
    with pytest.raises(RecordError, match=lost):
        back(example.lake(), written)


def test_an_unknown_article_is_refused() -> None:
    with pytest.raises(RecordError, match="no such article"):
        rdf.extraction_of("sea", quads(example.lake()), ontology=ONTOLOGY)


def test_every_place_quotes_exactly_what_it_says() -> None:
    text = example.LAKE
    written = quads(example.lake())
    by_node: dict[ox.NamedNode, dict[str, str]] = {}
    for q in written:
        by_node.setdefault(q.subject, {})[v.local(q.predicate)] = q.object.value
    placed = [facts for facts in by_node.values() if "quote" in facts]
    assert len(placed) == 15 + 3 + 5  # mentions, positions, statements
    for facts in placed:
        assert facts["quote"] == text[int(facts["start"]) : int(facts["end"])]


def test_the_outlet_is_a_node_known_or_not() -> None:
    assert values(quads(example.harbour(), example.gazetteer()), v.PUBLISHER) == {
        v.Names().node("outlet/harbour-post").value
    }
    assert values(quads(example.lake(), example.gazetteer()), v.PUBLISHER) == {
        v.Names().node("unlinked/outlet/coast-herald").value
    }


def test_background_is_what_the_gazetteer_knows() -> None:
    written = rdf.background_quads(
        ["country/NO", "unlinked/place/lima"], gazetteer=example.gazetteer()
    )
    assert {q.graph_name for q in written} == {NAMES.background}
    assert values(written, v.SAME_AS) == {"http://www.wikidata.org/entity/Q20"}
    assert values(written, v.PREF_LABEL) == {"Norway"}
    assert values(written, v.ALT_LABEL) == {"Kingdom of Norway"}


def test_no_blank_nodes_and_only_canonical_literals() -> None:
    allowed = {v.XSD + n for n in ("integer", "decimal", "date", "string", "anyURI", "boolean")}
    allowed |= {v.EDTF + "EDTF", v.RDF + "langString"}
    lake = example.lake()
    lake = replace(lake, statements=(*lake.statements, hearsay(lake.statements[0])))
    written = quads(lake) + rdf.link_quads(lake, ontology=ONTOLOGY)
    written += rdf.key_quads(lake, ontology=ONTOLOGY)
    for q in written + rdf.term_quads(ONTOLOGY):
        assert isinstance(q.subject, ox.NamedNode)
        assert isinstance(q.graph_name, ox.NamedNode)
        if isinstance(q.object, ox.Literal):
            assert q.object.datatype.value in allowed
            assert q.object.language == (q.object.language or "").lower() or not q.object.language
    stored = ox.Store()
    stored.extend(written)  # type: ignore[arg-type]
    assert set(stored) == set(written), "the engine would rewrite a literal"


@pytest.mark.parametrize(
    ("value", "digits"),
    [(1.0, "1"), (0.0, "0"), (0.5, "0.5"), (0.910, "0.91"), (1e-7, "0"), (0.1 + 0.2, "0.3")],
)
def test_decimals_are_canonical(value: float, digits: str) -> None:
    assert v.decimal(value).value == digits


@pytest.mark.parametrize(
    ("value", "first", "last"),
    [
        ("2024", (2024, 1, 1), (2024, 12, 31)),
        ("2024-02", (2024, 2, 1), (2024, 2, 29)),
        ("2024-12", (2024, 12, 1), (2024, 12, 31)),
        ("2024-02-03", (2024, 2, 3), (2024, 2, 3)),
        ("2023-12/2024-02-03", (2023, 12, 1), (2024, 2, 3)),
        ("2024-02/..", (2024, 2, 1), None),
        ("2024-02-30", None, None),
        ("2024-13", None, None),
        ("soon", None, None),
    ],
)
def test_bounds_of_dates(
    value: str, first: tuple[int, ...] | None, last: tuple[int, ...] | None
) -> None:
    def day(parts: tuple[int, ...] | None) -> datetime.date | None:
        return datetime.date(*parts) if parts else None  # type: ignore[arg-type]

    assert v.bounds(value) == (day(first), day(last))


def test_dates_of_publication_are_typed_by_what_they_are() -> None:
    assert v.date("2024-03-04").datatype.value == v.XSD + "date"
    assert v.date("2024-03").datatype.value == v.EDTF + "EDTF"
    assert v.date("2024-02-30").datatype.value == v.EDTF + "EDTF"


@pytest.mark.parametrize(
    ("stored", "read"),
    [
        ("2024-03-04", "2024-03-04"),
        ("2024-03", "2024-03"),
        ("2024-03-04T10:00:00Z", "2024-03-04"),
        ("2024-02-30", ""),
        ("yesterday", ""),
        ("", ""),
    ],
)
def test_stored_articles_with_odd_dates_are_read(stored: str, read: str) -> None:
    extraction = example.harbour()
    told = quads(extraction)
    dated = [q for q in told if q.predicate in {v.DATE_PUBLISHED, v.term("date")}]
    assert {q.predicate for q in dated} == {v.DATE_PUBLISHED, v.term("date")}
    odd = [
        *(q for q in told if q not in dated),
        *(ox.Quad(q.subject, q.predicate, v.edtf(stored), q.graph_name) for q in dated),
    ]
    found = back(extraction, odd)
    assert found.article.published == read
    assert {s.when.value if s.when else "" for s in found.statements} <= {read, ""}


def test_language_tags() -> None:
    assert v.text("a", "en-GB").language == "en-gb"
    assert v.text("a", "no such tag").language == "und"
    british = replace(example.harbour().article, language="en-GB")
    extraction = replace(example.harbour(), article=british)
    assert back(extraction, quads(extraction)).article.language == "en-GB"


@given(name=HOSTILE, title=HOSTILE, body=HOSTILE, url=HOSTILE, ident=HOSTILE, tag=HOSTILE)
def test_hostile_strings_survive(
    name: str, title: str, body: str, url: str, ident: str, tag: str
) -> None:
    article = Article(
        id=v.storable(ident),
        text=body,
        title=title,
        outlet=title,
        url=url,
        language=tag,
    )
    holder = Entity(id="unlinked/person/x", kind="Person", name=name)
    whole = Span(start=0, end=len(body))
    extraction = Extraction(
        article=article,
        mentions=(Mention(span=whole, entity=holder),),
        positions=(Position(holder=holder, title=title, of=None, span=whole),),
        statements=(
            replace(
                example.harbour().statements[0],
                agents=(holder,),
                when=When(value="2024", text=title),
            ),
        ),
    )
    # A statement names its article, and must lie in its text.
    own = replace(
        extraction.statements[0].evidence, article=article.id, span=whole, trigger=whole, rule=name
    )
    extraction = replace(extraction, statements=(replace(extraction.statements[0], evidence=own),))
    read = back(extraction, quads(extraction))
    keep = v.storable
    assert read.article.text == keep(body)
    assert len(read.article.text) == len(body)
    assert read.article.title == read.article.outlet == keep(title)
    assert read.article.url == keep(url)
    assert (
        read.entities
        == rdf.canonical(
            replace(
                extraction,
                mentions=(Mention(span=whole, entity=replace(holder, name=keep(name))),),
                positions=(),
                statements=tuple(
                    replace(s, agents=(replace(holder, name=keep(name)),))
                    for s in extraction.statements
                ),
            )
        ).entities
    )
    assert read.positions[0].title == keep(title)
    assert [s.relation for s in read.statements] == ["attends"]
    assert [s.id for s in read.statements] == [s.id for s in extraction.statements]


def test_only_nul_and_surrogates_are_replaced() -> None:
    assert v.storable("a\x00b\ud800c") == "a\ufffdb\ufffdc"
    everything = "".join(map(chr, (*range(1, 0xD800), *range(0xE000, 0x11000))))
    assert v.storable(everything) == everything


def test_a_name_of_ten_thousand_characters() -> None:
    long = "x" * 10_000
    entity = Entity(id="unlinked/person/" + long, kind="Person", name=long)
    extraction = Extraction(
        article=example.harbour().article,
        statements=(replace(example.harbour().statements[0], agents=(entity,)),),
    )
    assert entity in back(extraction, quads(extraction)).entities


def test_a_statement_without_targets_reads_back() -> None:
    lone: Statement = replace(example.harbour().statements[0], targets=())
    extraction = Extraction(article=example.harbour().article, statements=(lone,))
    assert back(extraction, quads(extraction)).statements == (lone,)


def test_quads_are_gathered_once_and_in_order_of_their_text() -> None:
    names = v.Names()
    nodes = [names.node(name) for name in ("a", "a/b", "a-b", "ab", "b")]
    values = [
        *nodes,
        *(v.plain(text) for text in ("", "a", "a b", "1")),
        *(v.text("a", language) for language in ("en", "en-us", "de")),
        *(v.integer(number) for number in (1, 10, 2)),
    ]
    gathered = Quads(names.acts)
    for _ in range(2):
        for node in nodes:
            for predicate in (v.LABEL, "start", "startled"):
                gathered.add(node, predicate, *values)
                gathered.add(node, predicate)
    found = list(gathered)
    assert len(found) == len(set(found)) == len(nodes) * 3 * len(values)
    assert found == sorted(found, key=str) == list(gathered)
    gathered.add(nodes[0], "ended", nodes[1])
    gathered.add(nodes[0], "start", nodes[1])
    assert len(list(gathered)) == len(found) + 1
    assert list(gathered) == sorted(gathered, key=str)
