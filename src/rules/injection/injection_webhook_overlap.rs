use std::collections::BTreeSet;

use crate::finding::{RuleMeta, Severity};
use crate::model::Kind;
use crate::model::membership::{INJECT, NAMESPACE_INJECTION, REVISION};
use crate::rules::injector::{Webhook, injection_webhooks, revisions_of};
use crate::rules::{Check, Context, Rule};

pub(crate) static RULE: Rule = Rule {
    meta: RuleMeta {
        name: "injection-webhook-overlap",
        codes: &["IST0139"],
        analyzers: &["webhook.Analyzer"],
        summary: "two injection webhooks that take the same pods",
        severity: Severity::Error,
        inputs: &[Kind::MutatingWebhookConfiguration],
        page: include_str!("injection_webhook_overlap.md"),
    },
    check: Check::Whole(check),
};

/// Labels as people write them, of a namespace or a pod: the switch and its value, the revision.
#[derive(Clone, Copy)]
struct Labels<'a> {
    key: &'static str,
    switch: Option<&'static str>,
    revision: Option<&'a str>,
}

/// More revisions than anybody runs at once; the labels that are tried grow with their square.
const MOST_REVISIONS: usize = 32;

fn check(cx: &mut Context<'_, '_>) {
    let webhooks = injection_webhooks(cx);
    if webhooks.len() < 2 {
        return;
    }
    let revisions: BTreeSet<&str> = webhooks.iter().flat_map(|webhook| revisions_of(*webhook)).collect();
    let revisions: Vec<&str> = revisions.into_iter().take(MOST_REVISIONS).collect();
    let namespaces = combinations(NAMESPACE_INJECTION, ["enabled", "disabled"], &revisions);
    let objects = combinations(INJECT, ["true", "false"], &revisions);
    let mut told = BTreeSet::new();
    for namespace in &namespaces {
        let there = taken(&webhooks, |webhook| webhook.namespaces().matches_by(|key| namespace.get(key)));
        for object in objects.iter().filter(|_| there.len() > 1) {
            let both: Vec<usize> = there
                .iter()
                .copied()
                .filter(|&at| webhooks[at].objects().matches_by(|key| object.get(key)))
                .collect();
            for &at in both.iter().filter(|_| both.len() > 1) {
                let others: Vec<usize> = both.iter().copied().filter(|&other| other != at).collect();
                // One finding for a configuration and what it meets: its webhooks are made alike.
                if told.insert((webhooks[at].resource.name, others.clone())) {
                    let others: Vec<_> = others.into_iter().map(|other| webhooks[other]).collect();
                    report(cx, webhooks[at], &others, (*namespace, *object));
                }
            }
        }
    }
}

fn combinations<'a>(
    key: &'static str,
    values: [&'static str; 2],
    revisions: &[&'a str],
) -> Vec<Labels<'a>> {
    let switches = [None, Some(values[0]), Some(values[1])];
    let revisions = [None].into_iter().chain(revisions.iter().map(|revision| Some(*revision)));
    revisions.flat_map(|revision| switches.map(|switch| Labels { key, switch, revision })).collect()
}

fn taken(webhooks: &[Webhook<'_, '_>], takes: impl Fn(&Webhook<'_, '_>) -> bool) -> Vec<usize> {
    webhooks.iter().enumerate().filter(|(_, webhook)| takes(webhook)).map(|(at, _)| at).collect()
}

impl<'a> Labels<'a> {
    fn get(&self, key: &str) -> Option<&'a str> {
        match key {
            REVISION => self.revision,
            key if key == self.key => self.switch,
            _ => None,
        }
    }

    fn in_words(&self) -> String {
        let written = [(self.key, self.switch), (REVISION, self.revision)];
        let written: Vec<_> =
            written.into_iter().filter_map(|(key, value)| Some(format!("`{key}: {}`", value?))).collect();
        if written.is_empty() { "no label".to_owned() } else { written.join(" and ") }
    }
}

fn report(
    cx: &mut Context<'_, '_>,
    webhook: Webhook<'_, '_>,
    others: &[Webhook<'_, '_>],
    (namespace, object): (Labels<'_>, Labels<'_>),
) {
    let [other, more @ ..] = others else { return };
    let name = |webhook: &Webhook<'_, '_>| format!("`{}` of `{}`", webhook.name(), webhook.resource.name);
    let more = if more.is_empty() { String::new() } else { format!(" and {} more", more.len()) };
    let message = format!("webhook {} takes pods that {}{more} takes too", name(&webhook), name(other));
    let place = webhook.node.get("name").unwrap_or(webhook.node);
    let finding = cx.report(webhook.resource, place, message);
    finding.label(format!(
        "both take a pod with {}, in a namespace with {}",
        object.in_words(),
        namespace.in_words()
    ));
    for other in others {
        finding.also(other.node.get("name").unwrap_or(other.node).span(), "takes it too");
    }
    finding.help("remove the configuration that is left over, or give each its own labels to select by");
}
