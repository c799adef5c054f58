"""`python -m asmo_support` is the same as `asmo`."""

from asmo_support.config.cli import main

if __name__ == "__main__":
    main()
