// Command modproxy publishes the modules of a git repository as a module proxy
// in a folder:
//
//	modproxy REPOSITORY VERSION FOLDER
//
// It takes the modules that go.work uses, but for those in folders with a dot,
// which are not released. Each is packed from its tag, VERSION or DIR/VERSION, by
// the rules of https://go.dev/ref/mod#zip-files, and its path is printed.
// GOPROXY=file://FOLDER then serves them.
package main

import (
	"context"
	"encoding/json"
	"fmt"
	"io"
	"os"
	"os/exec"
	"path"
	"path/filepath"
	"strings"
	"time"

	"golang.org/x/mod/modfile"
	"golang.org/x/mod/module"
	"golang.org/x/mod/zip"
)

func main() {
	if len(os.Args) != 4 {
		fmt.Fprintln(os.Stderr, "usage: modproxy REPOSITORY VERSION FOLDER")
		os.Exit(2)
	}
	if err := publish(context.Background(), os.Args[1], os.Args[2], os.Args[3], os.Stdout); err != nil {
		fmt.Fprintln(os.Stderr, "modproxy:", err)
		os.Exit(1)
	}
}

func publish(ctx context.Context, repository, version, folder string, out io.Writer) error {
	repository, err := filepath.Abs(repository) // zip.CreateFromVCS needs it
	if err != nil {
		return err
	}
	dirs, err := released(filepath.Join(repository, "go.work"))
	if err != nil {
		return err
	}
	for _, dir := range dirs {
		m := source{repository: repository, dir: dir, version: version}
		modulePath, err := m.publish(ctx, folder)
		if err != nil {
			return fmt.Errorf("module in %q at tag %s: %w", dir, m.tag(), err)
		}
		if _, err := fmt.Fprintln(out, modulePath); err != nil {
			return err
		}
	}
	return nil
}

// released returns the folders that a go.work file uses, with slashes, without
// those that have a dot before their name. The folder of the file itself is "".
func released(goWork string) ([]string, error) {
	raw, err := os.ReadFile(goWork)
	if err != nil {
		return nil, err
	}
	work, err := modfile.ParseWork(goWork, raw, nil)
	if err != nil {
		return nil, err
	}
	var dirs []string
	for _, use := range work.Use {
		dir := path.Clean(filepath.ToSlash(use.Path))
		switch {
		case dir == ".":
			dirs = append(dirs, "")
		case !strings.HasPrefix(dir, "."):
			dirs = append(dirs, dir)
		}
	}
	return dirs, nil
}

// source is a module in a folder of a repository, at a version.
type source struct{ repository, dir, version string }

func (s source) tag() string { return path.Join(s.dir, s.version) }

// publish writes the four files that a proxy serves for a version, and returns
// the module's path.
func (s source) publish(ctx context.Context, folder string) (string, error) {
	goMod, err := s.git(ctx, "show", s.tag()+":"+path.Join(s.dir, "go.mod"))
	if err != nil {
		return "", err
	}
	committed, err := s.git(ctx, "log", "-1", "--format=%ct", s.tag())
	if err != nil {
		return "", err
	}
	var seconds int64
	if _, err := fmt.Sscan(committed, &seconds); err != nil {
		return "", err
	}
	v := module.Version{Path: modfile.ModulePath([]byte(goMod)), Version: s.version}
	if err := module.Check(v.Path, v.Version); err != nil {
		return "", err
	}
	info, err := json.Marshal(map[string]any{"Version": v.Version, "Time": time.Unix(seconds, 0).UTC()})
	if err != nil {
		return "", err
	}
	escaped, err := module.EscapePath(v.Path)
	if err != nil {
		return "", err
	}
	at := filepath.Join(folder, filepath.FromSlash(escaped), "@v")
	if err := os.MkdirAll(at, 0o750); err != nil {
		return "", err
	}
	for name, content := range map[string]string{
		"list": v.Version + "\n", v.Version + ".info": string(info), v.Version + ".mod": goMod,
	} {
		if err := os.WriteFile(filepath.Join(at, name), []byte(content), 0o600); err != nil {
			return "", err
		}
	}
	return v.Path, s.pack(filepath.Join(at, v.Version+".zip"), v)
}

func (s source) pack(name string, v module.Version) error {
	file, err := os.Create(name)
	if err != nil {
		return err
	}
	if err := zip.CreateFromVCS(file, v, s.repository, s.tag(), s.dir); err != nil {
		_ = file.Close() // there is an error already
		return err
	}
	return file.Close()
}

func (s source) git(ctx context.Context, arguments ...string) (string, error) {
	cmd := exec.CommandContext(ctx, "git", arguments...)
	cmd.Dir = s.repository
	var complaint strings.Builder
	cmd.Stderr = &complaint
	out, err := cmd.Output()
	if err != nil {
		return "", fmt.Errorf("git %s: %w: %s", arguments[0], err, complaint.String())
	}
	return string(out), nil
}
