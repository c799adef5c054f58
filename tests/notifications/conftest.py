"""Letters are compared in Russian, so the catalogues have to be there before anything is said."""

from asmo_support.config import messages

messages.compile_all()
