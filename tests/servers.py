"""Real SPARQL servers on loopback, started for tests: Oxigraph's and Virtuoso."""

from __future__ import annotations

import os
import shutil
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
import requests

VIRTUOSO_INI = """\
[Database]
DatabaseFile = virtuoso.db
ErrorLogFile = virtuoso.log
LockFile = virtuoso.lck
TransactionFile = virtuoso.trx
xa_persistent_file = virtuoso.pxa
[TempDatabase]
DatabaseFile = virtuoso-temp.db
TransactionFile = virtuoso-temp.trx
[Parameters]
ServerPort = 127.0.0.1:{sql}
ServerThreads = 8
NumberOfBuffers = 10000
MaxDirtyBuffers = 6000
DisableUnixSocket = 1
[HTTPServer]
ServerPort = 127.0.0.1:{http}
ServerThreads = 4
[SPARQL]
ResultSetMaxRows = {rows}
"""
RIGHTS = 'GRANT SPARQL_UPDATE TO "SPARQL";'


def free_port() -> int:
    """Return a port of the loopback address that nobody listens on."""
    with socket.socket() as found:
        found.bind(("127.0.0.1", 0))
        return int(found.getsockname()[1])


def _wait(port: int, process: subprocess.Popen[bytes], log: Path) -> None:
    for _ in range(600):
        if process.poll() is not None:
            raise RuntimeError(f"the server ended: {log.read_text(errors='replace')[-2000:]}")
        with socket.socket() as probe:
            if probe.connect_ex(("127.0.0.1", port)) == 0:
                return
        time.sleep(0.05)
    raise RuntimeError(f"the server does not listen: {log.read_text(errors='replace')[-2000:]}")


@contextmanager
def _running(command: list[str], port: int, folder: Path) -> Iterator[None]:
    folder.mkdir(parents=True, exist_ok=True)
    log = folder / "server.log"
    with log.open("wb") as out:
        process = subprocess.Popen(command, cwd=folder, stdout=out, stderr=out)
    try:
        _wait(port, process, log)
        yield
    finally:
        process.kill()
        process.wait()


@contextmanager
def oxigraph(folder: Path) -> Iterator[str]:
    """Yield the address of an empty Oxigraph server; skip where it is not installed."""
    beside = Path(sys.executable).with_name("oxigraph")
    found = os.fspath(beside) if beside.exists() else shutil.which("oxigraph")
    if not found:
        pytest.skip("the oxigraph server is not installed")
    port = free_port()
    command = [found, "serve", "--bind", f"127.0.0.1:{port}"]  # without a place: in memory
    with _running(command, port, folder):
        yield f"http://127.0.0.1:{port}"


@contextmanager
def virtuoso(folder: Path, *, rows: int = 10_000_000) -> Iterator[str]:
    """Yield the address of an empty Virtuoso that takes updates; skip where it is not installed.

    Args:
        folder: where its files go.
        rows: how many rows an answer may have.
    """
    found, client = shutil.which("virtuoso-t"), shutil.which("isql-vt")
    if not found or not client:
        pytest.skip("the Virtuoso server is not installed")
    sql, http = free_port(), free_port()
    folder.mkdir(parents=True, exist_ok=True)
    ini = VIRTUOSO_INI.format(sql=sql, http=http, rows=rows)
    (folder / "virtuoso.ini").write_text(ini)
    with _running([found, "+foreground", "+configfile", "virtuoso.ini"], http, folder):
        login = [client, f"127.0.0.1:{sql}", "dba", "dba"]
        subprocess.run(
            [*login, f"exec={RIGHTS}"], check=True, stdout=subprocess.DEVNULL, timeout=60
        )
        yield f"http://127.0.0.1:{http}"


def address_of(name: str, server: str) -> str:
    """Return how a store of that name is reached on a server."""
    query, update, graphs = {
        "oxigraph": (f"{server}/query", f"{server}/update", f"{server}/store"),
        "virtuoso": (f"{server}/sparql", f"{server}/sparql", f"{server}/sparql-graph-crud"),
    }[name.removesuffix("-graph-store")]
    return f"{query},,{graphs}" if name.endswith("-graph-store") else f"{query},{update}"


def clear(name: str, server: str) -> None:
    """Drop all graphs whose names begin like ours."""
    path = "/query" if name.startswith("oxigraph") else "/sparql"
    asked = (
        "SELECT DISTINCT ?g { GRAPH ?g { ?s ?p ?o } FILTER(REGEX(STR(?g), '/(article|graph)/')) }"
    )
    found = requests.post(
        server + path,
        data={"query": asked},
        headers={"Accept": "application/sparql-results+json"},
        timeout=60,
    ).json()
    graphs = [row["g"]["value"] for row in found["results"]["bindings"]]
    path = "/update" if name.startswith("oxigraph") else "/sparql"
    for graph in graphs:
        requests.post(
            server + path, data={"update": f"DROP SILENT GRAPH <{graph}>"}, timeout=60
        ).raise_for_status()


def put(server: str, path: Path) -> None:
    """Put a file of N-Quads into an Oxigraph server."""
    with path.open("rb") as quads:
        requests.post(
            f"{server}/store",
            data=quads,
            headers={"Content-Type": "application/n-quads"},
            timeout=60,
        ).raise_for_status()
