"""Why a statement was read as it was, and why another was not read."""
