"""The short forms: every act that decides nothing, each kind on one screen, from the page of its case or matter."""
