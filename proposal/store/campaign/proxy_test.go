//go:build unix

package campaign

import (
	"net"
	"sync"
	"testing"

	"github.com/stretchr/testify/require"
)

// proxy stands between a client and its server and cuts connections when it is
// armed: at a number of bytes on their way to the server, or before the next
// answer comes back.
type proxy struct {
	listener net.Listener
	server   string

	mu          sync.Mutex
	armed       bool
	answer      bool // count answers of the server, rather than bytes to it
	left        int  // to let pass before the cut
	cuts        int
	connections map[net.Conn]bool
}

func startProxy(t *testing.T, server string) *proxy {
	t.Helper()
	l, err := net.Listen("tcp", "127.0.0.1:0")
	require.NoError(t, err)
	p := &proxy{listener: l, server: server, connections: map[net.Conn]bool{}}
	go p.accept()
	t.Cleanup(func() {
		require.NoError(t, l.Close())
		p.mu.Lock()
		defer p.mu.Unlock()
		for c := range p.connections {
			_ = c.Close() // ends its copying
		}
	})
	return p
}

func (p *proxy) address() string { return p.listener.Addr().String() }

// cutAfter arms the proxy: after so many bytes to the server, it cuts.
func (p *proxy) cutAfter(bytes int) {
	p.mu.Lock()
	defer p.mu.Unlock()
	p.armed, p.answer, p.left = true, false, bytes
}

// cutAnswer arms the proxy: n more answers of the server are delivered; in the
// place of the next, the connection is cut.
func (p *proxy) cutAnswer(n int) {
	p.mu.Lock()
	defer p.mu.Unlock()
	p.armed, p.answer, p.left = true, true, n
}

// disarm lets everything pass again and tells how often the proxy has cut.
func (p *proxy) disarm() int {
	p.mu.Lock()
	defer p.mu.Unlock()
	p.armed = false
	return p.cuts
}

func (p *proxy) accept() {
	for {
		client, err := p.listener.Accept()
		if err != nil {
			return
		}
		server, err := net.Dial("tcp", p.server)
		if err != nil {
			_ = client.Close()
			continue
		}
		p.mu.Lock()
		p.connections[client], p.connections[server] = true, true
		p.mu.Unlock()
		go p.copy(server, client, true)
		go p.copy(client, server, false)
	}
}

func (p *proxy) copy(to, from net.Conn, toServer bool) {
	buffer := make([]byte, 32<<10)
	for {
		n, err := from.Read(buffer)
		pass, cut := p.judge(n, toServer)
		if pass > 0 {
			if _, err := to.Write(buffer[:pass]); err != nil {
				cut = true
			}
		}
		if err != nil || cut {
			_, _ = to.Close(), from.Close() // the other copy ends too
			p.mu.Lock()
			delete(p.connections, to)
			delete(p.connections, from)
			p.mu.Unlock()
			return
		}
	}
}

// judge tells how many of n bytes pass, and whether the connection is cut then.
func (p *proxy) judge(n int, toServer bool) (pass int, cut bool) {
	p.mu.Lock()
	defer p.mu.Unlock()
	if !p.armed || p.answer == toServer || n == 0 {
		return n, false
	}
	if p.answer {
		if p.left--; p.left >= 0 {
			return n, false
		}
		p.armed, p.cuts = false, p.cuts+1
		return 0, true
	}
	if n <= p.left {
		p.left -= n
		return n, false
	}
	p.armed, p.cuts = false, p.cuts+1
	return p.left, true
}
