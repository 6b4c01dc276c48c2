"""The benchmarks: their scoring on records of our own, and what they measure."""

import json
import sys
from pathlib import Path

import pytest

from benchmarks import language, plover, scale, speed, stores
from kg import ontology as ontologies
from kg import resources
from kg.export.plover import records
from kg.gazetteer import Gazetteer
from kg.graph import Graph
from kg.records import Article, Entity, Evidence, Extraction, Mention, Span, Statement

TEXT = "Peru accused the Norwegian navy of spying, and Chile met Norway."
PERU = Entity(id="country/PE", kind="Country", name="Peru")
NORWAY = Entity(id="country/NO", kind="Country", name="Norway")
CHILE = Entity(id="country/CL", kind="Country", name="Chile")


def actor(text: str) -> dict[str, str]:
    return {"actorText": text, "code": "XXX"}


def record(event: str, source: object, target: object, text: str = TEXT) -> dict[str, object]:
    return {"id": "same", "event": event, "source": source, "target": target, "text": text}


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Records with the errata of the real file: ids twice, old classes, recipients no list."""
    gold = [
        {"id": "DOCUMENT-0001", "event": "DOCUMENT"},
        record("DISAPPROVE", [actor("Peru")], [actor("Norwegian navy")]),
        record("CONSULT", [actor("Chile"), actor("Norway")], ""),
        record("FIGHT", [actor("rebels")], None, text="Rebels fought on."),
    ]
    (tmp_path / plover.FILE).write_text(json.dumps(gold), encoding="utf-8")
    return tmp_path


def span(words: str) -> Span:
    start = TEXT.index(words)
    return Span(start=start, end=start + len(words))


def statement(relation: str, agent: Entity, target: Entity, **more: object) -> Statement:
    evidence = Evidence(
        article="a", span=span(TEXT), trigger=span("accused"), rule=f"{relation}/test"
    )
    values: dict[str, object] = {"agents": (agent,), "targets": (target,), "evidence": evidence}
    return Statement(relation=relation, **(values | more))  # type: ignore[arg-type]


def exported(*statements: Statement) -> list[dict[str, object]]:
    """Return the records that the export writes for statements of the text."""
    mentions = tuple(
        Mention(span=span(words), entity=entity)
        for words, entity in [
            ("Peru", PERU),
            ("Norwegian", NORWAY),
            ("Norway.", NORWAY),
            ("Chile", CHILE),
        ]
    )
    found = Extraction(article=Article(id="a", text=TEXT), mentions=mentions, statements=statements)
    return list(records(found, ontologies.load(), Gazetteer.load()))


def test_gold_is_read_by_position_under_present_names(folder: Path) -> None:
    gold = plover.read(folder)
    assert list(gold) == [TEXT, "Rebels fought on."]
    assert [event.category for event in gold[TEXT]] == ["ACCUSE", "CONSULT"]
    accuse, consult = gold[TEXT]
    assert accuse.pairs == (({"peru"}, {"norwegian", "navy"}),)
    assert consult.pairs == (({"chile"}, {"norway"}), ({"norway"}, {"chile"}))
    assert gold["Rebels fought on."] == [plover.Event(category="ASSAULT", pairs=())]


def test_statements_become_events() -> None:
    found = exported(
        statement("accuses", PERU, NORWAY),
        statement("accuses", PERU, NORWAY),
        statement("meets", NORWAY, CHILE),
        statement("attacks", PERU, CHILE, modality="possible"),
        statement("attacks", PERU, CHILE, negated=True),
        statement("commentsOn", PERU, CHILE),
        statement("supports", PERU, CHILE, targets=(), about=(CHILE,)),
    )
    events = list(plover.events(found))
    assert [event.category for event in events] == ["ACCUSE", "CONSULT", "SUPPORT"]
    assert events[0].pairs == (({"peru"}, {"norwegian", "norway"}),)
    assert len(events[1].pairs) == 2
    assert events[2].pairs == (({"peru"}, {"chile"}),)


def test_score(folder: Path) -> None:
    gold = plover.read(folder)
    found = [
        list(
            plover.events(
                exported(
                    statement("warns", PERU, NORWAY),
                    statement("meets", NORWAY, CHILE),
                    statement("accuses", NORWAY, PERU),
                )
            )
        ),
        [],
    ]
    pairs = plover.compare(gold.values(), found)
    assert (pairs.hits, pairs.gold, pairs.found) == (2, 2, 3)
    assert pairs.f1 == pytest.approx(0.8)
    triples = plover.compare(gold.values(), found, by_category=True)
    assert (triples.hits, triples.precision, triples.recall) == (1, pytest.approx(1 / 3), 0.5)


def test_each_event_is_matched_once(folder: Path) -> None:
    gold = plover.read(folder)[TEXT][:1]
    assert plover.compare([gold * 2], [gold]).hits == 1


def test_floor() -> None:
    gazetteer = Gazetteer.load()
    found = plover.first_two("The U.S. told Norwegian and Chilean envoys about Peru.", gazetteer)
    assert [event.pairs for event in found] == [(({"us"}, {"norwegian"}),)]
    assert plover.first_two("Only Peru was told, and Peru's friends.", gazetteer) == []


@pytest.mark.model
def test_speed_compares_a_long_text_with_short_ones(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(speed, "LONG", 90)
    articles = [Article(id=str(i), text=f"Title\n\n{TEXT}", body=7) for i in range(2)]
    length, multiple = speed.long_document(articles, None)
    assert length == len(TEXT.split()) * 10 >= 90
    assert multiple > 0


def test_speed_measures_words_sizes_and_processes(tmp_path: Path) -> None:
    article = Article(id="a", text="A title\n\nThree words here.", body=9)
    assert speed.words([article, article]) == 6
    (tmp_path / "part").mkdir()
    (tmp_path / "part" / "model").write_bytes(b"\x00" * 500_000)
    (tmp_path / "meta").write_bytes(b"\x00" * 250_000)
    assert speed.size(tmp_path) == 0.75
    assert speed.size(tmp_path / "meta") == 0.25
    busy = speed.process("-c", "import time\nwhile time.process_time() < 0.3: pass")
    assert 0.25 < busy < 3
    with pytest.raises(Exception, match=r"returned non-zero exit status"):
        speed.process("-c", "raise SystemExit(1)")
    assert speed.median(3, iter([9.0, 1.0, 5.0]).__next__) == 5.0


def test_a_plan_to_cooperate_is_an_agreement() -> None:
    found = exported(
        statement("meets", NORWAY, CHILE, modality="planned"),
        statement("accuses", PERU, NORWAY, modality="planned"),
    )
    assert [event.category for event in plover.events(found)] == ["AGREE", "ACCUSE"]


@pytest.mark.slow
@pytest.mark.model
def test_the_bundled_pipeline_is_compared_with_others(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    article = tmp_path / "note.txt"
    article.write_text("Note\n\n" + "Peru met Chile in Lima. " * 40, encoding="utf-8")
    other = str(resources.model_dir())
    monkeypatch.setattr(
        sys,
        "argv",
        ["language", str(article), "--rounds", "1", "--megabytes", "0.01", "--other", other],
    )
    language.main()
    lines = capsys.readouterr().out.splitlines()
    starts = ["bundled", other, "a process that loads it", "size", "peak memory"]
    assert [line[: len(start)] for line, start in zip(lines, starts, strict=True)] == starts
    assert "the bundled one is  1.00 times as fast" in lines[0]
    assert all(float(line.split()[-2].replace(",", "")) > 0 for line in lines[2:])


@pytest.mark.model
def test_the_table_has_the_floor_and_the_published_figures(
    folder: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sys, "argv", ["plover", str(folder), "--errors"])
    plover.main()
    out = capsys.readouterr().out
    assert "2 sentences, 2 pairs" in out
    assert "first two countries named" in out
    assert out.strip().endswith("0.506    0.336")


@pytest.mark.filterwarnings("ignore::DeprecationWarning")
def test_stores_are_compared_with_rdflib(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(
        sys, "argv", ["stores", "--quads", "700", "--rounds", "1", "--articles", "0"]
    )
    stores.main()
    head, _, *rows = capsys.readouterr().out.splitlines()
    assert int(head.split()[0].replace(",", "")) >= 700
    assert [row[:24].strip() for row in rows] == [
        "load on disk",
        "load in memory",
        *stores.QUESTIONS,
        "Turtle export",
    ]
    assert all(float(row[24:].split()[0]) >= 0 for row in rows)


def test_the_growth_of_costs_is_measured(tmp_path: Path) -> None:
    early, late = stores.growth(tmp_path / "growth.kg", 3)
    assert early > 0
    assert late > 0
    with Graph.open(tmp_path / "growth.kg") as graph:
        assert len(graph) == 3 + stores._AROUND
        found = graph.extraction("report-000001")
    assert len(found.statements) == 6


def test_what_grows_is_measured_in_processes_of_their_own(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    jobs = ["nothing", "show", ".nq"]
    arguments = ["scale", "--articles", "3", "--rounds", "1", "--jobs", *jobs]
    monkeypatch.setattr(sys, "argv", arguments)
    scale.main()
    rows = capsys.readouterr().out.splitlines()
    assert [row.split("  ")[0].split(maxsplit=1)[-1] for row in map(str.strip, rows)] == [
        *jobs,
        "one article more",
    ]
    assert all(float(row.split()[-2]) > 1 for row in rows[:-1]), "megabytes"
