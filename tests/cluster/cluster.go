package main

import (
	"context"
	"flag"
	"fmt"
	"net"
	"os"
	"path/filepath"
	"sync"
	"time"

	"go.etcd.io/etcd/server/v3/embed"
	metav1 "k8s.io/apimachinery/pkg/apis/meta/v1"
	"k8s.io/client-go/kubernetes"
	"k8s.io/client-go/rest"
	"k8s.io/client-go/tools/clientcmd"
	"k8s.io/klog/v2"
	kwokclient "sigs.k8s.io/kwok/pkg/client/clientset/versioned"
)

// cluster is what the parts share.
type cluster struct {
	dir, pki, kubeconfig string
	nodeIPs              []string
	log                  *os.File
	// Where the API server, the proxy to cluster addresses and the kubelet listen.
	api, egress, kubelet net.Listener
	kwokAddress          string // where kwok's part of the kubelet will listen
	config               *rest.Config
	client               kubernetes.Interface
	kwok                 kwokclient.Interface
	failed               chan error
}

// prepare makes all that has to be there before the first part starts.
func prepare(dir string, nodes int) (*cluster, error) {
	dir, err := filepath.Abs(dir)
	if err != nil {
		return nil, err
	}
	c := &cluster{
		dir:        dir,
		pki:        filepath.Join(dir, "pki"),
		kubeconfig: filepath.Join(dir, "kubeconfig"),
		failed:     make(chan error, 8),
	}
	for i := range nodes {
		c.nodeIPs = append(c.nodeIPs, nodeIP(i))
	}
	for _, step := range []func() error{c.openLog, c.listen, c.connect} {
		if err := step(); err != nil {
			return nil, err
		}
	}
	return c, nil
}

func (c *cluster) openLog() (err error) {
	if err = os.MkdirAll(c.dir, 0o700); err != nil {
		return err
	}
	if c.log, err = os.Create(filepath.Join(c.dir, "testbed.log")); err != nil {
		return err
	}
	flags := flag.NewFlagSet("klog", flag.ContinueOnError)
	klog.InitFlags(flags)
	for _, option := range [][2]string{{"logtostderr", "false"}, {"stderrthreshold", "FATAL"}, {"one_output", "true"}} {
		if err := flags.Set(option[0], option[1]); err != nil {
			return err
		}
	}
	klog.SetOutput(c.log)
	return nil
}

// listen takes a free port for each server.
func (c *cluster) listen() (err error) {
	for _, listener := range []*net.Listener{&c.api, &c.egress, &c.kubelet} {
		if *listener, err = net.Listen("tcp", "127.0.0.1:0"); err != nil {
			return err
		}
	}
	// kwok can only be told an address.
	free, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		return err
	}
	c.kwokAddress = free.Addr().String()
	return free.Close()
}

// connect writes certificates and kubeconfig, and makes the clients that use them.
func (c *cluster) connect() (err error) {
	if err = issueAll(c.pki, c.nodeIPs); err != nil {
		return err
	}
	if err = writeKubeconfig(c.kubeconfig, "https://"+c.api.Addr().String(), c.pki); err != nil {
		return err
	}
	if c.config, err = clientcmd.BuildConfigFromFlags("", c.kubeconfig); err != nil {
		return err
	}
	c.config.QPS = -1
	if c.client, err = kubernetes.NewForConfig(c.config); err != nil {
		return err
	}
	c.kwok, err = kwokclient.NewForConfig(c.config)
	return err
}

func (c *cluster) startServers(servers *group, etcd *embed.Etcd) error {
	proxy := &egress{c.egress, c.pki, c.kubelet.Addr().String(), c.nodeIPs, c.client, c.kwok}
	config := filepath.Join(c.dir, "egress.yaml")
	if err := proxy.writeConfig(config); err != nil {
		return err
	}
	security, err := serverTLS(c.pki, "fakes")
	if err != nil {
		return err
	}
	servers.start("egress proxy", func(ctx context.Context) error { return proxy.run(ctx, security) })
	servers.start("kubelet", func(ctx context.Context) error {
		return (&kubeletFront{c.kwok}).run(ctx, c.kubelet, c.kwokAddress, security)
	})
	servers.start("kube-apiserver", func(ctx context.Context) error {
		return runAPIServer(ctx, c.api, etcd, c.pki, config)
	})
	return nil
}

// startClients returns when a pod could be created in the default namespace.
func (c *cluster) startClients(clients *group, nodes int) error {
	if err := poll(clients.ctx, func() error { return c.apiReady(clients.ctx) }); err != nil {
		return err
	}
	clients.start("kube-controller-manager", func(ctx context.Context) error {
		return runControllers(ctx, c.kubeconfig, c.pki)
	})
	clients.start("kube-scheduler", func(ctx context.Context) error { return runScheduler(ctx, c.kubeconfig) })
	if err := createNodes(clients.ctx, c.client, nodes); err != nil {
		return err
	}
	if err := c.startKubelets(clients.ctx); err != nil {
		return err
	}
	return poll(clients.ctx, func() error { return c.namespaceReady(clients.ctx) })
}

func (c *cluster) apiReady(ctx context.Context) error {
	return c.client.Discovery().RESTClient().Get().AbsPath("/readyz").Do(ctx).Error()
}

// namespaceReady fails while default lacks what every pod mounts.
func (c *cluster) namespaceReady(ctx context.Context) error {
	if _, err := c.client.CoreV1().ServiceAccounts("default").Get(ctx, "default", metav1.GetOptions{}); err != nil {
		return err
	}
	_, err := c.client.CoreV1().ConfigMaps("default").Get(ctx, "kube-root-ca.crt", metav1.GetOptions{})
	return err
}

// group is parts that are stopped together; one that ends by itself has failed.
type group struct {
	ctx    context.Context
	cancel context.CancelFunc
	parts  sync.WaitGroup
	failed chan<- error
}

func newGroup(parent context.Context, failed chan<- error) *group {
	ctx, cancel := context.WithCancel(parent)
	return &group{ctx: ctx, cancel: cancel, failed: failed}
}

func (g *group) start(name string, part func(context.Context) error) {
	g.parts.Go(func() {
		if err := part(g.ctx); g.ctx.Err() == nil {
			g.failed <- fmt.Errorf("%s stopped: %w", name, err)
		}
	})
}

// stop waits for the parts to end, but no longer than limit.
func (g *group) stop(limit time.Duration) {
	g.cancel()
	done := make(chan struct{})
	go func() {
		g.parts.Wait()
		close(done)
	}()
	select {
	case <-done:
	case <-time.After(limit):
	}
}

// poll calls try until it succeeds, and gives up after a minute.
func poll(ctx context.Context, try func() error) error {
	ctx, cancel := context.WithTimeout(ctx, time.Minute)
	defer cancel()
	for {
		err := try()
		if err == nil {
			return nil
		}
		select {
		case <-ctx.Done():
			return fmt.Errorf("gave up: %w", err)
		case <-time.After(20 * time.Millisecond):
		}
	}
}
