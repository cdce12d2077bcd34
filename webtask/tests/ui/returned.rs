//! A `return` of the wrong type is told at its expression.

struct Price(f64);

webtask::webtask! {
    task "returned_1" -> u8 {
        return ("a");
    }
    task "returned_2" -> Vec<String> {
        input limit int default 1;
        if "{{limit}}" == 1 { return (limit); }
        return (vec![1]);
    }
    task "returned_3" -> Option<String> {
        return (Price(1.0));
    }
    task "returned_4" -> u8 {
        retry 2 { return (String::new()); }
    }
    task "returned_5" -> String {
        return (missing);
    }
}

fn main() {}
