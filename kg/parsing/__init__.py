"""From an article to its parse: language pipelines, mended trees, tokens as plain objects."""
