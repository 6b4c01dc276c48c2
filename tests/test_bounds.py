"""Processes that work for another end with it, and hold themselves to their limits without it."""

from __future__ import annotations

import contextlib
import os
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from kg.sandbox import bounds

pytestmark = pytest.mark.skipif(
    sys.platform != "linux", reason="other systems tell less of processes, and end them otherwise"
)

ENDS = [signal.SIGTERM, signal.SIGHUP, signal.SIGINT, signal.SIGKILL]
PATIENCE = 20.0  # seconds
JOB = """
import os
from pathlib import Path
import pyoxigraph as ox
from kg.sandbox import limits

def work():
    store = ox.Store()
    for n in range(400):
        store.add(ox.Quad(ox.NamedNode(f"urn:{n}"), ox.NamedNode("urn:p"), ox.Literal(n)))
    Path(os.environ["NOTES"]).write_text(str(os.getpid()))
    return sum(1 for _ in store.query(QUERY))
"""
ENDLESS = "SELECT (COUNT(*) AS ?n) { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i . ?j ?k ?l }"
GREEDY = "SELECT DISTINCT * { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i }"


def ended(process: int) -> bool:
    """Return whether a process is gone, or waits only for somebody to take note of its end."""
    try:
        status = Path(f"/proc/{process}/stat").read_text()
    except OSError:
        return True
    return status.rpartition(")")[2].split()[0] == "Z"


def until(condition: Callable[[], object], seconds: float = PATIENCE) -> float:
    """Wait for a condition and return how long it took."""
    started = time.monotonic()
    while not condition():
        assert time.monotonic() - started < seconds, "it did not come to pass"
        time.sleep(0.02)
    return time.monotonic() - started


# Tests that are run in the background inherit that some signals are ignored.
_HEEDING = """\
import signal
signal.signal(signal.SIGINT, signal.default_int_handler)
signal.signal(signal.SIGHUP, signal.SIG_DFL)
"""


@contextlib.contextmanager
def running(folder: Path, **modules: str) -> Iterator[subprocess.Popen[bytes]]:
    """Run the module `main` of a folder, in a process group of its own."""
    for name, code in modules.items():
        (folder / f"{name}.py").write_text((_HEEDING if name == "main" else "") + code)
    path = os.pathsep.join([str(Path(__file__).parent.parent), str(folder)])
    with subprocess.Popen(
        [sys.executable, str(folder / "main.py")],
        env={**os.environ, "PYTHONPATH": path, "NOTES": str(folder / "notes")},
        stderr=subprocess.DEVNULL,
        start_new_session=True,
    ) as process:
        try:
            yield process
        finally:
            with contextlib.suppress(ProcessLookupError):
                os.killpg(process.pid, signal.SIGKILL)


@contextlib.contextmanager
def asking(
    folder: Path, query: str, *, fresh: bool, **limits: float
) -> Iterator[tuple[subprocess.Popen[bytes], int]]:
    """Yield a process that asks, and the number of the one that answers."""
    main = f"import job\njob.limits.run(job.work, fresh={fresh}, **{limits})\n"
    notes = folder / "notes"
    with running(folder, job=f"QUERY = {query!r}\n{JOB}", main=main) as process:
        until(lambda: notes.exists() and notes.read_text())
        child = int(notes.read_text())
        try:
            yield process, child
        finally:
            if not ended(child):
                os.kill(child, signal.SIGKILL)


@pytest.mark.slow
@pytest.mark.parametrize("fresh", [False, True], ids=["forked", "fresh"])
@pytest.mark.parametrize("end", ENDS, ids=lambda end: end.name)
def test_a_question_ends_with_who_asked(tmp_path: Path, end: signal.Signals, fresh: bool) -> None:
    with asking(tmp_path, ENDLESS, fresh=fresh) as (process, child):
        assert not ended(child)
        process.send_signal(end)
        process.wait(PATIENCE)
        assert until(lambda: ended(child)) < 2


@pytest.mark.slow
@pytest.mark.parametrize("fresh", [False, True], ids=["forked", "fresh"])
def test_a_question_holds_itself_to_its_time(tmp_path: Path, fresh: bool) -> None:
    with asking(tmp_path, ENDLESS, fresh=fresh, seconds=2) as (process, child):
        process.send_signal(signal.SIGSTOP)  # it is there, and does nothing
        assert until(lambda: ended(child)) < 2 + bounds._LATER + 1


@pytest.mark.slow
@pytest.mark.parametrize("fresh", [False, True], ids=["forked", "fresh"])
def test_a_question_holds_itself_to_its_memory(tmp_path: Path, fresh: bool) -> None:
    with asking(tmp_path, GREEDY, fresh=fresh, megabytes=200) as (process, child):
        process.send_signal(signal.SIGSTOP)
        most = 0
        while not ended(child):
            most = max(most, bounds.resident(child))
            time.sleep(0.005)
        assert 150 < most / bounds.MEGABYTE < 200 + 150, "the interpreter itself takes some 60 MB"


def test_who_is_late_ends_at_once() -> None:
    """One whose parent ended before it could say that it wants to end with it."""
    code = "from kg.sandbox.bounds import end_with; end_with(1); print('lives on')"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, timeout=60)
    assert (done.returncode, done.stdout) == (1, b"")


def test_what_else_watches_where_the_system_does_not(monkeypatch: pytest.MonkeyPatch) -> None:
    ends: list[int] = []
    over = threading.Event()

    def end(status: int) -> None:
        ends.append(status)
        over.set()

    monkeypatch.setattr(bounds.os, "_exit", end)
    source, other = os.pipe()
    bounds.end_with_input(source)
    assert not over.wait(0.2)
    os.close(other)
    assert over.wait(5)
    os.close(source)
    over.clear()
    monkeypatch.setattr(bounds, "_LATER", 0.02)
    monkeypatch.setattr(bounds.sys, "platform", "darwin")
    parents = iter([7, 7, 7, 7, 1, 1, 1, 1])
    monkeypatch.setattr(bounds.os, "getppid", lambda: next(parents, 1))
    bounds.end_with(7)
    assert over.wait(5)
    assert ends == [1, 1]


SLOW = """
import os, time
from pathlib import Path

class Slow:
    version = "slow-1"

    def extract(self, article):
        Path(os.environ["NOTES"], str(os.getpid())).touch()
        time.sleep(60)

def load(model=None):
    return Slow()
"""
BUILD = """
import slow
from kg import build

if __name__ == "__main__":
    build.build([{articles!r}], {store!r}, loader=slow.load, workers=2)
"""


@pytest.mark.parametrize("end", [signal.SIGTERM, signal.SIGHUP, signal.SIGKILL], ids=str)
def test_workers_end_with_their_build(tmp_path: Path, end: signal.Signals) -> None:
    notes, articles = tmp_path / "notes", tmp_path / "articles"
    for folder in (notes, articles):
        folder.mkdir()
    for name in "abcd":
        (articles / f"{name}.txt").write_text(f"Title {name}\n\nPeru met Norway. {name}\n")
    main = BUILD.format(articles=str(articles), store=str(tmp_path / "s.kg"))
    with running(tmp_path, slow=SLOW, main=main) as process:
        until(lambda: len(list(notes.iterdir())) == 2, 60)
        workers = [int(note.name) for note in notes.iterdir()]
        assert not any(map(ended, workers))
        process.send_signal(end)
        process.wait(PATIENCE)
        assert until(lambda: all(map(ended, workers))) < 2
