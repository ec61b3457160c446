"""What other servers may ask and send, tried over HTTP."""
