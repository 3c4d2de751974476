"""The review queue, which is the desk's first page: what waits for me, what is due, what was changed lately."""

from desk.queue.page import Queue, queue_for

__all__ = ["Queue", "queue_for"]
