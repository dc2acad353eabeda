//! What only the web view itself can be told.

use simgate_app::App;
use tauri::{WebviewWindow, async_runtime};
use webkit2gtk::{SettingsExt, WebViewExt};

/// Keeps the page from asking for names on the network, which a policy of its own cannot, and puts a
/// new page in the place of one whose process ended: the old one's picture would stay, with whoever
/// was signed in.
pub fn guard(window: &WebviewWindow, app: App) -> tauri::Result<()> {
    window.with_webview(move |view| {
        let view = view.inner();
        if let Some(settings) = WebViewExt::settings(&view) {
            settings.set_enable_dns_prefetching(false);
            // The page keeps three choices in the local storage, and no database that could fill the
            // disk.
            settings.set_enable_html5_database(false);
        }
        view.connect_web_process_terminated(move |view, reason| {
            tracing::error!(?reason, "the page was lost");
            let app = app.clone();
            async_runtime::spawn(async move { app.page_lost().await });
            view.reload();
        });
    })
}
