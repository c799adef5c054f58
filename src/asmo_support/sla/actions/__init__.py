"""Deeds of the room: calendars are prepared, published and taken back."""
