"""Years of many councils by a fake clock: people act, two replicas plan and send, one judges."""
