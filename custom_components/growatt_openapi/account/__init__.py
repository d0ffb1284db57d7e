"""Account: a token on a server, before and beside its config entry."""
