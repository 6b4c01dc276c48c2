"""Changing a tree: a token is hung on another one."""

from __future__ import annotations

from kg.parsing.tokens import Token


def hang(token: Token, head: Token, label: str) -> None:
    """Hang `token` on `head` with a label, or on itself, which makes it a root.

    Nothing happens where that would close a circle. Sentences follow: each tree is one.
    """
    root = head
    while root is not token and root.head is not root:
        root = root.head
    if root is token and head is not token:
        return
    if token.head is not head:
        _move(token, head, token if head is token else root)
    token.dep_ = label


def _move(token: Token, head: Token, root: Token) -> None:
    """Give a token another head, which stands in the tree of `root`."""
    before = next(reversed([token, *token.ancestors]))
    if token.head is not token:
        token.head.children = [child for child in token.head.children if child is not token]
    if head is not token:
        head.children = sorted([*head.children, token], key=_position)
    token.head = head
    if before is not root:  # another tree, so sentences may begin elsewhere
        token.doc.divide([each.head.i for each in token.doc])


def first_below(token: Token) -> int:
    """Return the position of the first token of the subtree, in whatever order its branches lie."""
    first, waiting = token.i, [token]
    while waiting:
        here = waiting.pop()
        first = min(first, here.i)
        waiting += here.children
    return first


def _position(token: Token) -> int:
    return token.i
