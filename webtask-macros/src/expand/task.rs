//! A task as a whole: its function, its module and its static description.

use proc_macro2::{Ident, TokenStream, TokenTree};
use quote::{ToTokens, quote};
use webtask_program::{Input, Output, Schema, Shape};

use super::flow::Flow;
use super::{One, local, variant};

impl One<'_> {
    pub(super) fn expand(&self) -> TokenStream {
        let types = [self.input(), self.records(), self.output()];
        let (description, module) = (self.description(), self.module());
        let body = match self.all.func {
            _ if self.all.broken => self.broken_body(),
            Some(func) => self.called(func),
            None => self.body(),
        };
        let (function, called, setup) = (self.function(), self.input_of(), self.setup_input());
        quote! { #(#types)* #setup #body #description #called #function #module }
    }

    /// The function that users call.
    fn function(&self) -> TokenStream {
        let (rt, krate, vis, attrs) = (self.rt(), self.all.krate, &self.task.vis, &self.task.attrs);
        let (name, input, output) = (self.start_name(), self.item("Input"), self.item("Output"));
        let (task, body) = (self.item("TASK"), self.item("body"));
        // A function of the user's own may be all that is called.
        let unused = self.all.func.map(|_| quote! { #[doc(hidden)] #[allow(dead_code, non_snake_case)] });
        let doc = match self.lowered.task.doc.as_str() {
            "" => format!("Runs the task `{}`.", self.task.slug.value),
            doc => doc.to_owned(),
        };
        let body = if self.lowered.task.secrets.is_empty() && !self.reads_others() {
            quote! { #body }
        } else {
            // Secrets may have come back from a page, so they are taken out of the result too.
            let cx = local("cx");
            quote! { |#cx, input| #rt::body(async move { #rt::std::result::Result::Ok(#rt::redacted(#cx, #body(#cx, input).await?).await?) }) }
        };
        quote! {
            #unused
            #[doc = #doc]
            #attrs
            #vis fn #name(webtask: &#krate::Webtask, input: #input) -> #krate::Run<#output> {
                #rt::run(webtask, &#task, input, #body)
            }
        }
    }

    /// Whether it is known by their paths only what some of the tasks are that it runs.
    fn reads_others(&self) -> bool {
        !self.lowered.task.paths.is_empty() || self.all.func.is_some_and(|func| func.setup.is_some())
    }

    /// The input as what says of which task it is.
    fn input_of(&self) -> TokenStream {
        let rt = self.rt();
        let (input, output, task, body) =
            (self.item("Input"), self.item("Output"), self.item("TASK"), self.item("body"));
        quote! {
            impl #rt::Input for #input {
                type Output = #output;
                fn task() -> #rt::Task { #task.clone() }
                fn steps(self, cx: &#rt::Cx) -> #rt::Body<'_, #output> { #body(cx, self) }
            }
        }
    }

    /// The name of the function that starts a run.
    fn start_name(&self) -> Ident {
        match self.all.func {
            Some(_) => self.item("run"),
            None => self.task.name.ident(),
        }
    }

    /// The module that gives the types their names.
    fn module(&self) -> TokenStream {
        let (rt, attrs) = (self.rt(), &self.task.attrs);
        let (name, vis) = (self.task.name.ident(), &self.task.vis);
        let inner = inside(vis);
        let doc = format!("The types and the description of the task [`{0}`]({0}()).", self.task.name.text);
        let reexport = |item: &str| {
            let (from, to) = (self.item(item), quote::format_ident!("{item}"));
            quote! {
                #[doc(inline)]
                #inner use super::#from as #to;
            }
        };
        let types = ["Input", "Output"]
            .into_iter()
            .chain(self.plan.records.iter().map(|record| record.name.as_str()));
        let types: TokenStream = types.map(reexport).collect();
        let (task, body) = (self.item("TASK"), self.item("body"));
        let start = self.all.func.map(|_| {
            let start = self.start_name();
            quote! {
                #[doc(inline)]
                #inner use super::#start as run;
            }
        });
        quote! {
            #[doc = #doc]
            #attrs
            #vis mod #name {
                #types
                #start
                #[doc(inline)]
                #inner use super::#task as TASK;
                #[doc(hidden)]
                #inner use super::#body as __body;
                #[doc(hidden)]
                pub(super) use #rt::serde as __serde;
            }
        }
    }

    /// The static description.
    fn description(&self) -> TokenStream {
        let (rt, krate, vis, name) = (self.rt(), self.all.krate, &self.task.vis, self.item("TASK"));
        let program = &self.lowered.task;
        let (slug, doc, pool) = (&program.slug, &program.doc, &program.pool);
        let timeout = self.duration(program.timeout);
        let transports = program.transports.iter().map(|transport| {
            let transport = variant(transport);
            quote! { #rt::Transport::#transport }
        });
        let dialogs = variant(program.dialogs);
        let browser = self.all.func.map_or(program.browser, |func| func.browser);
        let paths = program.paths.iter().map(|path| {
            let tokens = &self.rust(*path).tokens;
            quote! { || #tokens::TASK.parts().browser }
        });
        let browser = if self.all.broken {
            quote! { false }
        } else {
            quote! { #browser #(#paths)* }
        };
        let supplied = program.supplied;
        let paths = program.paths.iter().map(|path| {
            let tokens = &self.rust(*path).tokens;
            quote! { || #tokens::TASK.parts().supplied }
        });
        let supplied = if self.all.broken {
            quote! { false }
        } else {
            quote! { #supplied #(#paths)* }
        };
        let (urls, secrets) = (&program.urls, &program.secrets);
        let wanting = (!program.wanted.is_empty()).then(|| {
            let settings = self.wanted();
            quote! { .wanting(#settings) }
        });
        let (setup, input, start) = (self.setup(), self.describe_input(), self.start());
        let (accepts, output) = (self.schema(&program.accepts()), self.schema(&program.gives()));
        let parts = quote! {
            #rt::Parts {
                slug: #slug,
                doc: #doc,
                pool: #pool,
                timeout: #timeout,
                transports: &[#(#transports),*],
                dialogs: #rt::Dialogs::#dialogs,
                browser: #browser,
                supplied: #supplied,
                urls: &[#(#urls),*],
                secrets: &[#(#secrets),*],
                setup: #setup,
                input: || #input,
                accepts: || #accepts,
                output: || #output,
                start: |webtask, input| #start,
            }
        };
        // What reads another static is no constant that a reference may keep.
        let task = match self.reads_others() {
            true => quote! { { static PARTS: #rt::Parts = #parts; #krate::Task::new(&PARTS) #wanting } },
            false => quote! { #krate::Task::new(&#parts) #wanting },
        };
        quote! {
            #[doc(hidden)]
            #[doc = "The static description of the task."]
            #[allow(non_upper_case_globals)]
            #vis static #name: #krate::Task = #task;
        }
    }

    /// `{ NAME: { type, required, default, doc } }`
    fn describe_input(&self) -> TokenStream {
        let rt = self.rt();
        let known = &self.lowered.task.inputs;
        let inputs = self.task.header.inputs.iter().zip(known).map(|(input, known)| {
            let Input { name, type_name: ty, required, doc, .. } = known;
            let default = match &input.default {
                Some(_) => {
                    let value = self.left_out(input);
                    quote! { #rt::plain(&#value) }
                }
                None => quote! { #rt::serde_json::Value::Null },
            };
            quote! { (#name, #ty, #required, #default, #doc) }
        });
        quote! { #rt::describe(&[#(#inputs),*]) }
    }

    /// Reads the inputs from JSON, every fault at once, and starts the run.
    fn start(&self) -> TokenStream {
        let rt = self.rt();
        let (function, input) = (self.start_name(), self.item("Input"));
        let inputs = local("inputs");
        let known = self.lowered.task.inputs.iter().enumerate();
        let reads = self.task.header.inputs.iter().zip(known).map(|(field, (index, known))| {
            let (variable, name, ty) = (local(&format!("input_{index}")), &known.name, &known.type_name);
            let rust = matches!(known.shape, Shape::Rust(_));
            let read = if field.default.is_some() {
                let default = super::default_of(&self.task.name.text, &field.name);
                quote! { or(#name, #ty, #default) }
            } else if known.required {
                quote! { required(#name, #ty) }
            } else if rust {
                quote! { or(#name, #ty, #rt::std::default::Default::default) }
            } else {
                quote! { optional(#name, #ty) }
            };
            quote! { let #variable = #inputs.#read; }
        });
        let fields = self.task.header.inputs.iter().enumerate().map(|(index, field)| {
            let (variable, field) = (local(&format!("input_{index}")), field.name.ident());
            quote! { #field: #variable? }
        });
        let mutable = (!self.task.header.inputs.is_empty()).then(|| quote! { mut });
        quote! {{
            let #mutable #inputs = #rt::Inputs::new(input);
            #(#reads)*
            let input = #inputs.finish((|| #rt::std::option::Option::Some(#input { #(#fields),* }))())?;
            #rt::std::result::Result::Ok(#function(webtask, input).into_json())
        }}
    }

    /// The steps, and the table of their places.
    fn body(&self) -> TokenStream {
        let rt = self.rt();
        let (vis, cx) = (&self.task.vis, self.cx());
        let (name, input, output, table) =
            (self.item("body"), self.item("Input"), self.item("Output"), self.item("STEPS"));
        // Not in short: so rustc's help for an unused one is the underscore, which an input may have.
        let fields = self.task.header.inputs.iter().map(|input| {
            let name = input.name.ident();
            quote! { #name: #name }
        });
        let (secrets, settings, lent) = (self.secrets(), self.settings(), self.lent());
        let block = self.steps(&self.lowered.task.body, &Flow::default());
        let end = self.end();
        let network = self.lowered.task.network.then(|| quote! { #rt::watch_network(#cx).await?; });
        let rows = self.table();
        quote! {
            #[allow(non_upper_case_globals)]
            static #table: &[#rt::Step] = &[#(#rows),*];

            #[doc(hidden)]
            #[allow(non_shorthand_field_patterns, non_snake_case, unreachable_code, unused_assignments)]
            #vis fn #name<'a>(
                #[allow(unused_variables)] #cx: &'a #rt::Cx,
                input: #input,
            ) -> #rt::Body<'a, #output> {
                #rt::body(async move {
                    let #input { #(#fields),* } = input;
                    #secrets
                    #settings
                    #lent
                    #network
                    #block
                    #end
                })
            }
        }
    }

    /// A local for each secret, used where the secret is, so that rustc warns of one that nothing uses.
    fn secrets(&self) -> TokenStream {
        let secrets = self.task.header.secrets.iter().map(|secret| {
            let name = secret.ident();
            let used = self.plan.used.contains(&secret.text).then(|| quote! { let _ = #name; });
            quote! {
                let #name = ();
                #used
            }
        });
        quote! { #(#secrets)* }
    }

    /// What the steps give at their end.
    fn end(&self) -> TokenStream {
        let rt = self.rt();
        let output = self.item("Output");
        match &self.lowered.task.output {
            Output::Fields(fields) => {
                let names = fields.iter().map(|(_, slot)| self.slot(*slot));
                quote! { #rt::std::result::Result::Ok(#output { #(#names),* }) }
            }
            Output::Value { falls: true, .. } => {
                quote! { #rt::std::result::Result::Ok(#rt::std::option::Option::None) }
            }
            Output::Value { falls: false, .. } => TokenStream::new(),
        }
    }

    /// A body that keeps the rest of the crate quiet; it never runs, since what is wrong stops the build.
    fn broken_body(&self) -> TokenStream {
        let rt = self.rt();
        let (vis, name, input, output) =
            (&self.task.vis, self.item("body"), self.item("Input"), self.item("Output"));
        quote! {
            #[doc(hidden)]
            #[allow(non_snake_case)]
            #vis fn #name<'a>(_: &'a #rt::Cx, _: #input) -> #rt::Body<'a, #output> {
                #rt::body(#rt::std::future::pending())
            }
        }
    }

    /// A JSON Schema, with the types that only Rust knows filled in.
    fn schema(&self, schema: &Schema) -> TokenStream {
        let (rt, text) = (self.rt(), &schema.text);
        let types = schema.rust.iter().map(|id| {
            let ty = &self.rust(*id).tokens;
            quote! {{
                #[allow(unused_imports)]
                use #rt::Plain as _;
                #rt::Described(#rt::std::marker::PhantomData::<#ty>).schema()
            }}
        });
        quote! { #rt::schema(#text, &[#(#types),*]) }
    }
}

/// A visibility as it is written one module further inside.
fn inside(vis: &TokenStream) -> TokenStream {
    let mut tokens = vis.clone().into_iter();
    let (Some(_), restriction) = (tokens.next(), tokens.next()) else {
        return if vis.is_empty() {
            quote! { pub(super) }
        } else {
            vis.clone()
        };
    };
    let Some(TokenTree::Group(group)) = restriction else { return vis.clone() };
    let path: Vec<_> = group.stream().into_iter().collect();
    match path
        .iter()
        .map(ToString::to_string)
        .collect::<Vec<_>>()
        .iter()
        .map(String::as_str)
        .collect::<Vec<_>>()[..]
    {
        ["self"] | ["in", "self"] => quote! { pub(super) },
        ["super"] => quote! { pub(in super::super) },
        ["in", "super", ..] => {
            let rest = path[1..].iter().map(ToTokens::to_token_stream);
            quote! { pub(in super::#(#rest)*) }
        }
        _ => vis.clone(),
    }
}
