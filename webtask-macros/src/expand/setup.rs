//! What is there before a task's steps: the task that prepares its window, and the settings of the operator.

use proc_macro2::{TokenStream, TokenTree};
use quote::quote;
use webtask_grammar::ast::{Name, Value};
use webtask_program::{Argument, Setup};

use super::{One, local};

impl One<'_> {
    /// The settings that a run needs.
    pub(super) fn wanted(&self) -> TokenStream {
        let rt = self.rt();
        let wanted = self.lowered.task.wanted.iter().map(|wanted| {
            let (name, url) = (&wanted.setting.name, wanted.url);
            let default = self.optional(wanted.setting.default.as_ref(), |default| quote! { #default });
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
                    body: |cx, _| #rt::prelude(#rt::Input::steps(<#path::Input as #rt::std::default::Default>::default(), cx)),
                })
            };
        }
        let Some(setup) = self.lowered.task.setup.as_ref().filter(|_| !self.all.broken) else { return none };
        let Some(task) = self.all.by_slug(&setup.slug) else { return none };
        let (slug, secrets) = (&setup.slug, &task.lowered.task.secrets);
        let input = task.of("Input");
        let (settings, label) = (task.wanted(), format!("setup {slug}"));
        let (given, steps) = if setup.inputs.is_none() {
            let steps = quote! {
                |cx, _| #rt::prelude(#rt::Input::steps(<#input as #rt::std::default::Default>::default(), cx))
            };
            (none, steps)
        } else {
            let given = self.item("setup");
            let steps = quote! {
                |cx, input| #rt::prelude(#rt::body(async move {
                    #rt::Input::steps(#rt::decode::<#input>(#label, input)?, cx).await
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
        let Some(Setup { slug, inputs: Some(arguments) }) = &self.lowered.task.setup else {
            return TokenStream::new();
        };
        let Some(task) = self.all.by_slug(slug) else { return TokenStream::new() };
        let (rt, cx, name, input) = (self.rt(), self.cx(), self.item("setup"), self.of("Input"));
        let (cfg, given, settings) = (self.cfg(), local("given"), self.settings());
        let fields = self.task.header.inputs.iter().map(|input| {
            let name = input.name.ident();
            quote! { #name: #name }
        });
        let (other, values) = (task.of("Input"), self.inputs_of(&task, arguments));
        quote! {
            #cfg
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
    pub(super) fn inputs_of(&self, callee: &One<'_>, arguments: &[(String, Argument)]) -> TokenStream {
        let rt = self.rt();
        let inputs = callee.task.header.inputs.iter().zip(arguments).map(|(input, (_, argument))| {
            let field = input.name.ident();
            let value = match argument {
                Argument::Value(value) => self.expr(value),
                Argument::Default => {
                    let function = callee.default_of(input);
                    quote! { #function() }
                }
                Argument::Missing => quote! { #rt::std::option::Option::None },
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
        let names = self.task.header.settings.iter().map(|setting| setting.name.ident());
        let settings = names.zip(&self.lowered.task.settings).map(|(name, setting)| {
            let text = &setting.name;
            let default = self.optional(setting.default.as_ref(), |default| quote! { #default });
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
