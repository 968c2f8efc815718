"""What Guia knows about a Nextcloud: from what a server answered to findings. Pure: others ask the server."""
