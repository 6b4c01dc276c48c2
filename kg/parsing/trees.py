"""Changes of a dependency tree: gives a token another head."""

from __future__ import annotations

from kg.parsing.tokens import Token


def hang(token: Token, head: Token, label: str) -> None:
    """Make `head` the head of `token`, with a label; `token` itself as `head` makes it a root.

    A change that would make a cycle is not made. Sentences are updated, since each tree is one.
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
    """Give a token another head; `root` is the root of the tree it moves to."""
    before = next(reversed([token, *token.ancestors]))
    if token.head is not token:
        token.head.children = [child for child in token.head.children if child is not token]
    if head is not token:
        head.children = sorted([*head.children, token], key=_position)
    token.head = head
    if before is not root:  # another tree, so sentences may begin elsewhere
        token.doc.divide([each.head.i for each in token.doc])


def first_below(token: Token) -> int:
    """Return the position of the first token of the subtree, also if arcs cross."""
    first, waiting = token.i, [token]
    while waiting:
        here = waiting.pop()
        first = min(first, here.i)
        waiting += here.children
    return first


def _position(token: Token) -> int:
    return token.i
