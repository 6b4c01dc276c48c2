"""Store to file to store: nothing is lost, and what is no export is refused."""

from __future__ import annotations

import gzip
from dataclasses import replace
from pathlib import Path

import example
import pyoxigraph as ox
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from kg.cli import run
from kg.errors import MalformedGraphError, StoreWriteError
from kg.graph import Graph
from kg.importing import FORMATS, import_file
from kg.records import Article, Entity, Evidence, Extraction, Mention, Span, Statement

WAYS = [*FORMATS, *(f"{suffix}.gz" for suffix in FORMATS)]


def returned(graph: Graph, folder: Path, suffix: str) -> list[object]:
    """Return the quads of a graph after it went through a file into a new store."""
    graph.export(folder / f"x{suffix}")
    report = import_file(folder / f"x{suffix}", folder / "s.kg")
    assert (report.articles, report.failed) == (len(graph), ())
    assert report.quads == graph.store.size()
    with Graph.open(folder / "s.kg") as again:
        return list(again.store.quads())


@pytest.mark.parametrize("suffix", WAYS)
def test_nothing_is_lost(graph: Graph, tmp_path: Path, suffix: str) -> None:
    assert returned(graph, tmp_path, suffix) == list(graph.store.quads())
    with Graph.open(tmp_path / "s.kg") as again:
        assert list(again.extractions()) == list(graph.extractions())
        assert again.articles() == graph.articles()
        assert again.query("who-attends") == graph.query("who-attends")
        assert again.up_to_date(example.lake().article, pipeline="test-1")


@pytest.mark.parametrize("suffix", [".nq", ".trig"])
def test_files_come_back_byte_by_byte(graph: Graph, tmp_path: Path, suffix: str) -> None:
    returned(graph, tmp_path, suffix)
    with Graph.open(tmp_path / "s.kg") as again:
        again.export(tmp_path / f"y{suffix}")
    assert (tmp_path / f"x{suffix}").read_bytes() == (tmp_path / f"y{suffix}").read_bytes()


words = st.text(min_size=1, max_size=40)


