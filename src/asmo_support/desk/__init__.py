"""The door of the support desk."""
