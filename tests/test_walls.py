"""Walls around a process that answers: the kernel refuses, whatever the guard missed."""

from __future__ import annotations

import contextlib
import ctypes
import os
import platform
import signal
import socket
import sys
import threading
from collections.abc import Callable, Iterator
from functools import partial
from pathlib import Path

import calls
import example
import pyoxigraph as ox
import pytest

from kg.graph import Graph
from kg.query import answering
from kg.query.answering import Query, ResultReader
from kg.sandbox import limits, walls
from kg.sandbox.limits import Limits
from kg.store import open_store

ALL = frozenset({walls.NETWORK, walls.FILES, walls.WRITING})


def known() -> bool:
    """Return whether the kernel knows filters and rules for files and TCP."""
    if sys.platform != "linux" or platform.machine() not in ("x86_64", "aarch64"):
        return False
    version = ctypes.CDLL(None).syscall(444, None, ctypes.c_ulong(0), ctypes.c_ulong(1))
    return version >= 4 and "Seccomp:" in Path("/proc/self/status").read_text()


pytestmark = pytest.mark.skipif(not known(), reason="this kernel lacks one wall or the other")


@pytest.fixture(params=["both", "filter", "rules"])
def kind(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> str:
    """Each wall alone has to hold."""

    def absent(*given: object) -> None:
        raise OSError("not known here")

    if request.param == "filter":
        monkeypatch.setattr(walls, "_landlock", absent)
    if request.param == "rules":
        monkeypatch.setattr(walls, "_filter", absent)
    return str(request.param)


@pytest.fixture(scope="module")
def listener() -> Iterator[calls.Listener]:
    with calls.listening() as found:
        yield found


def tried(*attempts: Callable[[], object]) -> list[str]:
    """Return how attempts end inside of the walls."""
    walls.build()
    found = []
    for attempt in attempts:
        try:
            attempt()
            found.append("done")
        except PermissionError:
            found.append("refused")
    return found


def standing() -> frozenset[str]:
    """Return which walls stand around this process, by trying to get out."""
    found: set[str] = set()
    try:
        socket.socket().close()
    except OSError:
        found.add(walls.NETWORK)
    try:
        os.close(os.open("/", os.O_RDONLY))
    except OSError:
        found.add(walls.FILES)
    try:
        os.close(os.open(os.devnull, os.O_WRONLY))  # nothing else can be written by everybody
    except OSError:
        found.add(walls.WRITING)
    return frozenset(found)


def test_which_walls_stand(kind: str) -> None:
    def look() -> tuple[frozenset[str], frozenset[str], frozenset[str]]:
        return standing(), walls.build(), standing()

    before, said, found = limits.run(look, fresh=False, seconds=60)
    assert before == frozenset()
    assert said <= ALL
    assert (
        found
        == {
            "both": ALL,
            "filter": ALL - {walls.FILES},
            "rules": ALL - {walls.NETWORK},  # of the network, rules know TCP alone
        }[kind]
    )
    assert found <= said


def test_no_query_calls(kind: str, listener: calls.Listener) -> None:
    queries = list(calls.queries(400, 3, listener.address))
    before = listener.calls
    for query in queries[:60]:
        calls.ask(calls.store(), query)
    assert listener.calls > before, "some of them call where there is no wall"
    before = listener.calls

    def ask_all() -> None:
        engine = calls.store()
        walls.build()
        for query in queries:
            calls.ask(engine, query)

    limits.run(ask_all, fresh=False, seconds=120)
    assert listener.calls == before


def test_nothing_is_written_run_or_ended(kind: str, tmp_path: Path) -> None:
    file = tmp_path / "file"
    file.write_text("as it was")
    attempts: list[Callable[[], object]] = [
        partial(os.open, file, os.O_RDWR),
        partial(os.open, tmp_path / "new", os.O_WRONLY | os.O_CREAT),
        partial(os.unlink, file),
        partial(os.mkdir, tmp_path / "folder"),
        partial(os.rename, file, tmp_path / "other"),
        partial(os.truncate, file, 0),
        partial(os.execv, sys.executable, [sys.executable, "-c", "pass"]),
        partial(os.kill, os.getpid(), 0),  # the process outside
    ]
    done = limits.run(partial(tried, *attempts), fresh=False, seconds=60)
    assert done == ["refused"] * len(attempts)
    assert [path.name for path in tmp_path.iterdir()] == ["file"]
    assert file.read_text() == "as it was"


def test_nobody_is_called_by_other_ways(listener: calls.Listener) -> None:
    host = ("127.0.0.1", listener.port)

    def packet() -> None:
        with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as found:
            found.sendto(b"x", host)

    def in_a_thread() -> None:
        found: list[BaseException] = []

        def call() -> None:
            try:
                socket.socket()
            except OSError as error:
                found.append(error)

        thread = threading.Thread(target=call)
        thread.start()
        thread.join()
        raise found[0]

    def ring() -> None:
        kernel = ctypes.CDLL(None, use_errno=True)
        if kernel.syscall(425, 1, None) < 0:
            raise OSError(ctypes.get_errno(), "io_uring")

    attempts: list[Callable[[], object]] = [
        socket.socket,
        packet,
        partial(socket.socketpair),
        partial(socket.socket, socket.AF_UNIX),
        in_a_thread,
        ring,
    ]
    done = limits.run(partial(tried, *attempts), fresh=False, seconds=60)
    assert done == ["refused"] * len(attempts)


def test_only_what_is_needed_is_read(tmp_path: Path) -> None:
    inside, outside = tmp_path / "store", tmp_path / "secret"
    inside.mkdir()
    for path in (inside / "file", outside):
        path.write_text("content")

    def read() -> tuple[str, list[str]]:
        walls.build([inside])
        found = (inside / "file").read_text()
        return found, tried(outside.read_text, partial(os.listdir, tmp_path), inside.stat)

    content, done = limits.run(read, fresh=False, seconds=60)
    assert content == "content"
    assert done[:2] == ["refused", "refused"]


@pytest.mark.parametrize("fresh", [False, True])
def test_questions_are_answered_inside(
    tmp_path: Path, fresh: bool, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    monkeypatch.setattr(limits, "_alone", lambda: not fresh)
    with Graph.open(tmp_path / "s.kg", "w") as graph:
        graph.add_all([example.lake(), example.harbour()])
        here = graph.query("SELECT ?s ?n { ?s skos:prefLabel ?n }", timeout=None, memory=None)
        assert len(here) > 5
    within = Limits(seconds=60, megabytes=900)
    caplog.set_level("DEBUG", "kg")
    for source in (partial(open_store, tmp_path / "s.kg"), graph_in_memory()):
        query = Query(text="SELECT ?s ?n { ?s skos:prefLabel ?n }", params={})
        found = answering.answered(source, query, within, ResultReader())
        assert sorted(found.rows) == sorted(here.rows)
    assert {record.getMessage() for record in caplog.records} == {
        "walls around the question: files, network, writing"
    }


def graph_in_memory() -> Callable[[], object]:
    graph = Graph()
    graph.add_all([example.lake(), example.harbour()])
    return graph.store.elsewhere()


def test_the_wall_is_behind_the_guard(
    listener: calls.Listener, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Without the guard, a question calls where there is no wall, and not where there is one."""
    monkeypatch.setattr(
        answering.sparql, "guarded", lambda text, spaces: answering.sparql.Guarded(text=text)
    )
    monkeypatch.setattr(limits, "_alone", lambda: True)
    with Graph.open(tmp_path / "s.kg", "w") as graph:
        graph.add(example.lake())
    query = Query(text=f"SELECT * {{ SERVICE <{listener.address}> {{ ?s ?p ?o }} }}", params={})
    source = partial(open_store, tmp_path / "s.kg")

    def ask(**given: object) -> int:
        before = listener.calls
        with contextlib.suppress(Exception):
            answering.answered(source, query, Limits(**given), ResultReader())  # type: ignore[arg-type]
        return listener.calls - before

    assert ask() == 1
    assert ask(seconds=60) == 0
    monkeypatch.setattr(walls, "build", lambda files: frozenset())
    assert ask(seconds=60) == 1, "it is the wall that kept it in"


def test_no_walls_for_another_processor(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(walls.platform, "machine", lambda: "riscv64")

    def look() -> tuple[frozenset[str], int]:
        return walls.build(), len(ox.Store())

    found, _ = limits.run(look, fresh=False, seconds=60)
    assert found == {walls.FILES, walls.WRITING, walls.NETWORK}, "rules need no numbers"
    monkeypatch.setattr(walls.sys, "platform", "darwin")
    assert limits.run(walls.build, fresh=False, seconds=60) == frozenset()


def test_the_filter_is_whole() -> None:
    for machine in ("x86_64", "aarch64"):
        program = walls._program(machine)
        steps = len(program) // 8
        assert len(program) % 8 == 0
        assert 50 < steps < 256, "a jump goes no further"
        for here in range(steps):
            yes, no = program[8 * here + 2], program[8 * here + 3]
            assert here + 1 + max(yes, no) <= steps


def test_signals_reach_those_inside() -> None:
    """A process in walls can still be ended."""

    def wait() -> None:
        walls.build()
        signal.pause()

    with pytest.raises(TimeoutError):
        limits.run(wait, fresh=False, seconds=0.5)
