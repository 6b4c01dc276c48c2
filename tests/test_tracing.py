"""Why a statement is in a graph: its article read again, and what the commands print of it."""

from __future__ import annotations

import re
import shutil
from dataclasses import replace
from pathlib import Path

import built
import pytest

from kg import decisions, iris, pipeline, sources
from kg.cli import run
from kg.errors import UnknownStatementError
from kg.extract.explain.steps import Explanation
from kg.graph import Graph, tracing
from kg.rdf import canonical
from kg.rdf import vocabulary as v
from kg.records import Article

pytestmark = pytest.mark.model

SEEDS = Path(__file__).resolve().parent.parent / "seeds" / "articles"
Capture = pytest.CaptureFixture[str]


@pytest.fixture(scope="module")
def reader() -> pipeline.Pipeline:
    return built.remembering()


@pytest.fixture
def loaded(monkeypatch: pytest.MonkeyPatch, reader: pipeline.Pipeline) -> None:
    """Have commands work in this process, with the pipeline that is loaded already."""
    monkeypatch.setattr("kg.sandbox.limits.run", lambda job, **limits: job())
    monkeypatch.setattr(pipeline, "load", lambda model=None: reader)


@pytest.fixture(scope="module")
def store(tmp_path_factory: pytest.TempPathFactory, reader: pipeline.Pipeline) -> Path:
    path = tmp_path_factory.mktemp("why") / "news.kg"
    with Graph.open(path, "w") as graph:
        for article in sources.read([SEEDS / "istanbul-talks-eve.md"]):
            graph.add(reader.extract(article), pipeline=reader.version)
    return path


def kg(capsys: Capture, *arguments: object) -> tuple[int, str, str]:
    capsys.readouterr()
    code = run([str(argument) for argument in arguments])
    out, err = capsys.readouterr()
    return code, out, err


def test_every_statement_is_explained_in_all_its_parts(reader: pipeline.Pipeline) -> None:
    """What the explanations say is what extraction does, part by part."""
    for article in sources.read([SEEDS / "istanbul-talks-eve.md", SEEDS / "saudi-iran-beijing.md"]):
        explained = reader.explain(article)
        statements = tuple(dict.fromkeys(e.statement for e in explained))
        assert statements == reader.extract(article).statements
        for explanation in explained:
            _accounts_for_itself(explanation)


def _accounts_for_itself(explanation: Explanation) -> None:
    s = explanation.statement
    told = {(d.layer, d.what) for d in explanation.decisions}
    for role, group in (("agent", s.agents), ("target", s.targets), ("about", s.about),
                        ("where", s.where)):  # fmt: skip
        for entity in group:
            assert ("role", f"{role} {entity.name}") in told
    assert {e.name for e in s.attributed_to} or {"the article"} == {
        what for layer, what in told if layer == "speaker"
    }
    assert {e.name for e in s.reported_by} == {w for layer, w in told if layer == "outlet"}
    assert ("modality", s.modality) in told
    assert ("polarity", s.polarity) in told
    assert ("date", s.when.value if s.when else "none") in told
    assert explanation.words
    assert all(d.rule for d in explanation.decisions)


def test_a_statement_is_found_by_iri_identifier_and_beginning(
    store: Path, reader: pipeline.Pipeline
) -> None:
    with Graph.open(store) as graph:
        (extraction,) = graph.extractions()
        wanted = extraction.statements[0].id
        short = iris.short(wanted)
        names = (wanted, graph.store.base + wanted, wanted.removeprefix("statement/"))
        for name in (*names, short, short.upper(), short[:6], f"statement/{short[:6]}"):
            trace = tracing.why(graph, name, reader)
            assert trace.statement.id == wanted
            assert trace.quote == extraction.article.quote(trace.statement.evidence.span)
            assert trace.explanation is not None
            assert trace.explanation.statement.evidence == trace.statement.evidence
            assert trace.stored == trace.current
        elsewhere = wanted.replace(extraction.article.id, "elsewhere")
        for name in ("", "abc", short[:3], "statement/ffffffffffff", "no such", elsewhere):
            with pytest.raises(UnknownStatementError, match="there is no statement"):
                tracing.identifier(graph, name)


