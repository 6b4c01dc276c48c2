"""Answer SPARQL queries: check them, run them within limits, format the result."""
