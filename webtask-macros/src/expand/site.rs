//! Where what a task becomes stands, and the paths from there to its types.
//!
//! rustc shows a type by the path at which it is defined. So types stand in the module by which users name them, and
//! only what no message shows is apart from it: the steps, the defaults, the users' own types under other names.

use proc_macro2::{Group, Ident, Span, TokenStream, TokenTree};
use quote::quote;
use webtask_grammar::ast::{Name, Task};

use super::One;
use super::task::inside;

/// Where a task's function and module stand.
#[derive(Clone)]
pub(crate) struct Site {
    /// The module of that name that holds everything else; the macro call's own when there is none.
    apart: Option<Ident>,
    /// The path of the function and the module from the macro call.
    path: Vec<Ident>,
}

impl Site {
    /// Neither function nor module.
    pub(super) fn none() -> Self {
        Self { apart: None, path: Vec::new() }
    }

    /// Everything in the macro call's own module.
    pub(super) fn beside(task: &Task) -> Self {
        Self { apart: None, path: vec![task.name.ident()] }
    }

    /// The function and the module at that path, the rest in a module of that name.
    pub(crate) fn apart(apart: &str, path: Vec<Ident>) -> Self {
        Self { apart: Some(Ident::new(apart, Span::call_site())), path }
    }

    /// The path of the function and the module from the macro call.
    pub(crate) fn path(&self) -> &[Ident] {
        &self.path
    }

    /// Whether the function and the module do not stand beside the rest.
    pub(super) fn is_apart(&self) -> bool {
        self.apart.is_some()
    }

    /// The path of the function and the module, from the rest.
    fn module(&self) -> TokenStream {
        let (up, path) = (self.apart.as_ref().map(|_| quote! { super:: }), &self.path);
        quote! { #up #(#path)::* }
    }

    /// What the path of a helper begins with, so many modules below the macro call's.
    fn helpers(&self, below: usize) -> TokenStream {
        let up = (0..below).map(|_| quote! { super:: });
        let apart = self.apart.iter();
        quote! { #(#up)* #(#apart ::)* }
    }
}

/// What a task becomes.
pub(crate) struct Expanded {
    /// The function and the module that users name.
    pub(crate) face: TokenStream,
    /// What these need.
    pub(crate) helpers: TokenStream,
}

impl Expanded {
    /// Both in one module.
    pub(super) fn together(self) -> TokenStream {
        let Self { face, helpers } = self;
        quote! { #helpers #face }
    }
}

impl One<'_> {
    /// The name of the task's function and module.
    pub(super) fn name(&self) -> &Ident {
        // There is always one.
        &self.site.path[self.site.path.len() - 1]
    }

    /// The name of one of its types where the type is defined, which is where the recipe names the task.
    pub(super) fn type_name(&self, name: &str) -> Ident {
        let span = Span::call_site().located_at(self.task.name.span);
        Name { text: name.to_owned(), span }.ident()
    }

    /// The beginning of such a definition, all of it there: rustc shows more than the name.
    pub(super) fn defined(&self, item: &TokenStream, name: &str) -> TokenStream {
        let (vis, name) = (inside(&self.task.vis), self.type_name(name));
        let ours = Span::call_site().located_at(self.task.name.span);
        let vis = respanned(vis, ours);
        located(quote! { #vis #item #name }, self.task.name.span)
    }

    /// Something of the task's module, as a helper names it.
    pub(super) fn of(&self, name: &str) -> TokenStream {
        let (module, name) = (self.site.module(), Ident::new(name, Span::call_site()));
        quote! { #module::#name }
    }

    /// The function that starts a run, as a helper names it.
    pub(super) fn start_path(&self) -> TokenStream {
        match self.all.func {
            Some(_) => self.of("run"),
            None => self.site.module(),
        }
    }

    /// A helper, as the task's module names it.
    pub(super) fn helper(&self, name: &Ident) -> TokenStream {
        let helpers = self.site.helpers(self.site.path.len());
        quote! { #helpers #name }
    }

    /// A helper, as the task's function names it.
    pub(super) fn helper_of_function(&self, name: &Ident) -> TokenStream {
        let below = self.site.path.len() - usize::from(self.all.func.is_none());
        let helpers = self.site.helpers(below);
        quote! { #helpers #name }
    }

    /// The struct of that name of the task with that function: as a helper names it, or as the module does.
    pub(super) fn record_path(&self, task: &str, name: &str, within: bool) -> TokenStream {
        let ident = Name { text: name.to_owned(), span: Span::call_site() }.ident();
        // One of `extract!` has no task.
        if task.is_empty() || (within && task == self.task.name.text) {
            return quote! { #ident };
        }
        let index = self.all.tasks.iter().position(|other| other.name.text == task);
        let Some(site) = index.map(|index| &self.all.sites[index]) else {
            let module = Name { text: task.to_owned(), span: Span::call_site() }.ident();
            return quote! { #module::#ident };
        };
        if within {
            let (up, path) = (self.site.path.iter().map(|_| quote! { super:: }), &site.path);
            quote! { #(#up)* #(#path::)* #ident }
        } else {
            let module = site.module();
            quote! { #module::#ident }
        }
    }
}

/// Our own tokens as if they stood at that place of the recipe: rustc then points there and not at the whole macro call.
pub(super) fn located(tokens: TokenStream, place: Span) -> TokenStream {
    let locate = |mut token: TokenTree| {
        if let TokenTree::Group(group) = &token {
            token = Group::new(group.delimiter(), located(group.stream(), place)).into();
        }
        token.set_span(token.span().located_at(place));
        token
    };
    tokens.into_iter().map(locate).collect()
}

/// Tokens that are as much the recipe's own as the token with that span.
pub(super) fn respanned(tokens: TokenStream, span: Span) -> TokenStream {
    let respan = |mut token: TokenTree| {
        token.set_span(span);
        token
    };
    tokens.into_iter().map(respan).collect()
}
