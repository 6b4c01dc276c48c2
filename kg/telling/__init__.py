"""What statements tell: which act each is about, and the English sentence that says it."""
