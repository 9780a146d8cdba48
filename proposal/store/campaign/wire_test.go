//go:build unix

package campaign

import (
	"bufio"
	encoding "encoding/binary"
	"errors"
	"io"
	"net"
	"slices"
	"sync"
	"testing"
	"time"

	"github.com/stretchr/testify/require"
)

// saboteur stands between a store and its database. It counts the statements
// that pass and does something at one of them.
type saboteur interface {
	// arm begins to count anew, and does the fault at statement k; 0: none.
	arm(k int, f fault, cancel func())

	// end lets nothing pass any more, waits until the database has done with what
	// passed, and tells how many statements there were and whether the fault came.
	end() (seen int, came bool)
}

// fault is what happens at a statement.
type fault string

const (
	crashBefore fault = "killed before a statement"            // it does not reach the database, and nothing after it
	crashAfter  fault = "killed after a statement, unanswered" // it is done, the answer is lost, and nothing follows
	contextEnds fault = "context ended at a statement"         // it goes on, and its caller no longer waits
)

// wire is a saboteur that reads what a client and its server say to each other:
// it knows where a statement begins and which answer ends it.
type wire struct {
	listener net.Listener
	server   string
	protocol func() protocol

	mu     sync.Mutex
	at     int
	fault  fault
	cancel func()
	seen   int
	came   bool
	dead   bool
	conns  map[net.Conn]bool // false: of the server
	drain  sync.WaitGroup    // connections to the server that it has not closed yet
}

// protocol reads the messages of one connection.
type protocol interface {
	// request reads a message of the client's and reports whether it is a statement.
	request(r *bufio.Reader) (message []byte, statement bool, err error)

	// sent notes a statement that is passed on.
	sent(message []byte, n int)

	// answer reads a message of the server's and returns the numbers of the
	// statements that it ends.
	answer(r *bufio.Reader) (message []byte, ended []int, err error)
}

func startWire(t *testing.T, server string, p func() protocol) *wire {
	t.Helper()
	l, err := net.Listen("tcp", "127.0.0.1:0")
	require.NoError(t, err)
	w := &wire{listener: l, server: server, protocol: p, conns: map[net.Conn]bool{}}
	go w.accept()
	return w
}

func (w *wire) arm(k int, f fault, cancel func()) {
	w.mu.Lock()
	defer w.mu.Unlock()
	w.at, w.fault, w.cancel, w.seen, w.came = k, f, cancel, 0, false
}

func (w *wire) end() (seen int, came bool) {
	w.mu.Lock()
	w.kill()
	w.mu.Unlock()
	_ = w.listener.Close() // ends accept
	w.drain.Wait()
	w.mu.Lock()
	defer w.mu.Unlock()
	return w.seen, w.came
}

// kill does to every connection what the death of the client's process does.
func (w *wire) kill() {
	w.dead = true
	for c, ofClient := range w.conns {
		if ofClient {
			_ = c.Close()
			continue
		}
		if half, ok := c.(*net.TCPConn); ok {
			_ = half.CloseWrite() // the server reads on to the end, and closes
		}
	}
}

func (w *wire) accept() {
	for {
		client, err := w.listener.Accept()
		if err != nil {
			return
		}
		server, err := net.Dial("tcp", w.server)
		w.mu.Lock()
		if err != nil || w.dead {
			w.mu.Unlock()
			_ = client.Close()
			if err == nil {
				_ = server.Close()
			}
			continue
		}
		w.conns[client], w.conns[server] = true, false
		w.drain.Add(1)
		w.mu.Unlock()
		p := &locked{protocol: w.protocol()}
		go w.toServer(client, server, p)
		go w.toClient(client, server, p)
	}
}

// locked guards what the two directions of a connection know together.
type locked struct {
	sync.Mutex
	protocol
}

func (w *wire) toServer(client, server net.Conn, p *locked) {
	in := bufio.NewReader(client)
	defer func() {
		if half, ok := server.(*net.TCPConn); ok {
			_ = half.CloseWrite()
		}
	}()
	for {
		message, statement, err := p.request(in)
		if err != nil {
			return
		}
		if statement {
			n, pass := w.statement()
			if !pass {
				return
			}
			p.Lock()
			p.sent(message, n)
			p.Unlock()
		}
		if _, err := server.Write(message); err != nil {
			return
		}
	}
}

// statement counts one, and reports whether it passes.
func (w *wire) statement() (n int, pass bool) {
	w.mu.Lock()
	defer w.mu.Unlock()
	if w.dead {
		return 0, false
	}
	w.seen++
	if w.seen != w.at {
		return w.seen, true
	}
	switch w.fault {
	case crashBefore:
		w.came = true
		w.kill()
		return w.seen, false
	case contextEnds:
		w.came = true
		w.cancel()
	case crashAfter: // when it is answered
	}
	return w.seen, true
}

