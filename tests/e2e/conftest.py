"""What every end-to-end test begins with; the stack itself is in tests/live.py, which browser tests share."""

from tests.live import fresh_allowances

__all__ = ["fresh_allowances"]
