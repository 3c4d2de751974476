"""The history at the desk: who wrote what when, with the way back; what was removed; and the page of a past day."""
