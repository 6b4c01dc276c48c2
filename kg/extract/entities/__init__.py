"""Who and what an article talks about: names, offices, groups, bodies, events."""
