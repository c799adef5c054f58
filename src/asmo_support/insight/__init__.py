"""Questions about everything: filters of lists."""
