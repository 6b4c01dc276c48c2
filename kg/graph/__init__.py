"""The graph that users hold: articles go in, answers, profiles and files come out."""

from kg.graph.graph import Graph

__all__ = ["Graph"]
