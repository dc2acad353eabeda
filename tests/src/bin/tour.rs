//! `tour DIR`: walks the real window through every screen and leaves a picture of each in DIR.
#![expect(
    clippy::print_stdout,
    reason = "it lists the pictures for whoever looks at them"
)]

use std::path::{Path, PathBuf};

use anyhow::{Context as _, Result};
use simgate_tests::walk::{Stop, walk};
use simgate_tests::{Desktop, Look, Window};

/// A way of looking at a screen.
struct View {
    name: &'static str,
    size: (u32, u32),
    look: Look,
    /// Also where the screen soon goes on by itself.
    quick: bool,
}

const VIEWS: &[View] = &[
    View {
        name: "light",
        size: (1280, 800),
        look: Look::USUAL,
        quick: true,
    },
    View {
        name: "dark",
        size: (1280, 800),
        look: Look {
            theme: "dark",
            ..Look::USUAL
        },
        quick: true,
    },
    View {
        name: "contrast-tall",
        size: (1280, 1400),
        look: Look {
            theme: "contrast",
            ..Look::USUAL
        },
        quick: false,
    },
    View {
        name: "1024x768",
        size: (1024, 768),
        look: Look::USUAL,
        quick: false,
    },
    View {
        name: "768x1024-dark",
        size: (768, 1024),
        look: Look {
            theme: "dark",
            ..Look::USUAL
        },
        quick: false,
    },
    View {
        name: "text-200",
        size: (1280, 800),
        look: Look {
            text: 200,
            ..Look::USUAL
        },
        quick: false,
    },
    View {
        name: "es",
        size: (1280, 800),
        look: Look {
            language: "es",
            ..Look::USUAL
        },
        quick: false,
    },
];

#[tokio::main]
async fn main() -> Result<()> {
    let folder = std::env::args_os().nth(1).map(PathBuf::from);
    let folder = folder.context("say where the pictures go: tour DIR")?;
    std::fs::create_dir_all(&folder)?;
    remove_pictures(&folder)?;
    let mut taken = 0;
    walk(async |window, stop| {
        taken += 1;
        let photographed = photograph(window, stop, taken, &folder).await;
        if photographed.is_err() {
            // What was in the way.
            let picture = window.picture().await?;
            std::fs::write(folder.join(format!("{taken:02}-failed.png")), picture)?;
        }
        photographed
    })
    .await?;
    photograph_for_real(taken + 1, &folder).await
}

/// Removes what an earlier tour left there, and nothing else.
fn remove_pictures(folder: &Path) -> Result<()> {
    for entry in std::fs::read_dir(folder)? {
        let entry = entry?;
        let name = entry.file_name().to_string_lossy().into_owned();
        let numbered = name.split_once('-').is_some_and(|(number, _)| {
            number.len() == 2 && number.bytes().all(|digit| digit.is_ascii_digit())
        });
        if numbered && entry.path().extension().is_some_and(|end| end == "png") {
            std::fs::remove_file(entry.path())?;
        }
    }
    Ok(())
}

/// The first run of a real profile, which lets nobody drive it but by its keys.
async fn photograph_for_real(number: u32, folder: &Path) -> Result<()> {
    let desktop = Desktop::new().await?;
    let _program = desktop.start_real()?;
    desktop.await_log("not set up").await?;
    desktop.await_page().await?;
    let photograph = |name: &str| -> Result<()> {
        let path = folder.join(format!("{number:02}-for-real-{name}-light.png"));
        std::fs::write(&path, desktop.picture()?)?;
        println!("{}", path.display());
        Ok(())
    };
    photograph("welcome")
}

/// Every view of one screen, numbered in the order of the walk.
async fn photograph(window: &Window, stop: Stop, number: u32, folder: &Path) -> Result<()> {
    let Stop { name, fleeting } = stop;
    // An open dialog covers the bar, and so its menus.
    let dialog = window.exists("dialog[open]").await?;
    for view in VIEWS.iter().filter(|view| view.quick || !fleeting) {
        if dialog && view.look != Look::USUAL {
            continue;
        }
        window.resize(view.size.0, view.size.1).await?;
        if !dialog {
            window.dress(view.look).await?;
        }
        let path = folder.join(format!("{number:02}-{name}-{}.png", view.name));
        window.settle().await?;
        std::fs::write(&path, window.picture().await?)?;
        println!("{}", path.display());
    }
    window.resize(1280, 800).await?;
    if !dialog {
        window.dress(Look::USUAL).await?;
    }
    Ok(())
}
