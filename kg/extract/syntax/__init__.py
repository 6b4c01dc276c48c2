"""Reads the dependency tree: phrases of a word, and the arguments of verbs and nouns."""
