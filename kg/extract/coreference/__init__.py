"""Whom pronouns and other noun phrases mean."""
