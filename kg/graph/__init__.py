"""The public interface: a `Graph` takes articles and gives answers, profiles and exports."""

from kg.graph.graph import Graph

__all__ = ["Graph"]
