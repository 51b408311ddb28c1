"""Which messages were seen before, in memory that doesn't grow."""

from mmap import mmap

_SLOTS = 1 << 22
_MOST = _SLOTS * 3 // 4
_WORD = 8


class Seen:
    """The first 3.1 million different messages, by 64 bits of their SHA-256, in 32 MiB.

    Exact up to there, but for one chance in four million that any two of three million different messages are taken
    for one. What comes when it is full is looked up but not remembered, so later repeats of it count as new.
    """

    def __init__(self) -> None:
        # Pages that the system gives when they are first written.
        self._table = memoryview(mmap(-1, _SLOTS * _WORD)).cast("Q")
        self._count = 0

    @property
    def full(self) -> bool:
        """Whether new messages are no longer remembered."""
        return self._count >= _MOST

    def add(self, digest: int) -> bool:
        """Remembers a message.

        Args:
            digest: 64 bits of its hash.

        Returns:
            Whether it was there before.
        """
        digest = digest or 1  # an empty slot is 0
        table, slot = self._table, digest & (_SLOTS - 1)
        while (there := table[slot]) != 0:
            if there == digest:
                return True
            slot = (slot + 1) & (_SLOTS - 1)
        if self._count < _MOST:
            table[slot] = digest
            self._count += 1
        return False
