//! Packages of the operating system: what can be installed here without asking, and what to tell the reader otherwise.

use crate::Result;
use crate::process::{self, run};
use crate::tools::on_path;

/// How packages get onto this machine.
pub enum Installer {
    /// Debian and its kin, with the right to install: as root, or through `sudo`.
    Apt { sudo: bool },
    /// Somebody has to do it by hand.
    ByHand,
}

/// Finds out how packages get onto this machine. Root installs without further ado (a container, a CI machine);
/// `sudo` only where the caller was asked for everything.
pub fn installer(may_sudo: bool) -> Installer {
    if on_path("apt-get").is_none() {
        return Installer::ByHand;
    }
    let root = process::read(process::command("id").arg("-u")).is_ok_and(|id| id.trim() == "0");
    if root {
        Installer::Apt { sudo: false }
    } else if may_sudo && on_path("sudo").is_some() {
        Installer::Apt { sudo: true }
    } else {
        Installer::ByHand
    }
}

/// Installs Debian packages.
pub fn apt_install(packages: &[&str], sudo: bool) -> Result {
    let apt = |arguments: &[&str]| {
        let mut command = process::command(if sudo { "sudo" } else { "env" });
        command.args(["DEBIAN_FRONTEND=noninteractive", "apt-get"]).args(arguments);
        command
    };
    eprintln!("Installing {}: one to three minutes.", packages.join(" "));
    // A list that cannot be refreshed may still be good enough; the install says whether it was.
    if let Err(error) = run(&mut apt(&["update", "-qq"])) {
        eprintln!("{error}; going on with the package lists that are here");
    }
    run(apt(&["install", "-y", "-qq", "--no-install-recommends"]).args(packages))
}

/// The command that installs something on this kind of machine: names in apt, Homebrew and winget.
pub fn hint(apt: &str, brew: &str, winget: &str) -> String {
    if cfg!(windows) {
        format!("winget install {winget}")
    } else if cfg!(target_os = "macos") {
        format!("brew install {brew}")
    } else {
        format!("sudo apt-get install {apt}    (Debian, Ubuntu; the same names or similar elsewhere)")
    }
}
