"""Determine the modality and polarity of an act, its date and its sources."""
