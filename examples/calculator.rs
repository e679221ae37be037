//! A recursive-descent parser: each line of grammar is one function.
//!   sum = product (('+' | '-') product)*;  product = atom (('*' | '/') atom)*;  atom = number | '(' sum ')' | '-' atom

use std::{iter::Peekable, str::Chars};

struct Parser<'a> {
    rest: Peekable<Chars<'a>>,
}

impl Parser<'_> {
    fn next_is(&mut self, wanted: &[char]) -> Option<char> {
        while self.rest.next_if(|c| c.is_whitespace()).is_some() {}
        self.rest.next_if(|c| wanted.contains(c))
    }

    fn sum(&mut self) -> Result<f64, String> {
        let mut value = self.product()?;
        while let Some(operator) = self.next_is(&['+', '-']) {
            let right = self.product()?;
            value += if operator == '+' { right } else { -right };
        }
        Ok(value)
    }

    fn product(&mut self) -> Result<f64, String> {
        let mut value = self.atom()?;
        while let Some(operator) = self.next_is(&['*', '/']) {
            match (operator, self.atom()?) {
                ('*', right) => value *= right,
                (_, right) if right == 0.0 => return Err("division by zero".into()),
                (_, right) => value /= right,
            }
        }
        Ok(value)
    }

    fn atom(&mut self) -> Result<f64, String> {
        match self.next_is(&['(', '-']) {
            Some('-') => return Ok(-self.atom()?),
            Some(_) => {
                let value = self.sum()?;
                return self.next_is(&[')']).map(|_| value).ok_or_else(|| "missing )".into());
            }
            None => {}
        }
        let mut digits = String::new();
        while let Some(digit) = self.rest.next_if(|c| c.is_ascii_digit() || *c == '.') {
            digits.push(digit);
        }
        digits.parse().map_err(|_| format!("expected a number, found {:?}", self.rest.peek()))
    }
}

fn evaluate(text: &str) -> Result<f64, String> {
    let mut parser = Parser { rest: text.chars().peekable() };
    let value = parser.sum()?;
    parser.rest.next().map_or(Ok(value), |c| Err(format!("did not expect {c:?}")))
}

fn main() {
    for text in ["1 + 2 * 3", "(1 + 2) * 3", "-(4 - 10) / 4", "2 * (3", "7 / (5 - 5)", "6 x 7"] {
        match evaluate(text) {
            Ok(value) => println!("{text:>14} = {value}"),
            Err(problem) => println!("{text:>14} ! {problem}"),
        }
    }
}
