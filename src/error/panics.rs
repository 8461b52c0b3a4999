//! Panics as errors: the place is kept and nothing is printed behind the caller's back.

use std::any::Any;
use std::backtrace::{Backtrace, BacktraceStatus};
use std::cell::RefCell;
use std::panic::{self, AssertUnwindSafe, PanicHookInfo};
use std::sync::Mutex;

use super::{Error, Result};

thread_local! {
    static HERE: RefCell<Option<String>> = const { RefCell::new(None) };
}

/// The last panic of any thread: one that a thread pool hands over to the caller was recorded on another thread.
static ANYWHERE: Mutex<Option<String>> = Mutex::new(None);

/// From now on a panic prints nothing and is remembered for [`catch`]. Called once, by the binary: in tests the
/// harness shows panics.
pub fn record_panics() {
    panic::set_hook(Box::new(|info| {
        let record = describe(info);
        if let Ok(mut last) = ANYWHERE.lock() {
            *last = Some(record.clone());
        }
        // A panic while the thread is torn down finds no storage, and nobody to read it.
        let _ = HERE.try_with(|last| *last.borrow_mut() = Some(record));
    }));
}

/// Runs `work`; a panic in it becomes an error of kind `Bug` that names the place.
///
/// What `work` had borrowed mutably may be half done afterwards: only output and results that are thrown away
/// should be in reach.
pub fn catch<T>(work: impl FnOnce() -> T) -> Result<T> {
    panic::catch_unwind(AssertUnwindSafe(work)).map_err(|payload| {
        let here = HERE.with(|last| last.borrow_mut().take());
        let anywhere = ANYWHERE.lock().ok().and_then(|mut last| last.take());
        Error::bug(here.or(anywhere).unwrap_or_else(|| message(payload.as_ref()).to_owned()))
    })
}

fn describe(info: &PanicHookInfo<'_>) -> String {
    let mut text = message(info.payload()).to_owned();
    if let Some(place) = info.location() {
        text += &format!(" ({place})");
    }
    let backtrace = Backtrace::capture();
    if backtrace.status() == BacktraceStatus::Captured {
        text += &format!("\n{backtrace}");
    }
    text
}

fn message(payload: &(dyn Any + Send)) -> &str {
    let text = payload.downcast_ref::<String>().map(String::as_str);
    text.or_else(|| payload.downcast_ref::<&str>().copied()).unwrap_or("a panic without a message")
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::error::ErrorKind;

    #[test]
    fn a_panic_is_a_bug() {
        let error = catch(|| panic!("the list was empty")).unwrap_err();
        assert_eq!(error.kind, ErrorKind::Bug);
        assert!(error.message.starts_with("a bug in weft: the list was empty"), "{}", error.message);
        assert_eq!(catch(|| 7).unwrap(), 7);
    }
}
