//! The door of a listener: open, or shut in one of four ways.

use std::io;
use std::net::SocketAddr;
use std::time::Duration;

use tokio::net::{TcpListener, TcpSocket, TcpStream};
use tokio::sync::{mpsc, oneshot, watch};
use tokio::task::JoinSet;

use super::connection::{Reception, converse};
use crate::faults::Door;
use crate::ledger::Vendor;

/// How many connections may wait to be accepted.
const BACKLOG: u32 = 1024;

/// An order to a doorkeeper, and where to say that it is done.
type Order = (Option<Door>, oneshot::Sender<()>);

/// The doors of the two vendors. Control's is always open.
#[derive(Clone)]
pub(crate) struct Doors {
    pub(crate) tru_id: mpsc::Sender<Order>,
    pub(crate) twilio_verify: mpsc::Sender<Order>,
}

impl Doors {
    /// Opens a door (`None`) or shuts it, and returns once that is so.
    pub(crate) async fn set(&self, vendor: Vendor, door: Option<Door>) {
        let keeper = match vendor {
            Vendor::TruId => &self.tru_id,
            Vendor::TwilioVerify => &self.twilio_verify,
        };
        let (done, wait) = oneshot::channel();
        // A doorkeeper that is gone has shut its door for good.
        if keeper.send((door, done)).await.is_ok() {
            let _ = wait.await;
        }
    }
}

/// What there is at the address.
enum Address {
    Listening(TcpListener),
    /// Bound and not listening, so that nobody else takes the port meanwhile.
    Held(TcpSocket),
    /// Listening with a full queue: the connections that fill it are kept.
    Full {
        #[expect(dead_code, reason = "its queue is what fills up")]
        listener: TcpListener,
        #[expect(dead_code, reason = "they fill the queue for as long as they are open")]
        waiting: Vec<TcpStream>,
    },
    /// The port was lost while the door was shut.
    Lost,
}

/// Accepts connections at one address and follows orders about its door.
pub(crate) async fn keep(
    listener: TcpListener,
    at: SocketAddr,
    mut orders: mpsc::Receiver<Order>,
    state: watch::Sender<Option<Door>>,
    reception: Reception,
) {
    let mut connections = JoinSet::new();
    let mut address = Address::Listening(listener);
    let mut silent = Vec::new();
    loop {
        tokio::select! {
            // Whoever gave an order waits for it, and nobody is to slip in before it is done.
            biased;
            Some((door, done)) = orders.recv() => {
                silent.clear();
                // Connections with nothing going on end now.
                state.send_replace(door);
                address = turn(address, at, door).await.unwrap_or_else(|error| {
                    tracing::error!(%at, %error, "the address could not be had back");
                    Address::Lost
                });
                // Nobody listens for the answer if the request that caused the order has ended.
                let _ = done.send(());
            }
            accepted = accept(&address) => {
                let Ok((stream, _)) = accepted else { continue };
                let door = *state.borrow();
                match door {
                    None => {
                        connections.spawn(converse(stream, reception.clone()));
                    }
                    Some(Door::AcceptSilent) => silent.push(stream),
                    Some(Door::CloseOnAccept | Door::Refuse | Door::SynDrop) => {
                        // Dropped right away, with a reset.
                        let _ = stream.set_zero_linger();
                    }
                }
            }
            Some(_) = connections.join_next() => {}
        }
    }
}

async fn accept(address: &Address) -> io::Result<(TcpStream, SocketAddr)> {
    match address {
        Address::Listening(listener) => listener.accept().await,
        Address::Held(_) | Address::Full { .. } | Address::Lost => std::future::pending().await,
    }
}

/// Makes of the address what the door asks for.
async fn turn(address: Address, at: SocketAddr, door: Option<Door>) -> io::Result<Address> {
    match (door, address) {
        (None | Some(Door::AcceptSilent | Door::CloseOnAccept), Address::Listening(listener)) => {
            Ok(Address::Listening(listener))
        }
        (None | Some(Door::AcceptSilent | Door::CloseOnAccept), Address::Held(socket)) => {
            socket.listen(BACKLOG).map(Address::Listening)
        }
        (None | Some(Door::AcceptSilent | Door::CloseOnAccept), shut) => {
            drop(shut);
            bind(at)?.listen(BACKLOG).map(Address::Listening)
        }
        (Some(Door::Refuse), before) => {
            drop(before);
            bind(at).map(Address::Held)
        }
        (Some(Door::SynDrop), before) => {
            drop(before);
            let listener = bind(at)?.listen(0)?;
            let waiting = fill(at).await;
            Ok(Address::Full { listener, waiting })
        }
    }
}

/// Connects until no more connections are taken.
async fn fill(at: SocketAddr) -> Vec<TcpStream> {
    let mut waiting = Vec::new();
    while waiting.len() < 16 {
        let attempt = tokio::time::timeout(Duration::from_millis(100), TcpStream::connect(at));
        match attempt.await {
            Ok(Ok(stream)) => waiting.push(stream),
            Ok(Err(_)) | Err(_) => break,
        }
    }
    waiting
}

fn bind(at: SocketAddr) -> io::Result<TcpSocket> {
    let socket = TcpSocket::new_v4()?;
    // Elsewhere the option would let a stranger share the port.
    #[cfg(unix)]
    socket.set_reuseaddr(true)?;
    socket.bind(at)?;
    Ok(socket)
}
