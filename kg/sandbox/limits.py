"""Run a function in a process of its own and kill it when it exceeds time or memory.

A query engine cannot be interrupted from within its process. On Linux a single-threaded process is
forked, which takes a few milliseconds. Otherwise a fresh interpreter is started, since locks held
by other threads would stay locked in a fork. The child also limits itself (`kg.sandbox.bounds`), in
case this process is killed.
"""

from __future__ import annotations

import contextlib
import faulthandler
import os
import pickle
import select
import signal
import struct
import subprocess
import sys
import time
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import NoReturn, TypeVar, cast

from kg.errors import QueryMemoryError, QueryTimeoutError
from kg.sandbox.bounds import MEGABYTE, OVER, end_with, end_with_input, hold, resident

_Value = TypeVar("_Value")

_POSIX = os.name == "posix"
_TASKS = Path("/proc/self/task")
_CHUNK = 1 << 20  # bytes read from the pipe at a time: chosen, not measured
_WAIT = 3600.0  # seconds of one wait on a pipe without a deadline; it is repeated
_LENGTH = struct.Struct(">Q")
_PART, _END, _ERROR = range(3)
# Memory of unpickled values, as a multiple of their pickled size: measured 2 for texts, 3 for IRIs,
# 10 for short names, 15 for small numbers alone.
_UNPACKED = 10
# Calls of `Watch.look` between two looks at the memory; a step of work takes far less than a
# megabyte. Chosen, not measured.
_STEPS = 64
_START = (
    "import sys; sys.path[:] = {path!r}\nfrom kg.sandbox.limits import serve\n"
    "serve({output}, {parent}, {seconds}, {megabytes})"
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Limits:
    """Limits of an answer; None is without limit.

    Attributes:
        seconds: most seconds.
        rows: most rows or triples.
        megabytes: most memory.
    """

    seconds: float | None = None
    rows: int | None = None
    megabytes: int | None = None


UNLIMITED = Limits()
STANDARD = Limits(seconds=60.0, rows=100_000, megabytes=4096)
"""Default limits of a question, far beyond what users wait for: chosen, not measured."""


class Watch:
    """Limits work in this process that calls `look` again and again.

    For work of many small steps, which needs no process of its own.
    """

    def __init__(self, *, seconds: float | None, megabytes: int | None) -> None:
        """Start to measure; None is without limit."""
        self.seconds, self.megabytes = seconds, megabytes
        self._end = None if seconds is None else time.monotonic() + seconds
        self._most = None if megabytes is None else resident() + megabytes * MEGABYTE
        self._looked = 0

    def look(self) -> None:
        """Raise an error if a limit is exceeded.

        Raises:
            QueryTimeoutError: it has taken too long.
            QueryMemoryError: it has taken too much memory, as far as the system tells.
        """
        if self._end is not None and time.monotonic() > self._end:
            raise QueryTimeoutError(
                f"it takes longer than {self.seconds:g} s",
                hint="ask for less, or raise the time limit",
            )
        self._looked += 1
        if self._most is None or self._looked % _STEPS:
            return
        if resident() > self._most:
            raise QueryMemoryError(
                f"it takes more than {self.megabytes} MB of memory",
                hint="ask for less, or raise the memory limit",
            )


class EndedError(RuntimeError):
    """The child process ended without an answer.

    Attributes:
        status: its exit status; if a signal killed it, the negative number of the signal.
    """

    status = 0


def run(
    job: Callable[[], _Value],
    *,
    seconds: float | None = None,
    megabytes: int | None = None,
    fresh: bool | None = None,
) -> _Value:
    """Return what `job` returns in a child process; see `stream` for arguments and errors."""
    once = partial(_once, job)
    (value,) = stream(once, seconds=seconds, megabytes=megabytes, fresh=fresh)
    return value


def _once(job: Callable[[], _Value]) -> Iterator[_Value]:
    yield job()


def stream(
    job: Callable[[], Iterable[_Value]],
    *,
    seconds: float | None = None,
    megabytes: int | None = None,
    fresh: bool | None = None,
) -> Iterator[_Value]:
    """Yield what `job` yields while it runs in a child process.

    The child ends when this process does, or when the generator is closed.

    Args:
        job: the function to run; it must be picklable unless `fresh` is False. Its exceptions are
            raised here.
        seconds: most seconds until the last value.
        megabytes: most memory that the child may take in addition to what this process has, and
            that its values may take here. Linux enforces this, Windows does not.
        fresh: True starts a new interpreter, False forks; by default whichever is safe and quick.

    Raises:
        TimeoutError: it took longer.
        MemoryError: it took more.
        EndedError: the child ended without an answer for another reason.
    """
    if not _POSIX:
        yield from cast(Iterator[_Value], _communicated(job, seconds))
        return
    if fresh is None:
        fresh = not _alone()
    deadline = None if seconds is None else time.monotonic() + seconds
    most = None if megabytes is None else megabytes * MEGABYTE // _UNPACKED
    with (_spawned if fresh else _forked)(job, seconds, megabytes) as child:
        received = _Received(child.source, deadline, most)
        for kind, value in received.frames():
            if kind == _END:
                return
            if kind == _ERROR:
                raise cast(Exception, value)
            yield cast(_Value, value)
        raise _reason(child.ended(), limited=megabytes is not None)


def _reason(status: int, *, limited: bool) -> Exception:
    """Return the exception for a child that ended before its work was done."""
    if status in (-signal.SIGALRM, -signal.SIGXCPU):
        return TimeoutError()
    # Rust and C++ abort when an allocation fails.
    if status == OVER or (limited and status in (-signal.SIGABRT, -signal.SIGKILL)):
        return MemoryError()
    error = EndedError(f"the process ended with status {status}")
    error.status = status
    return error


def _communicated(job: Callable[[], object], seconds: float | None) -> Iterator[object]:
    """Yield the values from a fresh interpreter, on systems that cannot wait for a pipe."""
    code = _START.format(path=sys.path, output=1, parent=0, seconds=None, megabytes=None)
    work = pickle.dumps(job)
    try:
        done = subprocess.run(
            [sys.executable, "-c", code],
            input=_LENGTH.pack(len(work)) + work,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            timeout=seconds,
        )
    except subprocess.TimeoutExpired:
        raise TimeoutError from None
    rest = done.stdout
    while len(rest) > _LENGTH.size:
        (length,) = _LENGTH.unpack_from(rest)
        kind, value = pickle.loads(rest[_LENGTH.size : _LENGTH.size + length])
        rest = rest[_LENGTH.size + length :]
        if kind == _END:
            return
        if kind == _ERROR:
            raise value
        yield value
    raise EndedError(f"the process ended with status {done.returncode}")


def _alone() -> bool:
    """Return whether this process has one thread only, counting threads of libraries."""
    try:
        return len(list(_TASKS.iterdir())) == 1
    except OSError:
        return False


@dataclass(frozen=True, slots=True)
class _Child:
    """A child process: the pipe of its answer, and a function that waits for its exit status."""

    source: int
    ended: Callable[[], int]


class _Received:
    """Frames read from a pipe: a length, then a pickle of so many bytes."""

    def __init__(self, source: int, deadline: float | None, most: int | None) -> None:
        self.source = source
        self.deadline = deadline
        self.most = most
        self.bytes = 0

    def frames(self) -> Iterator[tuple[int, object]]:
        """Yield frames until the other end closes the pipe."""
        held = bytearray()
        while True:
            while len(held) < _LENGTH.size or len(held) < _LENGTH.size + self._length(held):
                chunk = self._chunk()
                if not chunk:
                    return
                held += chunk
            end = _LENGTH.size + self._length(held)
            kind, value = pickle.loads(memoryview(held)[_LENGTH.size : end].tobytes())
            del held[:end]
            yield kind, value

    def _length(self, held: bytearray) -> int:
        return int(_LENGTH.unpack_from(held)[0])

    def _chunk(self) -> bytes:
        found: list[int] = []
        while not found:
            left = _WAIT if self.deadline is None else self.deadline - time.monotonic()
            if left < 0:
                raise TimeoutError
            found = select.select([self.source], [], [], left)[0]
        chunk = os.read(self.source, _CHUNK)
        self.bytes += len(chunk)
        if self.most is not None and self.bytes > self.most:
            raise MemoryError
        return chunk


@contextlib.contextmanager
def _forked(
    job: Callable[[], Iterable[object]], seconds: float | None, megabytes: int | None
) -> Iterator[_Child]:
    source, output = os.pipe()
    parent = os.getpid()
    child = os.fork()
    if child == 0:
        try:
            end_with(parent)
            _apart(output)
        except BaseException:
            os._exit(1)
        _answer(lambda: job, output, seconds, megabytes)
    os.close(output)
    status: list[int] = []

    def ended() -> int:
        if not status:
            status.append(os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]))
        return status[0]

    try:
        yield _Child(source, ended)
    finally:
        os.close(source)
        if not status:
            os.kill(child, signal.SIGKILL)
            ended()


