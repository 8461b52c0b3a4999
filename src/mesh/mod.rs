//! What each mesh knows by itself: names, defaults and conditions that its own components read.

pub mod istio;
