//! Progress of work that takes long enough to wonder about.

use std::sync::mpsc::{self, RecvTimeoutError, Sender};
use std::thread::{self, JoinHandle};
use std::time::Duration;

use indicatif::{ProgressBar, ProgressDrawTarget, ProgressStyle};

/// Work shorter than this shows nothing: a bar that flashes only disturbs.
const PATIENCE: Duration = Duration::from_millis(500);
const TICK: Duration = Duration::from_millis(100);

/// A line on stderr that says how far the work is; gone without a trace when dropped. Shared by threads as it is.
pub struct Progress {
    pub(super) bar: ProgressBar,
    waiting: Option<(Sender<()>, JoinHandle<()>)>,
}

impl Progress {
    /// Shows nothing, ever: stderr is not a terminal, or quiet was asked for.
    pub(super) fn hidden() -> Self {
        Self { bar: ProgressBar::hidden(), waiting: None }
    }

    /// Appears on stderr once the work has lasted half a second.
    pub(super) fn delayed(message: &str, total: Option<u64>, signs: &str) -> Self {
        let bar = ProgressBar::with_draw_target(total, ProgressDrawTarget::hidden());
        let template =
            if total.is_some() { "{spinner} {msg} {pos}/{len}" } else { "{spinner} {msg} {elapsed}" };
        if let Ok(style) = ProgressStyle::with_template(template) {
            bar.set_style(style.tick_chars(signs));
        }
        bar.set_message(message.to_owned());
        let (done, wait) = mpsc::channel();
        let shown = bar.clone();
        // A thread, so that work which is stuck in one step shows too.
        let thread = thread::Builder::new().name("progress".into()).spawn(move || {
            if wait.recv_timeout(PATIENCE) == Err(RecvTimeoutError::Timeout) {
                shown.set_draw_target(ProgressDrawTarget::stderr());
                shown.enable_steady_tick(TICK);
            }
        });
        Self { bar, waiting: thread.ok().map(|thread| (done, thread)) }
    }

    /// One more of the total is done.
    pub fn advance(&self) {
        self.bar.inc(1);
    }

    /// What is being done now.
    pub fn message(&self, message: impl Into<String>) {
        self.bar.set_message(message.into());
    }
}

impl Drop for Progress {
    fn drop(&mut self) {
        if let Some((done, thread)) = self.waiting.take() {
            drop(done);
            // It cannot panic, and there would be nothing to do about it.
            let _ = thread.join();
        }
        self.bar.finish_and_clear();
    }
}
