package main

import (
	"runtime/debug"

	"github.com/spf13/cobra"
)

// version is that of the module, or of the revision it was built from.
func version() string {
	info, ok := debug.ReadBuildInfo()
	if !ok || info.Main.Version == "" {
		return "(devel)"
	}
	return info.Main.Version
}

func versionCommand(c *console) *cobra.Command {
	return &cobra.Command{
		Use: "version", Short: c.t("输出版本", "Print the version"), Example: "  tian version", Args: cobra.NoArgs,
		RunE: func(*cobra.Command, []string) error {
			return c.answer(map[string]string{"version": version()}, func() error { return c.say("tian %s", version()) })
		},
	}
}
