"""What the benchmark of broadcasts is made of: limits, a Bot API that keeps them, senders."""
