"""From an article to its parse: any parser's trees, mended where they contradict their tags.

`language` turns articles into parses; `parser` says what a parser has to be, `columns` and `tokens`
what it gives, and `spacy_pipeline` is the parser that comes with `kg`.
"""
