//! Reads a task's inputs, with the checks and the errors of compiled ones.

use serde::Serialize;
use serde::de::DeserializeOwned;
use serde_json::{Map, Value};
use webtask_program::{Input, Shape};

use super::shape::default;
use crate::input::Inputs;
use crate::{Error, value};

/// All inputs, in their order; nothing for one that may be missing and is. The error has every fault.
pub(super) fn read(known: &[Input], given: Map<String, Value>) -> Result<Vec<Option<Value>>, Error> {
    let mut inputs = Inputs::new(given);
    let read: Vec<_> = known.iter().map(|input| one(&mut inputs, input)).collect();
    inputs.finish(read.into_iter().collect())
}

fn one<'n>(inputs: &mut Inputs<'n>, input: &'n Input) -> Option<Option<Value>> {
    let shape = match &input.shape {
        Shape::Option(inner) => inner,
        shape => shape,
    };
    match shape {
        Shape::String => typed::<String>(inputs, input),
        Shape::Int => typed::<i64>(inputs, input),
        Shape::Float => typed::<f64>(inputs, input),
        Shape::Bool => typed::<bool>(inputs, input),
        Shape::List(_) => typed::<Vec<Value>>(inputs, input),
        Shape::Map => typed::<Map<String, Value>>(inputs, input),
        _ => typed::<Value>(inputs, input),
    }
}

fn typed<'n, T: DeserializeOwned + Serialize>(
    inputs: &mut Inputs<'n>,
    input: &'n Input,
) -> Option<Option<Value>> {
    let (name, ty) = (input.name.as_str(), input.type_name.as_str());
    if let Some(left_out) = default(input) {
        // A default has its input's type already.
        return match inputs.optional_of::<T>(name, ty)? {
            Some(value) => Some(Some(value::plain(&value))),
            None => Some(Some(left_out)),
        };
    }
    if input.required {
        return inputs.required::<T>(name, ty).map(|value| Some(value::plain(&value)));
    }
    inputs.optional::<T>(name, ty).map(|value| value.map(|value| value::plain(&value)))
}
