"""Work in a process of its own: answers, errors, deadlines, memory, and nothing left behind."""

from __future__ import annotations

import itertools
import os
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from functools import partial
from pathlib import Path

import example
import pytest

from kg.errors import (
    ForbiddenQueryError,
    MalformedQueryError,
    MissingStoreError,
    QueryError,
    QueryMemoryError,
    QueryTimeoutError,
)
from kg.graph import Graph
from kg.query import answering
from kg.query.questions import ask
from kg.sandbox import bounds, limits
from kg.sandbox.limits import EndedError, Limits
from kg.store import open_store

WAYS = pytest.mark.parametrize("fresh", [False, True], ids=["forked", "fresh"])
ENDLESS = "SELECT (COUNT(*) AS ?n) { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i . ?j ?k ?l . ?m ?n0 ?o }"
DEEP = [
    f"ASK {'{' * 20_000}{'}' * 20_000}",
    f"ASK {'{ SELECT * {' * 20_000}{'}}' * 20_000}",
    f"ASK {{ FILTER({'1 + ' * 20_000} 1) }}",
    f"ASK {{ {'{} UNION ' * 20_000} {{}} }}",
    f"ASK {{ {'FILTER(true) ' * 20_000} }}",
]
GREEDY = "SELECT DISTINCT * { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i . ?j ?k ?l }"


def fail(message: str) -> None:
    raise QueryError(message, where="here", hint="do not")


def sleep(seconds: float, note: Path) -> None:
    note.write_text(str(os.getpid()))
    time.sleep(seconds)


def counted(number: int) -> Iterator[int]:
    """Yield at once, and then after a long time, if at all."""
    yield 0 // number
    time.sleep(60)
    yield 1


def grab(megabytes: int) -> int:
    return len(b"x" * (megabytes << 20))


class StubbornError(Exception):
    """An exception that cannot be sent."""

    def __reduce__(self) -> tuple[object, ...]:
        raise TypeError("no")


def stubborn() -> None:
    raise StubbornError("inside")


def test_what_is_forked_by_itself_needs_one_thread() -> None:
    code = (
        "import threading, kg.sandbox.limits as l; one = l._alone();"
        "e = threading.Event(); t = threading.Thread(target=e.wait); t.start();"
        "print(one, l._alone()); e.set()"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, timeout=60)
    assert done.stdout == ("True False\n" if sys.platform == "linux" else "False False\n")


def children() -> set[str]:
    """Return the processes that this one has started and not waited for; on Linux only."""
    found = set()
    for stat in Path("/proc").glob("[0-9]*/stat"):
        try:
            parent = stat.read_text().rpartition(")")[2].split()[1]
        except OSError:  # it has ended meanwhile
            continue
        if parent == str(os.getpid()):
            found.add(stat.parent.name)
    return found


@WAYS
def test_parts_come_as_they_are_found(fresh: bool) -> None:
    started = time.monotonic()
    before = children()
    parts = limits.stream(partial(counted, 3), seconds=60, fresh=fresh)
    assert next(parts) == 0
    assert time.monotonic() - started < 30
    assert len(children() - before) == (sys.platform == "linux")
    parts.close()  # type: ignore[attr-defined]
    assert children() <= before  # other tests may have processes of their own
    with pytest.raises(ZeroDivisionError):
        list(limits.stream(partial(counted, 0), seconds=60, fresh=fresh))


@WAYS
def test_values_and_errors_come_back(fresh: bool) -> None:
    assert limits.run(partial(divmod, 7, 2), fresh=fresh) == (3, 1)
    assert limits.run(partial(bytes, 3_000_000), seconds=30, fresh=fresh) == bytes(3_000_000)
    with pytest.raises(ZeroDivisionError):
        limits.run(partial(divmod, 1, 0), fresh=fresh)


