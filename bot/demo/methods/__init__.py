"""The methods of the Bot API, one function each: what they check, change and answer."""
