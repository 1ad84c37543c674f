"""Projects that citizens sign up for: catalogue, forms, places, the queue, sessions."""
