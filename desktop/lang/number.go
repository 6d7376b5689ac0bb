package lang

import "strconv"

// Number returns a number with its thousands set apart by a narrow space, as both
// languages read it.
func Number(n int) string {
	digits := strconv.Itoa(n)
	start := 0
	if n < 0 {
		start = 1
	}
	for i := len(digits) - 3; i > start; i -= 3 {
		digits = digits[:i] + "\u2009" + digits[i:]
	}
	return digits
}
