"""Who may come to the desk: signing in with a second factor, limits, ends; typing kept over a lost session."""
