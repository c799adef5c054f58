"""Ways for words to travel: what comes in is kept first, what goes out waits in the outbox."""
