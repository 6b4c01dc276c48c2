"""What hangs on a word in the parse: phrases, and the logical arguments of verbs and nouns."""
