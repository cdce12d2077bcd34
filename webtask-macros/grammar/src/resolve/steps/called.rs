//! `call`: what another task gives to this one.

use std::rc::Rc;

use proc_macro2::TokenStream;

use crate::ast::{Call, Name, Rust, Target};

use super::Walk;
use crate::resolve::scope::By;
use crate::resolve::ty::{Record, Ty};

impl<'t> Walk<'_, 't> {
    pub(super) fn call(&mut self, index: usize, call: &'t Call) {
        let with: Vec<_> = call.with.iter().map(|entry| (entry, self.value(&entry.value))).collect();
        match &call.target {
            Target::Path(path) => {
                self.plan.paths.push(path.clone());
                // The parser takes a path only after a name.
                if let Some(name) = &call.name {
                    let tokens: TokenStream = path.tokens.clone().into_iter().chain(output_path()).collect();
                    self.bind(index, name, Ty::Rust(Rust { tokens, span: path.span }), By::Step);
                }
            }
            Target::Slug(slug) => {
                let Some((task, plan)) = self.calls.callee(self.task, slug, "call") else {
                    match &call.name {
                        Some(name) => self.bind(index, name, Ty::Json, By::Step),
                        None => self.plan.partial = true,
                    }
                    return;
                };
                self.calls.check_inputs(task, &with, slug.span);
                self.want(&plan);
                self.plan.secrets.extend(plan.secrets.iter().cloned());
                self.plan.browser |= plan.browser;
                self.plan.network |= plan.network;
                self.plan.untrusted |= plan.untrusted;
                self.plan.paths.extend(plan.paths.iter().cloned());
                let fields: Vec<_> =
                    plan.results.iter().map(|bound| (bound.name.clone(), bound.ty.clone())).collect();
                match (&call.name, plan.returns) {
                    (Some(name), Some(ty)) => self.bind(index, name, ty, By::Step),
                    (Some(name), None) if plan.partial => self.bind(index, name, Ty::Json, By::Step),
                    (Some(name), None) => {
                        let doc = format!("What `{}` gives.", slug.value);
                        let record =
                            Record { task: task.name.text.clone(), name: "Output".into(), fields, doc };
                        self.bind(index, name, Ty::Record(Rc::new(record)), By::Step);
                    }
                    (None, Some(_)) => {
                        let message = format!("`{}` returns a value, which needs a name", slug.value);
                        self.calls.problems.help(
                            slug.span,
                            message,
                            format!("write `call NAME \"{}\"`", slug.value),
                        );
                    }
                    (None, None) => {
                        self.plan.partial |= plan.partial;
                        let help = format!("give its output a name: `call NAME \"{}\"`", slug.value);
                        for (name, ty) in fields {
                            let name = Name { text: name.text, span: slug.span };
                            if self.is_free(&name, &help) {
                                self.add(index, &name, ty, By::Step);
                            }
                        }
                    }
                }
            }
        }
    }
}

/// `::Output`, after a task's path.
fn output_path() -> TokenStream {
    "::Output".parse().expect("these are tokens")
}
