// Every message from the page to Rust passes here, in a frame that the page cannot reach. No form
// of SIMgate comes near 64 KiB; what does is dropped before it is encrypted and copied any further.
const LONGEST = 64 * 1024;

window.__TAURI_ISOLATION_HOOK__ = (message) => {
  if (JSON.stringify(message).length > LONGEST) {
    throw new Error("message too long");
  }
  return message;
};
