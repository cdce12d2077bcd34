//! The steps that work on data and files.

use proc_macro2::TokenStream;
use quote::quote;
use webtask_grammar::ast::{Export, Format, ReadFile, SaveHtml, Step, Value, WriteFiles};
use webtask_grammar::resolve::Info;

use super::Steps;

impl Steps<'_> {
    pub(super) fn read_file(
        &self,
        step: &Step,
        info: &Info,
        cx: &TokenStream,
        read: &ReadFile,
    ) -> TokenStream {
        let path = self.one.text(info, &read.path);
        let function = if read.optional { "read_file_optional" } else { "read_file" };
        self.give(info, &self.call_of(step, function, &quote! { #cx, #path }))
    }

    pub(super) fn write_files(
        &self,
        step: &Step,
        info: &Info,
        cx: &TokenStream,
        write: &WriteFiles,
    ) -> TokenStream {
        let (root, files) = (self.one.text(info, &write.root), self.one.json(info, &write.files));
        self.give(info, &self.call_of(step, "write_files", &quote! { #cx, #root, #files }))
    }

    pub(super) fn save_html(
        &self,
        step: &Step,
        info: &Info,
        cx: &TokenStream,
        save: &SaveHtml,
    ) -> TokenStream {
        let selector = self.one.optional_text(info, save.selector.as_ref());
        let path = self.one.text(info, &save.path);
        self.act(step, "save_html", &quote! { #cx, #selector, #path })
    }

    pub(super) fn export(&self, step: &Step, info: &Info, cx: &TokenStream, export: &Export) -> TokenStream {
        let rt = self.one.rt();
        let format = match export.format {
            Format::Csv => quote! { Csv },
            Format::Ndjson => quote! { Ndjson },
            Format::Json => quote! { Json },
            Format::Md => quote! { Md },
        };
        let data = self.one.json(info, &export.data);
        let columns = self.values(info, export.columns.as_deref());
        let path = self.one.optional_text(info, export.path.as_ref());
        let call =
            self.call_of(step, "export", &quote! { #cx, #rt::Format::#format, #data, #columns, #path });
        self.give(info, &call)
    }

    /// A list of values that may be left out, as `Option<&[Value]>`.
    fn values(&self, info: &Info, values: Option<&[Value]>) -> TokenStream {
        let rt = self.one.rt();
        match values {
            Some(values) => {
                let values = values.iter().map(|value| self.one.json(info, value));
                quote! { #rt::std::option::Option::Some(&[#(#values),*]) }
            }
            None => quote! { #rt::std::option::Option::None },
        }
    }

    /// Binds what a step gives to its name, if it has one.
    pub(super) fn give(&self, info: &Info, call: &TokenStream) -> TokenStream {
        match info.binds.first() {
            Some(bound) => self.bind(bound, call),
            None => quote! { let _ = #call; },
        }
    }
}
