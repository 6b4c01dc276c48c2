"""Queries that try to reach another server, written in every way that we know of.

They are put together from fragments, mostly without blanks between tokens: that is where a guard
and an engine may read differently. Each is made to call where it is not stopped: the data of
`store` match its patterns.
"""

from __future__ import annotations

import contextlib
import random
import socket
import threading
from collections.abc import Iterator

import pyoxigraph as ox

OBJECTS = (
    *("1", "1e0", "1.5", ".5", "-1", "true", "false", '"a"', "'a'", '"""a"""', "'''a'''"),
    *('"a"@en', "'#'", "'>'", '"<"', '"service"', '"a"^^<urn:d>', "<urn:o>", "x:o", "<urn:#a>"),
)
"""What the data of `store` hold, and patterns therefore find."""

_TERMS = (*OBJECTS, "?o", "?o", "_:b", "[]", "x:service")
_NUMBERS = ("1", "1e0", ".5", "1.", "?o", "+1", "-1e0", "(1)")
_TESTS = (
    *("1<2", "1>0", "1<2&&2>1", "true", "?s!=1", "1<=2", "'a'<'b'", "<urn:a>!=<urn:b>", "!false"),
    *(
        "STRLEN(STR(?p))>0",
        "isIRI(?s)",
        "EXISTS{?s ?p ?o}",
        "?o IN(?o)",
        "?o<?o||?o=?o",
        "'>'!='<'",
    ),
)
_WORDS = ("SERVICE", "service", "SeRvIcE", "sERVICE", "SERVICE SILENT", "SERVICESILENT")
_ESCAPED = ("\\u0053ERVICE", "SERVIC\\u0045", "\\U00000053ERVICE", "\u017fervice", "serv\u0131ce")
_NOISE = (
    "#>\n",
    "#'\n",
    '#"\r',
    "#\r\n",
    "#}\n",
    "#'''>\n",
    "\n",
    "\r",
    "\t",
    " ",
    "\x0c",
    "\ufeff",
)
_OPENINGS = ("", "", "", "", "'", '"', "'''", '"""', "<", "\\", "#", "\\'", "@", "^^", "x:\\'")


class Listener:
    """A server on this machine that notes who calls, and hangs up."""

    def __init__(self) -> None:
        """Listen, in a thread of its own."""
        self.calls = 0
        self.socket = socket.create_server(("127.0.0.1", 0), backlog=64)
        self.port = self.socket.getsockname()[1]
        self.thread = threading.Thread(target=self._serve, daemon=True)
        self.thread.start()

    def close(self) -> None:
        """Listen no more: closing alone would leave the thread waiting for ever."""
        with contextlib.suppress(OSError):  # not every system lets go of who listens
            self.socket.shutdown(socket.SHUT_RDWR)
        self.socket.close()
        self.thread.join(1)

    def _serve(self) -> None:
        with contextlib.suppress(OSError):
            while True:
                connection, _ = self.socket.accept()
                self.calls += 1
                connection.close()

    @property
    def address(self) -> str:
        """The address that calls go to."""
        return f"http://127.0.0.1:{self.port}/"


@contextlib.contextmanager
def listening() -> Iterator[Listener]:
    """Listen for a while."""
    found = Listener()
    try:
        yield found
    finally:
        found.close()


def store() -> ox.Store:
    """Return a store whose data match the patterns of the queries."""
    found = ox.Store()
    objects = " , ".join(OBJECTS)
    found.update(f"PREFIX x: <urn:x:> INSERT DATA {{ <urn:s> <urn:p> {objects} }}")
    return found


def ask(engine: ox.Store, query: str, **options: object) -> None:
    """Put a question to an engine, whatever comes of it."""
    with contextlib.suppress(SyntaxError, RuntimeError, ValueError, OSError):
        answer = engine.query(query, prefixes={"x": "urn:x:"}, **options)  # type: ignore[arg-type]
        if not isinstance(answer, ox.QueryBoolean):
            list(answer)


def queries(number: int, seed: int, address: str) -> Iterator[str]:
    """Yield that many queries; the same seed gives the same ones."""
    chance = random.Random(seed)
    for _ in range(number):
        yield _query(chance, address)


_BEFORE = (
    *("?s ?p @T", "?s<urn:p>@T", "?s ?p @T.", "?s ?p @T;", "FILTER(@F)", "FILTER(@N<@N)"),
    *("FILTER(@N<2)@CUT", "FILTER(@N<@N)#>\n", "FILTER(1<2||?o<?o&&'>'>'')", "BIND(@T AS?z)"),
    *("BIND(@N<@N AS?z)", "VALUES?v{@T}", "VALUES(?v){(@T)}", "{}UNION{?s ?p @T}", "[]?p @T"),
    *("MINUS{?s ?p @T FILTER(false)}", "?s ?p ?o FILTER(@F)", "<urn:s><urn:p>@T", "[?p @T]"),
    *("OPTIONAL{?s ?p @T}", "?s ?p 'x>'", "?s(<urn:p>|<urn:q>)*@T", ""),
)
"""What stands before a call, without a blank."""
_INSIDE = ("LATERAL{@}", "OPTIONAL{@}", "FILTER EXISTS{@}", "{@}", "GRAPH?g{@}")
_HEADS = ("SELECT*{@}", "ASK{@}", "SELECT*WHERE{@}", "CONSTRUCT{?a ?b ?c}{@}", "SELECT?s{@}")
_ENDS = ("", "", "", "LIMIT 1", "#", "'", '"', "#>\n", "'''")


def _query(chance: random.Random, address: str) -> str:
    one = chance.choice
    noise = one(_NOISE) if chance.random() < 0.3 else ""
    word = one(_ESCAPED) if chance.random() < 0.08 else one(_WORDS)
    built = chance.random() < 0.3
    target = "?u" if built else one((f"<{address}>", f"<{address}a#b>", f"\n<{address}>"))
    call = f"{word}{noise}{target}{{?a ?b ?c}}"
    if chance.random() < 0.2:
        call = one(_INSIDE).replace("@", call)
    before = one(_BEFORE)
    if "@CUT" in before:
        before = before.replace("@CUT", one(("#>\n", "", "#'>\n")))
        call = one((f"{word}#>\n{target}{{?a ?b ?c}}", call))
    start = one(_OPENINGS) if chance.random() < 0.15 else ""
    body = f"{before}{start}{one(_NOISE) if chance.random() < 0.2 else ''}{call}"
    if built:
        body = f"?s ?p ?o BIND(IRI(CONCAT('{address}',STR(?s)))AS?u){body}"
    for mark, choices in (("@T", _TERMS), ("@F", _TESTS), ("@N", _NUMBERS)):
        while mark in body:
            body = body.replace(mark, one(choices), 1)
    if built and chance.random() < 0.5:
        body = one(("?s ?p ?o LATERAL{@}", "?s ?p ?o FILTER EXISTS{@}")).replace("@", body)
    return one(_HEADS).replace("@", body) + one(_ENDS)
