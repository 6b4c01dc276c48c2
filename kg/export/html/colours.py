"""Adapts colours and shapes of classes, so that they are visible on light and dark pages."""

from __future__ import annotations

import re

SHAPES = frozenset({"dot", "square", "diamond", "triangle", "triangleDown", "star", "hexagon"})
LIGHT_GROUND, DARK_GROUND = "#fbfaf7", "#16181b"
CONTRAST = 3.0  # least contrast ratio of graphical objects (WCAG 2.2, criterion 1.4.11)
_GREY = "#7a7f87"
_HEX = re.compile(r"#[0-9a-fA-F]{6}\Z")


def shape(name: str) -> str:
    """Return `name` if the page can draw this shape, else `dot`."""
    return name if name in SHAPES else "dot"


def on_light(colour: str) -> str:
    """Return `colour`, darkened until its contrast to the light page is `CONTRAST`."""
    return _until_legible(colour, LIGHT_GROUND, 0)


def on_dark(colour: str) -> str:
    """Return `colour`, lightened until its contrast to the dark page is `CONTRAST`."""
    return _until_legible(colour, DARK_GROUND, 255)


def contrast(one: str, other: str) -> float:
    """Return the contrast ratio of two colours, 1 to 21, as WCAG 2.2 defines it."""
    low, high = sorted((_luminance(one), _luminance(other)))
    return (high + 0.05) / (low + 0.05)


def _channels(colour: str) -> list[int]:
    return [int(colour[i : i + 2], 16) for i in (1, 3, 5)]


def _luminance(colour: str) -> float:
    linear = [
        c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4
        for c in (value / 255 for value in _channels(colour))
    ]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def _until_legible(colour: str, ground: str, towards: int) -> str:
    channels = _channels(colour if _HEX.match(colour) else _GREY)
    while True:
        found = "#" + "".join(f"{c:02x}" for c in channels)
        if contrast(found, ground) >= CONTRAST:
            return found
        channels = [
            c + (1 if towards > c else -1) * max(1, abs(towards - c) // 12) if c != towards else c
            for c in channels
        ]
