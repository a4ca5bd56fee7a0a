// Makes the tokenizers and the vectors beside this file. The tokenizers are trained here, on the lines below; the ids come from the
// reference implementation. Regenerate with:
//   npm install --ignore-scripts --prefix /tmp/vectors @huggingface/tokenizers@0.2.0
//   NODE_PATH=/tmp/vectors/node_modules node make-vectors.mjs
import { createRequire } from "node:module";
import { writeFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import path from "node:path";

const require = createRequire(path.join(process.env.NODE_PATH, "x.js"));
const { Tokenizer } = require("@huggingface/tokenizers");
const here = path.dirname(fileURLToPath(import.meta.url));

const corpus = [
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
const letters = bytes.map((b) => String.fromCharCode(printable.includes(b) ? b : spare++));
const byteText = (text) => [...Buffer.from(text)].map((b) => letters[b]);

const gpt2 = /'s|'t|'re|'ve|'m|'ll|'d| ?\p{L}+| ?\p{N}+| ?[^\s\p{L}\p{N}]+|\s+(?!\S)|\s+/gu;

function train(count) {
  const words = corpus.flatMap((line) => line.normalize("NFC").match(gpt2)).map(byteText);
  const merges = [];
  while (merges.length < count) {
    const seen = new Map();
    for (const word of words)
      for (let i = 0; i + 1 < word.length; i++) {
        const pair = word[i] + " " + word[i + 1];
        seen.set(pair, (seen.get(pair) ?? 0) + 1);
      }
    const best = [...seen].sort((a, b) => b[1] - a[1] || (a[0] < b[0] ? -1 : 1))[0];
    if (!best || best[1] < 2) break;
    merges.push(best[0]);
    const [left, right] = best[0].split(" ");
    for (const word of words)
      for (let i = 0; i + 1 < word.length; i++)
        if (word[i] === left && word[i + 1] === right) word.splice(i, 2, left + right);
  }
  return merges;
}

const merges = train(120);
const vocab = {};
for (const token of [...letters, ...merges.map((m) => m.replace(" ", ""))]) vocab[token] ??= Object.keys(vocab).length;
const size = Object.keys(vocab).length;
const added = (id, content, more = {}) => ({ id: size + id, content, single_word: false, lstrip: false, rstrip: false, normalized: false, special: true, ...more });
const byteLevel = (add_prefix_space, use_regex) => ({ type: "ByteLevel", add_prefix_space, trim_offsets: true, use_regex });
const file = (more) => ({
  version: "1.0", truncation: null, padding: null, added_tokens: [], normalizer: null,
  pre_tokenizer: byteLevel(false, true), post_processor: byteLevel(true, true), decoder: byteLevel(true, true),
  model: { type: "BPE", dropout: null, unk_token: null, continuing_subword_prefix: null, end_of_word_suffix: null, fuse_unk: false, byte_fallback: false, ignore_merges: false, vocab, merges },
  ...more,
});
const cl100k = "(?i:'s|'t|'re|'ve|'m|'ll|'d)|[^\\r\\n\\p{L}\\p{N}]?\\p{L}+|\\p{N}{1,3}| ?[^\\s\\p{L}\\p{N}]+[\\r\\n]*|\\s*[\\r\\n]+|\\s+(?!\\S)|\\s+";
const split = (behavior, invert, pattern) => ({ type: "Split", pattern: { Regex: pattern }, behavior, invert });
const bos = { type: "TemplateProcessing", single: [{ SpecialToken: { id: "<s>", type_id: 0 } }, { Sequence: { id: "A", type_id: 0 } }, { SpecialToken: { id: "</s>", type_id: 0 } }],
  pair: [], special_tokens: { "<s>": { id: "<s>", ids: [size], tokens: ["<s>"] }, "</s>": { id: "</s>", ids: [size + 1], tokens: ["</s>"] } } };
const whole = { ...vocab };
whole["Ġcardio"] = size + 3;
whole["vascular"] = size + 4;

const tokenizers = {
  default: file({ added_tokens: [added(0, "<|end|>")] }),
  prefixed: file({ pre_tokenizer: byteLevel(true, true), added_tokens: [added(0, "<|end|>"), added(1, "<|mask|>", { lstrip: true }), added(2, "<|gap|>", { rstrip: true })] }),
  split: file({
    added_tokens: [added(0, "<s>"), added(1, "</s>"), added(2, "<|user|>")],
    pre_tokenizer: { type: "Sequence", pretokenizers: [split("Isolated", false, cl100k), byteLevel(false, false)] },
    post_processor: { type: "Sequence", processors: [byteLevel(true, false), bos] },
    model: { ...file({}).model, vocab: whole, ignore_merges: true, merges: merges.map((m) => m.split(" ")) },
  }),
  composed: file({
    added_tokens: [added(0, "<|end|>"), added(1, "  ", { special: false, normalized: true }), added(2, "clinic desk", { special: false, normalized: true })],
    normalizer: { type: "NFC" },
    pre_tokenizer: { type: "Sequence", pretokenizers: [split("Removed", true, cl100k), byteLevel(false, false)] },
  }),
};

const texts = [
  "", " ", "  ", "\n", "a", "The clinic opens at eight.", "the doctor doesn't know", "I'LL SAY IT'S HERS", "Zoë at the café", "Zoe\u0308 at the cafe\u0301",
  "\u1112\u1161\u11ab \uac01 \u1100\u1161\u11a8", "q\u0323\u0307 q\u0307\u0323 \u212b \u0958 \ufb1d \u2adc", "tabs\tand\n\nlines\r\n  indented   wide ", "12345 67 8 ¾ ٣٤ Ⅷ",
  "🙂 and 👩‍🔬 and 🇫🇷!", "𝒜𝓁𝓁 math 𝟙𝟚𝟛 𐐷x", "你好，世界。 これは テスト", "Ünïcödé naïve – “quotes” … €5", "emoji🙂glued", "x".repeat(300), "ab ".repeat(60),
  "<|end|>", "<s>hi</s>", "a <|end|> b", "a  <|mask|>  b <|gap|>  c", "<|user|>\nWhat?<|end|>\n", "clinic desk  and clinic  desk", "<|end|><|end|>", "< |end|>", "\u00a0nbsp\u2003em\u3000wide",
  "cardiovascular cardio vascular", "\u0000\u001f\u007f", "don’t can't won't we've I'm you'd", "a\u200bb\ufeffc", "   leading and trailing   ", "\n\n\n", "line\n \n line", "!!!??? --- ***", "कि हिन्दी ภาษาไทย עברית",
];

for (const [name, tokenizer] of Object.entries(tokenizers)) {
  const reference = new Tokenizer(tokenizer, { clean_up_tokenization_spaces: false });
  const vectors = texts.map((text) => {
    const ids = Array.from(reference.encode(text, { add_special_tokens: false }).ids);
    const special = Array.from(reference.encode(text, { add_special_tokens: true }).ids);
    return { text, ids, special, decoded: ids.length ? reference.decode(ids, { skip_special_tokens: false }) : "", skipped: special.length ? reference.decode(special, { skip_special_tokens: true }) : "" };
  });
  writeFileSync(path.join(here, `${name}.tokenizer.json`), JSON.stringify(tokenizer) + "\n");
  writeFileSync(path.join(here, `${name}.vectors.json`), "[\n" + vectors.map((v) => JSON.stringify(v)).join(",\n") + "\n]\n");
}
