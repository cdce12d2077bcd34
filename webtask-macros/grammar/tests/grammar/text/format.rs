//! The formatter: the one layout, which says the same as before and stays as it is.

use webtask_grammar::{Problems, Source, format, parse_text};

use super::both::BOTH;
use crate::common;

/// The tree of a text without problems.
fn tree(text: &str) -> Option<String> {
    let mut problems = Problems::new();
    let tasks = parse_text(&Source::new("a.webtask", text), &mut problems);
    problems.take().is_empty().then(|| common::written(&tasks))
}

fn formatted(text: &str) -> String {
    format(&Source::new("a.webtask", text)).unwrap_or_else(|_| panic!("it has problems:\n{text}"))
}

/// The layout of a text, which says the same and stays as it is.
fn laid_out(text: &str) -> String {
    let once = formatted(text);
    assert_eq!(formatted(&once), once, "not the same twice:\n{text}\n----\n{once}");
    assert_eq!(tree(&once), tree(text), "another tree:\n{text}\n----\n{once}");
    assert_eq!(comments(&once), comments(text), "{text}\n----\n{once}");
    once
}

/// How many `#` there are.
fn comments(text: &str) -> usize {
    text.matches('#').count()
}

#[test]
fn the_layout() {
    let text = r#"

# About.


   # More.
task   "a"   as b# a task

      timeout 1s


  transport rest,sse  ,websocket
  input tags list default [ "a",
  "b" , # b

  # c
  "c"
  ]


  # To begin.
emit progress "x" data {a:1,b:{c:[-1,2 ]},e:{ }, f: [ ]}
  emit progress "y" data {
  list: [{
    a: 1,
      }, {
  a: 2 }],
  b: [
  1]
  }
   if   js """
       return 1

         // two
       """
     # Then.
 wait-until ".a"
       else if "{{tags}}"
    else

 js _ """return
    2"""   await
   # Last.

 end
 extract x from "a"
   link   attr xlink:href on "a"
       end
end
task "c"
end
# Done.
"#;
    let expected = r#"# About.

# More.
task "a" as b  # a task
    timeout 1s

    transport rest, sse, websocket
    input tags list default [
        "a",
        "b",  # b

        # c
        "c"
    ]

    # To begin.
    emit progress "x" data { a: 1, b: { c: [-1, 2] }, e: {}, f: [] }
    emit progress "y" data {
        list: [{
            a: 1,
        }, {
            a: 2
        }],
        b: [
            1
        ]
    }
    if js """
        return 1

          // two
    """
        # Then.
        wait-until ".a"
    else if "{{tags}}"
    else
        js _ """
            return
            2
        """ await
        # Last.
    end
    extract x from "a"
        link attr xlink:href on "a"
    end
end

task "c"
end
# Done.
"#;
    let found = laid_out(text);
    assert!(found == expected, "{found}");
}

#[test]
fn a_script_without_quotes_stays_as_it_is() {
    let text = "task \"a\"\n  js  n  args [ 1 ]   return ({ a:arguments[0],b : \"c\" })\n  wait 1s\nend\n";
    assert_eq!(
        laid_out(text),
        "task \"a\"\n    js n args [1] return ({ a:arguments[0],b : \"c\" })\n    wait 1s\nend\n"
    );
    let inline = r#"task "a" { js n "return ({ a:arguments[0],b : \"c\" })" args [1]; wait 1s; }"#;
    assert_eq!(tree(text).as_deref(), Some(common::written(&common::read(inline).0).as_str()));
}

#[test]
fn empty_files() {
    assert_eq!(formatted(""), "");
    assert_eq!(formatted(" \n\n"), "");
    assert_eq!(formatted("#a \n\n\n#b"), "#a\n\n#b\n");
    assert_eq!(formatted("\u{feff}task \"a\"\r\nend"), "task \"a\"\nend\n");
}

#[test]
fn what_cannot_be_read_is_not_changed() {
    assert_eq!(format(&Source::new("a.webtask", "task \"a\"\n  clik \"b\"\nend\n")).unwrap_err().len(), 1);
}

/// Numbers that look random, the same in every run.
struct Dice(u64);

impl Dice {
    fn below(&mut self, limit: usize) -> usize {
        self.0 = self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        usize::try_from(self.0 >> 33).unwrap_or_default() % limit
    }
}

#[test]
fn however_a_recipe_is_laid_out() {
    let space = [" ", "  ", "\t", "\n", "\n\n\n", " # c\n", "\n# c\n", "    ", "\r\n", ",", "\u{a0}"];
    let mut dice = Dice(1);
    let mut tried = 0;
    for (_, text) in BOTH {
        laid_out(text);
        let chars: Vec<char> = text.chars().collect();
        for _ in 0..150 {
            let mut changed = chars.clone();
            for _ in 0..=dice.below(4) {
                let at = dice.below(changed.len());
                if changed[at].is_whitespace() && dice.below(2) == 0 {
                    changed.remove(at);
                } else {
                    let insert = space[dice.below(space.len())];
                    changed.splice(at..at, insert.chars());
                }
            }
            let changed: String = changed.into_iter().collect();
            if tree(&changed).is_some() {
                laid_out(&changed);
                tried += 1;
            }
        }
    }
    assert!(tried > 100, "{tried}");
}

#[test]
fn operators_stand_apart() {
    let source = r#"task "a"
if "{{a}}"==-1 and("{{b}}">=2   or not "{{c}}"!="x")
end
end"#;
    let expected = r#"task "a"
    if "{{a}}" == -1 and ("{{b}}" >= 2 or not "{{c}}" != "x")
    end
end
"#;
    assert_eq!(laid_out(source), expected);
}
