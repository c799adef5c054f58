"""One module for each command of `asmo`; each imports what it needs when it is called."""
