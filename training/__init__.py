"""How the bundled English pipeline is made: convert, train, evaluate, package."""
