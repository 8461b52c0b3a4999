package main

import (
	"context"
	"crypto/tls"
	"fmt"
	"io"
	"net"
	"net/http"
	"net/netip"
	"os"
	"path/filepath"
	"slices"
	"strconv"

	corev1 "k8s.io/api/core/v1"
	discoveryv1 "k8s.io/api/discovery/v1"
	metav1 "k8s.io/apimachinery/pkg/apis/meta/v1"
	"k8s.io/client-go/kubernetes"
	kwok "sigs.k8s.io/kwok/pkg/apis/v1alpha1"
	kwokclient "sigs.k8s.io/kwok/pkg/client/clientset/versioned"
)

// egress is the HTTP CONNECT proxy through which the API server reaches
// kubelets, pods and services: none of their addresses exists on this machine.
type egress struct {
	listener net.Listener
	pki      string
	kubelet  string // where the fake kubelet really listens
	nodeIPs  []string
	client   kubernetes.Interface
	kwok     kwokclient.Interface
}

// writeConfig writes the API server's configuration. HTTP without TLS passes
// the API server's validation and then makes it panic (v1.36).
func (e *egress) writeConfig(path string) error {
	return os.WriteFile(path, fmt.Appendf(nil, `apiVersion: apiserver.k8s.io/v1beta1
kind: EgressSelectorConfiguration
egressSelections:
- name: cluster
  connection:
    proxyProtocol: HTTPConnect
    transport:
      tcp:
        url: https://%s
        tlsConfig: {caBundle: %q, clientCert: %q, clientKey: %q}
`, e.listener.Addr(), filepath.Join(e.pki, "ca.crt"),
		filepath.Join(e.pki, "kubelet-client.crt"), filepath.Join(e.pki, "kubelet-client.key")), 0o600)
}

func (e *egress) run(ctx context.Context, security *tls.Config) error {
	return serveTLS(ctx, e.listener, e, security)
}

func (e *egress) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	if r.Method != http.MethodConnect {
		http.Error(w, "only CONNECT is served here", http.StatusMethodNotAllowed)
		return
	}
	address, err := e.resolve(r.Context(), r.Host)
	if err != nil {
		http.Error(w, err.Error(), http.StatusBadGateway)
		return
	}
	target, err := net.Dial("tcp", address)
	if err != nil {
		http.Error(w, err.Error(), http.StatusBadGateway)
		return
	}
	defer target.Close()
	source, _, err := w.(http.Hijacker).Hijack()
	if err != nil {
		return
	}
	defer source.Close()
	fmt.Fprint(source, "HTTP/1.1 200 Connection established\r\n\r\n")
	done := make(chan struct{}, 2)
	for _, pair := range [][2]net.Conn{{target, source}, {source, target}} {
		go func() {
			io.Copy(pair[0], pair[1])
			if half, ok := pair[0].(interface{ CloseWrite() error }); ok {
				half.CloseWrite()
			}
			done <- struct{}{}
		}()
	}
	<-done
	<-done
}

// resolve turns an address of the cluster into one of this machine.
func (e *egress) resolve(ctx context.Context, address string) (string, error) {
	host, portText, err := net.SplitHostPort(address)
	if err != nil {
		return "", err
	}
	port, err := strconv.ParseInt(portText, 10, 32)
	if err != nil {
		return "", err
	}
	if slices.Contains(e.nodeIPs, host) && port == kubeletPort {
		return e.kubelet, nil
	}
	ip, err := netip.ParseAddr(host)
	if err != nil || ip.IsLoopback() {
		return address, nil
	}
	if netip.MustParsePrefix(serviceCIDR).Contains(ip) {
		if host, port, err = e.endpoint(ctx, host, int32(port)); err != nil {
			return "", err
		}
	}
	pods, err := e.client.CoreV1().Pods("").List(ctx, metav1.ListOptions{FieldSelector: "status.podIP=" + host})
	if err != nil {
		return "", err
	}
	if len(pods.Items) == 0 {
		return "", fmt.Errorf("no pod has address %s", host)
	}
	return e.forward(ctx, &pods.Items[0], int32(port))
}

// endpoint picks a ready endpoint of the service with the given address.
func (e *egress) endpoint(ctx context.Context, clusterIP string, port int32) (string, int64, error) {
	services, err := e.client.CoreV1().Services("").List(ctx, metav1.ListOptions{})
	if err != nil {
		return "", 0, err
	}
	i := slices.IndexFunc(services.Items, func(s corev1.Service) bool { return s.Spec.ClusterIP == clusterIP })
	if i < 0 {
		return "", 0, fmt.Errorf("no service has address %s", clusterIP)
	}
	service := services.Items[i]
	i = slices.IndexFunc(service.Spec.Ports, func(p corev1.ServicePort) bool { return p.Port == port })
	if i < 0 {
		return "", 0, fmt.Errorf("service %s/%s has no port %d", service.Namespace, service.Name, port)
	}
	backends, err := e.client.DiscoveryV1().EndpointSlices(service.Namespace).List(ctx, metav1.ListOptions{
		LabelSelector: discoveryv1.LabelServiceName + "=" + service.Name,
	})
	if err != nil {
		return "", 0, err
	}
	for _, slice := range backends.Items {
		if address, target, ok := readyEndpoint(slice, service.Spec.Ports[i].Name); ok {
			return address, target, nil
		}
	}
	return "", 0, fmt.Errorf("service %s/%s has no ready endpoint for port %d", service.Namespace, service.Name, port)
}

func readyEndpoint(slice discoveryv1.EndpointSlice, portName string) (string, int64, bool) {
	for _, port := range slice.Ports {
		if port.Name == nil || port.Port == nil || *port.Name != portName {
			continue
		}
		for _, endpoint := range slice.Endpoints {
			if endpoint.Conditions.Ready == nil || *endpoint.Conditions.Ready {
				return endpoint.Addresses[0], int64(*port.Port), true
			}
		}
	}
	return "", 0, false
}

// forward looks the pod's port up in kwok's PortForwards and then its
// ClusterPortForwards, as kwok's kubelet does for kubectl port-forward.
func (e *egress) forward(ctx context.Context, pod *corev1.Pod, port int32) (string, error) {
	var rules []kwok.Forward
	own, err := e.kwok.KwokV1alpha1().PortForwards(pod.Namespace).Get(ctx, pod.Name, metav1.GetOptions{})
	if err == nil {
		rules = own.Spec.Forwards
	} else {
		shared, err := e.kwok.KwokV1alpha1().ClusterPortForwards().List(ctx, metav1.ListOptions{})
		if err != nil {
			return "", err
		}
		for _, item := range shared.Items {
			if selects(item.Spec.Selector, pod.Namespace, pod.Name) {
				rules = append(rules, item.Spec.Forwards...)
			}
		}
	}
	for _, rule := range rules {
		if rule.Target != nil && (len(rule.Ports) == 0 || slices.Contains(rule.Ports, port)) {
			return net.JoinHostPort(rule.Target.Address, strconv.Itoa(int(rule.Target.Port))), nil
		}
	}
	return "", fmt.Errorf("no forward for port %d of pod %s/%s", port, pod.Namespace, pod.Name)
}