def test_where_there_is_no_fork(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(limits, "_POSIX", False)
    assert limits.run(partial(divmod, 7, 2), seconds=60, megabytes=900) == (3, 1)
    with pytest.raises(ZeroDivisionError):
        limits.run(partial(divmod, 1, 0))
    with pytest.raises(TimeoutError):
        limits.run(partial(time.sleep, 60), seconds=0.5)
    with pytest.raises(EndedError, match="status 3"):
        limits.run(partial(os._exit, 3))


def test_errors_come_back_whole() -> None:
    with pytest.raises(QueryError) as caught:
        limits.run(partial(fail, "so"), fresh=False)
    assert (caught.value.what, caught.value.where, caught.value.hint) == ("so", "here", "do not")
    with pytest.raises(EndedError, match="StubbornError: inside"):
        limits.run(stubborn, fresh=False)


@WAYS
def test_a_deadline_ends_the_process(fresh: bool, tmp_path: Path) -> None:
    note = tmp_path / "pid"
    code = f"import os, time; open({str(note)!r}, 'w').write(str(os.getpid())); time.sleep(60)"
    job = partial(exec, code) if fresh else partial(sleep, 60, note)
    started = time.monotonic()
    with pytest.raises(TimeoutError):
        limits.run(job, seconds=2 if fresh else 0.5, fresh=fresh)
    assert time.monotonic() - started < 20
    with pytest.raises(ProcessLookupError):
        os.kill(int(note.read_text()), 0)


@pytest.mark.slow
@pytest.mark.skipif(sys.platform != "linux", reason="only Linux keeps to the limit of memory")
@WAYS
def test_a_limit_of_memory(fresh: bool) -> None:
    job = partial(eval, "[b'x' * (400 << 20), __import__('time').sleep(1)] and 'done'")
    with pytest.raises(MemoryError):
        limits.run(job, megabytes=100, seconds=60, fresh=fresh)
    assert limits.run(job, megabytes=900, seconds=60, fresh=fresh) == "done"
    at_once = partial(eval, "len(bytes(1 << 33))")
    with pytest.raises(MemoryError):
        limits.run(at_once, megabytes=100, seconds=60, fresh=fresh)


def test_a_process_that_dies(capfd: pytest.CaptureFixture[str]) -> None:
    def die() -> None:
        os.kill(os.getpid(), signal.SIGTERM)

    with pytest.raises(EndedError, match=f"status -{int(signal.SIGTERM)}"):
        limits.run(die, fresh=False)
    assert capfd.readouterr() == ("", "")


def test_no_process_and_no_descriptor_is_left() -> None:
    code = (
        "import os, kg.sandbox.limits as l\n"
        "from functools import partial; from pathlib import Path\n"
        "count = lambda: len(list(Path('/dev/fd').iterdir()))\n"
        "before = count()\n"
        "for fresh in (False, True): l.run(partial(divmod, 7, 2), seconds=60, fresh=fresh)\n"
        "assert count() == before\n"
        "try: os.waitpid(-1, os.WNOHANG)\n"
        "except ChildProcessError: print('none')\n"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, timeout=90)
    assert (done.stdout, done.stderr) == ("none\n", "")


def test_an_endless_question_is_ended(graph: Graph) -> None:
    with pytest.raises(QueryTimeoutError, match=r"longer than 0\.5 s"):
        graph.query(ENDLESS, timeout=0.5)
    assert graph.query("ASK { ?s a kg:Country }", timeout=30)


@pytest.mark.skipif(sys.platform != "linux", reason="only Linux keeps to the limit of memory")
def test_a_greedy_question_is_ended(graph: Graph) -> None:
    with pytest.raises(QueryMemoryError, match="100 MB"):
        graph.query(GREEDY, memory=100, timeout=120)


def test_reading_a_question_counts_in_its_time(graph: Graph) -> None:
    long = " ".join(f"<urn:{number}>" for number in range(400_000))
    started = time.monotonic()
    with pytest.raises(QueryTimeoutError):
        graph.query(f"SELECT ?x {{ VALUES ?x {{ {long} }} ?x ?y ?z }}", timeout=0.5)
    assert time.monotonic() - started < 0.5 + bounds._LATER, "it is ended, and need not end itself"


@pytest.mark.skipif(sys.platform != "linux", reason="only Linux keeps to the limit of memory")
@WAYS
def test_an_answer_may_not_fill_the_memory_of_who_asks(fresh: bool) -> None:
    parts = partial(map, partial(list), [range(0)])
    assert list(limits.stream(parts, megabytes=50, seconds=60, fresh=fresh)) == [[]]
    endless = partial(itertools.repeat, "word " * 20_000)
    before, received = bounds.resident(), 0
    with pytest.raises(MemoryError):
        for part in limits.stream(endless, megabytes=50, seconds=60, fresh=fresh):
            received += len(part)
    assert received < 50 * bounds.MEGABYTE
    assert bounds.resident() - before < 50 * bounds.MEGABYTE


@pytest.mark.parametrize("query", DEEP, ids=["groups", "selects", "sums", "unions", "filters"])
def test_a_question_too_deep_for_the_engine_ends_itself_alone(graph: Graph, query: str) -> None:
    with pytest.raises(QueryError, match=r"too much for the engine|nested more than"):
        graph.query(query)
    assert graph.query("ASK { ?s a kg:Country }")


def test_a_graph_keeps_to_limits_by_itself(graph: Graph, monkeypatch: pytest.MonkeyPatch) -> None:
    given: list[dict[str, object]] = []
    before = answering.stream

    def stream(job: object, **limits: object) -> object:
        given.append(limits)
        return before(job, **limits)  # type: ignore[arg-type]

    monkeypatch.setattr(answering, "stream", stream)
    graph.query("ASK {}")
    graph.part(query="SELECT ?s { ?s a kg:Country }")
    graph.constructed("CONSTRUCT { ?s a kg:Country } WHERE { ?s a kg:Country }")
    graph.query("timeline", timeout=30)
    assert [limit["seconds"] for limit in given] == [60, 60, 60, 30]
    assert {limit["megabytes"] for limit in given} == {4096}
    graph.query("timeline")
    graph.query("ASK {}", timeout=None, memory=None)
    assert len(given) == 4, "what is known is answered here, and what has no limit"


def test_what_is_cut_unasked_is_said_to_be(graph: Graph) -> None:
    many = " ".join(map(str, range(100_001)))
    query = f"SELECT ?x {{ VALUES ?x {{ {many} }} }}"
    with pytest.warns(UserWarning, match="only the first 100,000 rows"):
        assert not graph.query(query).complete
    assert len(graph.query(query, max_rows=None)) == 100_001
    assert len(graph.query(query, max_rows=5)) == 5


def test_a_store_in_memory_is_taken_along(graph: Graph) -> None:
    query = "SELECT ?e ?q { ?e kg:quote ?q } ORDER BY ?e ?q"
    hold = threading.Event()
    thread = threading.Thread(target=hold.wait)
    thread.start()
    try:
        assert graph.query(query, timeout=60) == graph.query(query)
    finally:
        hold.set()
        thread.join()


def test_rows_beyond_the_limit_are_cut_and_said_to_be(graph: Graph) -> None:
    query = "SELECT ?e { ?e a kg:Statement } ORDER BY ?e"
    whole = graph.query(query)
    assert (len(whole), whole.complete) == (7, True)
    for limit, complete in ((6, False), (7, True), (8, True)):
        part = graph.query(query, max_rows=limit)
        assert (part.rows, part.complete) == (whole.rows[:limit], complete)
    triples = "CONSTRUCT { ?e a kg:Statement } WHERE { ?e a kg:Statement }"
    assert not graph.query(triples, max_rows=3).complete
    assert len(graph.query(triples, max_rows=3)) == 3
    assert graph.query(triples, max_rows=7).complete
    assert graph.query("ASK {}", max_rows=1).complete


# -- an engine on disk keeps its threads: from here on questions do not fork


def test_errors_of_questions_come_back(graph: Graph, tmp_path: Path) -> None:
    with pytest.raises(MalformedQueryError, match="line 1"):
        graph.query("SELECT", timeout=30)
    with pytest.raises(ForbiddenQueryError):
        graph.query("DROP ALL", timeout=30)
    with pytest.raises(MissingStoreError):
        ask(partial(open_store, tmp_path / "gone.kg"), "ASK {}", limits=Limits(seconds=30))


def test_a_store_on_disk_is_seen_as_it_is(tmp_path: Path) -> None:
    query = "SELECT ?a { ?a a schema:NewsArticle }"
    with Graph.open(tmp_path / "s.kg", "w") as graph:
        graph.add(example.lake())
        assert len(graph.query(query, timeout=30)) == 1
        graph.add(example.harbour())
        assert len(graph.query(query, timeout=30)) == 2
    with Graph.open(tmp_path / "s.kg") as graph:
        assert graph.query(query, timeout=30).rows == graph.query(query).rows
