// Writes a character map in the layout that SentencePiece precompiles: the size of a double-array trie in bytes, the trie, and the
// texts, each closed by a zero byte. entries: text to text.
export function charsmap(entries) {
  const texts = [];
  const root = new Map();
  for (const [from, to] of Object.entries(entries)) {
    let node = root;
    for (const byte of Buffer.from(from)) {
      if (!node.has(byte)) node.set(byte, new Map());
      node = node.get(byte);
    }
    node.set(0, texts.length);
    texts.push(...Buffer.from(to), 0);
  }

  // A unit holds its label, whether its key ends here, and how to find its children: place xor offset xor label.
  const units = new Map([[0, 0]]);
  const waiting = [[0, root]];
  for (let free = 1; waiting.length > 0; ) {
    const [place, node] = waiting.shift();
    let base = free;
    while ([...node.keys()].some((label) => units.has(base ^ label))) base++;
    const ends = node.has(0) ? 0x100 : 0;
    units.set(place, (units.get(place) | ((place ^ base) << 10) | ends) >>> 0);
    for (const [label, child] of node) {
      units.set(base ^ label, label === 0 ? (0x80000000 | child) >>> 0 : label);
      if (label !== 0) waiting.push([base ^ label, child]);
    }
    while (units.has(free)) free++;
  }

  const size = (Math.max(...units.keys()) | 255) + 1;
  const map = Buffer.alloc(4 + size * 4);
  map.writeUInt32LE(size * 4, 0);
  for (const [place, unit] of units) map.writeUInt32LE(unit, 4 + place * 4);
  return Buffer.concat([map, Buffer.from(texts)]).toString("base64");
}
