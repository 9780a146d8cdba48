package main

import (
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
		return nil, said("没有 --in：指明文件，或用 - 表示标准输入", "--in is missing: name a file, or - for standard input")
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

// open opens what --in names, and returns what to call at the end.
func (c *console) open(name string) (io.Reader, func(), error) {
	switch name {
	case "":
		_, err := c.read("")
		return nil, nil, err
	case "-":
		return c.in, func() {}, nil
	}
	f, err := os.Open(name) //nolint:gosec // the user names the file
	if err != nil {
		return nil, nil, err
	}
	return f, func() { _ = f.Close() }, nil // it was only read
}
