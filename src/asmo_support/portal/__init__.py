"""The door of the customers."""
