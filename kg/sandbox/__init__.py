"""Processes that work for another: how long, in how much memory, behind which walls."""
