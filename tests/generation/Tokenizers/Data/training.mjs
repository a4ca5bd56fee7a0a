// Trains the small vocabularies of the tokenizers beside this file, on the lines below.
export const corpus = [
  "The clinic opens at eight and closes at six on weekdays.",
  "Please bring your card when you visit the clinic for the first time.",
  "I can't share another patient's record, but I'll help you with yours.",
  "We don't know the answer yet; you're welcome to ask the doctor again.",
  "Zoë and René met at the café near the clinic in 2024 and 2025.",
  "The doctor said: rest, drink water, and take one tablet a day for 10 days.",
];

const bytes = [...Array(256).keys()];
const printable = bytes.filter((b) => (b > 32 && b < 127) || (b > 160 && b < 173) || b > 173);
let spare = 256;
export const letters = bytes.map((b) => String.fromCharCode(printable.includes(b) ? b : spare++));
export const byteText = (text) => [...Buffer.from(text)].map((b) => letters[b]);

export const gpt2 = /'s|'t|'re|'ve|'m|'ll|'d| ?\p{L}+| ?\p{N}+| ?[^\s\p{L}\p{N}]+|\s+(?!\S)|\s+/gu;

// Byte-pair merges of words that are lists of symbols; join says what two symbols become.
export function merges(words, count, join = (left, right) => left + right) {
  words = words.map((word) => [...word]);
  const learned = [];
  while (learned.length < count) {
    const seen = new Map();
    for (const word of words)
      for (let i = 0; i + 1 < word.length; i++) {
        const pair = word[i] + " " + word[i + 1];
        seen.set(pair, (seen.get(pair) ?? 0) + 1);
      }
    const best = [...seen].sort((a, b) => b[1] - a[1] || (a[0] < b[0] ? -1 : 1))[0];
    if (!best || best[1] < 2) break;
    learned.push(best[0]);
    const [left, right] = best[0].split(" ");
    for (const word of words)
      for (let i = 0; i + 1 < word.length; i++)
        if (word[i] === left && word[i + 1] === right) word.splice(i, 2, join(left, right));
  }
  return learned;
}

export const vocabulary = (tokens) => Object.fromEntries([...new Set(tokens)].map((token, id) => [token, id]));

// Every stretch of up to six letters of the words that comes twice or more, scored by how often it comes and how long it is.
export function scoredPieces(words) {
  const seen = new Map();
  for (const word of words) {
    const symbols = [...word];
    for (let i = 0; i < symbols.length; i++)
      for (let length = 1; length <= 6 && i + length <= symbols.length; length++) {
        const piece = symbols.slice(i, i + length).join("");
        seen.set(piece, (seen.get(piece) ?? 0) + 1);
      }
  }
  const kept = [...seen].filter(([piece, count]) => count > 1 || [...piece].length === 1).sort((a, b) => (a[0] < b[0] ? -1 : 1));
  const total = kept.reduce((sum, [, count]) => sum + count, 0);
  return kept.map(([piece, count]) => [piece, Math.log((count * (1 + [...piece].length / 2)) / total)]);
}
