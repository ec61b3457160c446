"""The ground of what apps talk to: typed endpoints, parameters in any form, pages of a list, errors."""
