"""Find the frames of the relation cards in a parse and fill their roles."""
