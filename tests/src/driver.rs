//! The WebDriver programs: started on free ports, gone when dropped.

use crate::browser::Engine;
use crate::{Outcome, path_variable};
use std::io::{BufRead, BufReader};
use std::net::{Ipv4Addr, TcpListener, TcpStream};
use std::process::{Child, Command, Stdio};
use std::thread::sleep;
use std::time::Duration;

/// A running WebDriver program with what it needs around it.
pub struct Driver {
    // Dropped in this order: the driver first, then the display it draws on.
    _process: Process,
    _display: Option<Process>,
    port: u16,
}

/// A child process that does not outlive its owner.
struct Process(Child);

impl Drop for Process {
    fn drop(&mut self) {
        // It may have ended by itself; there is nobody to tell either way.
        drop(self.0.kill());
        drop(self.0.wait());
    }
}

impl Driver {
    /// Starts the engine's driver and waits until it listens.
    pub fn start(engine: Engine) -> Outcome<Self> {
        let port = free_port()?;
        let mut display = None;
        let mut command = match engine {
            Engine::Chromium => {
                let mut command = Command::new(path_variable("BRIDGE_CHROMEDRIVER")?);
                command.arg(format!("--port={port}"));
                command
            }
            Engine::Firefox => {
                let mut command = Command::new(path_variable("BRIDGE_GECKODRIVER")?);
                // Both ports are chosen here, so that several runs on one machine do not meet.
                command.args(["--port", &port.to_string(), "--websocket-port", &free_port()?.to_string()]);
                command
            }
            Engine::Webkit => {
                let (screen, name) = virtual_display()?;
                display = Some(screen);
                let mut command = Command::new(path_variable("BRIDGE_WEBKITDRIVER")?);
                command.arg(format!("--port={port}"));
                command.env("DISPLAY", name).env("GDK_BACKEND", "x11").env("LIBGL_ALWAYS_SOFTWARE", "1");
                command
            }
        };
        let process = spawn(command.stdout(Stdio::null()).stderr(Stdio::null()))?;
        let driver = Self { _process: process, _display: display, port };
        driver.wait()?;
        Ok(driver)
    }

    /// Where it listens.
    pub fn url(&self) -> String {
        format!("http://127.0.0.1:{}", self.port)
    }

    fn wait(&self) -> Outcome {
        for _ in 0..200 {
            if TcpStream::connect((Ipv4Addr::LOCALHOST, self.port)).is_ok() {
                return Ok(());
            }
            sleep(Duration::from_millis(100));
        }
        Err(format!("the driver does not listen on port {} after 20 seconds", self.port).into())
    }
}

/// A screen in memory: MiniBrowser has no headless mode.
fn virtual_display() -> Outcome<(Process, String)> {
    let mut command = Command::new(path_variable("BRIDGE_XVFB")?);
    command.args(["-displayfd", "1", "-screen", "0", "1600x1200x24", "-nolisten", "tcp"]);
    let mut process = spawn(command.stdout(Stdio::piped()).stderr(Stdio::null()))?;
    let output = process.0.stdout.take().ok_or("Xvfb has no standard output")?;
    // It writes the number of the display it has chosen, once it is ready.
    let number = BufReader::new(output).lines().next().transpose()?.unwrap_or_default();
    if number.trim().is_empty() {
        return Err("Xvfb ended before it had a display".into());
    }
    Ok((process, format!(":{}", number.trim())))
}

fn spawn(command: &mut Command) -> Outcome<Process> {
    let name = command.get_program().to_string_lossy().into_owned();
    let child =
        command.stdin(Stdio::null()).spawn().map_err(|error| format!("cannot start {name}: {error}"))?;
    Ok(Process(child))
}

fn free_port() -> Outcome<u16> {
    Ok(TcpListener::bind((Ipv4Addr::LOCALHOST, 0))?.local_addr()?.port())
}
