"""The longer parts of the scripts, as Python modules."""