@settings(max_examples=25, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(words, words, words, st.sampled_from(["en", "de-AT", "x", ""]))
@pytest.mark.slow
def test_any_words_come_back(
    tmp_path: Path, name: str, text: str, title: str, language: str
) -> None:
    article = Article(id=title, text=text, title=title, outlet=name, language=language)
    entity = Entity(id=f"unlinked/person/{name}", kind="Person", name=name)
    span = Span(start=0, end=len(text))
    statement = Statement(
        relation="commentsOn",
        agents=(entity,),
        evidence=Evidence(article=title, span=span, trigger=span, rule=name),
    )
    mention = Mention(span=span, entity=entity)
    found = Extraction(article=article, mentions=(mention,), statements=(statement,))
    with Graph(gazetteer=example.gazetteer()) as graph:
        graph.add(found)
        for suffix in (".nq", ".trig"):
            graph.export(tmp_path / f"x{suffix}")
            store = tmp_path / f"{len(list(tmp_path.iterdir()))}.kg"
            assert import_file(tmp_path / f"x{suffix}", store).failed == ()
            with Graph.open(store) as again:
                assert again.store.quads() == graph.store.quads()


def test_another_base_comes_along(tmp_path: Path) -> None:
    with Graph.open(tmp_path / "a.kg", "w", base="https://example.org/data#") as graph:
        graph.add(example.lake())
        graph.export(tmp_path / "x.nq")
    import_file(tmp_path / "x.nq", tmp_path / "b.kg")
    with Graph.open(tmp_path / "b.kg") as again:
        assert again.store.base == "https://example.org/data#"
        assert "lake" in again
    with Graph.open(tmp_path / "c.kg", "w") as other:
        other.add(example.lake())
    with pytest.raises(StoreWriteError, match="begin with"):
        import_file(tmp_path / "x.nq", tmp_path / "c.kg")


def test_articles_are_replaced_and_others_kept(graph: Graph, tmp_path: Path) -> None:
    graph.part(articles=["lake"]).export(tmp_path / "lake.nq")
    with Graph.open(tmp_path / "s.kg", "w", base=graph.store.base) as store:
        store.add(example.harbour(), pipeline="test-1")
        article = replace(example.lake().article, title="An older title")
        store.add(Extraction(article=article), pipeline="test-0")
    import_file(tmp_path / "lake.nq", tmp_path / "s.kg")
    with Graph.open(tmp_path / "s.kg") as store:
        assert [a.title for a in store.articles()] == ["No summit", "Talks by the sea"]
        assert store.extraction("lake") == graph.extraction("lake")


def test_two_shards_make_the_whole(graph: Graph, tmp_path: Path) -> None:
    with Graph(gazetteer=example.gazetteer()) as whole:
        whole.add_all([example.lake(), example.harbour()], pipeline="test-1")
        for article in ("lake", "harbour"):
            graph.part(articles=[article]).export(tmp_path / f"{article}.trig")
            import_file(tmp_path / f"{article}.trig", tmp_path / "s.kg")
        with Graph.open(tmp_path / "s.kg") as store:
            assert store.store.quads() == whole.store.quads()


TERMS = "<a:b> <a:c> <a:d> <https://example.org/id/graph/terms> .\n"
BROKEN = {
    "no file": ("x.nq", None, "No such file"),
    "no format": ("x.ttl", b"", "does not keep graphs apart"),
    "no suffix": ("x", b"", "nothing does not keep"),
    "no syntax": ("x.nq", b"<a:b> <a:c> oops .\n", "cannot be read"),
    "no UTF-8": ("x.nq", b"\xff\xfe", "cannot be read"),
    "not packed": ("x.nq.gz", b"plain", "cannot be read"),
    "cut short": ("x.nq.gz", gzip.compress(TERMS.encode() * 50)[:-9], "cannot be read"),
    "default graph": ("x.nq", b"<a:b> <a:c> <a:d> .\n", "outside named graphs"),
    "blank node": ("x.nq", b"_:b <a:c> <a:d> <a:g> .\n", "no store has such a node"),
    "triple term": (
        "x.nq",
        b"<a:b> <a:reifies> <<( <a:b> <a:c> <a:d> )>> <a:g> .\n",
        "without --rdf12",
    ),
    "something else": ("x.nq", b"<a:b> <a:c> <a:d> <a:g> .\n", "no export of a store"),
    "nothing": ("x.nq", b"", "no export of a store"),
}


@pytest.mark.parametrize("name", BROKEN)
def test_what_is_no_export(tmp_path: Path, name: str) -> None:
    file, content, says = BROKEN[name]
    if content is not None:
        (tmp_path / file).write_bytes(content)
    with pytest.raises(MalformedGraphError, match=says):
        import_file(tmp_path / file, tmp_path / "s.kg")
    assert not (tmp_path / "s.kg").exists()


OLD = """\
<https://w3id.org/newskg/id/evidence/lake/0-9/1> <http://www.w3.org/1999/02/22-rdf-syntax-ns#type> \
<https://w3id.org/newskg/ontology#Evidence> <https://w3id.org/newskg/id/article/lake> .
"""
"""A line that only files of an earlier version have."""


@pytest.mark.parametrize("suffix", WAYS)
@pytest.mark.parametrize("there", [False, True])
def test_a_file_of_an_earlier_version_is_refused(
    graph: Graph, tmp_path: Path, suffix: str, there: bool
) -> None:
    graph.export(tmp_path / "x.nq")
    lines = (tmp_path / "x.nq").read_text(encoding="utf-8")
    form = FORMATS[suffix.removesuffix(".gz")]
    quads = ox.parse(lines + OLD, format=ox.RdfFormat.N_QUADS)
    content = ox.serialize(quads, format=form)
    assert content is not None
    file, store = tmp_path / f"old{suffix}", tmp_path / "s.kg"
    file.write_bytes(gzip.compress(content) if suffix.endswith(".gz") else content)
    if there:
        with Graph.open(store, "w") as opened:
            opened.add(example.harbour())
            before = opened.store.quads()
    with pytest.raises(MalformedGraphError) as caught:
        import_file(file, store)
    assert "written by an earlier version, in which a statement had several" in caught.value.what
    assert caught.value.where == str(file)
    assert caught.value.hint == "build the articles again and export them anew"
    assert store.exists() is there
    if there:
        with Graph.open(store) as opened:
            assert opened.store.quads() == before


@pytest.mark.parametrize("new", [False, True])
def test_the_floor_of_a_store_stays_and_a_new_one_takes_that_of_the_file(
    tmp_path: Path, new: bool
) -> None:
    """What was linked is linked again, as the store that takes the articles in would have it."""
    with Graph.open(tmp_path / "a.kg", "w") as graph:
        graph.set_link_floor(0.2)
        graph.add_all([example.lake(), quiet()])
        graph.export(tmp_path / "x.nq")
        whole = graph.store.quads()
    with Graph.open(tmp_path / "b.kg", "w") as graph:
        graph.set_link_floor(0.6)
        graph.add_all([example.lake(), quiet()])
        strict = graph.store.quads()
    assert whole != strict
    if not new:
        with Graph.open(tmp_path / "s.kg", "w") as graph:
            graph.set_link_floor(0.6)
            graph.add(example.harbour())
    import_file(tmp_path / "x.nq", tmp_path / "s.kg")
    with Graph.open(tmp_path / "s.kg", "w") as graph:
        assert graph.link_floor == (0.2 if new else 0.6)
        assert list(graph.validate()) == []
        graph.remove("harbour")
        assert graph.store.quads() == (whole if new else strict)


def quiet() -> Extraction:
    """Return an article with an act that was read with little confidence."""
    harbour = example.harbour()
    article = replace(harbour.article, id="quiet")
    told = replace(
        harbour.statements[1],
        evidence=replace(harbour.statements[1].evidence, article="quiet"),
        confidence=0.3,
    )
    return replace(harbour, article=article, statements=(told,))


def test_one_broken_article_does_not_stop_the_rest(
    graph: Graph, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    graph.export(tmp_path / "x.nq")
    lines = (tmp_path / "x.nq").read_text().splitlines(keepends=True)
    broken = [line for line in lines if not ("ontology#start>" in line and "article/lake>" in line)]
    assert broken != lines
    (tmp_path / "x.nq").write_text("".join(broken))
    assert run(["import", str(tmp_path / "x.nq"), "-o", str(tmp_path / "s.kg")]) == 3
    out, err = capsys.readouterr()
    assert out == ""
    assert "[malformed-graph]" in err
    assert "article lake" in err
    assert f"1 article, {len(broken):,} quads; " in err
    with Graph.open(tmp_path / "s.kg") as store:
        assert [a.id for a in store.articles()] == ["harbour"]


def test_on_the_command_line(
    graph: Graph, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    graph.export(tmp_path / "x.trig.gz")
    file, store = str(tmp_path / "x.trig.gz"), str(tmp_path / "s.kg")
    assert run(["import", file, "-o", store]) == 0
    number = f"{graph.store.size():,}"
    assert capsys.readouterr().err == f"2 articles, {number} quads; {file} → {store}\n"
    assert run(["import", file, "-o", store, "-q"]) == 0
    assert capsys.readouterr().err == ""
    assert run(["import", str(tmp_path / "gone.nq"), "-o", store]) == 2
    assert "[malformed-graph]" in capsys.readouterr().err
