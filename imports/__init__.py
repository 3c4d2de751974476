"""Dockets and tables brought in as proposals: readers of files, batches, and what an editor accepts."""
