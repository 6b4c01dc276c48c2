"""A part of a graph: what is kept, what goes with it, and that it is a graph like any other."""

from __future__ import annotations

import io
from dataclasses import replace

import example
import pytest

from kg import rdf
from kg.errors import ForbiddenQueryError, SelectionError, UnknownRelationError
from kg.export import FORMATS
from kg.graph import Graph
from kg.rdf import vocabulary as v
from kg.records import Extraction, Statement


def told(graph: Graph) -> list[tuple[str, str, str]]:
    return [
        (e.article.id, s.relation, s.modality) for e in graph.extractions() for s in e.statements
    ]


def subset(part: Graph, whole: Graph) -> bool:
    return set(part.store.match()) < set(whole.store.match())


def test_nothing_chosen_is_the_graph_itself(graph: Graph) -> None:
    assert graph.part() is graph


@pytest.mark.parametrize(
    ("chosen", "left"),
    [
        ({"articles": ["lake"]}, ["lake"]),
        ({"articles": ["*a*e", "har?our"]}, ["harbour", "lake"]),
        ({"since": "2024-03-05"}, ["harbour"]),
        ({"since": "2024-04-30"}, ["harbour"]),  # of "2024-04" only the month is known
        ({"since": "2024-05"}, []),
        ({"since": "2023"}, ["harbour", "lake"]),
        ({"since": "2024-03-05", "articles": ["lake"]}, []),
    ],
)
def test_whole_articles(graph: Graph, chosen: dict[str, object], left: list[str]) -> None:
    part = graph.part(**chosen)  # type: ignore[arg-type]
    assert [a.id for a in part.articles()] == left
    for article in left:
        assert part.extraction(article) == graph.extraction(article)
        assert set(part.store.match(graph=part.store.names.links(article))) == set(
            graph.store.match(graph=graph.store.names.links(article))
        )


def test_an_undated_article_is_left_out_by_since(graph: Graph) -> None:
    harbour = example.harbour()
    article = replace(harbour.article, id="undated", published="")
    statements = tuple(
        replace(s, evidence=replace(s.evidence, article="undated")) for s in harbour.statements
    )
    graph.add(Extraction(article=article, statements=statements))
    assert "undated" not in graph.part(since="1900")


def apart(graph: Graph) -> tuple[list[v.Quad], set[v.Quad]]:
    """Return the quads of a graph without its acts, and those of its acts."""
    acts = graph.store.names.acts
    quads = graph.store.quads()
    return [q for q in quads if q.graph_name != acts], {q for q in quads if q.graph_name == acts}


def test_a_part_is_the_graph_that_its_articles_alone_would_make(graph: Graph) -> None:
    """But for the names of acts, which stay those that they have in the whole."""
    with Graph(gazetteer=example.gazetteer()) as alone:
        alone.add(example.lake(), pipeline="test-1")
        part = graph.part(articles=["lake"])
        assert apart(part)[0] == apart(alone)[0]
        assert list(part.validate()) == []
        ours, theirs = part.store.acts(), alone.store.acts()
        assert list(ours) == list(theirs)
        assert len(set(ours.values())) == len(set(theirs.values())) == 5
        assert ours == {s: act for s, act in graph.store.acts().items() if s in ours}
        numbers = v.term("articles")
        assert list(part.store.match(None, numbers)) == list(alone.store.match(None, numbers)) == []


def disputed(graph: Graph) -> tuple[Statement, Statement]:
    """Let an article deny that the two met, and return claim and denial of one article."""
    lake = example.lake()
    claim = lake.statements[0]
    denial = replace(claim, negated=True, confidence=0.3)
    graph.add(replace(lake, statements=(*lake.statements, denial)), pipeline="test-1")
    return claim, denial


def test_statements_of_one_act_still_tell_one_in_a_part(graph: Graph) -> None:
    claim, denial = disputed(graph)
    whole, acts = graph.store.contradictions(), graph.store.acts()
    other = example.harbour().statements[1]
    assert whole == sorted([(denial.id, claim.id), (denial.id, other.id)])
    assert acts[claim.id] == acts[denial.id] == acts[other.id]
    for part, pairs, articles in (
        (graph.part(relations=["meets"]), whole, ["2"]),
        (graph.part(articles=["lake"]), [(denial.id, claim.id)], []),
        (graph.part(min_confidence=0.4), [], ["2"]),
        (graph.part(min_confidence=0.4, articles=["harbour"]), [], []),
    ):
        assert part.store.contradictions() == pairs
        found = part.store.acts()
        assert found == {s.id: acts[s.id] for e in part.extractions() for s in e.statements}
        told = part.store.match(None, v.term("articles"))
        assert [q.object.value for q in told] == articles
        kinds = {q.subject for q in part.store.match(None, v.TYPE, v.term("Act"))}
        assert kinds == {part.store.names.node(act) for act in found.values()}
        assert list(part.validate()) == []


