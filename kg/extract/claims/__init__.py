"""Whether an act is told as fact, planned, possible or denied, and on whose word."""
