"""Check and rewrite SPARQL queries as text, and bind their parameters.

A question may only read, and may not contact other machines. Parsers disagree on where a token
ends: some read `1<2)SERVICE#>` as a comparison and a keyword, others as an IRI. So a query is not
judged as it stands: `guarded` writes it anew without comments, and with the word "service" escaped
or renamed inside strings, IRIs and names. If the word is still anywhere in the result, in any case,
the query is refused. So no parser can find that keyword in it.
"""

from __future__ import annotations

import re
import textwrap
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

from kg.errors import ForbiddenQueryError, MalformedQueryError, QueryError
from kg.rdf import vocabulary as v

_ESCAPE = r"""\\u[0-9A-Fa-f]{4} | \\U[0-9A-Fa-f]{8}"""
_CHARACTER = rf"""\\[tbnrf"'\\] | {_ESCAPE}"""
_TOKEN = re.compile(
    rf"""
      (?P<comment>\#[^\r\n]*)
    | (?P<less><(?:=|(?=[?$]\w+(?:\)|&&|[-+*/,!]) | [-+]?[\d.]+(?:[eE][-+]?\d+)?(?:\)|&&))))
    | (?P<iri><(?:[^<>"{{}}|^`\\\x00-\x20] | {_ESCAPE})*+>)
    | (?P<string>\"{{3}}(?:\"{{0,2}}(?:[^"\\] | {_CHARACTER}))*+\"{{3}}
        | '{{3}}(?:'{{0,2}}(?:[^'\\] | {_CHARACTER}))*+'{{3}}
        | "(?:[^"\\\r\n] | {_CHARACTER})*+" | '(?:[^'\\\r\n] | {_CHARACTER})*+')
    | (?P<variable>[?$]\w+)
    | (?P<prefixed>(?:[^\W\d](?:[\w.-]*[\w-])?)?:(?:[\w:%-] | \\[^\w\s] | \.+(?=[\w:%\\-]))*+)
    | (?P<word>[^\W\d]\w*)
    | (?P<tag>@[A-Za-z]+(?:-[A-Za-z0-9]+)*)
    | (?P<number>[0-9]+(?:\.[0-9]+)?(?:[eE][-+]?[0-9]+)?)
    | (?P<space>\s+)
    | (?P<other>.)
    """,
    re.VERBOSE | re.DOTALL,
)
_QUERIES = frozenset({"SELECT", "ASK", "CONSTRUCT", "DESCRIBE"})
_UPDATES = frozenset(
    {"INSERT", "DELETE", "LOAD", "CLEAR", "CREATE", "DROP", "COPY", "MOVE", "ADD", "WITH"}
)
# Python's IGNORECASE also matches a long s as s and a dotless i as i.
_AWAY = re.compile("service", re.IGNORECASE)
# IRI schemes of functions built into some servers, some of which fetch a URL.
_FUNCTIONS = ("bif:", "sql:", "java:")
_CODED = re.compile(r"\\u([0-9A-Fa-f]{4})|\\U([0-9A-Fa-f]{8})|\\.", re.DOTALL)
_SHORT = {'"': '\\"', "'": "\\'", "\\": "\\\\", "\n": "\\n", "\r": "\\r"}
_NOT_IN_IRI = re.compile(r"""[<>"{}|^`\\\x00-\x20]""")
_ABSOLUTE = re.compile(r"[A-Za-z][A-Za-z0-9+.-]*:")
_DEEPEST = 500
"""Most nested brackets; measured: the engine's stack overflows from 1,600 on."""
_REASON = 160  # characters of the parser's message in an error: chosen, not measured
_PLACE = re.compile(r"error at (\d+):(\d+): (.*)", re.DOTALL)


@dataclass(frozen=True, slots=True, kw_only=True)
class Guarded:
    """A query that is safe to run.

    Attributes:
        text: the rewritten query.
        columns: original names of renamed variables, by new name.
        graphs: IRIs after FROM; None for one that cannot be resolved.
    """

    text: str
    columns: Mapping[str, str] = field(default_factory=dict)
    graphs: tuple[str | None, ...] = ()


def _tokens(sparql: str) -> Iterator[tuple[str, str]]:
    for match in _TOKEN.finditer(sparql):
        yield match.lastgroup or "other", match[0]


def check(sparql: str) -> None:
    """Raise an error if a query would change the store or contact another machine."""
    guarded(sparql)


