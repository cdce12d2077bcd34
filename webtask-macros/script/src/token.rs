//! The tokens of JavaScript, as far as they tell where functions, statements and operands begin and end.

/// A token.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Token<'s> {
    pub(crate) kind: Kind,
    pub(crate) text: &'s str,
    pub(crate) start: usize,
    /// Whether a line ends before it.
    pub(crate) breaks: bool,
    /// How many brackets are open around it; those of an opening bracket do not count itself.
    pub(crate) depth: usize,
    /// Whether it stands in a function within the source.
    pub(crate) nested: bool,
}

/// What a token is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Kind {
    /// A name or a keyword.
    Word,
    /// A number, a string, a pattern, or a template without holes.
    Literal,
    /// An operator or a separator.
    Sign,
    Open(Bracket),
    Close(Bracket),
}

/// What brackets are around.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Bracket {
    Round,
    /// `( … )` after `if`, `for`, `while`, `switch`, `catch` or `with`.
    Head,
    Square,
    /// Statements.
    Block,
    /// A function's statements.
    Function,
    Class,
    Object,
    /// A whole template.
    Template,
    /// `${ … }`
    Hole,
}

impl Token<'_> {
    pub(crate) fn is(&self, text: &str) -> bool {
        self.text == text && matches!(self.kind, Kind::Word | Kind::Sign)
    }

    pub(crate) fn end(&self) -> usize {
        self.start + self.text.len()
    }
}

/// Operators of several characters, the longest first.
const SIGNS: &[&str] = &[
    ">>>=", "...", "===", "!==", "**=", "<<=", ">>=", ">>>", "&&=", "||=", "??=", "=>", "==", "!=", "<=",
    ">=", "&&", "||", "??", "?.", "++", "--", "+=", "-=", "*=", "/=", "%=", "&=", "|=", "^=", "<<", ">>",
    "**",
];

/// Words after which an operand follows.
pub(crate) const PREFIXES: &[&str] = &[
    "return",
    "typeof",
    "instanceof",
    "in",
    "new",
    "delete",
    "void",
    "throw",
    "case",
    "do",
    "else",
    "await",
    "yield",
    "extends",
];

const HEADS: &[&str] = &["if", "for", "while", "switch", "catch", "with"];

/// The tokens of a source; none when a string or a bracket does not end.
pub(crate) fn tokens(source: &str) -> Option<Vec<Token<'_>>> {
    let mut scan = Scan::new(source, true);
    while scan.skip()? {
        scan.token()?;
    }
    scan.open.is_empty().then_some(scan.tokens)
}

struct Scan<'s> {
    source: &'s str,
    at: usize,
    breaks: bool,
    tokens: Vec<Token<'s>>,
    /// The open brackets, each with the place of its token.
    open: Vec<(Bracket, usize)>,
    /// How deep each arrow function stands whose body is one expression.
    arrows: Vec<usize>,
    /// Whether it is not just a look at what stands in a first brace.
    whole: bool,
}

impl<'s> Scan<'s> {
    fn new(source: &'s str, whole: bool) -> Self {
        Self { source, at: 0, breaks: false, tokens: Vec::new(), open: Vec::new(), arrows: Vec::new(), whole }
    }

