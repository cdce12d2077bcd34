//! Names of files that a page or a server has said, made such that every system takes them, as Chromium does it.

/// A name without what leads to another folder, or what some system does not take.
pub(crate) fn one_name(name: &str) -> String {
    let mut chars: Vec<char> =
        name.trim_matches('.').chars().map(|c| if is_taken(c) { c } else { '_' }).collect();
    let is_odd = |c: &char| c.is_whitespace() || *c == '.';
    if let Some(first) = chars.first_mut().filter(|c| is_odd(c) || **c == '~') {
        *first = '_';
    }
    if let Some(last) = chars.last_mut().filter(|c| is_odd(c)) {
        *last = '_';
    }
    chars.into_iter().collect()
}

/// Whether a name may have it: no separator, and nothing that is not seen.
fn is_taken(c: char) -> bool {
    !c.is_control() && !r#""*/:<>?\|"#.contains(c) && !is_format(c)
}

/// The characters of the category `Cf`, but for the joiners that some scripts need.
fn is_format(c: char) -> bool {
    matches!(c,
        '\u{ad}' | '\u{600}'..='\u{605}' | '\u{61c}' | '\u{6dd}' | '\u{70f}' | '\u{890}'..='\u{891}' | '\u{8e2}' | '\u{180e}'
        | '\u{200b}' | '\u{200e}'..='\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2060}'..='\u{2064}' | '\u{2066}'..='\u{206f}'
        | '\u{feff}' | '\u{fff9}'..='\u{fffb}' | '\u{110bd}' | '\u{110cd}' | '\u{13430}'..='\u{1343f}'
        | '\u{1bca0}'..='\u{1bca3}' | '\u{1d173}'..='\u{1d17a}' | '\u{e0001}' | '\u{e0020}'..='\u{e007f}')
}

/// A path with a number before its extension.
pub(crate) fn numbered(path: &str, number: usize) -> String {
    match path.rsplit_once('.') {
        Some((stem, ext)) if !stem.is_empty() && !stem.ends_with('/') && !ext.contains('/') => {
            format!("{stem}-{number}.{ext}")
        }
        _ => format!("{path}-{number}"),
    }
}
