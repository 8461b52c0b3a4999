//! Tables: columns on the left, three spaces apart, nothing drawn.

use super::text::width;

const GAP: usize = 3;

/// Rows of text under an optional head. Cells count their columns, not their bytes; styles belong around the lines
/// that come out, not into the cells.
#[derive(Clone, Debug, Default)]
pub struct Table {
    rows: Vec<Vec<String>>,
}

impl Table {
    /// A table without a head.
    pub fn new() -> Self {
        Self::default()
    }

    /// A table with a head, by convention in capitals.
    pub fn with_head<const N: usize>(head: [&str; N]) -> Self {
        Self { rows: vec![head.map(str::to_owned).to_vec()] }
    }

    /// Adds a row; rows may differ in length.
    pub fn row<I>(&mut self, cells: I)
    where
        I: IntoIterator,
        I::Item: Into<String>,
    {
        self.rows.push(cells.into_iter().map(Into::into).collect());
    }

    /// The lines, without trailing spaces.
    pub fn lines(&self) -> impl Iterator<Item = String> + '_ {
        let columns = self.rows.iter().map(Vec::len).max().unwrap_or_default();
        let widths: Vec<usize> = (0..columns)
            .map(|at| {
                self.rows
                    .iter()
                    .filter_map(|row| row.get(at))
                    .map(|cell| width(cell))
                    .max()
                    .unwrap_or_default()
            })
            .collect();
        self.rows.iter().map(move |row| {
            let mut line = String::new();
            for (cell, column) in row.iter().zip(&widths) {
                line.push_str(cell);
                line.extend(std::iter::repeat_n(' ', column - width(cell) + GAP));
            }
            line.truncate(line.trim_end().len());
            line
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn columns_align_and_lines_end_with_text() {
        let mut table = Table::with_head(["SERVER", "PORT"]);
        table.row(["shop/größe", "8080"]);
        table.row(["a"]);
        assert_eq!(table.lines().collect::<Vec<_>>(), ["SERVER       PORT", "shop/größe   8080", "a"]);
    }
}