    fn rest(&self) -> &'s str {
        &self.source[self.at..]
    }

    /// Passes over spaces and comments; whether anything follows.
    fn skip(&mut self) -> Option<bool> {
        loop {
            let rest = self.rest();
            let Some(first) = rest.chars().next() else { return Some(false) };
            let length = if rest.starts_with("//") || self.at == 0 && rest.starts_with("#!") {
                rest.find(['\n', '\r', '\u{2028}', '\u{2029}']).unwrap_or(rest.len())
            } else if let Some(inside) = rest.strip_prefix("/*") {
                let length = inside.find("*/")?;
                self.breaks |= inside[..length].contains('\n');
                length + 4
            } else if first.is_whitespace() || first == '\u{feff}' {
                self.breaks |= matches!(first, '\n' | '\r' | '\u{2028}' | '\u{2029}');
                first.len_utf8()
            } else {
                return Some(true);
            };
            self.at += length;
        }
    }

    fn push(&mut self, kind: Kind, length: usize) {
        let text = &self.source[self.at..self.at + length];
        let depth = self.open.len();
        let ends = matches!(text, "," | ";") || self.begins_statement(kind, text);
        self.arrows.retain(|arrow| *arrow < depth || *arrow == depth && !ends);
        let nested =
            !self.arrows.is_empty() || self.open.iter().any(|(bracket, _)| *bracket == Bracket::Function);
        self.tokens.push(Token { kind, text, start: self.at, breaks: self.breaks, depth, nested });
        self.breaks = false;
        self.at += length;
    }

    /// Whether a line's end stands for a `;` before that token.
    fn begins_statement(&self, kind: Kind, text: &str) -> bool {
        let Some(before) = self.before(1).filter(|_| self.breaks) else { return false };
        let ended = match before.kind {
            Kind::Word => !self.is_keyword(1, PREFIXES),
            Kind::Literal | Kind::Close(_) => true,
            Kind::Sign | Kind::Open(_) => false,
        };
        ended && matches!(kind, Kind::Word | Kind::Literal) && !matches!(text, "in" | "instanceof")
    }

    fn open(&mut self, bracket: Bracket, length: usize) {
        let place = self.tokens.len();
        self.push(Kind::Open(bracket), length);
        self.open.push((bracket, place));
    }

    fn close(&mut self, length: usize) -> Option<Bracket> {
        let (bracket, _) = self.open.pop()?;
        self.push(Kind::Close(bracket), length);
        Some(bracket)
    }

    fn token(&mut self) -> Option<()> {
        let rest = self.rest();
        let first = rest.chars().next()?;
        match first {
            '"' | '\'' => {
                let length = string(rest, first)?;
                self.push(Kind::Literal, length);
            }
            '`' => self.template()?,
            '(' => {
                let bracket = if self.follows_head() { Bracket::Head } else { Bracket::Round };
                self.open(bracket, 1);
            }
            '[' => self.open(Bracket::Square, 1),
            '{' => {
                let bracket = self.brace();
                self.open(bracket, 1);
            }
            ')' => {
                let bracket = self.close(1)?;
                matches!(bracket, Bracket::Round | Bracket::Head).then_some(())?;
            }
            ']' => (self.close(1)? == Bracket::Square).then_some(())?,
            '}' => match self.close(1)? {
                Bracket::Hole => self.characters()?,
                Bracket::Round | Bracket::Head | Bracket::Square | Bracket::Template => return None,
                Bracket::Block | Bracket::Function | Bracket::Class | Bracket::Object => {}
            },
            '/' if self.expects_operand() => {
                let length = pattern(rest)?;
                self.push(Kind::Literal, length);
            }
            c if c.is_ascii_digit() || c == '.' && rest[1..].starts_with(|c: char| c.is_ascii_digit()) => {
                self.push(Kind::Literal, number(rest));
            }
            c if is_word(c) || c == '\\' || c == '#' => {
                let length = rest.find(|c| !is_word(c) && !"\\#".contains(c)).unwrap_or(rest.len());
                self.push(Kind::Word, length);
            }
            c => {
                let known = SIGNS.iter().find(|sign| rest.starts_with(**sign));
                // `a?.5:b` is not an optional chain.
                let known = known
                    .filter(|sign| **sign != "?." || !rest[2..].starts_with(|c: char| c.is_ascii_digit()));
                let length = known.map_or(c.len_utf8(), |sign| sign.len());
                self.push(Kind::Sign, length);
                if known == Some(&"=>") && self.skip()? && !self.rest().starts_with('{') {
                    self.arrows.push(self.open.len());
                }
            }
        }
        Some(())
    }

    fn before(&self, back: usize) -> Option<&Token<'s>> {
        self.tokens.len().checked_sub(back).map(|at| &self.tokens[at])
    }

    /// Whether the token so far back is that keyword, and no property of that name.
    fn is_keyword(&self, back: usize, words: &[&str]) -> bool {
        self.before(back).is_some_and(|token| token.kind == Kind::Word && words.contains(&token.text))
            && !self.before(back + 1).is_some_and(|token| token.is(".") || token.is("?."))
    }

    fn follows_head(&self) -> bool {
        self.is_keyword(1, HEADS) || self.is_keyword(1, &["await"]) && self.is_keyword(2, &["for"])
    }

    /// Whether an operand may begin here, as after an operator.
    fn expects_operand(&self) -> bool {
        let Some(before) = self.before(1) else { return true };
        match before.kind {
            Kind::Word => self.is_keyword(1, PREFIXES),
            Kind::Literal => false,
            Kind::Sign => !["++", "--"].contains(&before.text),
            Kind::Open(_) => true,
            Kind::Close(bracket) => matches!(bracket, Bracket::Head | Bracket::Block),
        }
    }

    /// What a `{` opens.
    fn brace(&self) -> Bracket {
        let Some(before) = self.before(1) else {
            return if self.whole { self.first() } else { Bracket::Block };
        };
        if self.opens_class() {
            return Bracket::Class;
        }
        match before.kind {
            Kind::Close(Bracket::Round) => Bracket::Function,
            Kind::Close(Bracket::Head) => match self.head_is_method() {
                true => Bracket::Function,
                false => Bracket::Block,
            },
            Kind::Sign if before.is("=>") => Bracket::Function,
            Kind::Sign if before.is(";") => Bracket::Block,
            Kind::Sign => Bracket::Object,
            Kind::Open(Bracket::Block | Bracket::Function) => Bracket::Block,
            Kind::Open(_) => Bracket::Object,
            Kind::Close(Bracket::Block | Bracket::Function | Bracket::Class) => Bracket::Block,
            Kind::Word if self.is_keyword(1, &["else", "do", "try", "finally", "catch", "static"]) => {
                Bracket::Block
            }
            Kind::Word if self.is_keyword(1, PREFIXES) => Bracket::Object,
            Kind::Word | Kind::Literal | Kind::Close(_) => Bracket::Block,
        }
    }

    /// Whether the word before closed parentheses is a method's name after all.
    fn head_is_method(&self) -> bool {
        matches!(self.open.last(), Some((Bracket::Object | Bracket::Class, _)))
    }

    /// Whether a `class` has no body yet.
    fn opens_class(&self) -> bool {
        let depth = self.open.len();
        let here = self.tokens.iter().rev().take_while(|token| token.depth >= depth);
        for token in here.filter(|token| token.depth == depth) {
            match token.kind {
                Kind::Word if token.text == "class" => {
                    let before = self.tokens.iter().rev().find(|before| before.start < token.start);
                    return !before.is_some_and(|before| before.is(".") || before.is("?."));
                }
                Kind::Word | Kind::Open(Bracket::Round) | Kind::Close(Bracket::Round) => {}
                Kind::Sign if token.text == "." => {}
                _ => return false,
            }
        }
        false
    }

    /// What the `{` opens that a source begins with: an object, if that is what its first tokens say.
    fn first(&self) -> Bracket {
        let inside = tokens_of_beginning(&self.source[self.at + 1..]);
        let at = |index: usize| inside.get(index).map(|(_, text)| *text);
        let key = inside.first().is_some_and(|(key, _)| *key);
        let object = match at(0) {
            Some("}" | "..." | "[") => true,
            _ if key => match at(1) {
                Some(":" | "," | "}") => true,
                Some("(") => {
                    !HEADS.contains(&at(0).unwrap_or_default()) && is_method(&self.source[self.at + 1..])
                }
                Some(_) => ["get", "set", "async"].contains(&at(0).unwrap_or_default()) && at(2) == Some("("),
                None => false,
            },
            _ => false,
        };
        if object { Bracket::Object } else { Bracket::Block }
    }

    /// A template, whose holes are scanned like anything else.
    fn template(&mut self) -> Option<()> {
        self.open(Bracket::Template, 1);
        self.characters()
    }

    /// The characters of a template up to its end or its next hole.
    fn characters(&mut self) -> Option<()> {
        let rest = self.rest();
        let mut escaped = false;
        for (at, c) in rest.char_indices() {
            match c {
                _ if escaped => escaped = false,
                '\\' => escaped = true,
                '`' => {
                    self.at += at;
                    return (self.close(1)? == Bracket::Template).then_some(());
                }
                '$' if rest[at + 1..].starts_with('{') => {
                    self.at += at;
                    self.open(Bracket::Hole, 2);
                    return Some(());
                }
                _ => {}
            }
        }
        None
    }
}

