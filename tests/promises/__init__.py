"""The seventeen promises, each attacked through every door: pages, apps, other servers, commands."""
