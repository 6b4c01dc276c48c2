"""Learned scorers of roles: whom a remark is about, and whom or what an act is done to.

They are small heads on the vectors of the bundled encoder. What the frames of the cards say, and
how a phrase hangs on the trigger in the parse, are inputs too; so the rules keep their say, and
each decision can be taken apart into its inputs.
"""