def test_a_beginning_that_several_share_is_refused(store: Path, tmp_path: Path) -> None:
    copy = Path(shutil.copytree(store, tmp_path / "copy.kg"))
    with Graph.open(copy, "w") as graph:
        (extraction,) = graph.extractions()
        article, first = extraction.article.id, extraction.statements[0].id
        one = iris.short(first)
        other = one[:4] + one[4:].translate(str.maketrans("0123456789abcdef", "123456789abcdef0"))
        names = graph.store.names
        node, home = names.node(f"statement/{article}/1-2-{other}"), names.article(article)
        graph.store.change(add=[v.quad(node, v.TYPE, v.term("Statement"), home)])
        with pytest.raises(UnknownStatementError, match="2 statements begin with") as caught:
            tracing.identifier(graph, one[:4])
        assert sorted(caught.value.hint.removeprefix("give more of one: ").split(", ")) == sorted(
            [one, other]
        )
        assert tracing.identifier(graph, one[:5]) == first


@pytest.mark.usefixtures("loaded")
def test_an_article_that_is_read_otherwise_now_is_told(
    tmp_path: Path, capsys: Capture, reader: pipeline.Pipeline
) -> None:
    (article,) = sources.read([SEEDS / "istanbul-talks-eve.md"])
    extraction = canonical(reader.extract(article))
    first = extraction.statements[0]
    other = replace(first, evidence=replace(first.evidence, rule="meets/by-another-version"))
    with Graph.open(tmp_path / "old.kg", "w") as graph:
        graph.add(replace(extraction, statements=(other,)), pipeline="kg-0.0/older")
    code, out, err = kg(capsys, "show", tmp_path / "old.kg", "--why", other.id)
    assert code == 1
    assert "by meets/by-another-version" in out
    assert "not read so any more; it was read by kg-0.0/older" in err


def test_show_prints_identifiers_that_why_takes(store: Path, capsys: Capture) -> None:
    code, out, _ = kg(capsys, "show", store, "Vladimir Putin")
    assert code == 0
    line = next(line for line in out.splitlines() if line.startswith("    “") and "[" in line)
    name = line.rpartition("[")[2].rstrip("]")
    code, out, _ = kg(capsys, "show", store, "--why", name)
    assert code == 0
    assert re.match(rf"statement/istanbul-talks-eve/\d+-\d+-{name} · istanbul-talks-eve ", out)
    for part in ("\nparse\n  1 ", "\nframe ", "\ndecisions\n  frame ", "  by slot ", "  link "):
        assert part in out
    assert kg(capsys, "show", store, "--why", "zzzz")[0] == 2
    assert kg(capsys, "show", store)[0] == 2
    assert kg(capsys, "show", store, "Putin", "--why", name)[0] == 2


def test_relation_test_explains_a_text(capsys: Capture) -> None:
    code, out, _ = kg(
        capsys, "relation", "test", "meets", "--explain", "Peru met Norway. Chile discussed trade."
    )
    assert code == 0
    assert out.startswith("Peru meets → Norway [actual, affirmed")
    assert "nearly matched, the nearest first\n  meets/discuss at “discussed”  a mutual act" in out
    code, out, _ = kg(capsys, "relation", "test", "meets", "--explain", "The rain fell.")
    assert (code, out) == (1, "no statement of meets\nno word of its frames occurs in the text\n")


@pytest.mark.usefixtures("loaded")
def test_what_a_person_decided_is_told(
    capsys: Capture, reader: pipeline.Pipeline, tmp_path: Path
) -> None:
    path, file = tmp_path / "news.kg", tmp_path / "decisions.toml"
    article = Article(id="note", text="Norway met Peru on Monday. Nothing else was told.")
    file.write_text(
        'by = "Ines"\n[[preferred-name]]\nentity = "country/NO"\nname = "Noreg"\n'
        '[[added-statement]]\narticle = "note"\nquote = "Nothing else was told"\n'
        'relation = "meets"\nagents = ["Peru"]\ntargets = ["Chile"]\nnote = "we know it"\n',
        encoding="utf-8",
    )
    with Graph.open(path, "w") as graph:
        graph.add(reader.extract(article), pipeline=reader.version)
        assert graph.apply(decisions.read(file)).problems == ()
        read, added = sorted(graph.extraction("note").statements, key=lambda s: s.evidence.span)
    code, out, err = kg(capsys, "show", path, "--why", read.id)
    assert (code, err) == (0, "")
    assert "frame meets/" in out, "it is explained in spite of the new name"
    assert "decided by a person: country/NO is called Noreg (Ines)\n" in out
    code, out, err = kg(capsys, "show", path, "--why", added.id)
    assert (code, err) == (0, "")
    assert "decided by a person: note says meets: Nothing else was told (Ines: we know it)\n" in out
