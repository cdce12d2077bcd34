//! A task as a whole: its function, its module and its static description.

use proc_macro2::{Delimiter, Span, TokenStream, TokenTree};
use quote::{ToTokens, quote, quote_spanned};
use syn::ext::IdentExt as _;
use webtask_program::{Input, Output, Schema, Shape};

use super::flow::Flow;
use super::site::located;
use super::{Expanded, One, local, variant};

impl One<'_> {
    pub(super) fn expand(&self) -> Expanded {
        let body = match self.all.func {
            _ if self.all.broken => self.broken_body(),
            Some(func) => self.called(func),
            None => self.body(),
        };
        let (aliases, defaults, setup) = (self.aliases(), self.defaults(), self.setup_input());
        let (parts, called) = (self.parts(), self.input_of());
        let (function, module) = (self.function(), self.module());
        Expanded {
            face: match self.all.func {
                Some(_) => module,
                None => quote! { #function #module },
            },
            helpers: quote! { #aliases #defaults #setup #body #parts #called },
        }
    }

    /// The function that users call: beside the module, or in it where a function of the user's own has its name.
    fn function(&self) -> TokenStream {
        let (rt, krate, vis, attrs) = (self.rt(), self.all.krate, &self.task.vis, &self.task.attrs);
        let body = self.helper_of_function(&self.item("body"));
        let (head, module) = match self.all.func {
            // It may be all that is called.
            Some(_) => {
                let vis = inside(vis);
                (quote! { #[allow(dead_code)] #vis fn run }, TokenStream::new())
            }
            None => {
                let name = self.name();
                (quote! { #attrs #vis fn #name }, quote! { #name:: })
            }
        };
        let doc = match self.lowered.task.doc.as_str() {
            "" => format!("Runs the task `{}`.", self.task.slug.value),
            doc => doc.to_owned(),
        };
        let body = if self.lowered.task.secrets.is_empty() && !self.reads_others() {
            body
        } else {
            // Secrets may have come back from a page, so they are taken out of the result too.
            let cx = local("cx");
            quote! { |#cx, input| #rt::body(async move { #rt::std::result::Result::Ok(#rt::redacted(#cx, #body(#cx, input).await?).await?) }) }
        };
        quote! {
            #[doc = #doc]
            #head(webtask: &#krate::Webtask, input: #module Input) -> #krate::Run<#module Output> {
                #rt::run(webtask, &#module TASK, input, #body)
            }
        }
    }

    /// Whether it is known by their paths only what some of the tasks are that it runs.
    fn reads_others(&self) -> bool {
        !self.lowered.task.paths.is_empty() || self.all.func.is_some_and(|func| func.setup.is_some())
    }

    /// The input as what says of which task it is.
    fn input_of(&self) -> TokenStream {
        let (rt, cfg, body) = (self.rt(), self.cfg(), self.item("body"));
        let (input, output, task) = (self.of("Input"), self.of("Output"), self.of("TASK"));
        // rustc points here at what the type of the output cannot do.
        let given = match &self.lowered.task.output {
            Output::Value { shape: Shape::Rust(id), .. } => {
                let ty = self.rust(*id);
                let tokens = &ty.tokens;
                quote_spanned! { ty.span => type Output = #tokens; }
            }
            Output::Value { .. } | Output::Fields(_) => quote! { type Output = #output; },
        };
        quote! {
            #cfg
            impl #rt::Input for #input {
                #given
                fn task() -> #rt::Task { #task.clone() }
                fn steps(self, cx: &#rt::Cx) -> #rt::Body<'_, #output> { #body(cx, self) }
            }
        }
    }

    /// The module that has the types and the description.
    fn module(&self) -> TokenStream {
        let (rt, krate, attrs) = (self.rt(), self.all.krate, &self.task.attrs);
        let (name, vis) = (self.name(), &self.task.vis);
        let doc = format!("The types and the description of the task [`{0}`]({0}()).", name.unraw());
        let types = [self.input(), self.records(), self.output()];
        let start = self.all.func.map(|_| self.function());
        let own = (!self.own_types().is_empty()).then(|| {
            quote! {
                #[doc(hidden)]
                use #rt::own as __own;
            }
        });
        let (task, parts) = (self.defined(&quote! { static }, "TASK"), self.helper(&self.item("parts")));
        let wanting = (!self.lowered.task.wanted.is_empty()).then(|| {
            let settings = self.wanted();
            quote! { .wanting(#settings) }
        });
        quote! {
            #[doc = #doc]
            #attrs
            #vis mod #name {
                #(#types)*
                #start
                /// The static description of the task.
                #task: #krate::Task = #krate::Task::new(&#parts)#wanting;
                #[doc(hidden)]
                pub(super) use #rt::serde as __serde;
                #own
            }
        }
    }

    /// The attributes that say whether the task is there at all.
    pub(super) fn cfg(&self) -> TokenStream {
        let tokens: Vec<_> = self.task.attrs.clone().into_iter().collect();
        let cfg = |token: &&TokenTree| match token {
            TokenTree::Group(group) if group.delimiter() == Delimiter::Bracket => {
                matches!(group.stream().into_iter().next(), Some(TokenTree::Ident(name)) if name == "cfg")
            }
            _ => false,
        };
        tokens.iter().filter(cfg).map(|group| quote! { # #group }).collect()
    }

    /// The visibility of helpers: what names them may stand in another module beside theirs.
    pub(super) fn helper_vis(&self) -> Option<TokenStream> {
        self.site.is_apart().then(|| quote! { pub(super) })
    }

    /// What the static description holds.
    fn parts(&self) -> TokenStream {
        let (rt, cfg, name, vis) = (self.rt(), self.cfg(), self.item("parts"), self.helper_vis());
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
        let untrusted = program.untrusted;
        let paths = program.paths.iter().map(|path| {
            let tokens = &self.rust(*path).tokens;
            quote! { || #tokens::TASK.parts().untrusted }
        });
        let untrusted = if self.all.broken {
            quote! { false }
        } else {
            quote! { #untrusted #(#paths)* }
        };
        let (urls, secrets) = (&program.urls, &program.secrets);
        let (setup, input, start) = (self.setup(), self.describe_input(), self.start());
        let (accepts, output) = (self.schema(&program.accepts()), self.schema(&program.gives()));
        quote! {
            #cfg
            #[allow(non_upper_case_globals)]
            #vis static #name: #rt::Parts = #rt::Parts {
                slug: #slug,
                doc: #doc,
                pool: #pool,
                timeout: #timeout,
                transports: &[#(#transports),*],
                dialogs: #rt::Dialogs::#dialogs,
                browser: #browser,
                untrusted: #untrusted,
                urls: &[#(#urls),*],
                secrets: &[#(#secrets),*],
                setup: #setup,
                input: || #input,
                accepts: || #accepts,
                output: || #output,
                start: |webtask, input| #start,
            };
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
        let (function, input) = (self.start_path(), self.of("Input"));
        let inputs = local("inputs");
        let known = self.lowered.task.inputs.iter().enumerate();
        let reads = self.task.header.inputs.iter().zip(known).map(|(field, (index, known))| {
            let (variable, name, ty) = (local(&format!("input_{index}")), &known.name, &known.type_name);
            let rust = matches!(known.shape, Shape::Rust(_));
            let read = if field.default.is_some() {
                let default = self.default_of(field);
                quote! { or(#name, #ty, #default) }
            } else if known.required {
                quote! { required(#name, #ty) }
            } else if rust {
                quote! { or(#name, #ty, #rt::std::default::Default::default) }
            } else {
                quote! { optional(#name, #ty) }
            };
            let read = match known.shape {
                // rustc points at a type that cannot be read.
                Shape::Rust(id) => located(quote! { #inputs.#read }, self.rust(id).span),
                _ => quote! { #inputs.#read },
            };
            quote! { let #variable = #read; }
        });
        let fields = self.task.header.inputs.iter().enumerate().map(|(index, field)| {
            let (variable, field) = (local(&format!("input_{index}")), field.name.ident());
            quote! { #field: #variable? }
        });
        let mutable = (!self.task.header.inputs.is_empty()).then(|| quote! { mut });
        let started = quote! { #function(webtask, input) };
        // rustc points at a type that cannot become JSON.
        let span = match &self.lowered.task.output {
            Output::Value { shape: Shape::Rust(id), .. } => self.rust(*id).span,
            Output::Value { .. } | Output::Fields(_) => Span::call_site(),
        };
        let started = located(started, span);
        let into_json = quote_spanned! { span => #started.into_json() };
        quote! {{
            let #mutable #inputs = #rt::Inputs::new(input);
            #(#reads)*
            let input = #inputs.finish((|| #rt::std::option::Option::Some(#input { #(#fields),* }))())?;
            #rt::std::result::Result::Ok(#into_json)
        }}
    }

    /// The steps, and the table of their places.
    fn body(&self) -> TokenStream {
        let rt = self.rt();
        let (cfg, vis, cx) = (self.cfg(), self.helper_vis(), self.cx());
        let (name, table) = (self.item("body"), self.item("at"));
        let (input, output) = (self.of("Input"), self.of("Output"));
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
            #cfg
            #[allow(non_upper_case_globals)]
            static #table: &[#rt::Step] = &[#(#rows),*];

            #cfg
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
        let output = self.of("Output");
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
        let (cfg, vis, name) = (self.cfg(), self.helper_vis(), self.item("body"));
        let (input, output) = (self.of("Input"), self.of("Output"));
        quote! {
            #cfg
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
pub(super) fn inside(vis: &TokenStream) -> TokenStream {
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