def _apart(output: int) -> None:
    """Close and reset what a fork inherits: signal handlers, files, connections."""
    for kind in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
        signal.signal(kind, signal.SIG_DFL)
    for number in (int(path.name) for path in list(Path("/proc/self/fd").iterdir())):
        if number > 2 and number != output:
            with contextlib.suppress(OSError):
                os.close(number)


@contextlib.contextmanager
def _spawned(
    job: Callable[[], Iterable[object]], seconds: float | None, megabytes: int | None
) -> Iterator[_Child]:
    work = pickle.dumps(job)
    source, output = os.pipe()
    code = _START.format(
        path=sys.path, output=output, parent=os.getpid(), seconds=seconds, megabytes=megabytes
    )
    child = subprocess.Popen(
        [sys.executable, "-c", code],
        stdin=subprocess.PIPE,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        pass_fds=(output,),
    )
    os.close(output)
    assert child.stdin is not None
    try:
        with contextlib.suppress(BrokenPipeError):
            child.stdin.write(_LENGTH.pack(len(work)) + work)
            child.stdin.flush()
        # stdin stays open; when it is closed the child knows that nobody waits for it.
        yield _Child(source, child.wait)
    finally:
        os.close(source)
        child.kill()
        with contextlib.suppress(BrokenPipeError):
            child.stdin.close()
        child.wait()


