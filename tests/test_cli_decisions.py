"""kg apply, kg review and kg build --decisions."""

from __future__ import annotations

from pathlib import Path

import fake
import pytest
from click.testing import CliRunner

from kg import build, decisions
from kg.cli.commands import commands
from kg.errors import DecisionError, UnknownReferenceError
from kg.graph import Graph

RENAMED = '[[preferred-name]]\nentity = "country/PE"\nname = "Republic"\n'
UNKNOWN = '[[wrong-type]]\nentity = "country/XX"\ntype = "Place"\n'


@pytest.fixture
def store(tmp_path: Path) -> Path:
    (tmp_path / "one.txt").write_text("Peru met Norway. Chile met Peru.", encoding="utf-8")
    build.build([tmp_path / "one.txt"], tmp_path / "news.kg", loader=fake.load)
    return tmp_path / "news.kg"


def run(*arguments: object) -> tuple[int, str, str]:
    found = CliRunner().invoke(commands, [str(a) for a in arguments], standalone_mode=True)
    return found.exit_code, found.stdout, found.stderr


def names(store: Path) -> set[str]:
    with Graph.open(store) as graph:
        return {entity.name for found in graph.extractions() for entity in found.entities}


def test_apply_and_take_back(store: Path, tmp_path: Path) -> None:
    file = tmp_path / "decisions.toml"
    file.write_text(RENAMED, encoding="utf-8")
    assert run("apply", store, file) == (
        0,
        "",
        f"1 decision in force; 1 article changed → {store}\n",
    )
    assert names(store) == {"Republic", "Norway", "Chile"}
    file.write_text("", encoding="utf-8")
    assert run("apply", store, file, "-q") == (0, "", "")
    assert names(store) == {"Peru", "Norway", "Chile"}


def test_what_is_unknown_is_told_and_the_rest_applied(store: Path, tmp_path: Path) -> None:
    file = tmp_path / "decisions.toml"
    file.write_text(RENAMED + UNKNOWN, encoding="utf-8")
    code, _, said = run("apply", store, file)
    assert code == 3
    assert "[unknown-reference] [[wrong-type]] country/XX is a Place: there is no entity" in said
    assert "2 decisions in force; 1 article changed" in said
    assert "Republic" in names(store)


def test_apply_needs_a_store(tmp_path: Path) -> None:
    file = tmp_path / "decisions.toml"
    file.write_text(RENAMED, encoding="utf-8")
    found = CliRunner().invoke(commands, ["apply", str(tmp_path / "none.kg"), str(file)])
    assert "[missing-store]" in str(found.exception)
    assert not (tmp_path / "none.kg").exists()


def test_review_prints_a_file(store: Path, tmp_path: Path) -> None:
    code, text, _ = run("review", store)
    assert code == 0
    assert decisions.parse(text) == ()
    assert "# confidence 0.4\n# [[wrong-statement]]\n" in text
    _, text, _ = run("review", store, "--active", "--below", "0.95")
    assert len(decisions.parse(text)) == 2
    _, text, _ = run("review", store, "--active", "--below", "0.95", "--limit", "1")
    file = tmp_path / "decisions.toml"
    file.write_text(text, encoding="utf-8")
    assert run("apply", store, file)[0] == 0
    with Graph.open(store) as graph:
        assert len(graph.extraction("one").statements) == 1


def test_a_build_applies_a_file_and_remembers_it(tmp_path: Path) -> None:
    file, store = tmp_path / "decisions.toml", tmp_path / "news.kg"
    file.write_text(RENAMED + UNKNOWN, encoding="utf-8")
    (tmp_path / "one.txt").write_text("Peru met Norway.", encoding="utf-8")
    report = build.build([tmp_path / "one.txt"], store, loader=fake.load, decisions=file)
    assert [type(error) for error in report.failed] == [UnknownReferenceError]
    assert report.added == 1
    (tmp_path / "two.txt").write_text("Chile met Peru.", encoding="utf-8")
    report = build.build([tmp_path / "two.txt"], store, loader=fake.load)
    assert report.failed == ()
    assert names(store) == {"Republic", "Norway", "Chile"}
    (tmp_path / "one.txt").write_text("Peru met Chile.", encoding="utf-8")
    build.build([tmp_path / "one.txt"], store, loader=fake.load)
    assert names(store) == {"Republic", "Chile"}
    file.write_text("", encoding="utf-8")
    report = build.build([tmp_path / "one.txt"], store, loader=fake.load, decisions=file)
    assert (report.unchanged, report.failed) == (1, ())
    assert names(store) == {"Peru", "Chile"}


def test_a_build_finishes_what_was_stopped(store: Path, tmp_path: Path) -> None:
    with Graph.open(store, "w") as graph:
        graph.decide(decisions.parse(RENAMED))
    build.build([tmp_path / "one.txt"], store, loader=fake.load)
    assert "Republic" in names(store)


def test_a_malformed_file_stops_a_build_before_it_begins(tmp_path: Path) -> None:
    file, store = tmp_path / "decisions.toml", tmp_path / "news.kg"
    file.write_text("[[sane]]", encoding="utf-8")
    (tmp_path / "one.txt").write_text("Peru met Norway.", encoding="utf-8")
    with pytest.raises(DecisionError, match="same"):
        build.build([tmp_path / "one.txt"], store, loader=fake.load, decisions=file)
    assert not store.exists()
