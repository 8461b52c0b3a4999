# Print an optspec for argparse to handle cmd's options that are independent of any subcommand.
function __fish_weft_global_optspecs
    string join \n color= q/quiet v/verbose h/help V/version
end

function __fish_weft_needs_command
    # Figure out if the current invocation already has a command.
    set -l cmd (commandline -opc)
    set -e cmd[1]
    argparse -s (__fish_weft_global_optspecs) -- $cmd 2>/dev/null
    or return
    if set -q argv[1]
        # Also print the command, so this can be used to figure out what it is.
        echo $argv[1]
        return 1
    end
    return 0
end

function __fish_weft_using_subcommand
    set -l cmd (__fish_weft_needs_command)
    test -z "$cmd"
    and return 1
    contains -- $cmd[1] $argv
end

complete -c weft -n "__fish_weft_needs_command" -l color -d 'When to use colour' -r -f -a "auto\t'On a terminal, unless `NO_COLOR` or `TERM=dumb` says otherwise'
always\t'Even into a file or a pipe'
never\t'Never'"
complete -c weft -n "__fish_weft_needs_command" -s q -l quiet -d 'Print the answer, warnings and errors only'
complete -c weft -n "__fish_weft_needs_command" -s v -l verbose -d 'Say more about what is done'
complete -c weft -n "__fish_weft_needs_command" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c weft -n "__fish_weft_needs_command" -s V -l version -d 'Print version'
complete -c weft -n "__fish_weft_needs_command" -f -a "analyze" -d 'Find what is wrong with mesh and gateway configuration'
complete -c weft -n "__fish_weft_needs_command" -f -a "lint" -d 'Find what is wrong with mesh and gateway configuration'
complete -c weft -n "__fish_weft_needs_command" -f -a "validate" -d 'Say which documents the API server or the mesh\'s webhook would refuse'
complete -c weft -n "__fish_weft_needs_command" -f -a "render" -d 'Print what an installation applies: so far its CustomResourceDefinitions'
complete -c weft -n "__fish_weft_needs_command" -f -a "explain" -d 'Say what a finding means, with a wrong and a right example'
complete -c weft -n "__fish_weft_needs_command" -f -a "rules" -d 'List the rules that analyze checks'
complete -c weft -n "__fish_weft_needs_command" -f -a "demo" -d 'Show what weft does, on samples of its own'
complete -c weft -n "__fish_weft_needs_command" -f -a "completion" -d 'Print a shell\'s completion script'
complete -c weft -n "__fish_weft_needs_command" -f -a "version" -d 'Print the version, and the newest mesh releases that it knows'
complete -c weft -n "__fish_weft_needs_command" -f -a "help" -d 'Print help'
complete -c weft -n "__fish_weft_using_subcommand analyze" -s f -l filename -d 'The same, spelled as kubectl does' -r -F
complete -c weft -n "__fish_weft_using_subcommand analyze" -s o -l output -d 'How to write the report' -r -f -a "text\t''
json\t''
yaml\t''
sarif\t''
junit\t''
github\t''"
complete -c weft -n "__fish_weft_using_subcommand analyze" -l ignore -d 'Leave these rules out, everywhere or for one object' -r
complete -c weft -n "__fish_weft_using_subcommand analyze" -l fail-on -d 'The lowest severity that makes the exit code 1 [default: error]' -r -f -a "error\t''
warning\t''
info\t''
never\t''"
complete -c weft -n "__fish_weft_using_subcommand analyze" -s n -l namespace -d 'The namespace of manifests that name none [default: default]' -r
complete -c weft -n "__fish_weft_using_subcommand analyze" -l mesh-namespace -d 'Where the mesh is installed [default: istio-system]' -r
complete -c weft -n "__fish_weft_using_subcommand analyze" -l kube-version -d 'The Kubernetes that the manifests are for; a field that it does not have is unknown [default: any of 1.33 to 1.36]' -r
complete -c weft -n "__fish_weft_using_subcommand analyze" -l config -d 'The configuration [default: weft.toml here or in a directory above]' -r -F
complete -c weft -n "__fish_weft_using_subcommand analyze" -l now -d 'The time that counts as now, for tests' -r
complete -c weft -n "__fish_weft_using_subcommand analyze" -l only -d 'Run these rules only: names, codes such as IST0101, istioctl\'s analysers, groups; globs' -r
complete -c weft -n "__fish_weft_using_subcommand analyze" -l cluster-domain -d 'The cluster\'s DNS domain [default: cluster.local]' -r
complete -c weft -n "__fish_weft_using_subcommand analyze" -l color -d 'When to use colour' -r -f -a "auto\t'On a terminal, unless `NO_COLOR` or `TERM=dumb` says otherwise'
always\t'Even into a file or a pipe'
never\t'Never'"
complete -c weft -n "__fish_weft_using_subcommand analyze" -l complete -d 'What is not in the input does not exist'
complete -c weft -n "__fish_weft_using_subcommand analyze" -s q -l quiet -d 'Print the answer, warnings and errors only'
complete -c weft -n "__fish_weft_using_subcommand analyze" -s v -l verbose -d 'Say more about what is done'
complete -c weft -n "__fish_weft_using_subcommand analyze" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c weft -n "__fish_weft_using_subcommand lint" -s f -l filename -d 'The same, spelled as kubectl does' -r -F
complete -c weft -n "__fish_weft_using_subcommand lint" -s o -l output -d 'How to write the report' -r -f -a "text\t''
json\t''
yaml\t''
sarif\t''
junit\t''
github\t''"
complete -c weft -n "__fish_weft_using_subcommand lint" -l ignore -d 'Leave these rules out, everywhere or for one object' -r
complete -c weft -n "__fish_weft_using_subcommand lint" -l fail-on -d 'The lowest severity that makes the exit code 1 [default: error]' -r -f -a "error\t''
warning\t''
info\t''
never\t''"
complete -c weft -n "__fish_weft_using_subcommand lint" -s n -l namespace -d 'The namespace of manifests that name none [default: default]' -r
complete -c weft -n "__fish_weft_using_subcommand lint" -l mesh-namespace -d 'Where the mesh is installed [default: istio-system]' -r
complete -c weft -n "__fish_weft_using_subcommand lint" -l kube-version -d 'The Kubernetes that the manifests are for; a field that it does not have is unknown [default: any of 1.33 to 1.36]' -r
complete -c weft -n "__fish_weft_using_subcommand lint" -l config -d 'The configuration [default: weft.toml here or in a directory above]' -r -F
complete -c weft -n "__fish_weft_using_subcommand lint" -l now -d 'The time that counts as now, for tests' -r
complete -c weft -n "__fish_weft_using_subcommand lint" -l only -d 'Run these rules only: names, codes such as IST0101, istioctl\'s analysers, groups; globs' -r
complete -c weft -n "__fish_weft_using_subcommand lint" -l cluster-domain -d 'The cluster\'s DNS domain [default: cluster.local]' -r
complete -c weft -n "__fish_weft_using_subcommand lint" -l color -d 'When to use colour' -r -f -a "auto\t'On a terminal, unless `NO_COLOR` or `TERM=dumb` says otherwise'
always\t'Even into a file or a pipe'
never\t'Never'"
complete -c weft -n "__fish_weft_using_subcommand lint" -l complete -d 'What is not in the input does not exist'
complete -c weft -n "__fish_weft_using_subcommand lint" -s q -l quiet -d 'Print the answer, warnings and errors only'
complete -c weft -n "__fish_weft_using_subcommand lint" -s v -l verbose -d 'Say more about what is done'
complete -c weft -n "__fish_weft_using_subcommand lint" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c weft -n "__fish_weft_using_subcommand validate" -s f -l filename -d 'The same, spelled as kubectl does' -r -F
complete -c weft -n "__fish_weft_using_subcommand validate" -s o -l output -d 'How to write the report' -r -f -a "text\t''
json\t''
yaml\t''
sarif\t''
junit\t''
github\t''"
complete -c weft -n "__fish_weft_using_subcommand validate" -l ignore -d 'Leave these rules out, everywhere or for one object' -r
complete -c weft -n "__fish_weft_using_subcommand validate" -l fail-on -d 'The lowest severity that makes the exit code 1 [default: error]' -r -f -a "error\t''
warning\t''
info\t''
never\t''"
complete -c weft -n "__fish_weft_using_subcommand validate" -s n -l namespace -d 'The namespace of manifests that name none [default: default]' -r
complete -c weft -n "__fish_weft_using_subcommand validate" -l mesh-namespace -d 'Where the mesh is installed [default: istio-system]' -r
complete -c weft -n "__fish_weft_using_subcommand validate" -l kube-version -d 'The Kubernetes that the manifests are for; a field that it does not have is unknown [default: any of 1.33 to 1.36]' -r
complete -c weft -n "__fish_weft_using_subcommand validate" -l config -d 'The configuration [default: weft.toml here or in a directory above]' -r -F
complete -c weft -n "__fish_weft_using_subcommand validate" -l now -d 'The time that counts as now, for tests' -r
complete -c weft -n "__fish_weft_using_subcommand validate" -l color -d 'When to use colour' -r -f -a "auto\t'On a terminal, unless `NO_COLOR` or `TERM=dumb` says otherwise'
always\t'Even into a file or a pipe'
never\t'Never'"
complete -c weft -n "__fish_weft_using_subcommand validate" -s q -l quiet -d 'Print the answer, warnings and errors only'
complete -c weft -n "__fish_weft_using_subcommand validate" -s v -l verbose -d 'Say more about what is done'
complete -c weft -n "__fish_weft_using_subcommand validate" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c weft -n "__fish_weft_using_subcommand render" -l mesh -d 'Whose' -r -f -a "istio\t'Istio'
linkerd\t'Linkerd'"
complete -c weft -n "__fish_weft_using_subcommand render" -l color -d 'When to use colour' -r -f -a "auto\t'On a terminal, unless `NO_COLOR` or `TERM=dumb` says otherwise'
always\t'Even into a file or a pipe'
never\t'Never'"
complete -c weft -n "__fish_weft_using_subcommand render" -l crds-only -d 'The CustomResourceDefinitions only'
complete -c weft -n "__fish_weft_using_subcommand render" -l gateway-api -d 'The Gateway API\'s definitions too'
complete -c weft -n "__fish_weft_using_subcommand render" -s q -l quiet -d 'Print the answer, warnings and errors only'
complete -c weft -n "__fish_weft_using_subcommand render" -s v -l verbose -d 'Say more about what is done'
complete -c weft -n "__fish_weft_using_subcommand render" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c weft -n "__fish_weft_using_subcommand explain" -s o -l output -d 'How to write it' -r -f -a "text\t''
json\t''
yaml\t''"
complete -c weft -n "__fish_weft_using_subcommand explain" -l color -d 'When to use colour' -r -f -a "auto\t'On a terminal, unless `NO_COLOR` or `TERM=dumb` says otherwise'
always\t'Even into a file or a pipe'
never\t'Never'"
complete -c weft -n "__fish_weft_using_subcommand explain" -s q -l quiet -d 'Print the answer, warnings and errors only'
complete -c weft -n "__fish_weft_using_subcommand explain" -s v -l verbose -d 'Say more about what is done'
complete -c weft -n "__fish_weft_using_subcommand explain" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c weft -n "__fish_weft_using_subcommand rules" -s o -l output -d 'How to write it' -r -f -a "text\t''
json\t''
yaml\t''"
complete -c weft -n "__fish_weft_using_subcommand rules" -l color -d 'When to use colour' -r -f -a "auto\t'On a terminal, unless `NO_COLOR` or `TERM=dumb` says otherwise'
always\t'Even into a file or a pipe'
never\t'Never'"
complete -c weft -n "__fish_weft_using_subcommand rules" -s q -l quiet -d 'Print the answer, warnings and errors only'
complete -c weft -n "__fish_weft_using_subcommand rules" -s v -l verbose -d 'Say more about what is done'
complete -c weft -n "__fish_weft_using_subcommand rules" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c weft -n "__fish_weft_using_subcommand demo" -l to -d 'Write the samples here and leave them there' -r -f -a "(__fish_complete_directories)"
complete -c weft -n "__fish_weft_using_subcommand demo" -l color -d 'When to use colour' -r -f -a "auto\t'On a terminal, unless `NO_COLOR` or `TERM=dumb` says otherwise'
always\t'Even into a file or a pipe'
never\t'Never'"
complete -c weft -n "__fish_weft_using_subcommand demo" -s q -l quiet -d 'Print the answer, warnings and errors only'
complete -c weft -n "__fish_weft_using_subcommand demo" -s v -l verbose -d 'Say more about what is done'
complete -c weft -n "__fish_weft_using_subcommand demo" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c weft -n "__fish_weft_using_subcommand completion" -l color -d 'When to use colour' -r -f -a "auto\t'On a terminal, unless `NO_COLOR` or `TERM=dumb` says otherwise'
always\t'Even into a file or a pipe'
never\t'Never'"
complete -c weft -n "__fish_weft_using_subcommand completion" -s q -l quiet -d 'Print the answer, warnings and errors only'
complete -c weft -n "__fish_weft_using_subcommand completion" -s v -l verbose -d 'Say more about what is done'
complete -c weft -n "__fish_weft_using_subcommand completion" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c weft -n "__fish_weft_using_subcommand version" -s o -l output -d 'How to write it' -r -f -a "text\t''
json\t''
yaml\t''"
complete -c weft -n "__fish_weft_using_subcommand version" -l color -d 'When to use colour' -r -f -a "auto\t'On a terminal, unless `NO_COLOR` or `TERM=dumb` says otherwise'
always\t'Even into a file or a pipe'
never\t'Never'"
complete -c weft -n "__fish_weft_using_subcommand version" -s q -l quiet -d 'Print the answer, warnings and errors only'
complete -c weft -n "__fish_weft_using_subcommand version" -s v -l verbose -d 'Say more about what is done'
complete -c weft -n "__fish_weft_using_subcommand version" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c weft -n "__fish_weft_using_subcommand help" -l color -d 'When to use colour' -r -f -a "auto\t'On a terminal, unless `NO_COLOR` or `TERM=dumb` says otherwise'
always\t'Even into a file or a pipe'
never\t'Never'"
complete -c weft -n "__fish_weft_using_subcommand help" -s q -l quiet -d 'Print the answer, warnings and errors only'
complete -c weft -n "__fish_weft_using_subcommand help" -s v -l verbose -d 'Say more about what is done'
