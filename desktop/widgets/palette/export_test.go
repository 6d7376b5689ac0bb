package palette

// Rank returns the titles that fit what was typed, the best first.
func Rank(titles []string, typed string) []string {
	var items []Item
	for _, title := range titles {
		items = append(items, Item{Title: title})
	}
	var ranked []string
	for _, item := range rank(items, typed) {
		ranked = append(ranked, item.Title)
	}
	return ranked
}
