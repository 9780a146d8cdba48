package main

import (
	"errors"
	"fmt"
	"io"
	"os"

	"github.com/spf13/cobra"
)

// inputFlag gives a command the flag --in.
func inputFlag(cmd *cobra.Command, what string) *string {
	return cmd.Flags().String("in", "", what+": a file, or - for standard input")
}

// read reads the whole of what --in names.
func (c *console) read(name string) ([]byte, error) {
	switch name {
	case "":
		return nil, errors.New("--in is missing: name a file, or - for standard input")
	case "-":
		data, err := io.ReadAll(c.in)
		if err != nil {
			return nil, fmt.Errorf("standard input: %w", err)
		}
		return data, nil
	}
	data, err := os.ReadFile(name) //nolint:gosec // the user names the file
	if err != nil {
		return nil, err
	}
	return data, nil
}

// inputName is how errors call what --in names.
func inputName(name string) string {
	if name == "-" {
		return "standard input"
	}
	return name
}
