"""Calls: what exchanges tell, what people write down."""
