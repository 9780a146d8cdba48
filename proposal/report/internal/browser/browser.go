// Package browser opens pages in headless Chromium for tests, over its pipe of
// commands.
package browser

import (
	"bufio"
	"bytes"
	"context"
	"encoding/base64"
	"encoding/json"
	"errors"
	"fmt"
	"os"
	"os/exec"
	"strings"
)

// ErrMissing is returned where there is no Chromium.
var ErrMissing = errors.New("no chromium: apt-get install -y --no-install-recommends chromium fonts-noto-cjk")

// Page is a page that is open.
type Page struct {
	cmd     *exec.Cmd
	in, out *os.File
	read    *bufio.Reader
	dir     string
	session string
	n       int
}

// Open opens a file in a browser of its own.
func Open(ctx context.Context, file string) (*Page, error) {
	path := ""
	for _, name := range []string{"chromium", "chromium-browser", "google-chrome"} {
		if found, err := exec.LookPath(name); err == nil {
			path = found
			break
		}
	}
	if path == "" {
		return nil, ErrMissing
	}
	dir, err := os.MkdirTemp("", "browser-*")
	if err != nil {
		return nil, fmt.Errorf("browser: %w", err)
	}
	theirIn, in, err := os.Pipe()
	if err != nil {
		return nil, fmt.Errorf("browser: %w", err)
	}
	out, theirOut, err := os.Pipe()
	if err != nil {
		return nil, fmt.Errorf("browser: %w", err)
	}
	cmd := exec.CommandContext(ctx, path, "--headless", "--no-sandbox", "--disable-gpu", "--hide-scrollbars", //nolint:gosec // a browser that was found
		"--remote-debugging-pipe", "--force-renderer-accessibility", "--user-data-dir="+dir, "about:blank")
	cmd.ExtraFiles = []*os.File{theirIn, theirOut}
	if err := cmd.Start(); err != nil {
		return nil, fmt.Errorf("browser: %w", err)
	}
	_, _ = theirIn.Close(), theirOut.Close() // they are the browser's now
	p := &Page{cmd: cmd, in: in, out: out, read: bufio.NewReader(out), dir: dir}
	if err := p.open(file); err != nil {
		return nil, errors.Join(err, p.Close())
	}
	return p, nil
}

func (p *Page) open(file string) error {
	var target struct {
		TargetID string `json:"targetId"` //nolint:tagliatelle // the browser's
	}
	if err := p.call("Target.createTarget", map[string]any{"url": "about:blank"}, &target); err != nil {
		return err
	}
	var attached struct {
		SessionID string `json:"sessionId"` //nolint:tagliatelle // the browser's
	}
	if err := p.call("Target.attachToTarget", map[string]any{"targetId": target.TargetID, "flatten": true}, &attached); err != nil {
		return err
	}
	p.session = attached.SessionID
	for _, method := range []string{"Page.enable", "Accessibility.enable"} {
		if err := p.call(method, nil, nil); err != nil {
			return err
		}
	}
	if err := p.call("Page.navigate", map[string]any{"url": "file://" + file}, nil); err != nil {
		return err
	}
	return p.await("Page.loadEventFired")
}

type message struct {
	ID     int             `json:"id"`
	Method string          `json:"method"`
	Result json.RawMessage `json:"result"`
	Error  *struct {
		Message string `json:"message"`
	} `json:"error"`
}

func (p *Page) next() (message, error) {
	var m message
	data, err := p.read.ReadBytes(0)
	if err != nil {
		return m, fmt.Errorf("browser: %w", err)
	}
	if err := json.Unmarshal(bytes.TrimSuffix(data, []byte{0}), &m); err != nil {
		return m, fmt.Errorf("browser: %w", err)
	}
	return m, nil
}

func (p *Page) await(method string) error {
	for {
		m, err := p.next()
		if err != nil || m.Method == method {
			return err
		}
	}
}

func (p *Page) call(method string, params any, result any) error {
	p.n++
	request := map[string]any{"id": p.n, "method": method}
	if params != nil {
		request["params"] = params
	}
	if p.session != "" {
		request["sessionId"] = p.session
	}
	data, err := json.Marshal(request)
	if err != nil {
		return fmt.Errorf("browser: %w", err)
	}
	if _, err := p.in.Write(append(data, 0)); err != nil {
		return fmt.Errorf("browser: %w", err)
	}
	for {
		m, err := p.next()
		switch {
		case err != nil:
			return err
		case m.ID != p.n:
			continue
		case m.Error != nil:
			return fmt.Errorf("browser: %s: %s", method, m.Error.Message)
		case result == nil:
			return nil
		}
		if err := json.Unmarshal(m.Result, result); err != nil {
			return fmt.Errorf("browser: %s: %w", method, err)
		}
		return nil
	}
}

// Text is all text that the page shows.
func (p *Page) Text() (string, error) {
	var out struct {
		Result struct {
			Value string `json:"value"`
		} `json:"result"`
	}
	err := p.call("Runtime.evaluate", map[string]any{"expression": "document.body.innerText"}, &out)
	return out.Result.Value, err
}

// Heard is what a screen reader is told: role and name of every node, in order.
func (p *Page) Heard() ([]string, error) {
	var out struct {
		Nodes []struct {
			Ignored bool `json:"ignored"`
			Role    struct {
				Value string `json:"value"`
			} `json:"role"`
			Name struct {
				Value string `json:"value"`
			} `json:"name"`
		} `json:"nodes"`
	}
	if err := p.call("Accessibility.getFullAXTree", nil, &out); err != nil {
		return nil, err
	}
	var heard []string
	for _, n := range out.Nodes {
		if !n.Ignored {
			heard = append(heard, strings.TrimSpace(n.Role.Value+" "+n.Name.Value))
		}
	}
	return heard, nil
}

// PDF prints the page as its own style says.
func (p *Page) PDF() ([]byte, error) {
	return p.file("Page.printToPDF", map[string]any{"preferCSSPageSize": true, "printBackground": true})
}

func (p *Page) file(method string, params any) ([]byte, error) {
	var out struct {
		Data string `json:"data"`
	}
	if err := p.call(method, params, &out); err != nil {
		return nil, err
	}
	data, err := base64.StdEncoding.DecodeString(out.Data)
	if err != nil {
		return nil, fmt.Errorf("browser: %w", err)
	}
	return data, nil
}

// Close ends the browser.
func (p *Page) Close() error {
	p.session = ""
	err := p.call("Browser.close", nil, nil)
	_, _ = p.in.Close(), p.out.Close()
	_ = p.cmd.Wait() // it was asked to end
	return errors.Join(err, os.RemoveAll(p.dir))
}
