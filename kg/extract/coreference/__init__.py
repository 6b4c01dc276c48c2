"""Resolve pronouns and other noun phrases to referents."""
