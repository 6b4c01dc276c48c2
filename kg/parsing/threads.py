"""Multiply matrices in one thread: they are small, and rounding would depend on the cores."""

from __future__ import annotations

from contextlib import AbstractContextManager
from functools import cache
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from threadpoolctl import ThreadpoolController


@cache
def _threads() -> ThreadpoolController:
    from threadpoolctl import ThreadpoolController

    return ThreadpoolController()


def one_thread() -> AbstractContextManager[object]:
    """Return a context in which the process multiplies matrices in one thread."""
    limited: AbstractContextManager[object] = _threads().limit(limits=1, user_api="blas")
    return limited
