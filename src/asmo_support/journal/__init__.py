"""What happened: events that are never changed, and the errands that follow from them."""
