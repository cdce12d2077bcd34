//! `try`: what its blocks bind, and the error that its `else` sees.

use crate::ast::Try;

use super::{Walk, Walked};
use crate::resolve::scope::{Bound, By};
use crate::resolve::ty::{Given, Ty};

impl<'t> Walk<'_, 't> {
    pub(super) fn attempt(&mut self, index: usize, attempt: &'t Try) -> (bool, bool) {
        let body = self.inner(&attempt.body);
        let Some(otherwise) = &attempt.otherwise else {
            return self.merged(index, &[body, Walked::nothing()]);
        };
        let outer = self.scope.clone();
        if let Some(name) = &otherwise.error
            && name.text != "_"
            && self.is_free(name, "give this one another name")
        {
            let ty = Ty::Given(Given::Failure);
            self.scope.add(Bound { name: name.clone(), ty, by: By::Error });
        }
        let other = self.block(&otherwise.body);
        self.scope.leave(outer);
        self.merged(index, &[body, other])
    }
}
