# Writes forms.txt, the table that UnicodeForm.cs reads, from Python's own Unicode database: python3 forms.py > forms.txt
# The reference's own table is that of Unicode 11, so what was added later has no decomposition here.
import unicodedata as u

LATER = {0x32FF, 0xA7F2, 0xA7F3, 0xA7F4, 0xAB69, 0x11938, 0x1F16C, *range(0x10780, 0x107BB), *range(0x1FBF0, 0x1FBFA)}
print(f"# Unicode {u.unidata_version}. Decompositions: code = parts (canonical), code ! parts (canonical, does not compose again), code ~ parts (compatibility).")
print("# Combining classes: class first last.")
codes = [c for c in range(0x110000) if not 0xD800 <= c < 0xE000 and c not in LATER]
for c in codes:
    parts = u.decomposition(chr(c)).split()
    if parts and parts[0].startswith("<"):
        print(f"{c:X} ~ " + " ".join(f"{int(p, 16):X}" for p in parts[1:]))
    elif parts:
        composes = u.normalize("NFC", chr(c)) == chr(c)
        print(f"{c:X} {'=' if composes else '!'} " + " ".join(f"{int(p, 16):X}" for p in parts))
start = 0
for c in range(1, 0x110001):
    if c == 0x110000 or u.combining(chr(c)) != u.combining(chr(start)):
        if u.combining(chr(start)):
            print(f"{u.combining(chr(start))} {start:X} {c - 1:X}")
        start = c