def test_a_part_by_statement_has_the_links_of_what_is_left_only(graph: Graph) -> None:
    """The floor of the store holds in every part of it."""
    graph.set_link_floor(0.8)
    part = graph.part(relations=["meets", "attends"])
    assert part.link_floor == 0.8
    linked = {
        (q.graph_name, v.local(q.predicate))
        for article in ("lake", "harbour")
        for q in part.store.match(graph=part.store.names.links(article))
    }
    assert linked == {(part.store.names.links(a), "meets") for a in ("lake", "harbour")}
    assert list(part.validate()) == []


def test_relations(graph: Graph) -> None:
    part = graph.part(relations=["kg:attends"])
    assert told(part) == [("harbour", "attends", "actual"), ("lake", "attends", "planned")]
    assert subset(part, graph)
    names = {e.name for x in part.extractions() for e in x.entities}
    assert names == {"Norway", "Peru", "Olav Lien", "Fjord Institute", "Coast Herald"} | {
        "fisheries summit"
    }
    titles = {p.title for x in part.extractions() for p in x.positions}
    assert titles == {"scholar"}
    assert not list(part.store.match(None, v.LABEL, v.text("president", "en")))
    assert {m.entity.name for x in part.extractions() for m in x.mentions} <= names
    assert part.about("Ana Quispe") == ()


def test_an_article_without_a_chosen_statement_goes(graph: Graph) -> None:
    assert [a.id for a in graph.part(relations=["proposes"]).articles()] == ["lake"]


def test_confidence_takes_plain_links_along(graph: Graph) -> None:
    met = "ASK { GRAPH ?links { ?a kg:meets ?b } FILTER(STRENDS(STR(?links), 'links/lake')) }"
    assert graph.query(met)
    part = graph.part(min_confidence=0.95)
    assert not part.query(met)
    assert part.query("ASK { ?a kg:meets ?b }"), "the other article still supports it"
    assert all(s.confidence >= 0.95 for e in part.extractions() for s in e.statements)
    assert subset(part, graph)


def test_a_statement_takes_its_own_topics_along_and_no_other(graph: Graph) -> None:
    """Another statement tells the same act in another place."""
    article = example.lake().article
    (meets,) = (s for s in example.lake().statements if s.relation == "meets")
    again = replace(meets, where=(example.OSLO,), confidence=0.99)
    graph.add(Extraction(article=article, statements=(meets, again)))
    acts = graph.store.acts()
    assert acts[meets.id] == acts[again.id]
    part = graph.part(min_confidence=0.95, articles=["lake"])
    places = {(q.subject, q.object) for q in part.store.match(None, v.term("where"))}
    node = part.store.names.node
    assert places == {(node(again.id), node(example.OSLO.id))}
    assert part.extraction("lake") == rdf.canonical(
        Extraction(article=article, statements=(again,))
    )


NAMED = {
    "a statement": ("SELECT ?s { ?s kg:relation kg:proposes }", {"proposes"}),
    "a modality": ("SELECT ?e { ?e kg:modality kg:possible }", {"visits"}),
    "an act": ("SELECT ?act { ?act a kg:Act ; kg:articles 2 }", {"meets"}),
    "an act and its article": (
        "SELECT ?act ?a { ?s kg:act ?act ; kg:article ?a . ?act kg:articles 2 }",
        {"meets"},
    ),
    "an article": (
        "SELECT ?a { ?a a schema:NewsArticle ; kg:outlet ?o FILTER(?o = 'Harbour Post'@en) }",
        {"attends", "meets"},
    ),
    "a party": ("SELECT ?p { ?p skos:prefLabel 'Ana Quispe'@en }", {"proposes", "visits"}),
    "a party and a statement": (
        "SELECT ?s ?p { ?s kg:relation kg:attends ; kg:agent ?p . ?p skos:prefLabel 'Peru'@en }",
        {"attends"},
    ),
    "a relation": ("SELECT (kg:visits AS ?r) {}", {"visits"}),
    "a plain link": ("CONSTRUCT { ?a kg:meets ?b } WHERE { ?a kg:meets ?b }", {"meets"}),
    "a topic link": (
        "CONSTRUCT { ?a kg:proposesMatter ?b } WHERE { ?a kg:proposesMatter ?b }",
        {"proposes"},
    ),
    "a topic link alone": ("SELECT (kg:proposesMatter AS ?link) {}", {"proposes"}),
    "triples of statements": (
        "CONSTRUCT { ?s kg:agent ?p } WHERE { ?s kg:relation kg:commentsOn ; kg:agent ?p }",
        {"commentsOn"},
    ),
    "names only": (
        "SELECT ?n WHERE { ?s kg:relation kg:attends ; kg:agent ?p . ?p skos:prefLabel ?n }",
        {"attends"},
    ),
    "two statements of one party": (
        "SELECT ?s ?t { ?s kg:agent ?p ; kg:relation kg:meets ."
        " ?t kg:agent ?p ; kg:relation kg:visits }",
        {"meets", "visits"},
    ),
    "a count": ("SELECT (COUNT(?p) AS ?n) { ?s kg:agent ?p } GROUP BY ?s", set()),
    "nothing of ours": ("SELECT ?t { ?x a ?t }", set()),
    "a literal": ("SELECT ?t { BIND('meets' AS ?t) }", set()),
    "a yes": ("ASK { ?s ?p ?o }", set()),
}


