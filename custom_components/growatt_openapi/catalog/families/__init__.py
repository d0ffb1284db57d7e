"""Device families, one file each."""
