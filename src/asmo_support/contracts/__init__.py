"""What a customer bought: contracts with a period."""
