"""Explain why a statement was extracted, and why another was not."""
