
use builtin;
use str;

set edit:completion:arg-completer[weft] = {|@words|
    fn spaces {|n|
        builtin:repeat $n ' ' | str:join ''
    }
    fn cand {|text desc|
        edit:complex-candidate $text &display=$text' '(spaces (- 14 (wcswidth $text)))$desc
    }
    var command = 'weft'
    for word $words[1..-1] {
        if (str:has-prefix $word '-') {
            break
        }
        set command = $command';'$word
    }
    var completions = [
        &'weft'= {
            cand --color 'When to use colour'
            cand -q 'Print the answer, warnings and errors only'
            cand --quiet 'Print the answer, warnings and errors only'
            cand -v 'Say more about what is done'
            cand --verbose 'Say more about what is done'
            cand -h 'Print help (see more with ''--help'')'
            cand --help 'Print help (see more with ''--help'')'
            cand -V 'Print version'
            cand --version 'Print version'
            cand analyze 'Find what is wrong with mesh and gateway configuration'
            cand lint 'Find what is wrong with mesh and gateway configuration'
            cand validate 'Say which documents the API server or the mesh''s webhook would refuse'
            cand render 'Print what an installation applies: so far its CustomResourceDefinitions'
            cand explain 'Say what a finding means, with a wrong and a right example'
            cand rules 'List the rules that analyze checks'
            cand demo 'Show what weft does, on samples of its own'
            cand completion 'Print a shell''s completion script'
            cand version 'Print the version, and the newest mesh releases that it knows'
            cand help 'Print help'
        }
        &'weft;analyze'= {
            cand -f 'The same, spelled as kubectl does'
            cand --filename 'The same, spelled as kubectl does'
            cand -o 'How to write the report'
            cand --output 'How to write the report'
            cand --ignore 'Leave these rules out, everywhere or for one object'
            cand --fail-on 'The lowest severity that makes the exit code 1 [default: error]'
            cand -n 'The namespace of manifests that name none [default: default]'
            cand --namespace 'The namespace of manifests that name none [default: default]'
            cand --mesh-namespace 'Where the mesh is installed [default: istio-system]'
            cand --kube-version 'The Kubernetes that the manifests are for; a field that it does not have is unknown [default: any of 1.33 to 1.36]'
            cand --config 'The configuration [default: weft.toml here or in a directory above]'
            cand --now 'The time that counts as now, for tests'
            cand --only 'Run these rules only: names, codes such as IST0101, istioctl''s analysers, groups; globs'
            cand --cluster-domain 'The cluster''s DNS domain [default: cluster.local]'
            cand --color 'When to use colour'
            cand --complete 'What is not in the input does not exist'
            cand -q 'Print the answer, warnings and errors only'
            cand --quiet 'Print the answer, warnings and errors only'
            cand -v 'Say more about what is done'
            cand --verbose 'Say more about what is done'
            cand -h 'Print help (see more with ''--help'')'
            cand --help 'Print help (see more with ''--help'')'
        }
        &'weft;lint'= {
            cand -f 'The same, spelled as kubectl does'
            cand --filename 'The same, spelled as kubectl does'
            cand -o 'How to write the report'
            cand --output 'How to write the report'
            cand --ignore 'Leave these rules out, everywhere or for one object'
            cand --fail-on 'The lowest severity that makes the exit code 1 [default: error]'
            cand -n 'The namespace of manifests that name none [default: default]'
            cand --namespace 'The namespace of manifests that name none [default: default]'
            cand --mesh-namespace 'Where the mesh is installed [default: istio-system]'
            cand --kube-version 'The Kubernetes that the manifests are for; a field that it does not have is unknown [default: any of 1.33 to 1.36]'
            cand --config 'The configuration [default: weft.toml here or in a directory above]'
            cand --now 'The time that counts as now, for tests'
            cand --only 'Run these rules only: names, codes such as IST0101, istioctl''s analysers, groups; globs'
            cand --cluster-domain 'The cluster''s DNS domain [default: cluster.local]'
            cand --color 'When to use colour'
            cand --complete 'What is not in the input does not exist'
            cand -q 'Print the answer, warnings and errors only'
            cand --quiet 'Print the answer, warnings and errors only'
            cand -v 'Say more about what is done'
            cand --verbose 'Say more about what is done'
            cand -h 'Print help (see more with ''--help'')'
            cand --help 'Print help (see more with ''--help'')'
        }
        &'weft;validate'= {
            cand -f 'The same, spelled as kubectl does'
            cand --filename 'The same, spelled as kubectl does'
            cand -o 'How to write the report'
            cand --output 'How to write the report'
            cand --ignore 'Leave these rules out, everywhere or for one object'
            cand --fail-on 'The lowest severity that makes the exit code 1 [default: error]'
            cand -n 'The namespace of manifests that name none [default: default]'
            cand --namespace 'The namespace of manifests that name none [default: default]'
            cand --mesh-namespace 'Where the mesh is installed [default: istio-system]'
            cand --kube-version 'The Kubernetes that the manifests are for; a field that it does not have is unknown [default: any of 1.33 to 1.36]'
            cand --config 'The configuration [default: weft.toml here or in a directory above]'
            cand --now 'The time that counts as now, for tests'
            cand --color 'When to use colour'
            cand -q 'Print the answer, warnings and errors only'
            cand --quiet 'Print the answer, warnings and errors only'
            cand -v 'Say more about what is done'
            cand --verbose 'Say more about what is done'
            cand -h 'Print help (see more with ''--help'')'
            cand --help 'Print help (see more with ''--help'')'
        }
        &'weft;render'= {
            cand --mesh 'Whose'
            cand --color 'When to use colour'
            cand --crds-only 'The CustomResourceDefinitions only'
            cand --gateway-api 'The Gateway API''s definitions too'
            cand -q 'Print the answer, warnings and errors only'
            cand --quiet 'Print the answer, warnings and errors only'
            cand -v 'Say more about what is done'
            cand --verbose 'Say more about what is done'
            cand -h 'Print help (see more with ''--help'')'
            cand --help 'Print help (see more with ''--help'')'
        }
        &'weft;explain'= {
            cand -o 'How to write it'
            cand --output 'How to write it'
            cand --color 'When to use colour'
            cand -q 'Print the answer, warnings and errors only'
            cand --quiet 'Print the answer, warnings and errors only'
            cand -v 'Say more about what is done'
            cand --verbose 'Say more about what is done'
            cand -h 'Print help (see more with ''--help'')'
            cand --help 'Print help (see more with ''--help'')'
        }
        &'weft;rules'= {
            cand -o 'How to write it'
            cand --output 'How to write it'
            cand --color 'When to use colour'
            cand -q 'Print the answer, warnings and errors only'
            cand --quiet 'Print the answer, warnings and errors only'
            cand -v 'Say more about what is done'
            cand --verbose 'Say more about what is done'
            cand -h 'Print help (see more with ''--help'')'
            cand --help 'Print help (see more with ''--help'')'
        }
        &'weft;demo'= {
            cand --to 'Write the samples here and leave them there'
            cand --color 'When to use colour'
            cand -q 'Print the answer, warnings and errors only'
            cand --quiet 'Print the answer, warnings and errors only'
            cand -v 'Say more about what is done'
            cand --verbose 'Say more about what is done'
            cand -h 'Print help (see more with ''--help'')'
            cand --help 'Print help (see more with ''--help'')'
        }
        &'weft;completion'= {
            cand --color 'When to use colour'
            cand -q 'Print the answer, warnings and errors only'
            cand --quiet 'Print the answer, warnings and errors only'
            cand -v 'Say more about what is done'
            cand --verbose 'Say more about what is done'
            cand -h 'Print help (see more with ''--help'')'
            cand --help 'Print help (see more with ''--help'')'
        }
        &'weft;version'= {
            cand -o 'How to write it'
            cand --output 'How to write it'
            cand --color 'When to use colour'
            cand -q 'Print the answer, warnings and errors only'
            cand --quiet 'Print the answer, warnings and errors only'
            cand -v 'Say more about what is done'
            cand --verbose 'Say more about what is done'
            cand -h 'Print help (see more with ''--help'')'
            cand --help 'Print help (see more with ''--help'')'
        }
        &'weft;help'= {
            cand --color 'When to use colour'
            cand -q 'Print the answer, warnings and errors only'
            cand --quiet 'Print the answer, warnings and errors only'
            cand -v 'Say more about what is done'
            cand --verbose 'Say more about what is done'
        }
    ]
    $completions[$command]
}