def serve(output: int, parent: int, seconds: float | None, megabytes: int | None) -> NoReturn:
    """Run the job read from standard input and write its results to the descriptor `output`."""
    if parent:
        end_with(parent)

    def read() -> Callable[[], Iterable[object]]:
        stream = sys.stdin.buffer
        (length,) = _LENGTH.unpack(stream.read(_LENGTH.size))
        job = pickle.loads(stream.read(length))
        if parent:
            end_with_input(sys.stdin.fileno())
        return cast("Callable[[], Iterable[object]]", job)

    _answer(read, output, seconds, megabytes)


def _answer(
    read: Callable[[], Callable[[], Iterable[object]]],
    output: int,
    seconds: float | None,
    megabytes: int | None,
) -> NoReturn:
    """Run the job, write its results and exit without cleaning up."""
    status = 1
    try:
        silent = os.open(os.devnull, os.O_WRONLY)
        os.dup2(silent, 2)  # an engine that runs out of memory writes to stderr
        faulthandler.disable()
        hold(seconds, None)
        job = read()
        hold(None, megabytes)  # after reading: a store in memory that comes along does not count
        with os.fdopen(output, "wb") as stream:
            for frame in _outcome(job):
                stream.write(_LENGTH.pack(len(frame)) + frame)
                stream.flush()
        status = 0
    finally:
        os._exit(status)


def _outcome(job: Callable[[], Iterable[object]]) -> Iterator[bytes]:
    try:
        for part in job():
            yield pickle.dumps((_PART, part))
    except Exception as error:
        try:
            yield pickle.dumps((_ERROR, error))
        except Exception:  # an exception that cannot be pickled
            yield pickle.dumps((_ERROR, EndedError(f"{type(error).__name__}: {error}")))
    else:
        yield pickle.dumps((_END, None))
