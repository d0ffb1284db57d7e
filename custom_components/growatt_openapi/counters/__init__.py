"""Energy counters: each kilowatt-hour once; pure Python."""
