//! What is there before a task's steps: the task that prepares its window, and the settings of the operator.

use proc_macro2::{TokenStream, TokenTree};
use quote::quote;
use webtask_grammar::ast::{Entry, Name, Value};
use webtask_grammar::resolve::{Info, Ty};

use super::{One, local};

impl One<'_> {
    /// The settings that a run needs.
    pub(super) fn wanted(&self) -> TokenStream {
        let rt = self.rt();
        let wanted = self.plan.settings.iter().map(|(name, wanted)| {
            let url = wanted.url;
            let default = match &wanted.default {
                Some(default) => quote! { #rt::std::option::Option::Some(#default) },
                None => quote! { #rt::std::option::Option::None },
            };
            quote! { #rt::Wanted { name: #name, default: #default, url: #url } }
        });
        quote! { &[#(#wanted),*] }
    }

    pub(super) fn setup(&self) -> TokenStream {
        let rt = self.rt();
        let none = quote! { #rt::std::option::Option::None };
        if let Some(path) = self.all.func.and_then(|func| func.setup.as_ref()).filter(|_| !self.all.broken) {
            return quote! {
                #rt::std::option::Option::Some(#rt::Setup {
                    slug: #path::TASK.parts().slug,
                    secrets: #path::TASK.parts().secrets,
                    settings: #path::TASK.settings(),
                    input: #rt::std::option::Option::None,
                    body: |cx, _| #rt::prelude(#path::__body(cx, <#path::Input as #rt::std::default::Default>::default())),
                })
            };
        }
        let Some(setup) = &self.task.header.setup else { return none };
        let Some(task) = self.all.by_slug(&setup.slug.value) else { return none };
        if self.all.broken {
            return none;
        }
        let (slug, secrets) = (&setup.slug.value, task.plan.secrets.iter());
        let (input, body) = (task.item("Input"), task.item("body"));
        let (settings, label) = (task.wanted(), format!("setup {slug}"));
        let (given, steps) = if setup.with.is_empty() {
            let steps =
                quote! { |cx, _| #rt::prelude(#body(cx, <#input as #rt::std::default::Default>::default())) };
            (none, steps)
        } else {
            let given = self.item("setup");
            let steps = quote! {
                |cx, input| #rt::prelude(#rt::body(async move {
                    #body(cx, #rt::decode::<#input>(#label, input)?).await
                }))
            };
            (quote! { #rt::std::option::Option::Some(#given) }, steps)
        };
        quote! {
            #rt::std::option::Option::Some(#rt::Setup {
                slug: #slug,
                secrets: &[#(#secrets),*],
                settings: #settings,
                input: #given,
                body: #steps,
            })
        }
    }

    /// What makes the setup's inputs of this task's, beside the macro call.
    pub(super) fn setup_input(&self) -> TokenStream {
        let Some(setup) = self.task.header.setup.as_ref().filter(|setup| !setup.with.is_empty()) else {
            return TokenStream::new();
        };
        let Some(task) = self.all.by_slug(&setup.slug.value).filter(|_| !self.all.broken) else {
            return TokenStream::new();
        };
        let (rt, cx, name, input) = (self.rt(), self.cx(), self.item("setup"), self.item("Input"));
        let (given, settings) = (local("given"), self.settings());
        let fields = self.task.header.inputs.iter().map(|input| {
            let name = input.name.ident();
            quote! { #name: #name }
        });
        let (other, values) = (task.item("Input"), self.inputs_of(&task, &self.plan.header, &setup.with));
        quote! {
            #[doc(hidden)]
            #[allow(non_shorthand_field_patterns, non_snake_case, unused_variables)]
            fn #name(
                #cx: &#rt::Cx,
                #given: &dyn #rt::std::any::Any,
            ) -> #rt::std::result::Result<#rt::serde_json::Value, #rt::Error> {
                let #input { #(#fields),* } = #rt::input_of(#given)?;
                #settings
                #rt::value(&#other { #values })
            }
        }
    }

    /// The fields of another task's `Input`, of what is given to it.
    pub(super) fn inputs_of(&self, task: &One<'_>, info: &Info, with: &[Entry]) -> TokenStream {
        let rt = self.rt();
        let inputs = task.task.header.inputs.iter().map(|input| {
            let field = input.name.ident();
            let value = match with.iter().find(|entry| entry.key.value == input.name.text) {
                Some(entry) => {
                    let ty = Ty::within_steps(input);
                    self.convert(info, &entry.value, &ty, &input.name.text)
                }
                None if input.default.is_some() => {
                    let function = super::default_of(&task.task.name.text, &input.name);
                    quote! { #function() }
                }
                None => quote! { #rt::std::option::Option::None },
            };
            quote! { #field: #value }
        });
        quote! { #(#inputs),* }
    }

    /// What is used by the setup's inputs alone is used.
    pub(super) fn lent(&self) -> TokenStream {
        let Some(setup) = &self.task.header.setup else { return TokenStream::new() };
        let mut used = Vec::new();
        setup.with.iter().for_each(|entry| mentioned(&entry.value, &mut used));
        let inputs = self.task.header.inputs.iter().map(|input| &input.name);
        let names = inputs.chain(self.task.header.settings.iter().map(|setting| &setting.name));
        let names = names.filter(|name| used.contains(&name.text)).map(Name::ident);
        quote! { #(let _ = &#names;)* }
    }

    /// A local for each setting, which rustc warns of when nothing uses it.
    pub(super) fn settings(&self) -> TokenStream {
        let (rt, cx) = (self.rt(), self.cx());
        let settings = self.task.header.settings.iter().map(|setting| {
            let (name, text) = (setting.name.ident(), &setting.name.text);
            let default = match &setting.default {
                Some(default) => {
                    let default = &default.value;
                    quote! { #rt::std::option::Option::Some(#default) }
                }
                None => quote! { #rt::std::option::Option::None },
            };
            quote! { let #name: #rt::std::string::String = #rt::setting(#cx, #text, #default)?; }
        });
        quote! { #(#settings)* }
    }
}

/// The names that a value mentions.
fn mentioned(value: &Value, names: &mut Vec<String>) {
    match value {
        Value::Text(template) => names.extend(template.holes().map(|hole| hole.name.clone())),
        Value::List(items) => items.value.iter().for_each(|item| mentioned(item, names)),
        Value::Map(entries) => entries.value.iter().for_each(|entry| mentioned(&entry.value, names)),
        Value::Rust(rust) => idents(&rust.tokens, names),
        Value::Int(_) | Value::Float(_) | Value::Bool(_) | Value::Null(_) => {}
    }
}

fn idents(tokens: &TokenStream, names: &mut Vec<String>) {
    for token in tokens.clone() {
        match token {
            TokenTree::Ident(ident) => names.push(ident.to_string()),
            TokenTree::Group(group) => idents(&group.stream(), names),
            TokenTree::Punct(_) | TokenTree::Literal(_) => {}
        }
    }
}
