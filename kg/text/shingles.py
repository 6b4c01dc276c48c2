"""Near-duplicate texts by shingles, without comparing each text with each other.

A text is the set of hashes of its runs of five words (Broder, "On the resemblance and containment
of documents", 1997). Its sketch, the smallest of these hashes, is a sample that two texts share in
proportion to what they have in common; only texts whose sketches meet are compared in full.
"""

from __future__ import annotations

import hashlib
import re
from bisect import bisect_right
from collections.abc import Iterable, Sequence

WORDS = 5
SKETCH = 16
MEETING = 2
"""How many hashes two sketches must share before the texts are compared, if they have as many."""

CONTAINED = 0.6
"""How much of the shorter text must stand in the longer one for it to be the same story."""

_WORD = re.compile(r"\w+")


def shingles(text: str) -> frozenset[str]:
    """Return the hashes of all runs of five words; case and punctuation do not count."""
    words = _WORD.findall(text.casefold())
    runs = {"\x1f".join(words[n : n + WORDS]) for n in range(len(words) - WORDS + 1)}
    return frozenset(map(_hash, runs))


def _hash(run: str) -> str:
    return hashlib.blake2b(run.encode("utf-8", "surrogatepass"), digest_size=8).hexdigest()


def sketch(found: Iterable[str]) -> tuple[str, ...]:
    """Return the sixteen smallest hashes, in order."""
    return tuple(sorted(found)[:SKETCH])


def likely(one: Sequence[str], other: Sequence[str]) -> bool:
    """Return whether two sketches make it worth while to compare the texts.

    Below the smaller of their greatest hashes both sketches are complete, so the shares there tell
    those of the texts; half of what is asked of the texts is asked of them.
    """
    top = min((s[-1] for s in (one, other) if len(s) == SKETCH), default="~")
    first, second = (s[: bisect_right(s, top)] for s in (one, other))
    least, common = min(len(first), len(second)), len(set(first) & set(second))
    return common >= max(min(MEETING, least), CONTAINED / 2 * least) and least > 0


def near(one: frozenset[str], other: frozenset[str]) -> bool:
    """Return whether the greater part of the shorter text stands in the longer one."""
    least = min(len(one), len(other))
    return least > 0 and len(one & other) >= CONTAINED * least
