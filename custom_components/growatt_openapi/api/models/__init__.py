"""Models: typed answers of the cloud."""
