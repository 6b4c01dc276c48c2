"""Every store there is, empty at the beginning of each test."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
import servers

from kg.store import Store, open_store

STORES = (
    "memory",
    "disk",
    "oxigraph",
    "oxigraph-graph-store",
    pytest.param("virtuoso", marks=pytest.mark.slow),
    pytest.param("virtuoso-graph-store", marks=pytest.mark.slow),
)
Opener = Callable[..., Store]


@pytest.fixture(scope="session")
def oxigraph_server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The address of a running Oxigraph server."""
    with servers.oxigraph(tmp_path_factory.mktemp("oxigraph")) as address:
        yield address


@pytest.fixture(scope="session")
def virtuoso_server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The address of a running Virtuoso."""
    with servers.virtuoso(tmp_path_factory.mktemp("virtuoso")) as address:
        yield address


@pytest.fixture(params=STORES)
def opener(request: pytest.FixtureRequest, tmp_path: Path) -> Opener:
    """A function that opens the same store again and again, empty at first."""
    name: str = request.param
    if name == "memory":
        return lambda mode="r", **options: open_store(None, mode, **options)
    if name == "disk":
        return lambda mode="r", **options: open_store(tmp_path / "news.kg", mode, **options)
    server = request.getfixturevalue(f"{name.removesuffix('-graph-store')}_server")
    servers.clear(name, server)
    address = servers.address_of(name, server)
    return lambda mode="r", **options: open_store(address, mode, **options)


@pytest.fixture
def store(opener: Opener) -> Iterator[Store]:
    """Every store, open to write."""
    with opener("w") as opened:
        yield opened
