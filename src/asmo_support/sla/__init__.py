"""What "in time" means: working time, calendars, norms."""
