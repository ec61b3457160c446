"""Events: handled inside the transaction that caused them."""
