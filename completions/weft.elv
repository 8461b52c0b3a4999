
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
            cand --only 'Run these rules only: names, codes such as IST0101, istioctl''s analysers, groups; globs'
            cand --ignore 'Leave these out, everywhere or for one object'
            cand --fail-on 'The lowest severity that makes the exit code 1 [default: error]'
            cand -n 'The namespace of manifests that name none [default: default]'
            cand --namespace 'The namespace of manifests that name none [default: default]'
            cand --cluster-domain 'The cluster''s DNS domain [default: cluster.local]'
            cand --mesh-namespace 'Where the mesh is installed [default: istio-system]'
            cand --config 'The configuration [default: weft.toml here or in a directory above]'
            cand --now 'The time that counts as now, for tests'
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
            cand --only 'Run these rules only: names, codes such as IST0101, istioctl''s analysers, groups; globs'
            cand --ignore 'Leave these out, everywhere or for one object'
            cand --fail-on 'The lowest severity that makes the exit code 1 [default: error]'
            cand -n 'The namespace of manifests that name none [default: default]'
            cand --namespace 'The namespace of manifests that name none [default: default]'
            cand --cluster-domain 'The cluster''s DNS domain [default: cluster.local]'
            cand --mesh-namespace 'Where the mesh is installed [default: istio-system]'
            cand --config 'The configuration [default: weft.toml here or in a directory above]'
            cand --now 'The time that counts as now, for tests'
            cand --color 'When to use colour'
            cand --complete 'What is not in the input does not exist'
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
