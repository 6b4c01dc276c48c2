"""Questions in SPARQL: read, guarded, answered within limits, shown."""
