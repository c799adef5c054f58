"""Customers and their people."""
