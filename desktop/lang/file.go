package lang

import "sightline.example/desktop/file"

// fileText says what is in the way of a file, where its path stands beside it.
func fileText(f *file.Fault) string {
	path := Data{"Path": f.Path}
	switch f.Kind {
	case file.Empty:
		return L("Enter the path of a file.")
	case file.Missing:
		return L("There is no file {{.Path}}.", path)
	case file.NoFolder:
		return L("There is no folder {{.Path}}.", path)
	case file.IsFolder:
		return L("{{.Path}} is a folder. Add the name of a file.", path)
	case file.NotPlain:
		return L("{{.Path}} is no ordinary file.", path)
	case file.Exists:
		return L("A file of this name is there already.")
	case file.TooLong:
		return L("This name is too long.")
	case file.Full:
		return L("The disk is full.")
	}
	return fileFailure(f, path)
}

func fileFailure(f *file.Fault, path Data) string {
	switch {
	case f.Kind == file.NotAllowed && f.Writing:
		return L("You may not write to {{.Path}}.", path)
	case f.Kind == file.NotAllowed:
		return L("You may not read {{.Path}}.", path)
	case f.Writing:
		return L("{{.Path}} could not be written.", path)
	}
	return L("{{.Path}} could not be read.", path)
}
