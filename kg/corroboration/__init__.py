"""Find reprints, the original publisher of each article, and acts that several outlets report."""
