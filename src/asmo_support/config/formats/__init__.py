"""How each language writes dates wherever Django writes them; `ui.words` says the same on pages."""