def guarded(sparql: str, prefixes: Mapping[str, str] | None = None) -> Guarded:
    """Return a query rewritten so that no engine can find SERVICE in it.

    Args:
        sparql: the query.
        prefixes: namespaces by prefix that need no declaration; by default the usual ones.

    Raises:
        ForbiddenQueryError: it is an update, or uses SERVICE or `FROM` with a file.
        MalformedQueryError: it is nested too deeply, or has an invalid escape.
    """
    writer = _Writer(sparql.removeprefix("\ufeff"), v.PREFIXES if prefixes is None else prefixes)
    text = writer.text()
    if writer.form in _UPDATES:
        raise ForbiddenQueryError(
            f"{writer.form} changes the store, and a question only reads",
            hint="change the graph with kg build and kg remove",
        )
    if _AWAY.search(text):
        raise ForbiddenQueryError(
            "SERVICE asks another server, and a question stays on this machine",
            hint="ask each server by itself; as part of a name, write it in a full IRI",
        )
    if writer.chooses and writer.files:
        raise ForbiddenQueryError(
            "FROM with a file reads outside the store", hint="leave FROM out to ask the whole store"
        )
    return Guarded(text=text, columns=writer.columns, graphs=tuple(writer.graphs))


class _Writer:
    """Rewrites a query token by token and collects what decides whether it is allowed."""

    def __init__(self, sparql: str, prefixes: Mapping[str, str]) -> None:
        self.sparql = sparql
        self.prefixes = dict(prefixes)
        self.columns: dict[str, str] = {}
        self.graphs: list[str | None] = []
        self.form = ""
        self.chooses = self.files = False
        self.depth = 0
        self.before = ("", "")  # the last two tokens but spaces and comments, words in capitals

    def text(self) -> str:
        """Return the rewritten query."""
        return "".join(self.written(kind, text) for kind, text in _tokens(self.sparql))

    def written(self, kind: str, text: str) -> str:
        """Return the text that replaces a token."""
        if kind == "comment":
            return ""
        if kind == "space":
            return text
        found = text
        match kind:
            case "iri":
                found = self.iri(text)
            case "string":
                found = _hidden(_decoded(text))
            case "variable":
                found = self.renamed(text, self.columns)
            case "prefixed":
                found = self.prefixed(text)
            case "word":
                self.word(text.upper())
            case "less":
                found = f"{text} "  # so that no parser takes `<` for the start of an IRI
            case "other":
                self.other(text)
        self.before = (self.before[1], text.upper() if kind == "word" else text)
        return found

    def word(self, word: str) -> None:
        """Note the query form and FROM."""
        if not self.form and word in _QUERIES | _UPDATES:
            self.form = word
        self.chooses = self.chooses or "FROM" in word

    def other(self, text: str) -> None:
        """Refuse backslashes outside of strings and names, and brackets nested too deeply."""
        if text in "([{":
            self.depth += 1
        elif text in ")]}":
            self.depth -= 1
        elif text == "\\":
            raise MalformedQueryError(
                "a backslash stands where it cannot",
                hint="it escapes characters inside of strings, IRIs and names",
            )
        if self.depth > _DEEPEST:
            raise MalformedQueryError(
                f"it is nested more than {_DEEPEST} brackets deep", hint="ask more simply"
            )

    def iri(self, text: str) -> str:
        """Return an IRI with the word escaped; note prefixes, files and graphs."""
        plain = _iri(text[1:-1])
        if plain.lower().startswith("file:"):
            self.files = True
        self.outside(plain)
        first, last = self.before
        if first == "PREFIX" and last.endswith(":"):
            self.prefixes[last[:-1]] = plain
        self.chosen(plain if _ABSOLUTE.match(plain) else None)
        return f"<{_hidden(plain)}>"

    def outside(self, iri: str) -> None:
        """Refuse functions of a server that go beyond SPARQL."""
        if iri.lower().startswith(_FUNCTIONS):
            raise ForbiddenQueryError(
                f"<{iri}> names what only some server can do",
                hint="use the functions of the query language",
            )

    def chosen(self, iri: str | None) -> None:
        """Note an IRI after FROM or FROM NAMED."""
        if self.before[1] == "FROM" or self.before == ("FROM", "NAMED"):
            self.graphs.append(iri)

    def prefixed(self, text: str) -> str:
        """Return a prefixed name; as a full IRI if its local part has the word in it."""
        prefix, _, local = text.partition(":")
        declared = self.before[1] == "PREFIX"
        space = self.prefixes.get(prefix)
        plain = re.sub(r"\\(.)", r"\1", local)
        if not declared and space is not None:
            self.outside(space + plain)
        self.chosen(None if space is None else space + plain)
        if _AWAY.search(local) and space is not None and _ABSOLUTE.match(space):
            return f"<{_hidden(space + plain)}>"
        return f"{self.renamed(prefix, {})}:{local if prefix != '_' else self.renamed(local, {})}"

    def renamed(self, name: str, originals: dict[str, str]) -> str:
        """Return a name with the word changed, the same each time; note the original.

        The new name keeps the alphabetical order, which is the order of the columns of `SELECT *`.
        """
        if not _AWAY.search(name):
            return name
        end = "dz"
        while re.search(f"servic{end}", self.sparql, re.IGNORECASE):
            end += "z"
        new = _AWAY.sub(lambda match: match[0][:-1] + end + match[0][-1], name)
        originals[new.lstrip("?$")] = name.lstrip("?$")
        return new


