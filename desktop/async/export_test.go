package async

// On returns an App that hands do what the UI goroutine has to run.
func On(do func(func())) *App { return on(do) }
