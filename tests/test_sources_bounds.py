"""What would never end, fill the memory or lead elsewhere is bounded, passed over and told."""

from __future__ import annotations

import gzip
import io
import json
import os
import socket
import threading
import time
from pathlib import Path

import pytest
from click.testing import CliRunner

from kg import errors, sources
from kg.cli import commands
from kg.errors import KgError
from kg.sources import decoding, html, jsonlines


def line(name: str, text: str = "Peru met Chile.") -> bytes:
    return json.dumps({"id": name, "text": text}).encode() + b"\n"


def found(*paths: Path, **options: bool) -> tuple[list[str], list[KgError]]:
    """Return the identifiers of the articles that paths name, and what went wrong."""
    told: list[KgError] = []
    return [a.id for a in sources.read(paths, on_error=told.append, **options)], told


@pytest.mark.parametrize("packed", [False, True])
def test_a_line_that_is_too_long_costs_only_itself(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, packed: bool
) -> None:
    monkeypatch.setattr(decoding, "LONGEST", 1_000)
    content = line("a") + line("b", "Peru met Chile. " * 100) + line("c") + line("d", "x " * 9_000)
    path = tmp_path / ("news.jsonl.gz" if packed else "news.jsonl")
    path.write_bytes(gzip.compress(content) if packed else content)
    names, told = found(path)
    assert names == ["a", "c"]
    assert [(type(e), e.where) for e in told] == [
        (errors.ArticleTooLongError, f"{path}:{number}") for number in (2, 4)
    ]
    assert sources.count([path]) == 4


