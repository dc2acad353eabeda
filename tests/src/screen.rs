//! What an X server shows and hears, seen from outside of every program on it.

use anyhow::{Context as _, Result, ensure};
use x11rb::connection::Connection as _;
use x11rb::protocol::xproto::{
    ConnectionExt as _, CreateWindowAux, ImageFormat, KEY_PRESS_EVENT, KEY_RELEASE_EVENT, MapState,
    Window, WindowClass,
};
use x11rb::protocol::xtest::ConnectionExt as _;
use x11rb::rust_connection::RustConnection;
use x11rb::wrapper::ConnectionExt as _;

use crate::display::Display;

/// The least a program's window measures; smaller ones are the toolkit's own.
const WINDOW: u16 = 300;

/// Keys that a person presses.
#[derive(Debug, Clone, Copy)]
pub enum Key {
    /// To the next control.
    Tab,
    /// Presses it.
    Enter,
}

impl Key {
    /// Where it is on the keyboard that Xvfb has, a PC's.
    fn code(self) -> u8 {
        match self {
            Self::Tab => 23,
            Self::Enter => 36,
        }
    }
}

/// The screen of a display.
pub(crate) struct Screen {
    server: RustConnection,
    root: Window,
}

impl Screen {
    pub(crate) fn of(display: &Display) -> Result<Self> {
        let (server, number) =
            x11rb::connect(Some(display.name())).context("connecting to the display")?;
        let screen = server.setup().roots.get(number).context("no screen")?;
        let root = screen.root;
        Ok(Self { server, root })
    }

    /// What stands in its upper left corner: red, green and blue of each pixel.
    pub(crate) fn pixels(&self, width: u32, height: u32) -> Result<Vec<[u8; 3]>> {
        let (across, down) = (u16::try_from(width)?, u16::try_from(height)?);
        let format = ImageFormat::Z_PIXMAP;
        let image = self
            .server
            .get_image(format, self.root, 0, 0, across, down, u32::MAX)?
            .reply()?;
        let (pixels, rest) = image.data.as_chunks::<4>();
        ensure!(rest.is_empty(), "a pixel of this screen has four bytes");
        let colours = pixels
            .iter()
            .map(|[blue, green, red, _]| [*red, *green, *blue]);
        Ok(colours.collect())
    }

    /// The same as PNG.
    pub(crate) fn picture(&self, width: u32, height: u32) -> Result<Vec<u8>> {
        let pixels = self.pixels(width, height)?;
        let mut picture = Vec::new();
        let mut encoder = png::Encoder::new(&mut picture, width, height);
        encoder.set_color(png::ColorType::Rgb);
        encoder.set_depth(png::BitDepth::Eight);
        encoder
            .write_header()?
            .write_image_data(pixels.as_flattened())?;
        Ok(picture)
    }

    /// The window in front of all others, if there is one.
    pub(crate) fn in_front(&self) -> Result<Option<Window>> {
        let mut windows = self.server.query_tree(self.root)?.reply()?.children;
        // The server lists them from the back to the front.
        while let Some(window) = windows.pop() {
            let shown = self.server.get_window_attributes(window)?.reply()?;
            let size = self.server.get_geometry(window)?.reply()?;
            let large = size.width >= WINDOW && size.height >= WINDOW;
            if shown.map_state == MapState::VIEWABLE && large {
                return Ok(Some(window));
            }
        }
        Ok(None)
    }

    /// Puts an empty window in front of everything, as another program would.
    pub(crate) fn cover(&self) -> Result<Window> {
        let size = self.server.get_geometry(self.root)?.reply()?;
        let cover = self.server.generate_id()?;
        let (border, depth, visual) = (0, 0, 0);
        self.server
            .create_window(
                depth,
                cover,
                self.root,
                0,
                0,
                size.width,
                size.height,
                border,
                WindowClass::INPUT_OUTPUT,
                visual,
                &CreateWindowAux::new(),
            )?
            .check()?;
        self.server.map_window(cover)?.check()?;
        Ok(cover)
    }

    /// Presses a key. It goes to the window under the pointer.
    pub(crate) fn press(&self, key: Key) -> Result<()> {
        for event in [KEY_PRESS_EVENT, KEY_RELEASE_EVENT] {
            self.server
                .xtest_fake_input(event, key.code(), 0, self.root, 0, 0, 0)?
                .check()?;
        }
        self.server.sync()?;
        Ok(())
    }
}
