"""Whom to tell, how, when; what we say."""
