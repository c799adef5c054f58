"""The shape of what people of the desk send."""
