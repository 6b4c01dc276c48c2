"""One article never ends a build: whatever goes wrong with it is told, and the rest goes on."""

from __future__ import annotations

import os
import signal
from collections.abc import Callable
from pathlib import Path

import fake
import pytest

from kg import build, errors
from kg.graph import Graph
from kg.records import Article, Extraction


class Fragile(fake.FakePipeline):
    """Does what an article tells it to."""

    def extract(self, article: Article) -> Extraction:
        if "recurse" in article.text:
            return self.extract(article)
        if "memory" in article.text:
            raise MemoryError
        if "interrupt" in article.text:
            raise KeyboardInterrupt
        if "wrong model" in article.text:
            raise errors.UnsuitableModelError("it has other labels than it says")
        if "kill once" in article.text:
            mark = Path(article.text.split()[-1])
            if not mark.exists():
                mark.touch()
                os.kill(os.getpid(), signal.SIGKILL)
        elif "kill" in article.text:
            os.kill(os.getpid(), signal.SIGKILL)
        return super().extract(article)


def load(model: object = None) -> Fragile:
    return Fragile()


def dies(model: object = None) -> Fragile:
    os.kill(os.getpid(), signal.SIGKILL)
    return Fragile()


def write(folder: Path, **articles: str) -> Path:
    folder.mkdir(exist_ok=True)
    for name, text in articles.items():
        (folder / f"{name}.txt").write_text(text)
    return folder


def stored(store: Path) -> list[str]:
    with Graph.open(store) as graph:
        return [summary.id for summary in graph.articles()]


@pytest.mark.parametrize("workers", [1, 2])
def test_any_exception_is_told_with_its_article(tmp_path: Path, workers: int) -> None:
    news = write(
        tmp_path / "news",
        a="Peru met Norway.",
        b="recurse",
        c="memory",
        d="there is a bug in here",
        e="Peru met Chile.",
    )
    report = build.build([news], tmp_path / "s.kg", loader=load, workers=workers)
    assert [(e.where, type(e)) for e in report.failed] == [
        (name, errors.ExtractionError) for name in "bcd"
    ]
    kinds = [e.what.split(" ")[0].rstrip(":") for e in report.failed]
    assert kinds == ["RecursionError", "MemoryError", "ZeroDivisionError"]
    assert stored(tmp_path / "s.kg") == ["a", "e"]


def test_what_concerns_the_model_or_the_user_ends_the_build(tmp_path: Path) -> None:
    for word, kind in (("wrong model", errors.LanguageError), ("interrupt", KeyboardInterrupt)):
        news = write(tmp_path / "news", a="Peru met Norway.", b=word)
        with pytest.raises(kind):
            build.build([news], tmp_path / "s.kg", loader=load)
        assert stored(tmp_path / "s.kg") == ["a"]


def test_an_article_that_cannot_be_written_is_told(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    add: Callable[..., object] = Graph.add

    def refusing(graph: Graph, extraction: Extraction, **options: object) -> object:
        if extraction.article.id == "b":
            raise ValueError("no such IRI")
        return add(graph, extraction, **options)

    monkeypatch.setattr(Graph, "add", refusing)
    news = write(tmp_path / "news", a="Peru met Norway.", b="Peru met Chile.", c="Nothing.")
    report = build.build([news], tmp_path / "s.kg", loader=load)
    assert [(e.where, e.code) for e in report.failed] == [("b", "extraction")]
    assert "ValueError: no such IRI" in report.failed[0].what
    assert stored(tmp_path / "s.kg") == ["a", "c"]


@pytest.mark.slow
def test_a_killed_worker_costs_no_other_article(tmp_path: Path) -> None:
    """Both killers and the articles under way with them are tried again, one after the other."""
    names = [f"{number:02}" for number in range(24)]
    texts = {name: f"Peru met Norway on day {name}." for name in names}
    texts["03"] = "kill"
    texts["05"] = f"kill once {tmp_path / 'mark'}"
    texts["20"] = "kill"
    folder = tmp_path / "news"
    folder.mkdir()
    for name, text in texts.items():
        (folder / f"{name}.txt").write_text(text)
    report = build.build([folder], tmp_path / "s.kg", loader=load, workers=2)
    assert [(e.where, e.code) for e in report.failed] == [
        ("03", "extraction"),
        ("20", "extraction"),
    ]
    assert "killed" in report.failed[0].what
    assert stored(tmp_path / "s.kg") == [name for name in names if name not in ("03", "20")]


def test_workers_that_cannot_begin_are_told(tmp_path: Path) -> None:
    news = write(tmp_path / "news", a="Peru met Norway.", b="Peru met Chile.")
    with pytest.raises(errors.WorkerError, match="before it could begin"):
        build.build([news], tmp_path / "s.kg", model="x", loader=dies_apart, workers=2)
    with pytest.raises(errors.WorkerError, match="cannot be handed"):
        build.build([news], tmp_path / "s.kg", loader=lambda model: Fragile(), workers=2)
    with pytest.raises(errors.MissingModelError):
        build.build([news], tmp_path / "s.kg", model="x", loader=missing_apart, workers=2)
    assert not (tmp_path / "s.kg").exists()


def dies_apart(model: object = None) -> Fragile:
    """Tell the version in this process, and die in any other."""
    return load() if _here() else dies()


def missing_apart(model: object = None) -> Fragile:
    if _here():
        return load()
    raise errors.MissingModelError("there is no language pipeline of that name", where=model)


def _here() -> bool:
    from multiprocessing import parent_process

    return parent_process() is None
