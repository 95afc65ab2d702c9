"""The pictures in the guides and in the walk-through, made anew by ``python -m tests.pictures [NAME…]``."""