func (w *wire) toClient(client, server net.Conn, p *locked) {
	defer w.drain.Done()
	defer func() {
		_, _ = server.Close(), client.Close()
		w.mu.Lock()
		delete(w.conns, server)
		delete(w.conns, client)
		w.mu.Unlock()
	}()
	_ = server.SetReadDeadline(time.Now().Add(2 * time.Minute))
	in := bufio.NewReader(server)
	for {
		message, ended, err := readAnswer(in, p)
		if err != nil {
			return
		}
		w.mu.Lock()
		if w.fault == crashAfter && w.at > 0 && slices.Contains(ended, w.at) && !w.dead {
			w.came = true
			w.kill()
		}
		dead := w.dead
		w.mu.Unlock()
		if dead {
			_, _ = io.Copy(io.Discard, in) // to the end of what the server has to say
			return
		}
		if _, err := client.Write(message); err != nil {
			if half, ok := server.(*net.TCPConn); ok {
				_ = half.CloseWrite()
			}
			_, _ = io.Copy(io.Discard, in)
			return
		}
	}
}

func readAnswer(in *bufio.Reader, p *locked) ([]byte, []int, error) {
	if _, err := in.Peek(1); err != nil { // waits without the lock
		return nil, nil, err
	}
	p.Lock()
	defer p.Unlock()
	return p.answer(in)
}

// postgresProtocol is version 3 of PostgreSQL's, without TLS. A statement is a
// simple query, the execution of a prepared one, or the end of a batch, at which
// a batch outside a transaction is committed.
type postgresProtocol struct {
	started bool
	waiting []waiting
}

type waiting struct {
	kind byte
	n    int
}

func (p *postgresProtocol) request(r *bufio.Reader) ([]byte, bool, error) {
	if !p.started {
		m, err := readMessage(r, 0)
		p.started = true
		return m, false, err
	}
	m, err := readMessage(r, 1)
	if err != nil {
		return nil, false, err
	}
	return m, m[0] == 'Q' || m[0] == 'E' || m[0] == 'S', nil
}

func (p *postgresProtocol) sent(message []byte, n int) {
	p.waiting = append(p.waiting, waiting{message[0], n})
}

func (p *postgresProtocol) answer(r *bufio.Reader) ([]byte, []int, error) {
	m, err := readMessage(r, 1)
	if err != nil || len(p.waiting) == 0 {
		return m, nil, err
	}
	switch m[0] {
	case 'C', 'I', 's': // complete, empty, suspended
		if p.waiting[0].kind == 'E' {
			return m, p.pop(1), nil
		}
	case 'Z': // ready for the next query: all up to the end of the batch is over
		for i, one := range p.waiting {
			if one.kind != 'E' {
				return m, p.pop(i + 1), nil
			}
		}
	}
	return m, nil, nil
}

func (p *postgresProtocol) pop(n int) (ended []int) {
	for _, one := range p.waiting[:n] {
		ended = append(ended, one.n)
	}
	p.waiting = p.waiting[n:]
	return ended
}

// readMessage reads one whose length, after the given number of bytes, counts
// itself and what follows.
func readMessage(r *bufio.Reader, before int) ([]byte, error) {
	head := make([]byte, before+4)
	if _, err := io.ReadFull(r, head); err != nil {
		return nil, err
	}
	length := encoding.BigEndian.Uint32(head[before:])
	if length < 4 || length > 1<<30 {
		return nil, errors.New("this is not PostgreSQL's protocol")
	}
	m := make([]byte, before+int(length))
	copy(m, head)
	_, err := io.ReadFull(r, m[len(head):])
	return m, err
}

// mysqlProtocol is that of MySQL and MariaDB, without TLS or compression. A
// statement is a query, or one that is prepared or executed.
type mysqlProtocol struct{ current int }

func (p *mysqlProtocol) request(r *bufio.Reader) ([]byte, bool, error) {
	m, err := readPacket(r)
	if err != nil {
		return nil, false, err
	}
	const query, prepare, execute = 0x03, 0x16, 0x17
	first := m[3] == 0 && len(m) > 4 // a command begins the numbers anew
	return m, first && (m[4] == query || m[4] == prepare || m[4] == execute), nil
}

func (p *mysqlProtocol) sent(_ []byte, n int) { p.current = n }

// answer takes the first packet that follows a statement for its end: the server
// has done with it by then, but for the rows it may still have to send.
func (p *mysqlProtocol) answer(r *bufio.Reader) (m []byte, ended []int, err error) {
	if m, err = readPacket(r); err == nil && p.current > 0 {
		ended, p.current = []int{p.current}, 0
	}
	return m, ended, err
}

func readPacket(r *bufio.Reader) ([]byte, error) {
	head := make([]byte, 4)
	if _, err := io.ReadFull(r, head); err != nil {
		return nil, err
	}
	length := int(head[0]) | int(head[1])<<8 | int(head[2])<<16
	m := make([]byte, len(head)+length)
	copy(m, head)
	_, err := io.ReadFull(r, m[len(head):])
	return m, err
}
