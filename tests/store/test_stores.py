"""One contract for all stores."""

from __future__ import annotations

from dataclasses import replace

import example
import pyoxigraph as ox
import pytest

from kg import rdf
from kg.corroboration.settling import settle_acts
from kg.errors import StoreError, StoreWriteError
from kg.ontology import Ontology
from kg.rdf import vocabulary as v
from kg.records import Extraction
from kg.store import MemoryStore, Store


def written(extraction: Extraction, ontology: Ontology) -> list[v.Quad]:
    known = example.gazetteer()
    quads = rdf.article_quads(extraction, ontology=ontology, gazetteer=known, pipeline="p1")
    names = v.Names()
    entities = {names.identifier(q.subject) for q in quads if q.object == v.term("Entity")}
    quads += rdf.link_quads(extraction, ontology=ontology)
    return quads + rdf.background_quads(entities, gazetteer=known)


def put(store: Store, extraction: Extraction, ontology: Ontology) -> None:
    keys = rdf.key_quads(extraction, ontology=ontology)
    store.replace(extraction.article.id, [*written(extraction, ontology), *keys])
    settle_acts(store, ontology.window)


def take(store: Store, article: str, ontology: Ontology) -> bool:
    found = store.remove(article)
    settle_acts(store, ontology.window)
    return found


def test_acts_are_told_and_contradicted(store: Store, ontology: Ontology) -> None:
    lake, harbour = example.lake(), example.harbour()
    denial = replace(lake.statements[0], negated=True)
    put(store, replace(lake, statements=(*lake.statements, denial)), ontology)
    put(store, harbour, ontology)
    acts = store.acts()
    told = [*lake.statements, denial, *harbour.statements]
    assert list(acts) == sorted(s.id for s in told)
    met, met_too = lake.statements[0], harbour.statements[1]
    assert acts[met.id] == acts[denial.id] == acts[met_too.id]
    assert len(set(acts.values())) == len(told) - 2
    assert store.contradictions() == sorted([(denial.id, met.id), (denial.id, met_too.id)])
    take(store, "harbour", ontology)
    assert store.contradictions() == [(denial.id, met.id)]
    put(store, lake, ontology)
    assert store.contradictions() == []
    assert set(store.acts()) == {s.id for s in lake.statements}


def test_truth_and_falsehood_come_back_as_they_went_in(store: Store, ontology: Ontology) -> None:
    lake = example.lake()
    hearsay = replace(lake.statements[0], unnamed_source=True)
    lake = replace(lake, statements=(*lake.statements, hearsay))
    put(store, lake, ontology)
    terms = rdf.term_quads(ontology)
    store.set_graph(store.names.terms, terms)
    assert set(store.match(graph=store.names.terms)) == set(terms)
    assert store.extraction("lake", ontology=ontology) == rdf.canonical(lake)
    assert (
        sum(s.unnamed_source for s in store.extraction("lake", ontology=ontology).statements) == 1
    )
    node = store.names.node(hearsay.id)
    assert store.described([node]) >= {
        v.quad(node, v.term("unnamedSource"), v.boolean(True), store.names.article("lake"))
    }
    assert store.select("ASK { ?s kg:unnamedSource true }")
    assert store.select("ASK { ?relation kg:topicBesideTarget false }")
    take(store, "lake", ontology)
    assert store.quads() == sorted(terms, key=str)


def test_an_empty_store(store: Store) -> None:
    assert store.articles() == []
    assert store.graphs() == []
    assert store.size() == 0
    assert "lake" not in store
    assert not store.remove("lake")


def test_what_goes_in_comes_out(store: Store, ontology: Ontology) -> None:
    store.replace("lake", written(example.lake(), ontology))
    assert store.articles() == ["lake"]
    assert "lake" in store
    assert 7 not in store
    assert set(store.match()) == set(written(example.lake(), ontology))
    assert store.extraction("lake", ontology=ontology) == rdf.canonical(example.lake())
    assert store.text("lake") == example.LAKE
    assert store.digest("lake") == example.lake().article.digest
    assert store.versions("lake") == ("p1", ontology.version)
    assert store.wikidata() == {"country/NO": "Q20", "country/PE": "Q419"}


def test_summaries(store: Store, ontology: Ontology) -> None:
    for extraction in (example.lake(), example.harbour()):
        put(store, extraction, ontology)
    first, second = store.summaries()
    assert (first.id, second.id) == ("harbour", "lake")
    assert (second.title, second.outlet, second.published) == (
        "Talks by the sea",
        "Coast Herald",
        "2024-03-04",
    )
    assert (second.statements, second.mentions) == (5, 15)
    assert (first.statements, first.mentions) == (2, 3)
    assert second.entities == len(example.lake().entities)


def test_replacing_leaves_nothing_of_what_was_there(store: Store, ontology: Ontology) -> None:
    other = example.harbour()
    renamed = rdf.canonical(example.lake())
    put(store, renamed, ontology)
    shorter = Extraction(article=renamed.article, mentions=renamed.mentions[:1])
    put(store, shorter, ontology)
    put(store, other, ontology)
    fresh = MemoryStore()
    put(fresh, other, ontology)
    put(fresh, shorter, ontology)
    assert store.quads() == fresh.quads()


def test_removing_keeps_what_others_support(store: Store, ontology: Ontology) -> None:
    put(store, example.harbour(), ontology)
    alone = store.quads()
    put(store, example.lake(), ontology)
    assert len(store.quads()) > len(alone)
    assert take(store, "lake", ontology)
    assert store.quads() == alone
    link = v.term("meets")
    assert [q.graph_name for q in store.match(None, link)] == [store.names.links("harbour")]
    assert take(store, "harbour", ontology)
    assert store.quads() == []
    assert store.graphs() == []


