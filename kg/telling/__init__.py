"""Group statements into acts, and word them as English sentences."""
