"""The door everybody comes through first."""
