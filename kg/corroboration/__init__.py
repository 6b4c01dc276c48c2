"""Which articles bear each other out: reprints, independent accounts, acts told by several."""
