"""What happened, and what it means in law: the record of dated acts and the rules that read it."""
