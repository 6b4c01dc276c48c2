"""Characters, word forms, table cells and near-duplicate texts; needs nothing else of `kg`."""
