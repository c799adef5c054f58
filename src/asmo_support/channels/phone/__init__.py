"""Calls: what an exchange tells, what people write down, and whom to call back."""
