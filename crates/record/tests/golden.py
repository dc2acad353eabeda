"""The golden values of tests/it/form.rs, computed by another program from the README alone.

python3 crates/record/tests/golden.py   (needs openssl for the signatures)
"""
import hashlib, struct, subprocess, tempfile

SEED = bytes([7] * 32)
ABSENT = None


def number(value):
    return struct.pack(">q", value)


def encoded(fields):
    out = b""
    for field in fields:
        if field is ABSENT:
            out += b"\0"
        else:
            field = field.encode() if isinstance(field, str) else field
            out += b"\1" + struct.pack(">I", len(field)) + field
    return out


def entry_hash(before, fields):
    return hashlib.sha256(b"simgate record 1" + before + encoded(fields)).digest()


def openssl(key, *arguments):
    with tempfile.NamedTemporaryFile() as pem:
        pem.write(key)
        pem.flush()
        return subprocess.run(["openssl", *arguments, pem.name], capture_output=True, check=True).stdout


def sign(message):
    pkcs8 = bytes.fromhex("302e020100300506032b657004220420") + SEED
    with tempfile.NamedTemporaryFile() as file:
        file.write(message)
        file.flush()
        return openssl(pkcs8, "pkeyutl", "-sign", "-rawin", "-in", file.name, "-keyform", "DER", "-inkey")


BARE = [number(1), number(-1), ABSENT, ABSENT, "unknown_name", ABSENT, ABSENT, b"\x44" * 32,
        "nobody", ABSENT, ABSENT, ABSENT, "sign_in_refused", "refused",
        ABSENT, ABSENT, ABSENT, ABSENT, ABSENT, ABSENT]
FULL = [number(2), number(1_795_392_000_000_001), bytes(range(1, 9)), "7F3K", "person",
        b"\x11" * 16, "josé", ABSENT, "person", b"\x22" * 16, "admin", b"\x33" * 16, "sim_stopped",
        "refused", "changed", "window 7 days", number(3), "c69bc0e6", number(10_000), "EUR"]

if __name__ == "__main__":
    public = openssl(bytes.fromhex("302e020100300506032b657004220420") + SEED,
                     "pkey", "-inform", "DER", "-pubout", "-outform", "DER", "-in")[-32:]
    first = entry_hash(bytes(32), BARE)
    second = entry_hash(first, FULL)
    for name, value in [("public", public), ("bare", first), ("full", second),
                        ("bare signed", sign(first)), ("full signed", sign(second))]:
        print(f"{name:12} {value.hex()}")
