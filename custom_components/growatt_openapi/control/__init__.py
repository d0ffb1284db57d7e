"""Changes at Growatt: sent once, then looked for until the lists show them."""
