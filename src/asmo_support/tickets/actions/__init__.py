"""What can be done with tickets. Each chapter is one theme; every deed is one transaction and one event."""
