"""Parses articles, with any parser, and corrects errors that tags and trees show.

`language` turns articles into parses, `parser` has the interface of a parser, `columns` and
`tokens` its output. `spacy_pipeline` is the parser that comes with `kg`.
"""
