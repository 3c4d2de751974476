"""How the world reads the record: pages that show and never write."""
