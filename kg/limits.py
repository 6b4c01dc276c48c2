"""Work in a process of its own, ended when it takes too long or too much memory.

An engine that does not look up from its work can only be stopped from outside. On Linux a process
with a single thread forks, which costs a few milliseconds; otherwise a fresh interpreter is
started, since locks that other threads hold would stay locked in a fork.
"""

from __future__ import annotations

import contextlib
import faulthandler
import os
import pickle
import select
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import NoReturn, TypeVar, cast

_Value = TypeVar("_Value")

_POSIX = os.name == "posix"
_TASKS = Path("/proc/self/task")
_CHUNK = 1 << 20
_MEGABYTE = 1 << 20
_SLACK = 1 << 30
_GLANCE = 0.05  # seconds between two looks at a process
_START = (
    "import sys; sys.path[:] = {path!r}\nfrom kg.limits import serve; serve({output}, {megabytes})"
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Limits:
    """How much an answer may take; None is without limit.

    Attributes:
        seconds: how long it may take.
        rows: how many rows or triples there may be.
        megabytes: how much memory it may use.
    """

    seconds: float | None = None
    rows: int | None = None
    megabytes: int | None = None


UNLIMITED = Limits()


class EndedError(RuntimeError):
    """The process ended without an answer."""


def run(
    job: Callable[[], _Value],
    *,
    seconds: float | None = None,
    megabytes: int | None = None,
    fresh: bool | None = None,
) -> _Value:
    """Return what `job` returns, worked out in another process; its exceptions are raised here.

    Args:
        job: what to do; it can be pickled, unless `fresh` is False.
        seconds: how long it may take.
        megabytes: memory that it may take, beyond what this process has. Not every system keeps to
            it: Linux does, Windows does not at all.
        fresh: start a new interpreter, or else fork; by default whichever is safe and quick.

    Raises:
        TimeoutError: it took longer.
        MemoryError: it took more.
        EndedError: it ended without an answer for another reason.
    """
    if not _POSIX:
        return cast(_Value, _value(_communicated(job, seconds)))
    if fresh is None:
        fresh = not _alone()
    deadline = None if seconds is None else time.monotonic() + seconds
    with (_spawned if fresh else _forked)(job, megabytes) as child:
        most = None if megabytes is None else megabytes * _MEGABYTE + (0 if fresh else _resident())
        content = b"".join(_received(child, deadline, most))
        status = child.ended() if not content else 0
    if not content:
        # Rust and C++ abort when memory is refused.
        if megabytes is not None and status in (-signal.SIGABRT, -signal.SIGKILL, -signal.SIGSEGV):
            raise MemoryError(f"more than {megabytes} MB")
        raise EndedError(f"the process ended with status {status}")
    return cast(_Value, _value(content))


def _value(content: bytes) -> object:
    done, value = pickle.loads(content)
    if not done:
        raise value
    return value


def _communicated(job: Callable[[], object], seconds: float | None) -> bytes:
    """Return the answer of a fresh interpreter, where no process can be looked at."""
    code = _START.format(path=sys.path, output=1, megabytes=None)
    try:
        done = subprocess.run(
            [sys.executable, "-c", code],
            input=pickle.dumps(job),
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            timeout=seconds,
        )
    except subprocess.TimeoutExpired:
        raise TimeoutError from None
    if not done.stdout:
        raise EndedError(f"the process ended with status {done.returncode}")
    return done.stdout


def _alone() -> bool:
    """Return whether this process has one thread, counting those of libraries."""
    try:
        return len(list(_TASKS.iterdir())) == 1
    except OSError:
        return False


def _resident(process: int | str = "self") -> int:
    """Return the memory that a process occupies, in bytes; 0 where the system does not tell."""
    try:
        pages = int(Path(f"/proc/{process}/statm").read_text().split()[1])
    except (OSError, IndexError, ValueError):
        return 0
    return pages * os.sysconf("SC_PAGE_SIZE")


@dataclass(frozen=True, slots=True)
class _Child:
    """A process at work: where its answer comes from, and how to wait for its end."""

    number: int
    source: int
    ended: Callable[[], int]


def _received(child: _Child, deadline: float | None, most: int | None) -> Iterator[bytes]:
    while True:
        if deadline is not None and time.monotonic() > deadline:
            raise TimeoutError
        if most is not None and _resident(child.number) > most:
            raise MemoryError
        left = _GLANCE if deadline is None else min(_GLANCE, max(0, deadline - time.monotonic()))
        if not select.select([child.source], [], [], left)[0]:
            continue
        chunk = os.read(child.source, _CHUNK)
        if not chunk:
            return
        yield chunk


@contextlib.contextmanager
def _forked(job: Callable[[], object], megabytes: int | None) -> Iterator[_Child]:
    source, output = os.pipe()
    child = os.fork()
    if child == 0:
        os.close(source)
        _answer(job, output, megabytes)
    os.close(output)
    status: list[int] = []

    def ended() -> int:
        if not status:
            status.append(os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]))
        return status[0]

    try:
        yield _Child(child, source, ended)
    finally:
        os.close(source)
        if not status:
            os.kill(child, signal.SIGKILL)
            ended()


