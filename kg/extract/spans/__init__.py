"""Stretches of text with a meaning of their own: quotations and dates."""
