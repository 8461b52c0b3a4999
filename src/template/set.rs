//! Templates by name, and what it takes to render one.

use std::rc::Rc;

use rustc_hash::FxHashMap;

use super::error::{Error, Place, did_you_mean};
use super::exec::Scope;
use super::function::Functions;
use super::limits::Limits;
use super::node::Template;
use super::parse::{Parsed, parse};
use super::value::{Str, Value};

/// What a key gives that a map does not have.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum MissingKey {
    /// Nothing, of which every field is nothing too.
    #[default]
    Default,
    /// The zero of the map's type, which is nil where anything may stand: a field of it is an error. What Helm sets.
    Zero,
    /// An error. What `helm lint --strict` sets.
    Error,
}

/// How to render.
#[derive(Clone, Copy, Debug, Default)]
pub struct Options {
    /// What a key gives that a map does not have.
    pub missing_key: MissingKey,
    /// What the execution may use.
    pub limits: Limits,
}

/// Templates that may call one another by name, and the functions that they may call.
pub struct Set {
    functions: Functions,
    templates: Rc<Layer>,
}

/// Templates by name: those of one set, or those that a text adds for the time of its rendering.
#[derive(Default)]
pub(super) struct Layer {
    own: FxHashMap<Rc<str>, Rc<Template>>,
    below: Option<Rc<Layer>>,
}

impl Layer {
    pub(super) fn above(below: Rc<Layer>) -> Self {
        Self { own: FxHashMap::default(), below: Some(below) }
    }

    pub(super) fn get(&self, name: &str) -> Option<&Rc<Template>> {
        std::iter::successors(Some(self), |layer| layer.below.as_deref())
            .find_map(|layer| layer.own.get(name))
    }

    /// That there is no such template, and which one was perhaps meant.
    pub(super) fn undefined(&self, name: &str) -> String {
        let layers = std::iter::successors(Some(self), |layer| layer.below.as_deref());
        let known = layers.flat_map(|layer| layer.own.keys()).map(|known| &**known);
        format!("template `{name}` is not defined{}", did_you_mean(name, known))
    }

    /// Adds a template. A blank one does not take the place of another.
    pub(super) fn add(&mut self, template: Rc<Template>) {
        if !template.is_blank() || self.get(&template.name).is_none() {
            self.own.insert(template.name.clone(), template);
        }
    }

    pub(super) fn add_all(&mut self, parsed: Parsed) {
        parsed.defined.into_iter().for_each(|template| self.add(template));
        self.add(parsed.main);
    }
}

impl Set {
    /// A set without templates yet.
    pub fn new(functions: Functions) -> Self {
        Self { functions, templates: Rc::default() }
    }

    /// Parses a text and adds it under this name, and what it defines under theirs. Of two definitions the later
    /// counts, unless it is blank.
    pub fn parse(&mut self, name: &str, text: &str) -> Result<(), Box<Error>> {
        let parsed = parse(name, text, &self.functions)?;
        if Rc::get_mut(&mut self.templates).is_none() {
            self.templates = Rc::new(Layer::above(self.templates.clone()));
        }
        if let Some(layer) = Rc::get_mut(&mut self.templates) {
            layer.add_all(parsed);
        }
        Ok(())
    }

    /// Whether there is such a template.
    pub fn has(&self, name: &str) -> bool {
        self.templates.get(name).is_some()
    }

    /// Renders a template.
    pub fn render(&self, name: &str, data: &Value, options: Options) -> Result<Str, Box<Error>> {
        let Some(template) = self.templates.get(name) else {
            let place = Place { source: name.to_string(), line: 1, column: 1, executing: None };
            let message = self.templates.undefined(name);
            return Err(Box::new(Error { place, message, callers: Vec::new() }));
        };
        let template = template.clone();
        Scope::new(&self.functions, self.templates.clone(), options).run(&template, data)
    }
}
