"""What happens when Growatt fails: the table, and each row of it at work."""
