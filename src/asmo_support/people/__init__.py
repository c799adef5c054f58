"""Who: users, roles, organizations."""
