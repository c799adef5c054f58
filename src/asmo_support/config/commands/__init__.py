"""The commands of `asmo`, a module each; loaded when they are called."""
