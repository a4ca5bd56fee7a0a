# Writes nfc.txt, the table that Nfc.cs reads, from Python's own Unicode database: python3 nfc.py > nfc.txt
import unicodedata as u

print(f"# Unicode {u.unidata_version}. Canonical decompositions: code = parts (! does not compose again). Combining classes: class first last.")
codes = [c for c in range(0x110000) if not 0xD800 <= c < 0xE000]
for c in codes:
    parts = u.decomposition(chr(c))
    if parts and not parts.startswith("<"):
        composes = u.normalize("NFC", chr(c)) == chr(c)
        print(f"{c:X} {'=' if composes else '!'} " + " ".join(f"{int(p, 16):X}" for p in parts.split()))
start = 0
for c in range(1, 0x110001):
    if c == 0x110000 or u.combining(chr(c)) != u.combining(chr(start)):
        if u.combining(chr(start)):
            print(f"{u.combining(chr(start))} {start:X} {c - 1:X}")
        start = c
