// Byte-level BPE, as its families cut text.
import { byteText, corpus, gpt2, letters, merges, vocabulary } from "./training.mjs";

const learned = merges(corpus.flatMap((line) => line.normalize("NFC").match(gpt2)).map(byteText), 120);
const vocab = vocabulary([...letters, ...learned.map((m) => m.replace(" ", ""))]);
const size = Object.keys(vocab).length;
export const added = (id, content, more = {}) => ({ id, content, single_word: false, lstrip: false, rstrip: false, normalized: false, special: true, ...more });
const extra = (id, content, more) => added(size + id, content, more);
export const byteLevel = (add_prefix_space, use_regex) => ({ type: "ByteLevel", add_prefix_space, trim_offsets: true, use_regex });
export const bpe = (more) => ({ type: "BPE", dropout: null, unk_token: null, continuing_subword_prefix: null, end_of_word_suffix: null, fuse_unk: false, byte_fallback: false, ignore_merges: false, ...more });
export const file = (more) => ({
  version: "1.0", truncation: null, padding: null, added_tokens: [], normalizer: null, pre_tokenizer: null, post_processor: null, decoder: null, ...more,
});
const byteFile = (more) => file({
  pre_tokenizer: byteLevel(false, true), post_processor: byteLevel(true, true), decoder: byteLevel(true, true), model: bpe({ vocab, merges: learned }), ...more,
});
export const split = (behavior, invert, pattern) => ({ type: "Split", pattern: typeof pattern === "string" ? { Regex: pattern } : pattern, behavior, invert });
export const sequence = (...pretokenizers) => ({ type: "Sequence", pretokenizers });
export const template = (before, after) => {
  const special = ([id]) => ({ SpecialToken: { id, type_id: 0 } });
  return {
    type: "TemplateProcessing", single: [...before.map(special), { Sequence: { id: "A", type_id: 0 } }, ...after.map(special)], pair: [],
    special_tokens: Object.fromEntries([...before, ...after].map(([id, number]) => [id, { id, ids: [number], tokens: [id] }])),
  };
};

const cl100k = "(?i:'s|'t|'re|'ve|'m|'ll|'d)|[^\\r\\n\\p{L}\\p{N}]?\\p{L}+|\\p{N}{1,3}| ?[^\\s\\p{L}\\p{N}]+[\\r\\n]*|\\s*[\\r\\n]+|\\s+(?!\\S)|\\s+";
const possessive = "'(?i:[sdmt]|ll|ve|re)|[^\\r\\n\\p{L}\\p{N}]?+\\p{L}++|\\p{N}{1,3}+| ?[^\\s\\p{L}\\p{N}]++[\\r\\n]*+|\\s++$|\\s*[\\r\\n]|\\s+(?!\\S)|\\s";
const cased = "[\\p{Han}\\p{Hiragana}]+|[^\\r\\n\\p{L}\\p{N}]?[[\\p{Lu}\\p{Lt}\\p{Lm}\\p{Lo}\\p{M}]&&[^\\p{Han}]]*[\\p{Ll}\\p{M}]+|\\p{N}{1,3}|\\h+| ?[^\\s\\p{L}\\p{N}]+[\\r\\n/]*|\\s*[\\r\\n]+|\\s+";
const whole = { ...vocab, "<s>": size, "</s>": size + 1, "<|user|>": size + 2, "Ġcardio": size + 3, vascular: size + 4 };

export const byteTokenizers = {
  default: byteFile({ added_tokens: [extra(0, "<|end|>")] }),
  prefixed: byteFile({ pre_tokenizer: byteLevel(true, true), added_tokens: [extra(0, "<|end|>"), extra(1, "<|mask|>", { lstrip: true }), extra(2, "<|gap|>", { rstrip: true })] }),
  split: byteFile({
    added_tokens: [extra(0, "<s>"), extra(1, "</s>"), extra(2, "<|user|>")],
    pre_tokenizer: sequence(split("Isolated", false, cl100k), byteLevel(false, false)),
    post_processor: { type: "Sequence", processors: [byteLevel(true, false), template([["<s>", size]], [["</s>", size + 1]])] },
    model: bpe({ vocab: whole, ignore_merges: true, merges: learned.map((m) => m.split(" ")) }),
  }),
  composed: byteFile({
    added_tokens: [extra(0, "<|end|>"), extra(1, "  ", { special: false, normalized: true }), extra(2, "clinic desk", { special: false, normalized: true })],
    normalizer: { type: "NFC" },
    pre_tokenizer: sequence(split("Removed", true, cl100k), byteLevel(false, false)),
  }),
  falcon: byteFile({
    added_tokens: [extra(0, "<|end|>")],
    pre_tokenizer: sequence({ type: "Punctuation", behavior: "Contiguous" }, byteLevel(false, true), { type: "Digits", individual_digits: false }, split("Isolated", false, "[0-9][0-9][0-9]")),
  }),
  possessive: byteFile({ normalizer: { type: "NFD" }, pre_tokenizer: sequence(split("Isolated", false, possessive), { type: "Digits", individual_digits: true }, byteLevel(false, false)) }),
  cased: byteFile({ normalizer: { type: "NFKC" }, pre_tokenizer: sequence(split("Isolated", false, cased), split("MergedWithPrevious", false, { String: "-" }), byteLevel(false, false)) }),
  roberta: byteFile({
    added_tokens: [extra(0, "<s>"), extra(1, "</s>"), extra(2, "<mask>", { lstrip: true })],
    pre_tokenizer: byteLevel(true, true),
    post_processor: { type: "RobertaProcessing", sep: ["</s>", size + 1], cls: ["<s>", size], trim_offsets: true, add_prefix_space: true },
  }),
  normalized: byteFile({ normalizer: { type: "ByteLevel" }, pre_tokenizer: split("Isolated", false, "Ġ?[a-z]+"), added_tokens: [extra(0, "clinic desk", { special: false, normalized: true })] }),
};
