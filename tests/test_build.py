"""Building: only what changed, nothing lost, the same whatever the order and the workers."""

from __future__ import annotations

import io
from pathlib import Path

import fake
import pytest

from kg import build, errors
from kg import ontology as ontologies
from kg.graph import Graph


@pytest.fixture
def news(tmp_path: Path) -> Path:
    folder = tmp_path / "news"
    folder.mkdir()
    for name, text in {
        "a": "Peru met Norway in spring. Chile met Peru in autumn.\n",
        "b": "Talks\n2024-03-09\n\nNorway met Chile, the paper wrote.\n",
        "c": "Nobody met anybody at all this year.\n",
    }.items():
        (folder / f"{name}.txt").write_text(text)
    return folder


def quads(store: Path) -> list[str]:
    with Graph.open(store) as graph:
        return [str(quad) for quad in graph.store.quads()]


def test_a_build_reports_what_it_did(news: Path, tmp_path: Path) -> None:
    done: list[str] = []
    report = build.build([news], tmp_path / "s.kg", loader=fake.load, progress=done.append)
    assert (report.added, report.replaced, report.unchanged) == (3, 0, 0)
    assert (report.read, report.statements, report.words) == (3, 3, 10 + 6 + 7)
    assert (report.failed, done) == ((), ["a", "b", "c"])
    assert report.seconds > 0
    with Graph.open(tmp_path / "s.kg") as graph:
        assert [s.id for s in graph.articles()] == ["a", "b", "c"]
        assert graph.extraction("a").statements[0].agents[0].name == "Peru"


def test_again_only_what_changed_is_read(news: Path, tmp_path: Path) -> None:
    pipeline = fake.FakePipeline()
    store = tmp_path / "s.kg"

    def loader(model: object) -> fake.FakePipeline:
        return pipeline

    build.build([news], store, loader=loader)
    before = quads(store)
    pipeline.read.clear()
    (news / "c.txt").write_text("Chile met Norway.\n")
    report = build.build([news], store, loader=loader)
    assert pipeline.read == ["c"]
    assert (report.added, report.replaced, report.unchanged) == (0, 1, 2)
    assert quads(store) != before
    (news / "c.txt").write_text("Nobody met anybody at all this year.\n")
    build.build([news], store, loader=loader)
    assert quads(store) == before


def linked(store: Path) -> int:
    """Return the number of plain links of a store whose graph is valid."""
    with Graph.open(store) as graph:
        assert list(graph.validate()) == []
        return sum("/graph/links/" in quad.graph_name.value for quad in graph.store.match())


def test_plain_links_begin_at_the_floor_of_the_store(news: Path, tmp_path: Path) -> None:
    """What the fake pipeline finds has a confidence of 0.9, or 0.4 further down in an article."""
    store = tmp_path / "s.kg"
    build.build([news], store, loader=fake.load)
    assert linked(store) == 2
    before = quads(store)
    report = build.build([news], store, loader=fake.load, link_floor=0.95)
    assert (report.unchanged, linked(store)) == (3, 0)
    (news / "d.txt").write_text("Peru met Chile.\n")
    build.build([news], store, loader=fake.load)
    assert linked(store) == 0, "it is remembered"
    (news / "d.txt").unlink()
    with Graph.open(store, "w") as graph:
        assert graph.link_floor == 0.95
        graph.remove("d")
    build.build([news], store, loader=fake.load, link_floor=0.4)
    assert linked(store) == 3
    floor = ontologies.load().link_floor
    build.build([news], store, loader=fake.load, link_floor=floor)
    assert quads(store) == before
    fresh = tmp_path / "fresh.kg"
    build.build([news], fresh, loader=fake.load, link_floor=0.4)
    assert linked(fresh) == 3


def test_force_reads_everything_and_changes_nothing(news: Path, tmp_path: Path) -> None:
    store = tmp_path / "s.kg"
    build.build([news], store, loader=fake.load)
    before = quads(store)
    report = build.build([news], store, loader=fake.load, force=True)
    assert (report.replaced, report.unchanged) == (3, 0)
    assert quads(store) == before


def test_a_new_version_of_the_pipeline_reads_everything(news: Path, tmp_path: Path) -> None:
    build.build([news], tmp_path / "s.kg", loader=fake.load)
    newer = build.build([news], tmp_path / "s.kg", loader=lambda model: fake.FakePipeline("fake-2"))
    assert newer.replaced == 3


