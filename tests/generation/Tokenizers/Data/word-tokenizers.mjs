// What is no byte-level BPE: SentencePiece's kinds, and those of whole words.
import { charsmap } from "./charsmap.mjs";
import { added, bpe, file, sequence, split, template } from "./byte-tokenizers.mjs";
import { corpus, merges, scoredPieces, vocabulary } from "./training.mjs";

const metaspace = (prepend_scheme, more = {}) => ({ type: "Metaspace", replacement: "▁", prepend_scheme, split: true, ...more });
const replace = (pattern, content) => ({ type: "Replace", pattern: typeof pattern === "string" ? { String: pattern } : pattern, content });
const normalizers = (...list) => ({ type: "Sequence", normalizers: list });
const decoders = (...list) => ({ type: "Sequence", decoders: list });
const hex = (b) => b.toString(16).toUpperCase().padStart(2, "0");
const byteTokens = [...Array(256).keys()].map((b) => `<0x${hex(b)}>`);
const ends = ["<unk>", "<s>", "</s>"];
const endTokens = ends.map((content, id) => added(id, content));
const fused = decoders(replace("▁", " "), { type: "ByteFallback" }, { type: "Fuse" }, { type: "Strip", content: " ", start: 1, stop: 0 });

const marked = corpus.map((line) => "▁" + line.replaceAll(" ", "▁"));
const markedWords = marked.flatMap((line) => line.match(/▁[^▁]*/g)).map((word) => [...word]);
const learned = merges(markedWords, 120);
const symbols = [...new Set(marked.join("")), "n"];
const pieces = learned.map((m) => m.replace(" ", ""));
const vocab = vocabulary([...ends, ...byteTokens, ...symbols, ...pieces]);
const size = Object.keys(vocab).length;
const fewBytes = vocabulary([...ends, ...byteTokens.filter((_, b) => b < 0xf0), ...symbols, ...pieces]);

const wordEnds = merges(corpus.flatMap((line) => line.toLowerCase().match(/\S+/g)).map((word) => [...word].map((c, i, all) => (i === all.length - 1 ? c + "</w>" : c))), 100);
const lower = [...new Set(corpus.join("").toLowerCase().replaceAll(" ", ""))];
const endVocab = vocabulary(["<unk>", ...lower, ...lower.map((c) => c + "</w>"), ...wordEnds.map((m) => m.replace(" ", ""))]);
const joinPiece = (left, right) => left + right.slice(2);
const wordPieces = merges(corpus.flatMap((line) => line.toLowerCase().match(/[a-zéë0-9]+|[^\sa-zéë0-9]/g)).map((word) => [...word].map((c, i) => (i ? "##" + c : c))), 150, joinPiece);
const pieceVocab = vocabulary(["[PAD]", "[UNK]", "[CLS]", "[SEP]", "[MASK]", ...lower, ...lower.map((c) => "##" + c), "e", "##e", ...wordPieces.map((m) => joinPiece(...m.split(" "))), "你", "##unused"]);
const scored = scoredPieces(marked.flatMap((line) => line.match(/▁[^▁]*/g)));
const map = charsmap({ "ﬁ": "fi", "ﬃ": "ffi", "①": "1", "㌀": "アパート", "\u3000": " ", "\t": " ", "\n": " ", "\r": " ", "e\u0301": "é", "a\u0300": "à", "Ω": "Ω", "\u200b": "", "ſ": "s", "½": "1⁄2", "²": "2", "ｆ": "f", "😀": "🙂", "한": "x" });
const unigram = (more) => ({ type: "Unigram", unk_id: 0, vocab: [...ends.map((t) => [t, 0]), ...scored], byte_fallback: false, ...more });

