"""The record's own tables, out and in again: cases, defendants and charges as CSV or XLSX, changed rows as drafts."""
