//! The one window.

use std::path::PathBuf;

use simgate_app::App;
use tauri::async_runtime;
use tauri::ipc::Invoke;
use tauri::webview::{NewWindowResponse, WebviewWindowBuilder};
use tauri::{Manager, RunEvent, Url, WebviewUrl, Wry};
use tauri_plugin_prevent_default::Flags;

use crate::commands;
use crate::surroundings;
#[cfg(target_os = "linux")]
use crate::web_view;

const LABEL: &str = "main";

/// What the window is to look like, and where it keeps that.
pub struct Looks {
    /// Whether it says that nothing here is real.
    pub rehearsal: bool,
    /// Where the web view keeps the choice of language, text size and colours; nowhere, if `None`.
    pub web: Option<PathBuf>,
}

/// Shows the window until it is closed, and then does what is to be done at the very end.
///
/// `work` begins once it is known that no other copy of the program runs.
///
/// # Errors
/// Where the toolkit cannot start. What goes wrong after that is said, and ends the program.
pub fn run(
    app: &App,
    looks: Looks,
    work: impl FnOnce() -> std::io::Result<()> + Send + 'static,
    at_the_end: impl Fn() + 'static,
) -> tauri::Result<()> {
    let mut context = tauri::generate_context!();
    if looks.rehearsal {
        context.config_mut().identifier.push_str(".rehearsal");
    }
    let mut builder = tauri::Builder::default();
    // A window that a test drives is one of several.
    if !surroundings::is_driven() {
        builder = builder.plugin(tauri_plugin_single_instance::init(|handle, _, _| {
            bring_to_front(handle);
        }));
    }
    // Moving the focus by keyboard is what many people work with; the rest leads out of the page.
    let keys = Flags::all().difference(Flags::FOCUS_MOVE);
    let (managed, guarded) = (app.clone(), app.clone());
    // Port 9 (discard): nothing listens there.
    let nowhere = "http://127.0.0.1:9"
        .parse()
        .map_err(tauri::Error::InvalidUrl)?;
    let shell = builder
        .plugin(tauri_plugin_prevent_default::with_flags(keys))
        .manage(managed)
        .invoke_handler(handler())
        .setup(move |shell| {
            // The plugins come before this: a second copy has ended by now.
            let opened = work().map_err(tauri::Error::from);
            if let Err(error) = opened.and_then(|()| open(shell, looks, nowhere, guarded)) {
                crate::say_that_it_cannot_start(&error);
                shell.handle().exit(1);
            }
            Ok(())
        })
        .build(context)?;
    let app = app.clone();
    shell.run(move |_, event| {
        if let RunEvent::Exit = event {
            async_runtime::block_on(app.close());
            at_the_end();
        }
    });
    Ok(())
}

/// What answers the page. The build script holds the names against the table of commands.
fn handler() -> impl Fn(Invoke<Wry>) -> bool + Send + Sync + 'static {
    tauri::generate_handler![
        commands::view,
        commands::next_view,
        commands::try_again,
        commands::warm_up,
        commands::sign_in,
        commands::preview_phone,
        commands::rate_password,
        commands::register,
        commands::register_first_admin,
        commands::withdraw_first_admin,
        commands::finish_set_up,
        commands::overview,
        commands::registration_mode,
        commands::set_registration_mode,
        commands::send_again,
        commands::check_code,
        commands::start_over,
        commands::step_up,
        commands::branch,
        commands::set_branch,
        commands::stay,
        commands::sign_out,
        commands::people,
        commands::person,
        commands::help_person,
        commands::change_person,
        commands::add_person,
        commands::choose_password,
        commands::change_number,
        commands::check_number_code,
        commands::give_up_number,
        commands::begin_import,
        commands::add_to_import,
        commands::check_import,
        commands::import_people,
        commands::cancel_import,
        commands::export_people,
        commands::export_people_whole,
        commands::cancel_people_export,
        commands::people_work,
        commands::record_page,
        commands::record_entry,
        commands::verify_record,
        commands::export_record,
        commands::record_work,
        commands::cancel_record_work,
        commands::record_retention,
        commands::set_record_retention,
        commands::rules_page,
        commands::set_rules,
        commands::rules_history,
        commands::budgets,
        commands::what_if,
        commands::vendors,
        commands::import_vendor_file,
        commands::fill_in_rehearsal,
        commands::drop_unsaved_vendor,
        commands::test_vendor,
        commands::save_vendor,
        commands::try_sim_check,
        commands::try_code,
        commands::check_tried_code,
        commands::use_recovery_code,
        commands::kit,
        commands::make_kit,
        commands::confirm_kit,
        commands::backups,
        commands::back_up,
        commands::inspect_backup,
        commands::restore,
        commands::recovery_work,
        commands::cancel_recovery,
        commands::rehearsal_phone,
    ]
}

fn open(shell: &tauri::App, looks: Looks, nowhere: Url, guarded: App) -> tauri::Result<()> {
    let title = if looks.rehearsal {
        "SIMgate rehearsal"
    } else {
        "SIMgate"
    };
    let window = WebviewWindowBuilder::new(shell, LABEL, WebviewUrl::default())
        .title(title)
        .inner_size(1280.0, 800.0)
        .min_inner_size(360.0, 480.0)
        .devtools(false)
        .general_autofill_enabled(false)
        .on_navigation(is_our_page)
        .on_new_window(|_, _| NewWindowResponse::Deny)
        .on_download(|_, _| false)
        // The page has nobody to speak to but Rust, which no proxy is asked for: whatever else it
        // tries to reach is nowhere.
        .proxy_url(nowhere);
    let window = match looks.web {
        Some(folder) => window.data_directory(folder),
        None => window.incognito(true),
    };
    let window = window.build()?;
    #[cfg(target_os = "linux")]
    web_view::guard(&window, guarded)?;
    #[cfg(not(target_os = "linux"))]
    drop((window, guarded));
    Ok(())
}

fn bring_to_front(handle: &tauri::AppHandle) {
    if let Some(window) = handle.get_webview_window(LABEL) {
        // A window manager may refuse; there is nothing more to be done then.
        let _shown = window.unminimize().and_then(|()| window.set_focus());
    }
}

/// The page is the one that the program carries, wherever something would lead.
fn is_our_page(url: &Url) -> bool {
    // Windows' web view serves the page under a name that would be a web server's elsewhere.
    let ours = if cfg!(windows) {
        ("http", "tauri.localhost")
    } else {
        ("tauri", "localhost")
    };
    let page = (url.scheme(), url.host_str().unwrap_or_default()) == ours;
    let top = matches!(url.path(), "" | "/" | "/index.html");
    // The frame of the isolation pattern loads from a scheme of its own.
    url.port().is_none() && (page && top || url.scheme().starts_with("isolation-"))
}
