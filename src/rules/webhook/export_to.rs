//! `exportTo`: the namespaces that see an object.

use super::refuse;
use crate::model::Resource;
use crate::rules::Context;
use crate::schema::value::istio_label;
use crate::yaml::Node;

/// Who may see objects of a kind.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(in crate::rules) enum Export {
    /// Anyone, or no one (`~`): a ServiceEntry.
    AnyOrNone,
    /// Anyone.
    Any,
    /// The own namespace alone: a DestinationRule for some workloads.
    Own,
}

/// The namespaces that `exportTo` names (Istio 1.30, `validateExportTo`).
pub(in crate::rules) fn check_export_to(cx: &mut Context<'_, '_>, resource: &Resource<'_>, export: Export) {
    let Some(list) = resource.spec_at("exportTo") else { return };
    let several = list.items().nth(1).is_some();
    // Without a namespace in the manifest it is not known where the object will be.
    let own = resource.root.at(&["metadata", "namespace"]).and_then(Node::text);
    let mut seen: Vec<&str> = vec![];
    for node in list.items() {
        let Some(text) = node.as_str() else { continue };
        let meant = if text == "." { own.unwrap_or(text) } else { text };
        if seen.contains(&meant) {
            let message = match own {
                Some(own) if meant == own => format!("`exportTo` names the namespace `{own}` twice"),
                _ => format!("`exportTo` names `{text}` twice"),
            };
            let finding = refuse(cx, resource, node, message);
            if meant != text {
                finding.label("`.` is the object's own namespace");
            }
            continue;
        }
        seen.push(meant);
        if export == Export::Own && (text == "*" || (text != "." && own.is_some_and(|own| own != text))) {
            refuse(cx, resource, node, format!("`exportTo` names `{text}` beside a `workloadSelector`"))
                .label("a rule for workloads is seen in its own namespace alone")
                .help("write `exportTo: [\".\"]`");
            continue;
        }
        match text {
            "~" if export != Export::AnyOrNone => {
                refuse(cx, resource, node, "`exportTo` names no namespace (`~`)")
                    .label("only a ServiceEntry may be seen by no one")
                    .help("write `.` for the object's own namespace");
            }
            "*" if several => {
                refuse(cx, resource, node, "`exportTo` names all namespaces, and others beside")
                    .label("`*` stands alone");
            }
            "~" if several => {
                refuse(cx, resource, node, "`exportTo` names no namespace, and others beside")
                    .label("`~`, for none, stands alone");
            }
            "." | "*" | "~" => {}
            _ if istio_label(text).is_err() => {
                refuse(cx, resource, node, format!("`{text}` is no name of a namespace"))
                    .help("write a namespace, `.` for the object's own, `*` for all");
            }
            _ => {}
        }
    }
}