fn is_word(c: char) -> bool {
    c.is_alphanumeric() || c == '_' || c == '$' || c == '\u{200c}' || c == '\u{200d}'
}

/// The first tokens after a brace, roughly: whether each is a key, and its text.
fn tokens_of_beginning(text: &str) -> Vec<(bool, &str)> {
    let mut scan = Scan::new(text, false);
    while scan.tokens.len() < 3 && scan.skip() == Some(true) && scan.token().is_some() {}
    // The closing brace of an empty one closes nothing here.
    if scan.tokens.is_empty() && scan.rest().starts_with('}') {
        return vec![(false, "}")];
    }
    let mut found: Vec<_> = scan
        .tokens
        .iter()
        .map(|token| (matches!(token.kind, Kind::Word | Kind::Literal), token.text))
        .collect();
    if found.len() < 3 && scan.rest().starts_with('}') {
        found.push((false, "}"));
    }
    found
}

/// Whether `name( … )` is followed by a brace.
fn is_method(text: &str) -> bool {
    let mut scan = Scan::new(text, false);
    while scan.skip() == Some(true) && scan.token().is_some() {
        if scan.open.is_empty() && matches!(scan.tokens.last(), Some(Token { kind: Kind::Close(_), .. })) {
            return scan.skip() == Some(true) && scan.rest().starts_with('{');
        }
    }
    false
}

/// How long the string is.
fn string(text: &str, quote: char) -> Option<usize> {
    let mut escaped = false;
    for (at, c) in text.char_indices().skip(1) {
        match c {
            _ if escaped => escaped = false,
            '\\' => escaped = true,
            '\n' | '\r' => return None,
            c if c == quote => return Some(at + 1),
            _ => {}
        }
    }
    None
}

/// How long the regular expression is, with its flags.
fn pattern(text: &str) -> Option<usize> {
    let (mut escaped, mut class) = (false, false);
    for (at, c) in text.char_indices().skip(1) {
        match c {
            '\n' | '\r' => return None,
            _ if escaped => escaped = false,
            '\\' => escaped = true,
            '[' => class = true,
            ']' => class = false,
            '/' if !class => {
                let flags = &text[at + 1..];
                return Some(at + 1 + flags.find(|c| !is_word(c)).unwrap_or(flags.len()));
            }
            _ => {}
        }
    }
    None
}

/// How long the number is.
fn number(text: &str) -> usize {
    let mut before = ' ';
    for (at, c) in text.char_indices() {
        let sign =
            "+-".contains(c) && "eE".contains(before) && !text.starts_with("0x") && !text.starts_with("0X");
        if !(is_word(c) || c == '.' || sign) {
            return at;
        }
        before = c;
    }
    text.len()
}
