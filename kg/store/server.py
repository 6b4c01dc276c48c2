"""Client for the SPARQL 1.1 protocols over HTTP: query, update and Graph Store."""

from __future__ import annotations

import os
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import IO, Self, cast
from urllib.parse import unquote, urlsplit, urlunsplit

import pyoxigraph as ox
import requests
from requests.auth import AuthBase, HTTPBasicAuth, HTTPDigestAuth

from kg.errors import QueryError, ServerError, StoreWriteError

SCHEMES = ("http://", "https://")
JSON = "application/sparql-results+json"
N_TRIPLES = "application/n-triples"
USER, PASSWORD, TOKEN = "KG_STORE_USER", "KG_STORE_PASSWORD", "KG_STORE_TOKEN"
_CONNECT, _READ = 10.0, 600.0  # timeouts in seconds: chosen, not measured
_LOOPBACK = frozenset({"localhost", "127.0.0.1", "::1"})
_SHOWN = 300  # characters of a server's message shown in an error: chosen, not measured
_FORM = "QUERY[,UPDATE[,GRAPH_STORE]], such as http://host/query,http://host/update"

Fields = Sequence[tuple[str, str]]


@dataclass(frozen=True, slots=True, kw_only=True)
class Address:
    """The URLs of a server for queries, updates and the Graph Store protocol; empty if none."""

    query: str
    update: str = ""
    graph_store: str = ""

    @classmethod
    def parse(cls, text: str) -> Self:
        """Return the address that `QUERY[,UPDATE[,GRAPH_STORE]]` stands for.

        Raises:
            ServerError: a part is not an HTTP URL.
        """
        parts = [part.strip() for part in text.split(",")]
        if len(parts) > 3 or not parts[0]:
            raise ServerError("it is not an address of a SPARQL server", where=text, hint=_FORM)
        for part in filter(None, parts):
            if not part.lower().startswith(SCHEMES) or not urlsplit(part).hostname:
                raise ServerError(
                    f"{_public(part)} is not an address of a SPARQL server", hint=_FORM
                )
        query, update, graph_store = (*parts, "", "")[:3]
        return cls(query=query, update=update, graph_store=graph_store)

    @property
    def given(self) -> str:
        """The address with user name and password, as `parse` takes it."""
        return ",".join((self.query, self.update, self.graph_store))

    @property
    def writable(self) -> bool:
        """Return whether the address has a part for updates or for the Graph Store protocol."""
        return bool(self.update or self.graph_store)

    def __str__(self) -> str:
        """Return the address as it was given, without user names and passwords."""
        return ",".join(map(_public, self.given.split(","))).rstrip(",")


def _public(url: str) -> str:
    """Return an address without user name and password."""
    parts = urlsplit(url)
    return urlunsplit(parts._replace(netloc=parts.netloc.rpartition("@")[2]))


class _Bearer(AuthBase):
    def __init__(self, token: str) -> None:
        self.token = token

    def __call__(self, request: requests.PreparedRequest) -> requests.PreparedRequest:
        request.headers["Authorization"] = f"Bearer {self.token}"
        return request


