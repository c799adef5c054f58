"""АСМО-поддержка: the service desk of a software vendor."""
