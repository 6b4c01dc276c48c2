"""Builds `seeds/gazetteer` from open gazetteers and the hand-written tables in `input/`."""
