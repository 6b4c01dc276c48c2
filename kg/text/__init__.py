"""Control characters, inflection, spreadsheet cells, near-duplicates; imports nothing of `kg`."""
