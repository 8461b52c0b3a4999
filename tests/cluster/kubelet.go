package main

import (
	"context"
	"fmt"
	"net"

	apiextensionsv1 "k8s.io/apiextensions-apiserver/pkg/apis/apiextensions/v1"
	apiextensions "k8s.io/apiextensions-apiserver/pkg/client/clientset/clientset/typed/apiextensions/v1"
	metav1 "k8s.io/apimachinery/pkg/apis/meta/v1"
	"k8s.io/client-go/rest"
	"k8s.io/utils/clock"
	"sigs.k8s.io/kwok/kustomize/crd"
	nodestages "sigs.k8s.io/kwok/kustomize/stage/node/fast"
	podstages "sigs.k8s.io/kwok/kustomize/stage/pod/fast"
	kwok "sigs.k8s.io/kwok/pkg/apis/v1alpha1"
	"sigs.k8s.io/kwok/pkg/kwok/controllers"
	"sigs.k8s.io/kwok/pkg/kwok/server"
	kwoklog "sigs.k8s.io/kwok/pkg/log"
	kwokutil "sigs.k8s.io/kwok/pkg/utils/client"
	"sigs.k8s.io/yaml"
)

// kwokKinds are kwok's resources that say how fake pods behave.
var kwokKinds = map[string][]byte{
	kwok.StageKind:              crd.Stage,
	kwok.PortForwardKind:        crd.PortForward,
	kwok.ClusterPortForwardKind: crd.ClusterPortForward,
	kwok.LogsKind:               crd.Logs,
	kwok.ClusterLogsKind:        crd.ClusterLogs,
	kwok.ExecKind:               crd.Exec,
	kwok.ClusterExecKind:        crd.ClusterExec,
	kwok.AttachKind:             crd.Attach,
	kwok.ClusterAttachKind:      crd.ClusterAttach,
}

// servedElsewhere are those that kwok's own server does not read; see exec.go.
var servedElsewhere = map[string]bool{kwok.StageKind: true, kwok.ExecKind: true, kwok.ClusterExecKind: true}

// startKubelets plays the kubelet of every node: it makes scheduled pods run
// and serves logs, attach and port-forward.
func (c *cluster) startKubelets(ctx context.Context) error {
	ctx = kwoklog.NewContext(ctx, kwoklog.NewLogger(c.log, kwoklog.LevelInfo))
	if err := installKwokKinds(ctx, c.config); err != nil {
		return err
	}
	if err := c.createStages(ctx); err != nil {
		return err
	}
	controller, err := c.podController()
	if err != nil {
		return err
	}
	if err := controller.Start(ctx); err != nil {
		return err
	}
	return c.serveKubelet(ctx, controller)
}

// createStages says how nodes and pods change. Without a stage for nodes kwok
// would manage no node, and so no pod.
func (c *cluster) createStages(ctx context.Context) error {
	stages := []string{
		nodestages.DefaultNodeInit, podstages.DefaultPodReady, podstages.DefaultPodComplete, podstages.DefaultPodDelete,
	}
	for _, text := range stages {
		stage := &kwok.Stage{}
		if err := yaml.Unmarshal([]byte(text), stage); err != nil {
			return err
		}
		if _, err := c.kwok.KwokV1alpha1().Stages().Create(ctx, stage, metav1.CreateOptions{}); err != nil {
			return err
		}
	}
	return nil
}

func (c *cluster) podController() (*controllers.Controller, error) {
	clients, err := kwokutil.NewClientset("", c.kubeconfig)
	if err != nil {
		return nil, err
	}
	config, err := clients.ToRESTConfig()
	if err != nil {
		return nil, err
	}
	dynamicClient, err := clients.ToDynamicClient()
	if err != nil {
		return nil, err
	}
	mapper, err := clients.ToRESTMapper()
	if err != nil {
		return nil, err
	}
	restClient, err := rest.RESTClientFor(config)
	if err != nil {
		return nil, err
	}
	return controllers.NewController(controllers.Config{
		Clock:                      clock.RealClock{},
		DynamicClient:              dynamicClient,
		RESTClient:                 restClient,
		RESTMapper:                 mapper,
		ImpersonatingDynamicClient: clients.ToImpersonatingDynamicClient(),
		ImpersonatingTypedClient:   clients.ToImpersonatingTypedClient(),
		TypedClient:                c.client,
		TypedKwokClient:            c.kwok,
		ManageAllNodes:             true,
		CIDR:                       "10.244.0.1/16",
		NodeIP:                     nodeIP(0),
		NodePort:                   kubeletPort,
		PodPlayStageParallelism:    8,
		NodePlayStageParallelism:   2,
		PodsOnNodeSyncParallelism:  2,
		NodeLeaseParallelism:       1,
		ID:                         "testbed",
	})
}

// serveKubelet returns when kwok's server answers.
func (c *cluster) serveKubelet(ctx context.Context, controller *controllers.Controller) error {
	var kinds []string
	for kind := range kwokKinds {
		if !servedElsewhere[kind] {
			kinds = append(kinds, kind)
		}
	}
	kubelet, err := server.NewServer(server.Config{
		TypedKwokClient: c.kwok,
		EnableCRDs:      kinds,
		DataSource:      controller,
		NodeCacheGetter: controller.GetNodeCache(),
		PodCacheGetter:  controller.GetPodCache(),
	})
	if err != nil {
		return err
	}
	kubelet.InstallHealthz()
	kubelet.InstallDebuggingHandlers()
	if err := kubelet.InstallCRD(ctx); err != nil {
		return err
	}
	go kubelet.Run(ctx, c.kwokAddress, "", "")
	return poll(ctx, func() error {
		conn, err := net.Dial("tcp", c.kwokAddress)
		if err == nil {
			conn.Close()
		}
		return err
	})
}

func installKwokKinds(ctx context.Context, config *rest.Config) error {
	client, err := apiextensions.NewForConfig(config)
	if err != nil {
		return err
	}
	definitions := client.CustomResourceDefinitions()
	var names []string
	for _, text := range kwokKinds {
		definition := &apiextensionsv1.CustomResourceDefinition{}
		if err := yaml.Unmarshal(text, definition); err != nil {
			return err
		}
		if _, err := definitions.Create(ctx, definition, metav1.CreateOptions{}); err != nil {
			return err
		}
		names = append(names, definition.Name)
	}
	for _, name := range names {
		if err := poll(ctx, func() error { return established(ctx, definitions, name) }); err != nil {
			return err
		}
	}
	return nil
}

func established(ctx context.Context, definitions apiextensions.CustomResourceDefinitionInterface, name string) error {
	definition, err := definitions.Get(ctx, name, metav1.GetOptions{})
	if err != nil {
		return err
	}
	for _, condition := range definition.Status.Conditions {
		if condition.Type == apiextensionsv1.Established && condition.Status == apiextensionsv1.ConditionTrue {
			return nil
		}
	}
	return fmt.Errorf("%s is not established", name)
}