export const wordTokenizers = {
  llama: file({
    added_tokens: [...endTokens, added(size, "<|end|>", { normalized: true }), added(size + 1, "clinic desk", { special: false, normalized: true })],
    normalizer: normalizers({ type: "Prepend", prepend: "▁" }, replace(" ", "▁")), post_processor: template([["<s>", 1]], []), decoder: fused,
    model: bpe({ vocab, merges: learned, unk_token: "<unk>", fuse_unk: true, byte_fallback: true }),
  }),
  mistral: file({
    added_tokens: endTokens, pre_tokenizer: metaspace("first", { split: false }), post_processor: template([["<s>", 1]], []), decoder: fused,
    model: bpe({ vocab: fewBytes, merges: learned, unk_token: "<unk>", fuse_unk: false, byte_fallback: true }),
  }),
  gemma: file({
    added_tokens: [...endTokens, added(size, "\n\n", { special: false })], normalizer: replace(" ", "▁"), pre_tokenizer: split("MergedWithPrevious", false, { String: " " }),
    post_processor: template([["<s>", 1]], [["</s>", 2]]), decoder: decoders(replace("▁", " "), { type: "ByteFallback" }, { type: "Fuse" }),
    model: bpe({ vocab, merges: learned, unk_token: "<unk>", fuse_unk: true, byte_fallback: true }),
  }),
  unknown: file({
    added_tokens: [added(0, "<unk>")], pre_tokenizer: metaspace("never"), decoder: metaspace("never"),
    model: bpe({ vocab: vocabulary(["<unk>", ...symbols, ...pieces]), merges: learned, unk_token: "<unk>", fuse_unk: true }),
  }),
  suffixed: file({
    added_tokens: [added(0, "<unk>")], normalizer: normalizers({ type: "NFC" }, replace({ Regex: "\\s+" }, " "), { type: "Lowercase" }),
    pre_tokenizer: sequence({ type: "WhitespaceSplit" }, { type: "Punctuation", behavior: "MergedWithNext" }), decoder: { type: "BPEDecoder", suffix: "</w>" },
    model: bpe({ vocab: endVocab, merges: wordEnds, unk_token: "<unk>", end_of_word_suffix: "</w>" }),
  }),
  unigram: file({
    added_tokens: endTokens, normalizer: normalizers({ type: "Precompiled", precompiled_charsmap: map }, { type: "Strip", strip_left: false, strip_right: true }, replace({ Regex: " {2,}" }, "▁")),
    pre_tokenizer: metaspace("always"), post_processor: template([], [["</s>", 2]]), decoder: metaspace("always"), model: unigram({}),
  }),
  unigrambytes: file({
    added_tokens: endTokens, normalizer: normalizers({ type: "Nmt" }, { type: "NFKC" }), pre_tokenizer: sequence({ type: "WhitespaceSplit" }, metaspace("always")),
    decoder: decoders({ type: "ByteFallback" }, metaspace("always")), model: unigram({ vocab: [...ends.map((t) => [t, 0]), ...byteTokens.map((t) => [t, -20]), ...scored], byte_fallback: true }),
  }),
  bert: file({
    added_tokens: ["[PAD]", "[UNK]", "[CLS]", "[SEP]", "[MASK]"].map((t, id) => added(id, t)),
    normalizer: { type: "BertNormalizer", clean_text: true, handle_chinese_chars: true, strip_accents: null, lowercase: true }, pre_tokenizer: { type: "BertPreTokenizer" },
    post_processor: { type: "BertProcessing", sep: ["[SEP]", 3], cls: ["[CLS]", 2] }, decoder: { type: "WordPiece", prefix: "##", cleanup: true },
    model: { type: "WordPiece", unk_token: "[UNK]", continuing_subword_prefix: "##", max_input_chars_per_word: 100, vocab: pieceVocab },
  }),
  bertcased: file({
    normalizer: normalizers({ type: "NFKD" }, { type: "StripAccents" }, { type: "Strip", strip_left: true, strip_right: true }), pre_tokenizer: { type: "Whitespace" },
    decoder: { type: "WordPiece", prefix: "##", cleanup: false },
    model: { type: "WordPiece", unk_token: "[UNK]", continuing_subword_prefix: "##", max_input_chars_per_word: 8, vocab: pieceVocab },
  }),
  words: file({
    added_tokens: [added(0, "<unk>"), added(40, "clinic", { special: false, single_word: true, normalized: true }), added(41, "<mask>", { lstrip: true, rstrip: true }), added(42, "desk", { special: false, normalized: true, rstrip: true }), added(43, "Café", { special: false, normalized: true })],
    normalizer: { type: "Lowercase" }, pre_tokenizer: sequence({ type: "CharDelimiterSplit", delimiter: "-" }, { type: "Whitespace" }),
    model: { type: "WordLevel", unk_token: "<unk>", vocab: vocabulary(["<unk>", "the", "a", "and", "doctor", "café", "at", ".", "hello", "don", "t", "'"]) },
  }),
};
