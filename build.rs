//! Embeds the schemas of `api/`: each file compressed, and a table of what lies in which.
#![expect(clippy::disallowed_methods, reason = "a build script reads its inputs and writes its output")]

use std::fmt::Write;
use std::path::{Path, PathBuf};
use std::{env, fs, io};

fn main() -> io::Result<()> {
    println!("cargo::rerun-if-changed=api");
    let out = PathBuf::from(env::var_os("OUT_DIR").ok_or_else(|| io::Error::other("no OUT_DIR"))?);
    let mut files = vec![];
    find(Path::new("api"), &mut files)?;
    files.sort();
    let (mut packed, mut kinds, mut configs) = (String::new(), vec![], vec![]);
    for (index, path) in files.iter().enumerate() {
        let text = fs::read_to_string(path)?;
        let name = path.strip_prefix("api").unwrap_or(path).with_extension("");
        let name = name.to_string_lossy().replace('\\', "/");
        let target = out.join(format!("{index}.z"));
        fs::write(&target, miniz_oxide::deflate::compress_to_vec(text.as_bytes(), 10))?;
        let size = text.len();
        writeln!(packed, "    Packed {{ name: {name:?}, size: {size}, bytes: include_bytes!({target:?}) }},")
            .map_err(io::Error::other)?;
        declared(&text, index, &mut kinds, &mut configs);
    }
    kinds.sort();
    configs.sort();
    let table = format!(
        "static FILES: [Packed; {}] = [\n{packed}];\nstatic KINDS: &[(&str, &str, usize)] = &{kinds:?};\n\
         static CONFIGS: &[(&str, usize)] = &{configs:?};\n",
        files.len()
    );
    fs::write(out.join("api.rs"), table)
}

fn find(folder: &Path, files: &mut Vec<PathBuf>) -> io::Result<()> {
    for entry in fs::read_dir(folder)? {
        let path = entry?.path();
        if path.is_dir() {
            find(&path, files)?;
        } else if path.extension().is_some_and(|end| end == "api") {
            files.push(path);
        }
    }
    Ok(())
}

/// The kinds, by name and group, and the other documents that a file describes.
fn declared(
    text: &str,
    file: usize,
    kinds: &mut Vec<(String, String, usize)>,
    configs: &mut Vec<(String, usize)>,
) {
    // Types come last, and have fields of any name.
    for line in text.lines().take_while(|line| !line.starts_with("type ")) {
        let mut words = line.split(' ');
        match (words.next(), words.next()) {
            (Some("kind"), Some(name)) => kinds.push((name.to_owned(), String::new(), file)),
            (Some("config"), Some(name)) => configs.push((name.to_owned(), file)),
            _ => {}
        }
        // Kubernetes' core has no line for its group.
        if let (Some(group), Some(kind)) = (line.strip_prefix("  group "), kinds.last_mut()) {
            kind.1 = group.trim().to_owned();
        }
    }
}
