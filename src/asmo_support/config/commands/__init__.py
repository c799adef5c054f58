<<<<<<< HEAD
"""The commands of `asmo`, a module each; loaded when they are called."""
=======
"""One module for each command of `asmo`; each imports what it needs when it is called."""
>>>>>>> base
