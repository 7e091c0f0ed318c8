//! axe-core, the accessibility checker, run on the page as it is.

use crate::page::Page;
use crate::{Outcome, check, path_variable};
use serde_json::Value;

/// Fails with every finding of axe-core: the rule, and every element that breaks it.
pub async fn is_accessible(page: &Page) -> Outcome {
    let source = std::fs::read_to_string(path_variable("BRIDGE_AXE")?)?;
    let script = format!(
        "{source}\n;const done = arguments[arguments.length - 1];\n\
         axe.run(document, {{ resultTypes: ['violations'] }}).then(\n\
           (results) => done(results.violations.map((rule) =>\n\
             [`${{rule.id}} (${{rule.impact}}): ${{rule.help}}`,\n\
              ...rule.nodes.map((node) => `  ${{node.target.join(' ')}}`)].join('\\n  '))),\n\
           (error) => done([`axe itself failed: ${{error}}`]));"
    );
    let found = page.session.execute_async(script, []).await?;
    let found: Vec<String> = match found.json() {
        Value::Array(_) => found.convert()?,
        other => return Err(format!("axe-core returned {other}").into()),
    };
    check!(found.is_empty(), "axe-core finds:\n  {}", found.join("\n  "));
    Ok(())
}
