"""The only door to spreadsheets: reads tables of cells, writes the flows out. Knows no answers and no words."""
