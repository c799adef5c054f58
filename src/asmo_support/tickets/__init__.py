"""The heart: the life of a ticket."""
