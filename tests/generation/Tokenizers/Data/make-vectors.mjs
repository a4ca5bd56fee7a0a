// Makes the tokenizers and the vectors beside this file. The tokenizers are trained here, on our own lines; the ids and texts come
// from the reference library itself (Rust, 0.22.2), through a binding for Node: its JavaScript port differs in places. Version 0.23.2
// (the package tokenizers) gives the same, save that it decodes added tokens of normalized text as they were normalized, and then
// does not know special ones among them as special. Regenerate with:
//   npm install --ignore-scripts --prefix /tmp/vectors @anush008/tokenizers@0.6.0
//   NODE_PATH=/tmp/vectors/node_modules node make-vectors.mjs
import { createRequire } from "node:module";
import { writeFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import path from "node:path";
import { bpe, byteTokenizers, file } from "./byte-tokenizers.mjs";
import * as parts from "./parts.mjs";
import { moreTexts, pairTexts, texts } from "./texts.mjs";
import { wordTokenizers } from "./word-tokenizers.mjs";

const { Tokenizer } = createRequire(path.join(process.env.NODE_PATH, "x.js"))("@anush008/tokenizers");
const here = path.dirname(fileURLToPath(import.meta.url));

for (const [name, tokenizer] of Object.entries({ ...byteTokenizers, ...wordTokenizers })) {
  const reference = Tokenizer.fromString(JSON.stringify(tokenizer));
  const vectors = [];
  for (const text of [...texts, ...moreTexts]) {
    const ids = (await reference.encode(text, null, { addSpecialTokens: false })).getIds();
    const special = (await reference.encode(text, null, { addSpecialTokens: true })).getIds();
    vectors.push({ text, ids, special, decoded: await reference.decode(ids, false), skipped: await reference.decode(special, true) });
  }
  writeFileSync(path.join(here, `${name}.tokenizer.json`), JSON.stringify(tokenizer) + "\n");
  write(name, vectors);
}

function write(name, vectors) {
  writeFileSync(path.join(here, `${name}.vectors.json`), "[\n" + vectors.map((v) => JSON.stringify(v)).join(",\n") + "\n]\n");
}

const withPart = (part) => Tokenizer.fromString(JSON.stringify(file({ model: bpe({ vocab: {}, merges: [] }), ...part })));
const tried = (all, inputs, attempt) => all.flatMap((part) => inputs.map((input) => ({ part, input, output: attempt(part, input) })));
write("pre-tokenizer-parts", tried(parts.preTokenizers, parts.cutTexts, (part, text) => withPart({ pre_tokenizer: part }).getPreTokenizer().preTokenizeString(text).map(([piece]) => piece)));
write("normalizer-parts", tried(parts.normalizers, parts.rewrittenTexts, (part, text) => withPart({ normalizer: part }).getNormalizer().normalizeString(text)));
write("decoder-parts", tried(parts.joiners, parts.tokenLists, (part, tokens) => withPart({ decoder: part }).getDecoder().decode(tokens)));

// The template of one text, twice, with the second's tokens of type 1.
function pairOf(single) {
  const second = single.map((piece) => (piece.Sequence ? { Sequence: { id: "B", type_id: 1 } } : { SpecialToken: { ...piece.SpecialToken, type_id: 1 } }));
  return [...single, ...second];
}

// Pairs of texts that spell no special tokens, in which the reference would see tokens, and a reader of other people's texts must not.
const pairs = [];
for (const [name, tokenizer] of Object.entries({ ...byteTokenizers, ...wordTokenizers })) {
  const sets = tokenizer.post_processor?.type;
  if (!["BertProcessing", "RobertaProcessing", "TemplateProcessing"].includes(sets)) continue;
  const pair = sets === "TemplateProcessing" ? pairOf(tokenizer.post_processor.single) : undefined;
  const reference = Tokenizer.fromString(JSON.stringify({ ...tokenizer, post_processor: { ...tokenizer.post_processor, pair } }));
  for (const [first, second] of pairTexts) {
    const encoded = await reference.encode(first, second, { addSpecialTokens: true });
    pairs.push({ name, pair, first, second, ids: encoded.getIds(), types: encoded.getTypeIds() });
  }
}
write("pairs", pairs);
