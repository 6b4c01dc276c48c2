"""The way through the parse from the head of a phrase to a trigger.

Labels upwards to the common ancestor, then downwards: `nsubj^` is a subject of the trigger,
`nsubj^xcomp` the subject of the verb above it, `obl=with^` a phrase with "with". Such paths are the
strongest signs of semantic roles since Gildea & Jurafsky (2002).
"""

from __future__ import annotations

from dataclasses import dataclass

from kg.parsing.tokens import Token

LONGEST = 5
"""Steps on one side from which on paths count as equally long; chosen, not measured."""
_OBLIQUE = frozenset({"obl", "nmod"})
_CASE = frozenset({"case"})


@dataclass(frozen=True, slots=True, kw_only=True)
class Path:
    """A path.

    Attributes:
        text: the path as text; `none` if the words are in different trees.
        up, down: the number of steps on each side, at most `LONGEST`.
    """

    text: str
    up: int
    down: int


NONE = Path(text="none", up=LONGEST, down=LONGEST)


def ascent(word: Token) -> list[Token]:
    """Return a word and all words above it, the root last."""
    return [word, *word.ancestors]


def path(word: Token, above: list[Token], steps: dict[int, int]) -> Path:
    """Return the path from a word to a trigger.

    Args:
        word: the head of a phrase.
        above: the `ascent` of the trigger.
        steps: the position of each token number in `above`.
    """
    upward: list[Token] = []
    for ancestor in ascent(word):
        if ancestor.i in steps:
            down = steps[ancestor.i]
            labels = [token.dep_ for token in upward]
            if upward and labels[0].partition(":")[0] in _OBLIQUE:
                labels[0] += "=" + _preposition(upward[0])
            text = ">".join(labels) + "^" + "<".join(t.dep_ for t in reversed(above[:down]))
            return Path(text=text, up=min(len(upward), LONGEST), down=min(down, LONGEST))
        upward.append(ancestor)
    return NONE


def _preposition(word: Token) -> str:
    return next((c.lower_ for c in word.children if c.dep_ in _CASE), "")
