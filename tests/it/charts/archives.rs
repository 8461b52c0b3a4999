//! Archives that are no charts, or more than that: each is refused with a reason, and nothing is written.

use crate::support::Sandbox;

/// An entry of a tar archive.
fn entry(name: &str, kind: u8, data: &[u8]) -> Vec<u8> {
    let mut header = [0; 512];
    header[..name.len()].copy_from_slice(name.as_bytes());
    header[100..107].copy_from_slice(b"0000644");
    header[124..135].copy_from_slice(format!("{:011o}", data.len()).as_bytes());
    header[148..156].fill(b' ');
    header[156] = kind;
    header[257..263].copy_from_slice(b"ustar\0");
    let sum: u32 = header.iter().map(|&byte| u32::from(byte)).sum();
    header[148..155].copy_from_slice(format!("{sum:06o}\0").as_bytes());
    let mut entry = header.to_vec();
    entry.extend(data);
    entry.resize(entry.len().next_multiple_of(512), 0);
    entry
}

fn tar(entries: &[(&str, u8, &[u8])]) -> Vec<u8> {
    let mut tar: Vec<u8> = entries.iter().flat_map(|(name, kind, data)| entry(name, *kind, data)).collect();
    tar.resize(tar.len() + 1024, 0);
    tar
}

fn gzip(bytes: &[u8]) -> Vec<u8> {
    let mut sum = !0u32;
    for &byte in bytes {
        sum ^= u32::from(byte);
        for _ in 0..8 {
            sum = if sum & 1 == 1 { 0xEDB8_8320 ^ (sum >> 1) } else { sum >> 1 };
        }
    }
    let mut packed = vec![0x1f, 0x8b, 8, 0, 0, 0, 0, 0, 0, 255];
    packed.extend(miniz_oxide::deflate::compress_to_vec(bytes, 6));
    packed.extend((!sum).to_le_bytes());
    packed.extend((bytes.len() as u32).to_le_bytes());
    packed
}

const CHART: (&str, u8, &[u8]) = ("c/Chart.yaml", b'0', b"apiVersion: v2\nname: c\nversion: 1.0.0\n");

/// The code and the message of rendering an archive.
fn refusal(archive: &[u8]) -> String {
    let sandbox = Sandbox::new().file("c.tgz", archive);
    let run = sandbox.run("render --chart c.tgz --output-dir out");
    assert_eq!((run.code, run.stdout.as_str()), (Some(3), ""), "{run}");
    assert!(!sandbox.path().join("out").exists(), "nothing is written");
    run.stderr
}

#[test]
fn an_archive_is_a_chart() {
    let template = ("c/templates/a.yaml", b'0', b"kind: A\nname: {{ .Release.Name }}\n".as_slice());
    let archive = gzip(&tar(&[("c/", b'5', b""), CHART, template]));
    let run = Sandbox::new().file("c.tgz", archive).run("render --chart c.tgz --release r");
    assert_eq!(run.stdout, "---\n# Source: c/templates/a.yaml\nkind: A\nname: r\n", "{run}");
}

#[test]
fn paths_stay_inside() {
    for path in ["c/../../x", "c//etc/x", "/etc/x/../../../y", "c/a/../..", "c\\..\\..\\x", "c/C:/x", "c"] {
        let text = refusal(&gzip(&tar(&[CHART, (path, b'0', b"x")])));
        assert!(text.contains("leads out of the chart"), "{path}: {text}");
    }
}

#[test]
fn links_and_devices_are_refused() {
    for kind in [b'1', b'2', b'3', b'6'] {
        let text = refusal(&gzip(&tar(&[CHART, ("c/values.yaml", kind, b"")])));
        assert!(text.contains("`c/values.yaml` is no regular file"), "{text}");
    }
}

#[test]
fn a_file_that_is_too_large_is_refused() {
    let large = vec![b'#'; 6 << 20];
    let text = refusal(&gzip(&tar(&[CHART, ("c/values.yaml", b'0', &large)])));
    assert!(text.contains("larger than 5 MiB"), "{text}");
}

#[test]
fn what_is_broken_is_refused() {
    let mut archive = gzip(&tar(&[CHART]));
    assert!(refusal(&archive[..archive.len() / 2]).contains("gzip"));
    let middle = archive.len() / 2;
    archive[middle] ^= 0xff;
    assert!(refusal(&archive).contains("gzip"));
    assert!(refusal(b"a: 1\n").contains("neither a folder nor a gzipped archive"));
    assert!(refusal(&gzip(&tar(&[]))).contains("without files"));
    assert!(refusal(&gzip(&[b'x'; 2048])).contains("broken"));
    assert!(refusal(&gzip(&tar(&[("Chart.yaml", b'0', b"")]))).contains("belongs in the chart's folder"));
}
