// Command template prints charts as `helm template` does, with its flags for values: JSON in, JSON out, one request and
// one answer a line. The requests are the cases of tests/charts/*/cases.json; an answer is {"output": text} or
// {"error": text}.
package main

import (
	"bufio"
	"encoding/json"
	"fmt"
	"os"
	"strings"

	"helm.sh/helm/v3/pkg/chart"
	"helm.sh/helm/v3/pkg/chart/loader"
	"helm.sh/helm/v3/pkg/chartutil"
	"helm.sh/helm/v3/pkg/engine"
	"helm.sh/helm/v3/pkg/releaseutil"
	"helm.sh/helm/v3/pkg/strvals"
	"sigs.k8s.io/yaml"
)

type request struct {
	Chart, Release, Namespace, KubeVersion string
	ValueFiles, Set, SetString, SetJSON    []string
	APIVersions                            []string
	Upgrade, IncludeCRDs                   bool
}

type answer struct {
	Output string `json:"output,omitempty"`
	Error  string `json:"error,omitempty"`
}

func merge(a, b map[string]any) map[string]any {
	out := map[string]any{}
	for k, v := range a {
		out[k] = v
	}
	for k, v := range b {
		if v, ok := v.(map[string]any); ok {
			if bv, ok := out[k].(map[string]any); ok {
				out[k] = merge(bv, v)
				continue
			}
		}
		out[k] = v
	}
	return out
}

func values(r request) (map[string]any, error) {
	base := map[string]any{}
	for _, name := range r.ValueFiles {
		data, err := os.ReadFile(name)
		if err != nil {
			return nil, err
		}
		current := map[string]any{}
		if err := yaml.Unmarshal(data, &current); err != nil {
			return nil, err
		}
		base = merge(base, current)
	}
	for _, s := range r.SetJSON {
		if err := strvals.ParseJSON(s, base); err != nil {
			return nil, err
		}
	}
	for _, s := range r.Set {
		if err := strvals.ParseInto(s, base); err != nil {
			return nil, err
		}
	}
	for _, s := range r.SetString {
		if err := strvals.ParseIntoString(s, base); err != nil {
			return nil, err
		}
	}
	return base, nil
}

func render(r request) (string, error) {
	vals, err := values(r)
	if err != nil {
		return "", err
	}
	c, err := loader.Load(r.Chart)
	if err != nil {
		return "", err
	}
	if c.Metadata.Type == "library" {
		return "", fmt.Errorf("library charts are not installable")
	}
	if err := dependencies(c); err != nil {
		return "", err
	}
	caps := chartutil.DefaultCapabilities.Copy()
	// What the released binary is built with.
	caps.KubeVersion = chartutil.KubeVersion{Version: "v1.35.0", Major: "1", Minor: "35"}
	if r.KubeVersion != "" {
		version, err := chartutil.ParseKubeVersion(r.KubeVersion)
		if err != nil {
			return "", err
		}
		caps.KubeVersion = *version
	}
	caps.APIVersions = append(caps.APIVersions, r.APIVersions...)
	if err := chartutil.ProcessDependenciesWithMerge(c, vals); err != nil {
		return "", err
	}
	options := chartutil.ReleaseOptions{Name: r.Release, Namespace: r.Namespace, Revision: 1, IsInstall: !r.Upgrade, IsUpgrade: r.Upgrade}
	top, err := chartutil.ToRenderValues(c, vals, options, caps)
	if err != nil {
		return "", err
	}
	if c.Metadata.KubeVersion != "" && !chartutil.IsCompatibleRange(c.Metadata.KubeVersion, caps.KubeVersion.String()) {
		return "", fmt.Errorf("chart requires kubeVersion: %s", c.Metadata.KubeVersion)
	}
	files, err := engine.Render(c, top)
	if err != nil {
		return "", err
	}
	for k := range files {
		if strings.HasSuffix(k, "NOTES.txt") {
			delete(files, k)
		}
	}
	hooks, manifests, err := releaseutil.SortManifests(files, nil, releaseutil.InstallOrder)
	if err != nil {
		return "", err
	}
	var b strings.Builder
	if r.IncludeCRDs {
		for _, crd := range c.CRDObjects() {
			fmt.Fprintf(&b, "---\n# Source: %s\n%s\n", crd.Filename, crd.File.Data)
		}
	}
	for _, m := range manifests {
		fmt.Fprintf(&b, "---\n# Source: %s\n%s\n", m.Name, m.Content)
	}
	out := strings.TrimSpace(b.String()) + "\n"
	for _, h := range hooks {
		out += fmt.Sprintf("---\n# Source: %s\n%s\n", h.Path, h.Manifest)
	}
	return out, nil
}

func dependencies(c *chart.Chart) error {
	have := map[string]bool{}
	for _, d := range c.Dependencies() {
		have[d.Metadata.Name] = true
	}
	for _, r := range c.Metadata.Dependencies {
		if !have[r.Name] {
			return fmt.Errorf("found in Chart.yaml, but missing in charts/ directory: %s", r.Name)
		}
	}
	return nil
}

func main() {
	decoder, encoder := json.NewDecoder(bufio.NewReader(os.Stdin)), json.NewEncoder(os.Stdout)
	encoder.SetEscapeHTML(false)
	for {
		var r request
		if decoder.Decode(&r) != nil {
			return
		}
		out, err := render(r)
		a := answer{Output: out}
		if err != nil {
			a = answer{Error: err.Error()}
		}
		encoder.Encode(a)
	}
}