class Server:
    """A SPARQL server. It contacts only the given addresses; redirects are refused.

    User name and password come from the address or from the environment (`KG_STORE_USER`,
    `KG_STORE_PASSWORD`) and are sent when the server asks for them, by basic or digest
    authentication. A bearer token comes from `KG_STORE_TOKEN` and is always sent.
    """

    def __init__(self, address: Address) -> None:
        """Prepare a session; no request is sent yet."""
        self.address = address
        self.name = ""
        self._session = requests.Session()
        self._auth: AuthBase | None = None
        if token := os.environ.get(TOKEN):
            self._auth = _Bearer(token)

    def close(self) -> None:
        """Close the connections."""
        self._session.close()

    def read(self, sparql: str, *, accept: str = JSON, dataset: Fields = ()) -> IO[bytes]:
        """Return the response to a query as a byte stream.

        Args:
            sparql: the query.
            accept: media type of the answer.
            dataset: `default-graph-uri` and `named-graph-uri` parameters.

        Raises:
            QueryError: the server rejects the query.
            ServerError: it cannot be reached, or would cut the answer.
        """
        response = self._send(
            "POST",
            self.address.query,
            form=[("query", sparql), *dataset],
            headers={"Accept": accept},
            stream=True,
        )
        if not response.ok:
            raise QueryError(
                f"the server refuses the query: {_reason(response)}",
                where=_public(self.address.query),
            )
        if limit := response.headers.get("X-SPARQL-MaxRows"):
            raise ServerError(
                f"the server cuts answers at {limit} rows",
                where=_public(self.address.query),
                hint="raise its limit (Virtuoso: ResultSetMaxRows)",
            )
        response.raw.decode_content = True
        return cast(IO[bytes], response.raw)

    def rows(self, sparql: str, *, dataset: Fields = ()) -> ox.QuerySolutions | ox.QueryBoolean:
        """Return the answer to a SELECT or ASK query; see `read` for arguments and errors."""
        stream = self.read(sparql, dataset=dataset)
        try:
            return ox.parse_query_results(stream, format=ox.QueryResultsFormat.JSON)
        except (OSError, SyntaxError, ValueError) as error:
            raise self.unclear(error) from error

    def triples(self, sparql: str, *, dataset: Fields = ()) -> list[ox.Triple]:
        """Return the triples that a CONSTRUCT or DESCRIBE query makes."""
        stream = self.read(sparql, accept=N_TRIPLES, dataset=dataset)
        try:
            found = ox.parse(stream, format=ox.RdfFormat.N_TRIPLES)
            return [quad.triple for quad in found]
        except (OSError, SyntaxError, ValueError) as error:
            raise self.unclear(error) from error

    def unclear(self, error: Exception) -> ServerError:
        """Return the error for an answer that breaks off or cannot be parsed."""
        return ServerError(
            f"the answer cannot be read: {error}",
            where=_public(self.address.query),
            hint="is it the address of a SPARQL query service?",
        )

    def update(self, sparql: str) -> None:
        """Send an update, as one request.

        Raises:
            StoreWriteError: the server rejects it.
            ServerError: it cannot be reached.
        """
        response = self._send("POST", self.address.update, form=[("update", sparql)])
        self._written(response, self.address.update)

    def put(self, graph: str, triples: bytes) -> None:
        """Replace a graph by N-Triples (Graph Store protocol); errors as in `update`."""
        self._store("PUT", graph, triples)

    def post(self, graph: str, triples: bytes) -> None:
        """Add N-Triples to a graph (Graph Store protocol); errors as in `update`."""
        self._store("POST", graph, triples)

    def delete(self, graph: str) -> None:
        """Delete a graph if it exists (Graph Store protocol); errors as in `update`."""
        self._store("DELETE", graph)

    def _store(self, method: str, graph: str, triples: bytes | None = None) -> None:
        response = self._send(
            method,
            self.address.graph_store,
            params={"graph": graph},
            data=triples,
            headers={"Content-Type": N_TRIPLES} if triples is not None else {},
        )
        if method != "DELETE" or response.status_code != requests.codes.not_found:
            self._written(response, self.address.graph_store)

    def _written(self, response: requests.Response, url: str) -> None:
        if not response.ok:
            raise StoreWriteError(
                f"the server refuses to write: {_reason(response)}",
                where=_public(url),
                hint="check its rights and its log",
            )

    def _send(
        self,
        method: str,
        url: str,
        *,
        form: Fields | None = None,
        data: bytes | None = None,
        params: Mapping[str, str] | None = None,
        headers: Mapping[str, str] | None = None,
        stream: bool = False,
    ) -> requests.Response:
        # Proxy settings of the environment do not apply to servers on this machine.
        self._session.trust_env = urlsplit(url).hostname not in _LOOPBACK

        def send() -> requests.Response:
            return self._session.request(
                method,
                _public(url),
                data=list(form) if form is not None else data,
                params=params,
                headers=headers,
                auth=self._auth,
                timeout=(_CONNECT, _READ),
                allow_redirects=False,
                stream=stream,
            )

        try:
            response = send()
            if response.status_code == requests.codes.unauthorized and self._auth is None:
                self._auth = self._login(url, response.headers.get("WWW-Authenticate", ""))
                response = send() if self._auth else response
        except requests.RequestException as error:
            raise ServerError(
                f"the server does not answer: {_cause(error)}",
                where=_public(url),
                hint="is it running, and is the address right?",
            ) from error
        self.name = response.headers.get("Server", "")
        if response.status_code in (requests.codes.unauthorized, requests.codes.forbidden):
            raise ServerError(
                f"the server denies access: {_reason(response)}",
                where=_public(url),
                hint=f"set {USER} and {PASSWORD}, or {TOKEN}",
            )
        if response.is_redirect:
            raise ServerError(
                f"the server sends to {response.headers.get('Location')}",
                where=_public(url),
                hint="name that address instead",
            )
        return response

    def _login(self, url: str, challenge: str) -> AuthBase | None:
        """Return the authentication for a challenge, or None if no user name is known."""
        parts = urlsplit(url)
        user = unquote(parts.username or "") or os.environ.get(USER)
        password = unquote(parts.password or "") or os.environ.get(PASSWORD, "")
        if not user:
            return None
        digest = challenge.lower().startswith("digest")
        return HTTPDigestAuth(user, password) if digest else HTTPBasicAuth(user, password)


def _reason(response: requests.Response) -> str:
    words = " ".join(response.text.split())[:_SHOWN]
    return f"{response.status_code} {response.reason}" + (f", {words}" if words else "")


def _cause(error: Exception) -> str:
    """Return the innermost cause; the messages of the outer ones contain object addresses."""
    seen: BaseException = error
    while inner := seen.__cause__ or seen.__context__:
        seen = inner
    return str(seen) or type(seen).__name__
