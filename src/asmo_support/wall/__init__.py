"""Who is acting: database roles, row policies and the declaration of every table."""
