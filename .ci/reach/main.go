// Command reach reports whether something answers at an address:
//
//	reach NAME ADDRESS
//
// ADDRESS is a connection string that has host:port in it, or an https URL.
package main

import (
	"context"
	"errors"
	"fmt"
	"net"
	"net/http"
	"os"
	"regexp"
	"strings"
	"time"
)

func main() {
	if len(os.Args) != 3 {
		fmt.Fprintln(os.Stderr, "usage: reach NAME ADDRESS")
		os.Exit(2)
	}
	ctx, cancel := context.WithTimeout(context.Background(), 10*time.Second)
	err := reach(ctx, os.Args[2])
	cancel()
	if err != nil {
		fmt.Fprintf(os.Stderr, "%s: nothing answers: %v\n", os.Args[1], err) // the address may hold a password
		os.Exit(1)
	}
}

func reach(ctx context.Context, address string) error {
	if strings.HasPrefix(address, "https://") {
		request, err := http.NewRequestWithContext(ctx, http.MethodGet, address, http.NoBody)
		if err != nil {
			return err
		}
		response, err := http.DefaultClient.Do(request)
		if err != nil {
			return err
		}
		if response.StatusCode != http.StatusOK {
			err = fmt.Errorf("status %s", response.Status)
		}
		return errors.Join(err, response.Body.Close())
	}
	host := regexp.MustCompile(`(\[[0-9a-fA-F:]+\]|[0-9A-Za-z.-]+):[0-9]+`).FindAllString(address, -1)
	if len(host) == 0 {
		return errors.New("it names no host:port")
	}
	conn, err := new(net.Dialer).DialContext(ctx, "tcp", host[len(host)-1])
	if err != nil {
		return err
	}
	return conn.Close()
}
