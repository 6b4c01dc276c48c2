"""The interface of a parser, and the look-up of parsers by name."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from typing import Protocol, cast, runtime_checkable

from kg import plugins
from kg.errors import PluginError, UnsuitableModelError
from kg.parsing.labels import SCHEMES
from kg.parsing.tokens import Document


@runtime_checkable
class Parser(Protocol):
    """Anything that finds words, parts of speech, trees and names in English texts.

    To add one, write a class with these three members and pass an instance to `kg.load`. Or
    offer it by name in a package: its entry point in the group `kg.parsers` is a function without
    arguments that returns the parser. Nothing else in `kg` has to change.

        class Mine:
            version = "mine-1.0"
            scheme = "ud"

            def parse(self, texts):
                return [Document.of(Columns(text=text, ...)) for text in texts]

        kg.load(Mine())
    """

    @property
    def version(self) -> str:
        """Name and version in one word ("mine-1.0"); articles are read again when it changes."""
        ...

    @property
    def scheme(self) -> str:
        """Label scheme of the trees: `ud` (Universal Dependencies v2) or `clearnlp`."""
        ...

    def parse(self, texts: Sequence[str]) -> Iterable[Document]:
        """Return one document for each text, in order, made with `Document.of`.

        The texts are the paragraphs of one article: plain quotes, single spaces, no line breaks.
        The same texts must give the same documents. A text without tokens gives an empty document.
        Return new documents on each call: the caller changes them and moves their tokens.
        """
        ...


def check(parser: object) -> None:
    """Raise an error if an object is not a parser.

    Raises:
        UnsuitableModelError: it lacks a member of `Parser`, or its scheme is unknown.
    """
    name = type(parser).__name__
    if not isinstance(parser, Parser):
        raise UnsuitableModelError(
            "it is no parser",
            where=name,
            hint="give it `version`, `scheme` and `parse`; see kg.parsing.parser.Parser",
        )
    if parser.scheme not in SCHEMES:
        raise UnsuitableModelError(
            f"the label scheme {parser.scheme!r} is unknown",
            where=name,
            hint=f"use one of {', '.join(SCHEMES)}",
        )


def offered(name: str) -> Parser | None:
    """Return the parser that an installed package offers by `name`, None where none does.

    Raises:
        UnsuitableModelError: the entry point cannot be imported, or returns no parser.
    """
    point = plugins.found(plugins.PARSERS).get(name)
    if point is None:
        return None
    try:
        parser: Parser = cast(Callable[[], Parser], plugins.load(point))()
    except PluginError as error:
        raise UnsuitableModelError(error.what, where=error.where, hint=error.hint) from error
    except TypeError as error:
        raise UnsuitableModelError(
            f"it makes no parser: {error}", where=name, hint="install it again"
        ) from error
    return parser
