"""The map as a picture: nodes, order, geometry, letters. Every hand that draws it gets the same shapes."""
