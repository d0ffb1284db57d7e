"""What a person does in the page of a real Home Assistant, in a real browser."""
