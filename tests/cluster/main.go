// Command testbed runs a Kubernetes cluster for tests in one process: etcd, the
// API server, the controllers and the scheduler are the real ones; nodes are
// fake (kwok), so pods become Ready without running anything. It needs no
// privileges, listens on 127.0.0.1 on free ports and keeps all its files under
// one folder. It prints "ready" when the cluster can be used through
// DIR/kubeconfig, and stops on SIGTERM, on SIGINT, and when whoever started it
// is gone or, with -stdin, closes its standard input.
package main

import (
	"context"
	"errors"
	"flag"
	"fmt"
	"io"
	"os"
	"os/signal"
	"syscall"
	"time"
)

// kubernetesVersion is set by the build, from go.mod.
var kubernetesVersion = "v0.0.0"

func main() {
	dir := flag.String("dir", "", "folder for everything the cluster writes; must be new or empty")
	nodes := flag.Int("nodes", 2, "number of fake nodes")
	stdin := flag.Bool("stdin", false, "stop when standard input ends")
	flag.Parse()
	ctx, stop := signal.NotifyContext(context.Background(), syscall.SIGTERM, syscall.SIGINT)
	defer stop()
	go func() {
		for parent := os.Getppid(); os.Getppid() == parent; {
			time.Sleep(time.Second)
		}
		stop()
	}()
	if *stdin {
		go func() {
			io.Copy(io.Discard, os.Stdin)
			stop()
		}()
	}
	if err := run(ctx, *dir, *nodes); err != nil {
		fmt.Fprintln(os.Stderr, "testbed:", err)
		os.Exit(1)
	}
}

// run starts the parts in order and waits for the first that fails, or for ctx.
// The API server outlives its clients, and etcd outlives the API server.
func run(ctx context.Context, dir string, nodes int) error {
	if dir == "" {
		return errors.New("-dir is required")
	}
	c, err := prepare(dir, nodes)
	if err != nil {
		return err
	}
	defer c.log.Close()
	etcd, err := startEtcd(c.dir)
	if err != nil {
		return err
	}
	defer etcd.Close()

	servers := newGroup(context.Background(), c.failed)
	defer servers.stop(10 * time.Second)
	if err := c.startServers(servers, etcd); err != nil {
		return err
	}
	clients := newGroup(ctx, c.failed)
	defer clients.stop(5 * time.Second)
	ready := make(chan error, 1)
	go func() { ready <- c.startClients(clients, nodes) }()
	for {
		select {
		case <-ctx.Done():
			return nil
		case err := <-c.failed:
			return err
		case err := <-ready:
			if err != nil {
				return err
			}
			fmt.Println("ready")
		}
	}
}
