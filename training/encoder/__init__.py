"""The network that reads everything: what it learns from, how it learns, and how it is written."""
