//! Which steps hold others: the one place that knows it for whoever walks through a tree.

use super::{Action, Block};

impl Action {
    /// The blocks that stand in the step, in the order of the text.
    #[must_use]
    pub fn blocks(&self) -> Vec<&Block> {
        match self {
            Self::Console(console) => vec![&console.body],
            Self::Network(network) => vec![&network.body],
            Self::Record(record) => vec![&record.body],
            Self::Download(download) => vec![&download.body],
            Self::ForEach(each) => vec![&each.body],
            Self::Loop(turns) => vec![&turns.body],
            Self::Retry(retry) => vec![&retry.body],
            Self::If(branch) => {
                branch.branches.iter().map(|(_, block)| block).chain(&branch.otherwise).collect()
            }
            Self::Try(attempt) => {
                let otherwise = attempt.otherwise.as_ref().map(|otherwise| &otherwise.body);
                std::iter::once(&attempt.body).chain(otherwise).collect()
            }
            Self::Status(_)
            | Self::Emit(_)
            | Self::Goto(_)
            | Self::Back
            | Self::Forward
            | Self::Reload
            | Self::Wait(_)
            | Self::WaitUntil(_)
            | Self::WaitUrl(_)
            | Self::WaitJs(_)
            | Self::WaitIdle(_)
            | Self::Click(_)
            | Self::SendKeys(_)
            | Self::Fill(_)
            | Self::Press(_)
            | Self::Select(_)
            | Self::Check(_)
            | Self::Uncheck(_)
            | Self::Hover(_)
            | Self::Upload(_)
            | Self::Scroll(_)
            | Self::Extract(_)
            | Self::Js(_)
            | Self::Screenshot(_)
            | Self::ReadFile(_)
            | Self::WriteFiles(_)
            | Self::SaveHtml(_)
            | Self::Export(_)
            | Self::Pdf(_)
            | Self::HtmlToPdf(_)
            | Self::Snapshot(_)
            | Self::Emulate(_)
            | Self::GetCookies(_)
            | Self::SetCookies(_)
            | Self::ClearCookies
            | Self::Http(_)
            | Self::DownloadEach(_)
            | Self::SaveCaptures(_)
            | Self::Set(_)
            | Self::Call(_)
            | Self::Break
            | Self::Continue
            | Self::Yield(_)
            | Self::Return(_)
            | Self::Fail(_)
            | Self::Let(_)
            | Self::Rust(_) => Vec::new(),
        }
    }

    /// Whether the step runs its block again and again, so that `break`, `continue` and `yield` in it belong to it.
    #[must_use]
    pub fn is_loop(&self) -> bool {
        matches!(self, Self::ForEach(_) | Self::Loop(_))
    }
}

impl Block {
    /// Whether a `break` or a `continue` in it leaves it for a loop around it.
    #[must_use]
    pub fn exits(&self) -> bool {
        self.steps.iter().any(|step| match &step.action {
            Action::Break | Action::Continue => true,
            action => !action.is_loop() && action.blocks().into_iter().any(Block::exits),
        })
    }

    /// Whether a `yield` in it gives to a loop around it.
    #[must_use]
    pub fn yields(&self) -> bool {
        self.steps.iter().any(|step| match &step.action {
            Action::Yield(_) => true,
            action => !action.is_loop() && action.blocks().into_iter().any(Block::yields),
        })
    }
}