@pytest.mark.parametrize("name", NAMED)
def test_what_a_question_names(graph: Graph, name: str) -> None:
    query, relations = NAMED[name]
    part = graph.part(query=query)
    assert {relation for _, relation, _ in told(part)} == relations
    assert subset(part, graph)


def test_an_act_in_an_answer_keeps_all_that_tell_it(graph: Graph) -> None:
    part = graph.part(query="SELECT ?act { ?act kg:articles 2 }")
    assert told(part) == [("harbour", "meets", "actual"), ("lake", "meets", "actual")]
    one = "SELECT ?act ?a { ?s kg:act ?act ; kg:article ?a . FILTER(STRENDS(STR(?a), 'harbour')) }"
    assert {article for article, *_ in told(graph.part(query=one))} == {"harbour"}


def test_a_topic_link_in_an_answer_means_the_statements_that_make_it(graph: Graph) -> None:
    lake = example.lake()
    proposal = lake.statements[1]
    remark = replace(proposal, relation="commentsOn", targets=())
    graph.add(replace(lake, statements=(*lake.statements, remark)), pipeline="test-1")
    part = graph.part(query="CONSTRUCT WHERE { ?a kg:proposesMatter ?b }")
    assert [relation for _, relation, _ in told(part)] == ["proposes"]


def test_a_row_is_kept_only_where_all_of_it_belongs(graph: Graph) -> None:
    part = graph.part(query="CONSTRUCT { ?a kg:attends ?b } WHERE { ?a kg:meets ?b }")
    assert told(part) == [], "the two met, but did not attend one another"


def test_a_ready_question_with_a_parameter(graph: Graph) -> None:
    part = graph.part(query="who-attends", params={"who": "Peru"})
    assert told(part) == [("harbour", "attends", "actual")]
    part = graph.part(query="quotes-of-person", params={"who": "Lien"})
    assert [relation for _, relation, _ in told(part)] == ["commentsOn", "attends", "visits"]
    part = graph.part(query="most-connected")
    assert len(told(part)) == len(told(graph))
    part = graph.part(query="evidence-of", params={"statement": example.lake().statements[0].id})
    assert {relation for _, relation, _ in told(part)} == {"meets"}


def test_restrictions_add_up(graph: Graph) -> None:
    part = graph.part(articles=["lake"], relations=["meets", "visits"], min_confidence=0.6)
    assert told(part) == [("lake", "meets", "actual")]


@pytest.mark.parametrize("suffix", sorted(set(FORMATS) - {".neo4j"}))
def test_every_format_takes_a_part(graph: Graph, suffix: str) -> None:
    part, stream = graph.part(relations=["proposes"]), io.StringIO()
    part.export(stream, format=suffix)
    assert "Quispe" in stream.getvalue()
    assert "Harbour Post" not in stream.getvalue()


def test_what_is_not_known(graph: Graph) -> None:
    with pytest.raises(SelectionError, match="did you mean harbour"):
        graph.part(articles=["harbor"])
    with pytest.raises(SelectionError, match="no date"):
        graph.part(since="yesterday")
    with pytest.raises(UnknownRelationError, match="attends"):
        graph.part(relations=["attend"])
    with pytest.raises(ForbiddenQueryError):
        graph.part(query="DROP ALL")
