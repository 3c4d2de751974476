"""The public views: each asks a named question of the record, hands it to a builder, and draws one template."""
