// Command helmrender renders charts as Helm does, to compare weft with: JSON in, JSON out, one request and one answer a
// line.
//
// A request is {"chart": DIR, "release": NAME, "namespace": NS, "values": {…}, "upgrade": false,
// "kubeVersion": "v1.32.0", "apiVersions": […]}. Instead of a chart on disk it may have "templates": {name: text}, of
// which a chart is made up. An answer is {"files": {path: text}} or {"error": text}.
package main

import (
	"bufio"
	"encoding/json"
	"log"
	"os"

	"helm.sh/helm/v3/pkg/chart"
	"helm.sh/helm/v3/pkg/chart/loader"
	"helm.sh/helm/v3/pkg/chartutil"
	"helm.sh/helm/v3/pkg/engine"
)

type request struct {
	Chart, Release, Namespace, KubeVersion string
	Templates                              map[string]string
	Values                                 map[string]any
	APIVersions                            []string
	Upgrade                                bool
}

type answer struct {
	Files map[string]string `json:"files,omitempty"`
	Error string            `json:"error,omitempty"`
}

func load(r request) (*chart.Chart, error) {
	if r.Templates == nil {
		return loader.Load(r.Chart)
	}
	metadata := "apiVersion: v2\nname: made-up\nversion: 1.2.3\nappVersion: 4.5.6\n"
	files := []*loader.BufferedFile{{Name: "Chart.yaml", Data: []byte(metadata)}}
	for name, text := range r.Templates {
		files = append(files, &loader.BufferedFile{Name: "templates/" + name, Data: []byte(text)})
	}
	return loader.LoadFiles(files)
}

func render(r request) (map[string]string, error) {
	chart, err := load(r)
	if err != nil {
		return nil, err
	}
	capabilities := chartutil.DefaultCapabilities.Copy()
	if r.KubeVersion != "" {
		version, err := chartutil.ParseKubeVersion(r.KubeVersion)
		if err != nil {
			return nil, err
		}
		capabilities.KubeVersion = *version
	}
	capabilities.APIVersions = append(capabilities.APIVersions, r.APIVersions...)
	if err := chartutil.ProcessDependenciesWithMerge(chart, r.Values); err != nil {
		return nil, err
	}
	options := chartutil.ReleaseOptions{Name: r.Release, Namespace: r.Namespace, Revision: 1, IsInstall: !r.Upgrade, IsUpgrade: r.Upgrade}
	values, err := chartutil.ToRenderValues(chart, r.Values, options, capabilities)
	if err != nil {
		return nil, err
	}
	return engine.Render(chart, values)
}

func main() {
	decoder, encoder := json.NewDecoder(bufio.NewReader(os.Stdin)), json.NewEncoder(os.Stdout)
	for decoder.More() {
		var r request
		if err := decoder.Decode(&r); err != nil {
			log.Fatal(err)
		}
		var a answer
		files, err := render(r)
		if a.Files = files; err != nil {
			a = answer{Error: err.Error()}
		}
		if err := encoder.Encode(a); err != nil {
			log.Fatal(err)
		}
	}
}
