"""The values of the inputs that have a number in the scorers: labels, classes, paths."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from functools import cached_property

ROLES = ("agent", "target", "about")
"""The roles that are scored, in the order of the scores."""

RULED = ("agent", "target", "about", "where")
"""The roles that a rule may give; one that it gives to another word of the referent has a number
of its own behind these."""


@dataclass(frozen=True)
class Alphabet:
    """All values by kind of input; the number of a value is its position plus 1, and 0 if unknown.

    Attributes:
        relations: local names of relations.
        pos: coarse parts of speech.
        deps: labels of arcs.
        kinds: classes of referents.
        pronouns: groups of pronouns, see `PRONOUNS`.
        paths: the way through the parse from a phrase to a trigger, see `kg.extract.learned.paths`.
    """

    relations: Sequence[str]
    pos: Sequence[str]
    deps: Sequence[str]
    kinds: Sequence[str]
    pronouns: Sequence[str]
    paths: Sequence[str]

    @classmethod
    def read(cls, text: str) -> Alphabet:
        """Return the alphabet that `written` wrote."""
        return cls(**json.loads(text))

    def written(self) -> str:
        """Return the alphabet as JSON."""
        return json.dumps(asdict(self), indent=0, ensure_ascii=False)

    @cached_property
    def numbers(self) -> Mapping[str, Mapping[str, int]]:
        """Return the numbers of the values, by name of the attribute."""
        return {
            name: {value: number for number, value in enumerate(values, 1)}
            for name, values in asdict(self).items()
        }