def test_the_order_of_articles_does_not_matter(ontology: Ontology) -> None:
    forth, back = MemoryStore(), MemoryStore()
    articles = [example.lake(), example.harbour()]
    for extraction in articles:
        put(forth, extraction, ontology)
    for extraction in articles[::-1]:
        put(back, extraction, ontology)
    assert forth.quads() == back.quads()


def test_background_follows_the_gazetteer(store: Store, ontology: Ontology) -> None:
    put(store, example.harbour(), ontology)
    node = store.names.node("country/PE")
    stale = v.quad(node, v.ALT_LABEL, v.text("Old name", "en"), store.names.background)
    store.change(add=[stale])
    put(store, example.harbour(), ontology)
    assert stale not in set(store.match())


def test_graphs_are_set_whole(store: Store) -> None:
    graph = store.names.terms
    one, two = (
        v.quad(v.term(name), v.LABEL, v.text(name, "en"), graph) for name in ("meets", "visits")
    )
    store.set_graph(graph, [one])
    store.set_graph(graph, [two])
    assert store.quads(graph) == [two]
    store.set_graph(graph, [])
    assert store.graphs() == []


def test_queries_see_the_union_of_all_graphs_and_know_prefixes(
    store: Store, ontology: Ontology
) -> None:
    for extraction in (example.lake(), example.harbour()):
        put(store, extraction, ontology)
    found = store.select("SELECT ?quote { ?s kg:relation kg:meets ; kg:quote ?quote }")
    assert len(list(found)) == 2
    joined = "?x kg:relation kg:meets ; kg:act ?act . ?y kg:relation kg:meets ; kg:act ?act"
    assert store.select(f"ASK {{ {joined} . ?act kg:articles 2 FILTER(?x != ?y) }}")
    assert store.select("ASK { id:country\\/NO owl:sameAs wd:Q20 }")


def union(store: Store) -> set[str]:
    found = store.select("SELECT ?s ?p ?o { ?s ?p ?o }")
    assert isinstance(found, ox.QuerySolutions)
    rows = [f"{row['s']} {row['p']} {row['o']}" for row in found]
    assert len(rows) == len(set(rows)), "a triple is counted more than once"
    return set(rows)


def test_the_union_counts_a_triple_once_and_follows_every_change(
    store: Store, ontology: Ontology
) -> None:
    def agrees() -> bool:
        return union(store) == {f"{q.subject} {q.predicate} {q.object}" for q in store.match()}

    put(store, example.lake(), ontology)
    assert agrees()
    put(store, example.harbour(), ontology)
    assert agrees()
    shorter = Extraction(article=example.lake().article, mentions=example.lake().mentions[:1])
    put(store, shorter, ontology)
    assert agrees()
    take(store, "harbour", ontology)
    assert agrees()
    take(store, "lake", ontology)
    assert union(store) == set()


@pytest.mark.parametrize("ask", ["text", "digest", "summary"])
def test_an_unknown_article_is_an_error(store: Store, ask: str) -> None:
    with pytest.raises(StoreError, match="no such article"):
        getattr(store, ask)("nowhere")


def test_an_unknown_article_has_no_extraction(store: Store, ontology: Ontology) -> None:
    with pytest.raises(StoreError, match="no such article"):
        store.extraction("nowhere", ontology=ontology)


def test_a_closed_store_says_so(store: Store) -> None:
    store.close()
    store.close()
    with pytest.raises(StoreWriteError, match="closed"):
        store.change(add=[])


def test_another_base(ontology: Ontology) -> None:
    base = "https://example.org/data/"
    store = MemoryStore(base)
    quads = rdf.article_quads(example.lake(), ontology=ontology, base=base)
    store.replace("lake", quads)
    ours = {q.subject.value for q in store.match()}
    assert all(iri.startswith(base) for iri in ours)
    assert store.extraction("lake", ontology=ontology) == rdf.canonical(example.lake())


def test_a_list_looks_at_no_mention_and_no_entity(store: Store, ontology: Ontology) -> None:
    for extraction in (example.lake(), example.harbour()):
        put(store, extraction, ontology)
    asked: list[object] = []
    match = store.match

    def watched(*pattern: object, **named: object) -> object:
        asked.extend((*pattern, *named.values()))
        return match(*pattern, **named)  # type: ignore[arg-type]

    store.match = watched  # type: ignore[assignment, method-assign]
    listed = store.listed()
    del store.match  # type: ignore[method-assign]
    assert not {v.term("Mention"), v.term("Entity"), v.term("refersTo")} & set(asked)
    assert [(one.id, one.statements) for one in listed] == [("harbour", 2), ("lake", 5)]
    for one, whole in zip(listed, store.summaries(), strict=True):
        assert (one.id, one.title, one.outlet, one.published, one.statements) == (
            *(whole.id, whole.title, whole.outlet, whole.published),
            whole.statements,
        )


def test_an_article_is_counted_as_all_of_them_are(store: Store, ontology: Ontology) -> None:
    for extraction in (example.lake(), example.harbour()):
        put(store, extraction, ontology)
    assert [store.summary(name) for name in store.articles()] == store.summaries()
    assert store.counts("Mention") == {
        store.names.article("harbour"): 3,
        store.names.article("lake"): 15,
    }
    assert MemoryStore().counts("Mention") == {}


def test_values_of_a_property_are_those_of_all_graphs(store: Store, ontology: Ontology) -> None:
    for extraction in (example.lake(), example.harbour()):
        put(store, extraction, ontology)
    found = {(q.subject, q.object) for q in store.values(v.PREF_LABEL)}
    assert found == {(q.subject, q.object) for q in store.match(None, v.PREF_LABEL)}
    assert len(found) > 5