def test_a_line_without_end_is_given_up(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(decoding, "LONGEST", 1_000)
    monkeypatch.setattr(jsonlines, "_MOST_SKIPPED", 50_000)
    monkeypatch.setattr(jsonlines, "_AT_ONCE", 4_096)
    path = tmp_path / "bomb.jsonl.gz"
    path.write_bytes(gzip.compress(line("a") + b"x" * 100_000 + b"\n" + line("b")))
    names, told = found(path)
    assert names == ["a"]
    assert [e.where for e in told] == [f"{path}:2"]
    assert "does not end" in told[0].what


def test_empty_lines_without_end_are_given_up(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(jsonlines, "_MOST_BLANK", 100)
    path = tmp_path / "blank.jsonl"
    path.write_bytes(line("a") + b"\n" * 90 + line("b") + b"\n" * 200 + line("c"))
    names, told = found(path)
    assert names == ["a", "b"]
    assert [e.where for e in told] == [f"{path}:{1 + 90 + 1 + 101}"]


def test_a_bomb_is_bounded_by_what_it_unpacks_to(tmp_path: Path) -> None:
    """A hundred megabytes behind a hundred kilobytes."""
    path = tmp_path / "bomb.txt.gz"
    with gzip.open(path, "wb") as file:
        for _ in range(100):
            file.write(b" " * 1_000_000)
    names, told = found(path)
    assert (names, [type(e) for e in told]) == ([], [errors.ArticleTooLongError])
    assert path.stat().st_size < 200_000


def test_a_fault_of_a_reader_costs_one_file_and_one_line(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def failing(page: str, name: str, where: str) -> None:
        raise RecursionError("too deep")

    monkeypatch.setattr(html, "parse", failing)
    (tmp_path / "a.html").write_text("<p>Peru met Chile.</p>")
    (tmp_path / "b.txt").write_text("Peru met Chile.")
    names, told = found(tmp_path)
    assert names == ["b"]
    assert [e.code for e in told] == ["malformed-article"]
    assert "RecursionError: too deep" in told[0].what

    monkeypatch.setattr(jsonlines, "fields_of", lambda record, where: 1 // (record["id"] != "b"))
    monkeypatch.setattr(jsonlines, "build", lambda *parts: parts[0])
    (tmp_path / "c.jsonl").write_bytes(line("b"))
    _, told = found(tmp_path / "c.jsonl")
    assert "ZeroDivisionError" in told[0].what


def test_a_tag_of_very_many_attributes_is_refused_at_once(tmp_path: Path) -> None:
    text = "<p>" + "Peru met Chile in Lima to talk about fish. " * 5 + "</p>"
    for name, form in (("a", 'a{}="x y"'), ("b", "a{}")):
        tag = "<div " + " ".join(form.format(n) for n in range(200_000)) + ">"
        (tmp_path / f"{name}.html").write_text(f"<html><body>{tag}{text}</div></body></html>")
    words = "word = " * 6_000
    (tmp_path / "c.html").write_text(f'<html><body><div title="{words}">{text}</div></body></html>')
    started = time.process_time()
    names, told = found(tmp_path)
    assert names == ["c"]
    assert ["attributes" in e.what for e in told] == [True, True]
    assert time.process_time() - started < 20


def test_very_many_nested_tags_take_no_longer_than_their_length(tmp_path: Path) -> None:
    (tmp_path / "a.html").write_text("<div>" * 100_000 + "Peru met Chile." + "</div>" * 100_000)
    started = time.process_time()
    found(tmp_path)
    assert time.process_time() - started < 20


def test_what_is_no_file_is_passed_over_in_a_folder(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text("Peru met Chile.")
    os.mkfifo(tmp_path / "b.txt")
    (tmp_path / "c.txt").symlink_to("/dev/zero")
    with socket.socket(socket.AF_UNIX) as server:
        server.bind(os.path.relpath(tmp_path / "d.txt"))
        names, told = found(tmp_path, follow_links=True)
        assert names == ["a"]
        assert [Path(e.where).name for e in told] == ["b.txt", "c.txt", "d.txt"]
        assert {type(e) for e in told} == {errors.UnreadablePathError}
        _, told = found(tmp_path / "d.txt")
        assert "socket" in told[0].what
    with pytest.raises(errors.UnreadablePathError):
        sources.discover([tmp_path])


def test_a_pipe_that_is_named_is_read_up_to_the_limit(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(decoding, "LONGEST", 1_000)
    pipe = tmp_path / "pipe.txt"
    os.mkfifo(pipe)
    for text, wanted in (("Peru met Chile.", ["pipe"]), ("Peru met Chile. " * 100, [])):
        writer = threading.Thread(target=pipe.write_text, args=(text,))
        writer.start()
        names, told = found(pipe)
        writer.join()
        assert (names, len(told)) == (wanted, not wanted)
    names, told = found(Path("/dev/zero"))
    assert (names, [type(e) for e in told]) == ([], [errors.ArticleTooLongError])


@pytest.fixture
def linked(tmp_path: Path) -> Path:
    """A folder with links to itself, within itself and out of itself."""
    news, other = tmp_path / "news", tmp_path / "other"
    for folder in (news / "inner", other):
        folder.mkdir(parents=True)
    (news / "inner" / "a.txt").write_text("Peru met Chile.")
    (other / "b.txt").write_text("Peru met Norway.")
    (other / "back").symlink_to(other)
    (news / "within.txt").symlink_to(news / "inner" / "a.txt")
    (news / "loop").symlink_to(news)
    (news / "inner" / "loop").symlink_to(news / "inner")
    (news / "out").symlink_to(other)
    (news / "out.txt").symlink_to(other / "b.txt")
    return news


def test_links_out_of_a_folder_are_followed_only_when_asked(linked: Path) -> None:
    names, told = found(linked)
    assert names == ["a"]
    assert sorted(Path(e.where).name for e in told) == ["out", "out.txt"]
    assert "--follow-links" in told[0].hint
    names, told = found(linked, follow_links=True)
    assert (len(names), told) == (2, [])
    names, told = found(linked / "out")
    assert (names, told) == (["b"], []), "what is named is read"


def test_kg_build_follows_links_when_asked(linked: Path, tmp_path: Path) -> None:
    runner, store = CliRunner(), str(tmp_path / "s.kg")
    done = runner.invoke(commands, ["build", str(linked), "-o", store])
    assert done.exit_code == 3, done.output
    assert "leads out of the folder" in done.output
    done = runner.invoke(commands, ["build", str(linked), "-o", store, "--follow-links"])
    assert done.exit_code == 0, done.output


def test_a_stream_without_end_is_bounded() -> None:
    class Endless(io.RawIOBase):
        def readable(self) -> bool:
            return True

        def readinto(self, target: bytearray) -> int:  # type: ignore[override]
            target[:] = b"x" * len(target)
            return len(target)

    told: list[KgError] = []
    stream = io.BufferedReader(Endless())
    assert list(sources.read(["-"], stdin=stream, on_error=told.append)) == []
    assert [type(e) for e in told] == [errors.ArticleTooLongError]
