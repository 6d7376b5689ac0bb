package grid

// Remembered returns how many rows the grid keeps.
func (g *Grid[T]) Remembered() int { return len(g.rows) }
