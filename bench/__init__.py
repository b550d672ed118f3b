"""Quality and speed, each beside a peer or a baseline, with floors that may only rise: `./run bench [NAME…]`."""
