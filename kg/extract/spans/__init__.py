"""Finds quotations with their speakers, and date expressions with their values."""
