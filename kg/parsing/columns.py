"""The output of a parser for one text: columns with one entry per token."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from kg.errors import UnsuitableModelError

if TYPE_CHECKING:
    from numpy import floating
    from numpy.typing import NDArray

    Array = NDArray[floating[Any]]

SURE = "kg_probabilities"
"""Key in a spaCy document's `user_data`: probabilities of arc, label and tag, `(tokens, 3)`."""

_WIDTHS = frozenset({"float16", "float32"})


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Probabilities:
    """The parser's probabilities for its choices, token by token.

    Each is an array of shape `(tokens,)` with values from 0 to 1, or None if the parser gives none.
    NaN marks a token whose analysis was changed after parsing (`kg.parsing.mending`).

    Attributes:
        arcs: that the head is right.
        labels: that the label is right, given the head.
        tags: that the fine part of speech is right.
    """

    arcs: Array | None = None
    labels: Array | None = None
    tags: Array | None = None

    @classmethod
    def joined(cls, parts: Sequence[Probabilities | None]) -> Probabilities | None:
        """Return the probabilities of several texts, concatenated; None if no text has any.

        Raises:
            UnsuitableModelError: only some of the texts have them.
        """
        if all(part is None for part in parts):
            return None
        known = [part or cls() for part in parts]
        return cls(
            arcs=joined([part.arcs for part in known], "probabilities of arcs"),
            labels=joined([part.labels for part in known], "probabilities of labels"),
            tags=joined([part.tags for part in known], "probabilities of tags"),
        )


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Columns:
    """The output of a parser for one text; a parser has to fill it in.

    Positions count tokens from 0. `heads` make one tree or several; each tree is a sentence.

    Attributes:
        text: the text, as the parser was given it.
        offsets: where each token begins in `text`, in characters.
        words: each token, as it stands in `text`.
        lemmas: dictionary form of each token.
        tags: fine part of speech, from the Penn Treebank's tag set ("VBD").
        pos: coarse part of speech, from the tag set of Universal Dependencies ("VERB").
        labels: label of the arc to the head, from the parser's scheme; `ROOT` for a root.
        heads: position of each token's head; a root is its own head.
        names: first and last position and kind ("PERSON") of each name, in order.
        vectors: array of shape `(tokens, width)`, float16 or float32: the parser's contextual
            embedding of each token; None if it has none.
        probabilities: the parser's probabilities; None if it has none.
    """

    text: str
    offsets: Sequence[int]
    words: Sequence[str]
    lemmas: Sequence[str]
    tags: Sequence[str]
    pos: Sequence[str]
    labels: Sequence[str]
    heads: Sequence[int]
    names: Sequence[tuple[int, int, str]] = ()
    vectors: Array | None = None
    probabilities: Probabilities | None = None

    def check(self) -> None:
        """Raise an error if the columns are not a valid analysis.

        Raises:
            UnsuitableModelError: columns differ in length, tokens are not in the text in this
                order, a head is out of range, names overlap, or an array has a wrong shape.
                (Cycles of heads are found by `roots`.)
        """
        size = len(self.words)
        columns = (self.offsets, self.lemmas, self.tags, self.pos, self.labels, self.heads)
        if any(len(column) != size for column in columns):
            raise _wrong("columns differ in length")
        end = 0
        for word, offset in zip(self.words, self.offsets, strict=True):
            if not word or offset < end or not self.text.startswith(word, offset):
                raise _wrong(f"the token {word!r} does not stand at character {offset}")
            end = offset + len(word)
        if any(not 0 <= head < size for head in self.heads):
            raise _wrong("a head lies outside the text")
        last = -1
        for first, end, kind in self.names:
            if not last < first <= end < size:
                raise _wrong(f"a name of kind {kind!r} overlaps another or leaves the text")
            last = end
        self._check_arrays(size)

    def _check_arrays(self, size: int) -> None:
        if self.vectors is not None and (
            self.vectors.ndim != 2
            or len(self.vectors) != size
            or self.vectors.dtype.name not in _WIDTHS
        ):
            raise _wrong("vectors are no array (tokens, width) of float16 or float32")
        known = self.probabilities or Probabilities()
        for column in (known.arcs, known.labels, known.tags):
            if column is not None and column.shape != (size,):
                raise _wrong("probabilities are no array with one value for each token")


def joined(parts: Sequence[Array | None], what: str) -> Array | None:
    """Return the arrays concatenated, None if all are missing.

    Raises:
        UnsuitableModelError: some are missing, or they differ in width or type.
    """
    arrays = [part for part in parts if part is not None]
    if not arrays:
        return None
    if len(arrays) < len(parts) or len({(a.shape[1:], a.dtype) for a in arrays}) > 1:
        raise _wrong(f"{what} are missing for some texts, or differ in width or type")
    from numpy import concatenate

    return concatenate(arrays)


def roots(heads: Sequence[int]) -> list[int]:
    """Return the position of the root of each token's tree.

    Args:
        heads: position of each token's head; a root is its own head.

    Raises:
        UnsuitableModelError: the heads have a cycle.
    """
    found = [-1] * len(heads)
    for start in range(len(heads)):
        path: list[int] = []
        at = start
        while found[at] < 0 and heads[at] != at:
            if len(path) > len(heads):
                raise _wrong("heads lead in a circle")
            path.append(at)
            at = heads[at]
        root = found[at] if found[at] >= 0 else at
        found[at] = root
        for step in path:
            found[step] = root
    return found


def _wrong(what: str) -> UnsuitableModelError:
    return UnsuitableModelError(
        f"the parser gives what is no analysis of its text: {what}",
        hint="see kg.parsing.columns.Columns for what a parser has to give",
    )
