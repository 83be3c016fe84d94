"""The databases of transfer_support as fixtures."""

from transfer_support import filled, move

__all__ = ["filled", "move"]
