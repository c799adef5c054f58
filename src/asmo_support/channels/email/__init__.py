"""Letters: read, routed, answered."""
