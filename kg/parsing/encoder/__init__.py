"""The bundled encoder: one network that tags, parses and finds names, as a spaCy component."""
