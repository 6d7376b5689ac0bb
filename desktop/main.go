package main

import (
	"fyne.io/fyne/v2/app"
	_ "github.com/zalando/go-keyring"
)

func main() { app.New().Run() }
