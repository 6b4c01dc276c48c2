"""The bundled English language pipeline, as data files."""