@contextlib.contextmanager
def _spawned(job: Callable[[], object], megabytes: int | None) -> Iterator[_Child]:
    work = pickle.dumps(job)
    source, output = os.pipe()
    code = _START.format(path=sys.path, output=output, megabytes=megabytes)
    child = subprocess.Popen(
        [sys.executable, "-c", code],
        stdin=subprocess.PIPE,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        pass_fds=(output,),
    )
    os.close(output)
    try:
        assert child.stdin is not None
        with contextlib.suppress(BrokenPipeError), child.stdin as stream:
            stream.write(work)
        yield _Child(child.pid, source, child.wait)
    finally:
        os.close(source)
        child.kill()
        child.wait()


def serve(output: int, megabytes: int | None) -> NoReturn:
    """Do the job that standard input brings and write its outcome to the descriptor `output`."""
    content = sys.stdin.buffer.read()
    _answer(lambda: pickle.loads(content)(), output, megabytes)


def _answer(job: Callable[[], object], output: int, megabytes: int | None) -> NoReturn:
    """Do the job, write its outcome and end this process without cleaning up."""
    status = 1
    try:
        silent = os.open(os.devnull, os.O_WRONLY)
        os.dup2(silent, 2)  # an engine that runs out of memory would write about it
        faulthandler.disable()
        _bound(megabytes)
        content = _outcome(job)
        with os.fdopen(output, "wb") as stream:
            stream.write(content)
        status = 0
    finally:
        os._exit(status)


def _outcome(job: Callable[[], object]) -> bytes:
    try:
        return pickle.dumps((True, job()))
    except Exception as error:
        try:
            return pickle.dumps((False, error))
        except Exception:  # an exception that cannot be pickled
            return pickle.dumps((False, EndedError(f"{type(error).__name__}: {error}")))


def _bound(megabytes: int | None) -> None:
    """Have the system refuse what is asked for at once, between two looks.

    It counts what is reserved and not used, and an allocator may try for long before it gives up:
    so it refuses only what is far beyond.
    """
    if megabytes is None:
        return
    import resource

    used = 0
    with contextlib.suppress(OSError, IndexError, ValueError):
        pages = int(Path("/proc/self/statm").read_text().split()[5])
        used = pages * resource.getpagesize()
    _, hard = resource.getrlimit(resource.RLIMIT_DATA)
    wanted = used + megabytes * 2 * _MEGABYTE + _SLACK
    if hard != resource.RLIM_INFINITY:
        wanted = min(wanted, hard)
    with contextlib.suppress(OSError, ValueError):  # a system that does not take the limit
        resource.setrlimit(resource.RLIMIT_DATA, (wanted, hard))
