//! What the environment may not do to a real profile.

/// Somebody set a variable that lets another program read and drive the window.
#[derive(Debug, thiserror::Error)]
#[error(
    "{0} is set, which would let another program drive this window; a real profile does not start \
     so: unset it, or try the program with --rehearsal"
)]
pub struct RemoteControl(&'static str);

/// The web view and its toolkit let other programs of the same user drive or inspect a window, or
/// load their own parts into it, where these are set. The tests of the window use the first, in a
/// rehearsal, where there is nothing to steal.
const VARIABLES: [&str; 7] = [
    "TAURI_WEBVIEW_AUTOMATION",
    "WEBKIT_INSPECTOR_SERVER",
    "WEBKIT_INSPECTOR_HTTP_SERVER",
    "WEBKIT_INJECTED_BUNDLE_PATH",
    "WEBKIT_EXEC_PATH",
    "GTK_DEBUG",
    "WEBVIEW2_ADDITIONAL_BROWSER_ARGUMENTS",
];

/// Whether this window is driven by a test.
#[expect(clippy::disallowed_methods, reason = "this is the composition root")]
pub fn is_driven() -> bool {
    std::env::var_os(VARIABLES[0]).is_some()
}

/// There is no screen to open a window on.
#[derive(Debug, thiserror::Error)]
#[error(
    "there is no display here (neither WAYLAND_DISPLAY nor DISPLAY is set): start it in a desktop \
     session; `cargo xtask tour` takes pictures of every screen without one"
)]
pub struct NoDisplay;

/// Fails where there is no display: the toolkit would panic.
#[expect(clippy::disallowed_methods, reason = "this is the composition root")]
pub fn require_display() -> Result<(), NoDisplay> {
    let has_one = !cfg!(target_os = "linux")
        || ["WAYLAND_DISPLAY", "DISPLAY"]
            .into_iter()
            .any(|name| std::env::var_os(name).is_some_and(|value| !value.is_empty()));
    has_one.then_some(()).ok_or(NoDisplay)
}

/// Refuses to start a real profile whose window others could drive.
#[expect(clippy::disallowed_methods, reason = "this is the composition root")]
pub fn refuse_remote_control(rehearsal: bool) -> Result<(), RemoteControl> {
    let set = VARIABLES
        .into_iter()
        .find(|name| std::env::var_os(name).is_some());
    match set {
        Some(name) if !rehearsal => Err(RemoteControl(name)),
        Some(_) | None => Ok(()),
    }
}
