//! Errors and warnings of a scenario.

use std::fmt::Write;

use bridge_engine::scenario::{Diagnostic, Scenario, Severity, open};
use serde::Serialize;

use crate::language::Language;
use crate::{Common, Format, Outcome, input, output};

/// A diagnostic for programs.
#[derive(Serialize)]
struct Problem<'a> {
    code: &'a str,
    path: &'a str,
    line: u32,
    column: u32,
    message: &'a str,
    suggestion: Option<&'a str>,
}

#[derive(Serialize)]
struct Problems<'a> {
    errors: Vec<Problem<'a>>,
    warnings: Vec<Problem<'a>>,
}

/// `bridge check`.
pub fn check(common: &Common) -> Outcome {
    match load(common) {
        Err(outcome) => outcome,
        Ok(scenario) => {
            let warnings = &scenario.warnings;
            match common.format {
                Format::Json => output::json(&problems(warnings, common.language())),
                Format::Text => {
                    output::text(&(lines(warnings, common) + &verdict(&scenario, common.language())))
                }
            }
        }
    }
}

/// Reads and opens the scenario, or says why not.
pub fn load(common: &Common) -> Result<Scenario, Outcome> {
    let text = input::read(&common.file).map_err(Outcome::Unusable)?;
    open(&text).map_err(|errors| {
        match common.format {
            Format::Json => {
                if let unusable @ Outcome::Unusable(_) = output::json(&problems(&errors, common.language())) {
                    return unusable;
                }
            }
            Format::Text => output::complain(&lines(&errors, common)),
        }
        Outcome::ScenarioErrors
    })
}

fn problems(diagnostics: &[Diagnostic], language: Language) -> Problems<'_> {
    let of = |severity| {
        let chosen = diagnostics.iter().filter(|diagnostic| diagnostic.severity == severity);
        chosen.map(|diagnostic| problem(diagnostic, language)).collect()
    };
    Problems { errors: of(Severity::Error), warnings: of(Severity::Warning) }
}

fn problem(diagnostic: &Diagnostic, language: Language) -> Problem<'_> {
    Problem {
        code: &diagnostic.code,
        path: &diagnostic.path,
        line: diagnostic.line,
        column: diagnostic.column,
        message: language.of(&diagnostic.message),
        suggestion: diagnostic.suggestion.as_ref().map(|text| language.of(text)),
    }
}

/// A line each: `file.yaml:12:7 error[unknown-key] services.pay.need: … — did you mean …`.
fn lines(diagnostics: &[Diagnostic], common: &Common) -> String {
    let language = common.language();
    let file = if common.file.as_os_str() == "-" { "<stdin>".into() } else { common.file.to_string_lossy() };
    let mut text = String::new();
    for diagnostic in diagnostics {
        let Diagnostic { line, column, code, path, severity, .. } = diagnostic;
        let _ = write!(text, "{file}:{line}:{column} {severity}[{code}]");
        if !path.is_empty() {
            let _ = write!(text, " {path}");
        }
        let _ = write!(text, ": {}", language.of(&diagnostic.message));
        if let Some(suggestion) = &diagnostic.suggestion {
            let _ = write!(text, " — {}", language.of(suggestion));
        }
        text.push('\n');
    }
    text
}

fn verdict(scenario: &Scenario, language: Language) -> String {
    let world = &scenario.world;
    let (services, sites, warnings) = (world.services.len(), world.sites.len(), scenario.warnings.len());
    let title = language.of(&world.meta.title);
    language.pick(
        format!("{title}: no errors, warnings: {warnings} (services: {services}, sites: {sites})\n"),
        format!("{title}: 오류 없음, 경고 {warnings}개 (서비스 {services}개, 사이트 {sites}곳)\n"),
    )
}
