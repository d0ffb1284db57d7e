"""Groups of entities that several families share."""
