//! The exit codes, which are part of the contract.

use std::process::ExitCode;

/// How a run ended.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum ExitStatus {
    /// 0: nothing to report.
    #[default]
    Success,
    /// 1: findings at or above the threshold, a failed check, a difference, a refused injection.
    Findings,
    /// 2: unknown flag, value, key or name; a question that was not answered with yes.
    Usage,
    /// 3: an input could not be read or parsed, or an output could not be written; the others are answered for.
    Unreadable,
    /// 4: the cluster is unreachable, or refuses.
    Cluster,
    /// 5: timed out.
    Timeout,
    /// 64: not built yet, or no counterpart.
    NotBuilt,
    /// 70: a bug in weft.
    Bug,
    /// 130: interrupted, after saying what was done.
    Interrupted,
}

/// "Where several apply, the first of 70, 2, 4, 5, 3, 1." An interruption outranks all but a bug, because the rest was
/// not looked at; "not built" ends a run before anything else can apply.
const PRECEDENCE: [ExitStatus; 9] = [
    ExitStatus::Bug,
    ExitStatus::Interrupted,
    ExitStatus::NotBuilt,
    ExitStatus::Usage,
    ExitStatus::Cluster,
    ExitStatus::Timeout,
    ExitStatus::Unreadable,
    ExitStatus::Findings,
    ExitStatus::Success,
];

impl ExitStatus {
    /// The number that the shell sees.
    pub fn code(self) -> u8 {
        match self {
            ExitStatus::Success => 0,
            ExitStatus::Findings => 1,
            ExitStatus::Usage => 2,
            ExitStatus::Unreadable => 3,
            ExitStatus::Cluster => 4,
            ExitStatus::Timeout => 5,
            ExitStatus::NotBuilt => 64,
            ExitStatus::Bug => 70,
            ExitStatus::Interrupted => 130,
        }
    }

    /// The one that counts where both apply.
    #[must_use]
    pub fn combine(self, other: Self) -> Self {
        PRECEDENCE.into_iter().find(|&status| status == self || status == other).unwrap_or(self)
    }
}

impl From<ExitStatus> for ExitCode {
    fn from(status: ExitStatus) -> Self {
        ExitCode::from(status.code())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_first_of_70_2_4_5_3_1_counts() {
        let order = [70, 2, 4, 5, 3, 1, 0];
        let of = |code| PRECEDENCE.into_iter().find(|status| status.code() == code).unwrap();
        for (at, &high) in order.iter().enumerate() {
            for &low in &order[at..] {
                assert_eq!(of(high).combine(of(low)).code(), high);
                assert_eq!(of(low).combine(of(high)).code(), high);
            }
        }
    }
}
