"""Determine the modality and polarity of an act, and its sources."""
