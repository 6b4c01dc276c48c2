"""Frames of the relation cards found in the parse, and their roles filled."""
