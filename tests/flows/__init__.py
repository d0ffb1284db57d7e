"""Tests of the dialogs: adding, renewing, changing an account, and its options."""