def _hidden(text: str) -> str:
    """Return the inside of a string or IRI with the word written by an equivalent escape."""
    return _AWAY.sub(lambda match: f"\\u{ord(match[0][0]):04X}{match[0][1:]}", text)


def _decoded(string: str) -> str:
    """Return a string with its escaped characters written as such, where SPARQL allows it.

    Some servers decode escapes before they look for tokens.
    """
    if "\\u" not in string and "\\U" not in string:
        return string
    return _CODED.sub(_decode, string)


def _decode(match: re.Match[str]) -> str:
    if match[0][1] not in "uU":
        return match[0]
    character = _character(match[1] or match[2])
    if character < " " and character not in _SHORT:
        return match[0]
    return _SHORT.get(character, character)


def _character(digits: str) -> str:
    """Return the character of a hexadecimal code; an invalid code is an error."""
    number = int(digits, 16)
    if number > 0x10FFFF or 0xD800 <= number < 0xE000:
        raise MalformedQueryError(
            f"the escape {digits} stands for no character", hint="escape whole characters"
        )
    return chr(number)


def _iri(inside: str) -> str:
    """Return an IRI without escapes."""
    if "\\" not in inside:
        return inside
    plain = _CODED.sub(lambda match: _character(match[1] or match[2]), inside)
    if found := _NOT_IN_IRI.search(plain):
        raise MalformedQueryError(f"an IRI cannot have {found[0]!r} in it", hint="encode it with %")
    return plain


def bind(sparql: str, params: Mapping[str, str], known: Mapping[str, str] | None = None) -> str:
    """Return a query with its `$` variables replaced by string literals.

    A literal cannot change the query. A parameter in `known` without a value becomes the empty
    string.

    Raises:
        QueryError: a value is given for a parameter that the query does not have.
    """
    if "$" not in sparql and not params:
        return sparql
    found = {text[1:] for kind, text in _tokens(sparql) if kind == "variable" and text[0] == "$"}
    for name in params:
        if name not in found:
            hint = f"it has: {', '.join(sorted(found))}" if found else "it has none"
            raise QueryError(f"the query has no parameter {name!r}", hint=hint)
    values = {**dict.fromkeys(known or (), ""), **params}
    return "".join(
        str(v.plain(values[text[1:]]))
        if kind == "variable" and text[0] == "$" and text[1:] in values
        else text
        for kind, text in _tokens(sparql)
    )


def showing_all(sparql: str) -> str:
    """Return the SELECT with all its variables shown; empty for GROUP BY and other forms."""
    tokens = list(_tokens(sparql))
    words = [text.upper() if kind == "word" else "" for kind, text in tokens]
    if "SELECT" not in words or "GROUP" in words:
        return ""
    start = words.index("SELECT")
    ends = ("WHERE", "FROM", "{")
    end = next(
        (n for n in range(start, len(tokens)) if words[n] in ends or tokens[n][1] in ends), start
    )
    text = ["".join(t for _, t in part) for part in (tokens[:start], tokens[end:])]
    return f"{text[0]}SELECT DISTINCT * {text[1]}"


def behind_construct(sparql: str) -> str:
    """Return a SELECT with the WHERE clause of a CONSTRUCT; empty for other forms."""
    tokens = list(_tokens(sparql))
    words = [text.upper() if kind == "word" else "" for kind, text in tokens]
    if "CONSTRUCT" not in words:
        return ""
    start = words.index("CONSTRUCT")
    depth, end = 0, start + 1
    while end < len(tokens) and (depth or words[end] not in ("WHERE", "FROM")):
        depth += {"{": 1, "}": -1}.get(tokens[end][1], 0)
        end += 1
        if not depth and tokens[end - 1][1] == "}":
            break
    text = ["".join(t for _, t in part) for part in (tokens[:start], tokens[end:])]
    return f"{text[0]}SELECT DISTINCT * {text[1]}"


def terms_in(sparql: str) -> frozenset[str]:
    """Return the IRIs of our ontology that a query names, as `kg:` names or in full."""
    found = set()
    for kind, text in _tokens(sparql):
        if kind == "prefixed" and text.startswith("kg:"):
            found.add(v.KG + text[3:])
        elif kind == "iri" and text[1:].startswith(v.KG):
            found.add(text[1:-1])
    return frozenset(found)


def malformed(error: SyntaxError) -> MalformedQueryError:
    """Return the error for a query that does not parse, with line and column."""
    match = _PLACE.match(str(error))
    if match is None:
        return MalformedQueryError(f"the query does not parse: {error}")
    line, column, reason = match.groups()
    # The parser's message lists every token that it would have accepted.
    reason = textwrap.shorten(reason, _REASON, placeholder=" ...")
    return MalformedQueryError(
        f"the query does not parse: {reason}",
        where=f"line {line}, column {column}",
        hint="see https://www.w3.org/TR/sparql11-query/",
    )
