//! What an execution may use, so that a template without end meets one.

use std::{io, thread};

use super::function::Fault;

/// What an execution may use.
#[derive(Clone, Copy, Debug)]
pub struct Limits {
    /// How deep templates may render one another.
    pub depth: usize,
    /// How many nodes and commands may be executed.
    pub steps: u64,
    /// How many bytes may be made: the output, and what functions give.
    pub bytes: usize,
    /// How many bytes of the thread's stack may be taken; [`on_deep_stack`] has more.
    pub stack: usize,
}

impl Default for Limits {
    /// Well above what any chart needs, well below what hurts: seconds, a few hundred megabytes, and half the stack of a
    /// thread, on which hundreds of templates fit that render one another. Helm stops at a depth of 1000.
    fn default() -> Self {
        Self { depth: 1000, steps: 10_000_000, bytes: 256 << 20, stack: 1 << 20 }
    }
}

/// The stack of [`on_deep_stack`]. Memory is taken only as far as it is used.
const DEEP: usize = 128 << 20;

/// Runs what renders on a thread of its own, with a stack on which recursions as deep as Helm's fit. The work is handed
/// limits that say so.
pub fn on_deep_stack<T: Send>(work: impl FnOnce(Limits) -> T + Send) -> io::Result<T> {
    // Functions need some stack beyond what the engine counts.
    let limits = Limits { stack: DEEP - (8 << 20), ..Limits::default() };
    thread::scope(|scope| {
        let thread = thread::Builder::new().stack_size(DEEP).spawn_scoped(scope, move || work(limits))?;
        Ok(thread.join().unwrap_or_else(|panic| std::panic::resume_unwind(panic)))
    })
}

/// What is left of the limits.
pub(super) struct Budget {
    limits: Limits,
    steps: u64,
    bytes: usize,
    /// Where on the stack the execution began.
    base: usize,
}

/// About where on the stack the caller is.
#[inline]
fn stack_place() -> usize {
    let here = 0u8;
    (&raw const here).addr()
}

impl Budget {
    pub(super) fn new(limits: Limits) -> Self {
        Self { limits, steps: limits.steps, bytes: limits.bytes, base: stack_place() }
    }

    /// Takes one step.
    #[inline]
    pub(super) fn step(&mut self) -> Result<(), Fault> {
        if self.base.abs_diff(stack_place()) > self.limits.stack {
            return Err("blocks, parentheses and templates lie too deep in one another".into());
        }
        match self.steps.checked_sub(1) {
            Some(left) => {
                self.steps = left;
                Ok(())
            }
            None => {
                Err(format!("the template does not end: {} steps are the limit", self.limits.steps).into())
            }
        }
    }

    /// Takes bytes.
    #[inline]
    pub(super) fn bytes(&mut self, count: usize) -> Result<(), Fault> {
        match self.bytes.checked_sub(count) {
            Some(left) => {
                self.bytes = left;
                Ok(())
            }
            None => {
                Err(format!("the template makes more than {} bytes, the limit", self.limits.bytes).into())
            }
        }
    }

    /// Whether templates may render one another this deep.
    pub(super) fn depth(&self, depth: usize) -> Result<(), Fault> {
        match depth <= self.limits.depth {
            true => Ok(()),
            false => Err(format!("templates render one another more than {} deep", self.limits.depth).into()),
        }
    }
}