def test_the_model_is_not_loaded_when_nothing_changed(
    news: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    from kg import pipeline, resources

    folder = tmp_path / "model"
    folder.mkdir()
    (folder / "meta.json").write_text('{"lang": "en", "name": "x", "version": "1.2.3"}')
    monkeypatch.setattr(resources, "model_dir", lambda: folder)
    monkeypatch.setattr(pipeline, "load", fake.load)
    build._loaded.cache_clear()
    build.build([news], tmp_path / "s.kg")

    def refuse(model: object) -> None:
        raise AssertionError("the model was loaded")

    monkeypatch.setattr(pipeline, "load", refuse)
    build._loaded.cache_clear()
    assert build.build([news], tmp_path / "s.kg").unchanged == 3


@pytest.mark.model
def test_the_version_known_without_loading_is_the_pipelines_own() -> None:
    from kg import pipeline

    assert build._version(None, None) == pipeline.load().version


def test_one_broken_article_does_not_stop_the_rest(news: Path, tmp_path: Path) -> None:
    (news / "a0.txt").write_text("")
    (news / "b0.txt").write_text("unreadable grammar")
    (news / "b1.txt").write_bytes(b"\x00\x01\x02")
    report = build.build([news, tmp_path / "gone"], tmp_path / "s.kg", loader=fake.load)
    assert report.added == 3
    assert [type(e) for e in report.failed] == [
        errors.MissingPathError,
        errors.EmptyArticleError,
        errors.RecordError,
        errors.BinaryArticleError,
    ]
    assert report.failed[2].where == "b0"


def test_a_failing_article_keeps_what_the_store_had(news: Path, tmp_path: Path) -> None:
    store = tmp_path / "s.kg"
    build.build([news], store, loader=fake.load)
    before = quads(store)
    (news / "a.txt").write_text("unreadable grammar")
    (news / "b.txt").write_bytes(b"\x00")
    report = build.build([news], store, loader=fake.load)
    assert (len(report.failed), report.unchanged) == (2, 1)
    assert quads(store) == before


def test_a_bug_names_its_article_and_the_rest_goes_on(news: Path, tmp_path: Path) -> None:
    (news / "b0.txt").write_text("there is a bug in here")
    report = build.build([news], tmp_path / "s.kg", loader=fake.load)
    assert [(type(e), e.where) for e in report.failed] == [(errors.ExtractionError, "b0")]
    assert "ZeroDivisionError: division by zero (fake.py:" in report.failed[0].what
    with Graph.open(tmp_path / "s.kg") as graph:
        assert [s.id for s in graph.articles()] == ["a", "b", "c"]


def test_order_and_workers_do_not_matter(news: Path, tmp_path: Path) -> None:
    one, two = tmp_path / "1.kg", tmp_path / "2.kg"
    build.build([news], one, loader=fake.load)
    backwards = sorted(news.glob("*.txt"), reverse=True)
    (news / "d.txt").write_text("unreadable grammar")
    report = build.build([news / "d.txt", *backwards], two, loader=fake.load, workers=2)
    assert (report.added, len(report.failed)) == (3, 1)
    assert quads(one) == quads(two)


def test_unlikely_statements_can_be_left_out(news: Path, tmp_path: Path) -> None:
    store = tmp_path / "s.kg"
    assert build.build([news], store, loader=fake.load).statements == 3
    least = build.build([news], store, loader=fake.load, min_confidence=0.5)
    assert (least.replaced, least.statements) == (3, 2)


def test_no_store_is_made_for_nothing(tmp_path: Path) -> None:
    report = build.build([tmp_path / "gone.txt"], tmp_path / "s.kg", loader=fake.load)
    assert (report.read, len(report.failed)) == (0, 1)
    assert not (tmp_path / "s.kg").exists()


def test_a_store_that_cannot_be_read_fails_before_any_work(news: Path, tmp_path: Path) -> None:
    (tmp_path / "s.kg").write_text("not a store")
    pipeline = fake.FakePipeline()
    with pytest.raises(errors.UnreadableStoreError):
        build.build([news], tmp_path / "s.kg", loader=lambda model: pipeline)
    assert pipeline.read == []
    assert (tmp_path / "s.kg").read_text() == "not a store"


def test_an_unknown_model_is_an_error_of_its_own(news: Path, tmp_path: Path) -> None:
    with pytest.raises(errors.MissingModelError):
        build.build([news], tmp_path / "s.kg", model="no_such_pipeline")
    assert not (tmp_path / "s.kg").exists()


def test_the_base_is_used_for_a_new_store(news: Path, tmp_path: Path) -> None:
    build.build([news], tmp_path / "s.kg", loader=fake.load, base="https://example.org/")
    assert any("<https://example.org/article/a>" in quad for quad in quads(tmp_path / "s.kg"))


def test_standard_input(tmp_path: Path) -> None:
    stdin = io.BytesIO(b'{"id": "x", "text": "Peru met Chile."}\n{"id": "y", "text": "Else."}\n')
    assert build.build(["-"], tmp_path / "s.kg", loader=fake.load, stdin=stdin).added == 2


def test_five_megabytes_go_through_to_the_store(tmp_path: Path) -> None:
    text = "Peru met Norway.\n" + "Nothing else was heard of them for a long time.\n" * 105_000
    (tmp_path / "long.txt").write_text(text)
    report = build.build([tmp_path / "long.txt"], tmp_path / "s.kg", loader=fake.load)
    assert (len(text) > 5_000_000, report.added, report.failed) == (True, 1, ())
    with Graph.open(tmp_path / "s.kg") as graph:
        assert graph.store.text("long") == text


def test_a_locked_store_is_told_before_any_work(news: Path, tmp_path: Path) -> None:
    pipeline = fake.FakePipeline()
    with Graph.open(tmp_path / "s.kg", "w"), pytest.raises(errors.LockedStoreError):
        build.build([news], tmp_path / "s.kg", loader=lambda model: pipeline)
    assert pipeline.read == []
