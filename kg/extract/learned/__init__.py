"""Learned scorers of acts: which words tell an act, of which relation, and who does it to whom.

They are small heads on the vectors of the bundled encoder. What the frames of the cards say at a
word, and how a phrase hangs on it in the parse, are inputs too; so the rules keep their say, and
each decision can be taken apart into its inputs.
"""
